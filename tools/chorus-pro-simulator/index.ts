/**
 * A simulator of Chorus Pro and of PISTE in front of it: the judge of "exactly once". It knows nothing of the relay.
 *
 * Two layers:
 * - a model, in process and deterministic: `createChorusPro({ clock, world, options })`. Its `handle` takes a request
 *   and gives a reply, the token endpoint included. It has no timers and never asks the machine for the time: an
 *   invoice's life is planned when it is accepted and read by the clock, so a test drives it with `clock.advance`.
 *   `effects` and `accepted()` count what came of it all.
 * - an HTTP server around it: `startChorusProServer({ model, clock, faults })`, with `/simulator/state`,
 *   `/simulator/clock`, `/simulator/faults`, `/simulator/trouble` and `/simulator/status` to look and to drive.
 *   On its own: `node tools/chorus-pro-simulator/serve.ts --help`.
 *
 * Faults are a plan apart from the model (`createFaultPlan`): the server turns them into broken sockets and silence;
 * in process `applyFaults` says what to make of them.
 *
 * What it refuses is what the public sources say that Chorus Pro refuses, or would. Where they give no error code it
 * uses codes from 90001 and messages that begin with `SIMULATEUR:`; `errors.ts` is the whole list, with sources. Marks
 * in comments: [V-AIFE] verified in AIFE's material, [V-LIVE] in a third party's report of a live call, [V-3P] in a
 * third party's code or documentation, [R] recalled, [INF] inferred.
 */
export { drivenClock, type Clock, type DrivenClock } from './time.ts';
export { REFUSALS } from './errors.ts';
export { EXAMPLE_CREDENTIALS, exampleWorld, MANY_SERVICES, RECIPIENTS, SUPPLIERS } from './example-world.ts';
export { CONFIDENTIAL_AGENTS } from './factures-history.ts';
export {
  applyFaults,
  createFaultPlan,
  FAULT_KINDS,
  type FaultOutcome,
  type FaultPlan,
  type FaultRule,
} from './faults.ts';
export { CHANGING_PATHS, createChorusPro, type Accepted, type ChorusPro, type Effects } from './model.ts';
export type { Reply } from './replies.ts';
export type { Status } from './enumerations.ts';
export type { Request } from './gateway.ts';
export type { FluxContent, FluxInvoice, ModelOptions } from './options.ts';
export { startChorusProServer, type ChorusProServer } from './server.ts';
export { makeTrouble, TROUBLES, type TroubleName } from './troubles.ts';
export { company, structure, worldWith, type Structure, type World } from './world.ts';
