import { expect, test } from 'vitest';
import { ended, spokenTroubles, staleIn } from '../../../tools/relay/trouble.ts';

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

test('whoever ends it all is told what to store again, with the values', () => {
  const right = { clientSecret: 'the-secret', technicalPassword: 'the-password' };
  expect(ended([], right).en).toBe('Everything works again.');
  for (const said of Object.values(ended(['bertin'], right)))
    expect(said).toMatch(/npx relay credentials bertin --local.*the-secret.*the-password/);
});

test.each([80, 100])('the list fits a terminal of %i columns, and marks what is on', (width) => {
  for (const said of Object.values(spokenTroubles(['record-damaged'], width))) {
    expect(said.split('\n').filter((line) => line.length > width)).toEqual([]);
    expect(said.match(/^\* [a-z-]+(?= {2})/gm)).toEqual(['* record-damaged']);
  }
});
