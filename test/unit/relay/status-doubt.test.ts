import { expect, test } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

test('says of a doubt that the relay checks, and of one that it has given up what to do', async () => {
  const world = relay();
  await world.submit(submitCommand({ invoice: { number: 'F-1', recipient: { siret: RECIPIENTS.nothingMandatory } } }));
  const [record] = world.ledger.records();
  if (!record) throw new Error('there is no record');
  const doubted = (times: number) =>
    rowsOf([
      { ...record, state: 'in-doubt', status: undefined, doubt: { since: record.createdAt, why: 'HTTP 503', times } },
    ]);
  expect(spokenStatus(doubted(9), 'en')).toContain('The relay checks; nothing to do.');
  expect(spokenStatus(doubted(9), 'fr')).toContain('Le relais vérifie ; rien à faire.');
  expect(spokenStatus(doubted(10), 'en')).toContain(
    'The relay has given it up: docs/runbooks/in-doubt.md, then npx relay retry example F-1',
  );
  expect(spokenStatus(doubted(10), 'fr')).toContain('Le relais l’a abandonnée');
});
