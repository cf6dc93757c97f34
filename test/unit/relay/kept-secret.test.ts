import { expect, it } from 'vitest';
import { keptSecret, saidKept } from '../../../tools/relay/kept-secret.ts';
import { simulatorCredentials } from '../../../tools/local-cloud/simulator.ts';

const stored = (pisteClientSecret: string, day?: string) => ({
  ...{ ...simulatorCredentials, version: 'any', pisteClientSecret },
  ...(day === undefined ? {} : { pisteSecretCreatedAt: `${day}T09:00:00Z` }),
});
const asked = { renewalDays: 90, today: '2027-02-27' };
const before = stored('same', '2026-11-28');

it.each([
  ['first credentials', undefined, before],
  ['another secret', before, stored('other', '2027-02-27')],
  ['what may not be read', before, undefined],
  ['a secret without a day', stored('same'), stored('same')],
])('has nothing to say of %s', (_case, earlier, later) => {
  expect(keptSecret(earlier, later, asked)).toBeUndefined();
});

it('says that the same secret is still to be renewed, and since when', () => {
  const kept = keptSecret(before, stored('same', '2026-11-28'), asked);
  expect(kept).toEqual({ renewBy: '2027-02-26', daysLeft: -1, isDue: true });
  expect(kept && saidKept(kept)).toEqual({
    fr: 'Le Client Secret est le même qu’avant : il reste à renouveler depuis le 26 février 2027. Créez-en un nouveau dans PISTE et relancez la commande ; s’il est plus récent, relancez-la avec sa date de création.',
    en: 'The Client Secret is the same as before: still to be renewed since 2027-02-26. Make a new one at PISTE and run this again; if it is newer than that, run this again with the day it was made on.',
  });
});

it('counts from another day if the operator gave one', () => {
  const kept = keptSecret(before, stored('same', '2027-02-20'), asked);
  expect(kept).toMatchObject({ renewBy: '2027-05-21', isDue: false });
  expect(kept && saidKept(kept).en).toBe('The Client Secret is the same as before: to be renewed by 2027-05-21.');
});

it('is due when the first reminder is', () => {
  expect(keptSecret(before, before, { ...asked, today: '2027-02-11' })).toMatchObject({ daysLeft: 15, isDue: false });
  expect(keptSecret(before, before, { ...asked, today: '2027-02-12' })).toMatchObject({ daysLeft: 14, isDue: true });
});
