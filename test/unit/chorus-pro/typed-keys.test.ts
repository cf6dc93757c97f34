import { expect, expectTypeOf, it } from 'vitest';
import type { ChangingCommand } from '../../../functions/invoice-commands/plan.ts';
import { fluxStates } from '../../../shared/chorus-pro/flux.ts';
import type { Effect, OperationPath } from '../../../shared/chorus-pro/operations.ts';
import { isKnownStatus, type KnownStatus } from '../../../shared/chorus-pro/statuses.ts';
import { canned } from './canned.ts';

/** A line marked `@ts-expect-error` fails the type check (`npm run types`) as soon as it compiles. */
type LeadsTo = ChangingCommand['leadsTo'];

it('a misspelt status does not compile', () => {
  expectTypeOf<'COMPLETEE'>().toExtend<KnownStatus>();
  // @ts-expect-error a misspelt status
  const leadsTo: LeadsTo = ['COMPLETEEE'];
  expect(leadsTo.filter((status) => isKnownStatus(status))).toEqual([]);
});

it('a misspelt path, effect or state of a deposit does not compile', () => {
  expectTypeOf<'factures/v1/soumettre'>().toExtend<OperationPath>();
  // @ts-expect-error a misspelt path
  const path: OperationPath = 'factures/v1/soumetre';
  // @ts-expect-error a misspelt effect
  const effect: Effect = 'onec';
  // @ts-expect-error a misspelt path in the responses of a test
  canned({ [path]: [], 'factures/v1/soumetre': [] });
  // @ts-expect-error a misspelt state
  expect([fluxStates.IN_INTEGREE, effect]).toEqual([undefined, 'onec']);
});
