/**
 * For what only makes sense as a whole: `npm test` has the same proof in its unit tests, over less of the machinery.
 */
export const isLong = process.env['TEST_LONG'] !== undefined;

/**
 * How much a test of whole machinery takes on: `npm run test:long` plays the full figure, `npm test` a smaller one that
 * shows the same on a machine of two cores in little time.
 */
export const atScale = (full: number, brief: number): number => (isLong ? full : brief);
