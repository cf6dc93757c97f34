/** What a list of the desk says of itself: the order of what was paid, and that a choice has nothing. */
import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { deskWorld } from '../../support/desk-world.ts';

/** What stands on a page, without its tags. */
const text = (page: string) =>
  page
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();

describe('what was paid in a week', () => {
  it('is in the order of its payments, whatever is still held back of it', async () => {
    const desk = deskWorld();
    const held = { deductions: [{ kind: 'retention', name: 'Retenue de garantie', amount: '60.00' }], due: '1140.00' };
    const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00' };
    for (const number of ['F-1', 'F-2', 'F-3'])
      await desk.submit(
        submitCommand({
          invoice: {
            ...{ number, recipient: { siret: RECIPIENTS.nothingMandatory } },
            totals: { ...totals, ...(number === 'F-2' ? held : { due: '1200.00' }) },
          },
        }),
      );
    await desk.poll();
    for (const number of ['F-1', 'F-2', 'F-3']) {
      desk.model.setStatus(number, 'MISE_EN_PAIEMENT');
      desk.advance(24 * 60);
      await desk.poll();
    }
    expect(text(await desk.page('example/fr/paid?period=this-month'))).toMatch(/F-3 .*F-2 .*F-1 /);
  });
});

describe('a quick choice', () => {
  it('says that nothing is there in its own words', async () => {
    const desk = deskWorld();
    for (const [page, says] of [
      ['paid?period=last-week', 'Aucune mise en paiement à ces dates.'],
      ['under-way?period=old', 'Rien d’impayé n’a été déposé il y a plus de 30 jours.'],
      ['retentions?period=due', 'Aucune retenue à libérer aujourd’hui.'],
      ['retentions', 'Aucune retenue.'],
    ])
      expect(text(await desk.page(`example/fr/${page ?? ''}`))).toContain(says);
  });
});
