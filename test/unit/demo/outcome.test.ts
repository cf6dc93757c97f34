import { describe, expect, it } from 'vitest';
import { differences, outcomeOf, type View } from '../../../tools/demo/outcome.ts';
import { readSamples } from '../../../tools/demo/sample.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { relay } from '../../support/relay.ts';
import { tinyPdf } from '../../support/commands.ts';

const samples = readSamples();
const sampleOf = (name: string) => {
  const found = samples.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

/** The sample's invoice after the given number of days, with the real relay. */
async function after(days: number, { name = '01-plain', times = 1 } = {}) {
  const world = relay();
  const sample = sampleOf(name);
  if (!('command' in sample)) throw new Error(name);
  const command = { ...sample.command, document: { name: 'a.pdf', content: tinyPdf } };
  for (let i = 1; i <= times; i += 1) await world.submit(command, { messageId: `m${i}` });
  for (let day = 0; day < days; day += 1) {
    world.advance(24 * 60);
    await world.poll();
  }
  const view: View = {
    records: world.ledger.records(),
    events: world.published,
    deadLetters: [],
    orders: [],
    inChorusPro: world.model.effects.invoices,
  };
  return { view, dropped: { sample, messageId: 'm1', invoice: sample.command.invoice } };
}

describe('the outcome of a sample, compared with its file', () => {
  it('agrees when it ended as the file says', async () => {
    const { view, dropped } = await after(22);
    expect(differences(outcomeOf(dropped, view))).toEqual([]);
  });

  it('names each difference of a sample that has not ended yet', async () => {
    const { view, dropped } = await after(2);
    expect(differences(outcomeOf(dropped, view))).toEqual([
      'relay state: expected settled, found followed',
      'Chorus Pro status: expected MISE_EN_PAIEMENT, found MISE_A_DISPOSITION',
      'events: expected accepted submitted status-changed paid, found accepted submitted status-changed',
    ]);
  });

  it('reports an event that was lost on the way', async () => {
    const { view, dropped } = await after(22);
    const events = view.events.filter(({ data }) => data.sequence !== 4);
    expect(differences(outcomeOf(dropped, { ...view, events }))).toEqual([
      expect.stringMatching(/^order of the events: expected none, found 5 6/),
    ]);
  });

  it('reports an invoice that is in Chorus Pro twice', async () => {
    const { view, dropped } = await after(22);
    const inChorusPro = { [`${SUPPLIERS.company}/FA-2026-0101`]: 2 };
    expect(differences(outcomeOf(dropped, { ...view, inChorusPro }))).toEqual([
      'times in Chorus Pro: expected 1, found 2',
    ]);
  });

  it('uses the record of the invoice for a duplicate', async () => {
    const { view, dropped } = await after(22, { times: 2 });
    const duplicate = { ...dropped, sample: sampleOf('20-duplicate'), messageId: 'm2' };
    expect(differences(outcomeOf(duplicate, view))).toEqual([]);
  });

  it('finds the dead letter of a message, and reports when there is none', () => {
    const view: View = {
      records: new InMemoryLedger().records(),
      events: [],
      deadLetters: [],
      orders: [],
      inChorusPro: {},
    };
    const dropped = { sample: sampleOf('19-no-command'), messageId: 'm1' };
    const deadLetters = [{ reason: 'not-a-command', originalMessageId: 'm1' }];
    expect(differences(outcomeOf(dropped, { ...view, deadLetters }))).toEqual([]);
    expect(differences(outcomeOf(dropped, view))).toEqual([
      'reason among the dead letters: expected not-a-command, found none',
    ]);
    expect(differences(outcomeOf({ ...dropped, sample: sampleOf('01-plain') }, { ...view, deadLetters }))).toEqual([
      'it is among the dead letters: not-a-command',
      'it is not in the ledger',
    ]);
  });
});
