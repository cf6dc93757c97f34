/** What the tools and the tests import of the local cloud. */
export { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './cloud.ts';
export { DrivenClock } from './clock.ts';
export type { Intercept, Interception } from './gateway.ts';
export type { LogLine } from './lambda/lambda-function.ts';
export type { Resource } from './provision/stack.ts';
export type { WireFilter, WireRequest } from './wire.ts';
