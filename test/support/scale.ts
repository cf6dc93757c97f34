/**
 * How much a test of whole machinery takes on: `npm run test:long` plays the full figure, `npm test` a smaller one that shows the
 * same on a machine of two cores in little time.
 */
export const atScale = (full: number, brief: number): number => (process.env['TEST_LONG'] === undefined ? brief : full);
