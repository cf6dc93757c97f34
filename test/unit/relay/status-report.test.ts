import { describe, expect, it } from 'vitest';
import { inOrder, spokenStatus, statusRow } from '../../../tools/relay/status.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

const to = (number: string, siret: string) => submitCommand({ invoice: { number, recipient: { siret } } });

/** One invoice of each kind, two days after they were dropped. */
async function rows() {
  const world = relay();
  await world.submit(to('F-ON-ITS-WAY', RECIPIENTS.nothingMandatory));
  await world.submit(to('F-SUSPENDED', RECIPIENTS.suspends));
  await world.submit(to('F-REFUSED', RECIPIENTS.inactive));
  await world.poll();
  world.advance(2 * 24 * 60 + 60);
  await world.poll();
  return inOrder(world.ledger.records().map(statusRow));
}

describe('the list of an operator', () => {
  it('has what waits for somebody first, the oldest first', async () => {
    expect((await rows()).map(({ number, needsAction }) => [number, needsAction])).toEqual([
      ['F-REFUSED', true],
      ['F-SUSPENDED', true],
      ['F-ON-ITS-WAY', false],
    ]);
  });

  it('says what it means and how to answer', async () => {
    const [refused, suspended, onItsWay] = await rows();
    expect(refused?.fr.join()).toContain('n’est plus actif');
    expect(suspended).toMatchObject({
      status: 'SUSPENDUE',
      answer: 'invoice.complete',
      en: ['Suspended: the recipient waits for documents'],
      amount: '1200.00',
    });
    expect(onItsWay?.answer).toBeUndefined();
  });

  it('is a table that lines up, in either language', async () => {
    const text = spokenStatus(await rows(), 'fr');
    const [head = '', ...lines] = text.split('\n');
    const at = head.indexOf('Chorus Pro');
    const rowsAlone = lines.filter((line) => line.includes('2026-11-'));
    expect(rowsAlone.map((line) => line.slice(at).split(' ')[0])).toEqual(['–', 'SUSPENDUE', 'MISE_A_DISPOSITION']);
    expect(rowsAlone.map((line) => line[0])).toEqual(['!', '!', ' ']);
    expect(lines[0]).not.toContain('n’est plus actif');
    expect(lines[1]).toMatch(/^ {4}Le destinataire 99900104300010 n’est plus actif/);
    expect(text).toContain('    → invoice.complete');
    expect(text).toContain('3 factures, dont 2 en attente d’une action (!).');
    expect(spokenStatus([], 'en')).toBe('0 invoices, 0 waiting for somebody (!).');
  });
});
