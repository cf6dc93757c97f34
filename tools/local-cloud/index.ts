export { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './cloud.ts';
export { DrivenClock, realClock } from './clock.ts';
export type { Intercept, Interception } from './gateway.ts';
export type { FunctionFailure, Outcome } from './lambda/execution-environment.ts';
export type { LogLine } from './lambda/functions.ts';
export type { Resource } from './provision/stack.ts';
export type { AdvanceOptions, IdleOptions } from './settling.ts';
export type { WireFilter, WireRequest } from './wire.ts';
