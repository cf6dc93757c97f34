import { expect, test } from 'vitest';
import { staleIn } from '../../../tools/relay/trouble.ts';

test('a stored secret or password that is no longer the right one is named, a missing one is not', async () => {
  const right = { clientSecret: 'secret', technicalPassword: 'password' };
  const credentials = (pisteClientSecret: string, technicalPassword: string) => ({
    ...{ pisteClientId: 'id', technicalLogin: 'TECH', version: '1' },
    ...{ pisteClientSecret, technicalPassword },
  });
  const stored = new Map([
    ['good', credentials('secret', 'password')],
    ['renewed-secret', credentials('another', 'password')],
    ['renewed-password', credentials('secret', 'another')],
  ]);
  const stale = await staleIn([...stored.keys(), 'absent'], (name) => Promise.resolve(stored.get(name)), right);
  expect(stale).toEqual(['renewed-secret', 'renewed-password']);
});
