/**
 * A simulator of Chorus Pro and of PISTE in front of it: the judge of "exactly once". It knows nothing of the relay.
 *
 * Two layers:
 * - a model, in process and deterministic: `createChorusPro({ clock, world, options })`. Its `handle` takes a request
 *   and gives a reply, the token endpoint included. It has no timers and never asks the machine for the time: an
 *   invoice's life is planned when it is accepted and read by the clock, so a test drives it with `clock.advance`.
 *   `effects` and `accepted()` count what came into being.
 * - an HTTP server around it: `startChorusProServer({ model, faults })`, with `/simulator/state`, `/simulator/status`,
 *   `/simulator/request` and `/simulator/trouble` to look at it and to drive it.
 *   On its own: `node tools/chorus-pro-simulator/serve.ts --help`.
 *
 * Faults are a plan apart from the model (`createFaultPlan`): the server turns them into broken sockets and silence;
 * in process, `applyFaults` says how each call ends.
 *
 * It serves the operations that the relay calls, and refuses what the public sources say that Chorus Pro refuses, or
 * would. Fields and filters that it does not know are refused too. Where the sources give no error code it uses codes
 * from 90001 and messages that begin with `SIMULATEUR:`; `replies.ts` has the whole list, with sources. Marks in
 * comments: [V-AIFE] verified in AIFE's material, [V-LIVE] in a third party's report of a live call, [V-3P] in a third
 * party's code or documentation, [R] recalled, [INF] inferred.
 */
export { drivenClock, readSpan } from './time.ts';
export { REFUSALS } from './replies.ts';
export {
  BANK_DETAILS,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
  MANY_SERVICES,
  PROJECT_MANAGERS,
  RECIPIENTS,
  STATE_ORDER,
  stateOrder,
  SUPPLIERS,
} from './example-world.ts';
export { CONFIDENTIAL_AGENTS } from './factures-consult.ts';
export { applyFaults, createFaultPlan, type FaultPlan, type FaultRule } from './faults.ts';
export { CHANGING_PATHS, createChorusPro, type Accepted, type ChorusPro } from './model.ts';
export type { CallPath, FaultPath } from './operation.ts';
export type { Status } from './enumerations.ts';
export {
  PRACTICE_PROJECT_MANAGERS,
  PRACTICE_RECIPIENTS,
  practiceWorld,
  type PracticeCompany,
} from './practice-world.ts';
export { askedSchema, type Asked } from './subcontractors.ts';
export { startChorusProServer, type ChorusProServer } from './server.ts';
export { TROUBLE_WORDS, type TroubleWord } from './trouble-switch.ts';
export { makeTrouble, TROUBLES, type TroubleName } from './troubles.ts';
export type { World } from './world.ts';
