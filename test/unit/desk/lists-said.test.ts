/** What a list of the desk says of itself: the order of what was paid, that a choice has nothing, and its sum. */
import { describe, expect, it } from 'vitest';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
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

describe('what is still to be paid', () => {
  const sent = (number: string, siret: string) => submitCommand({ invoice: { number, recipient: { siret } } });

  it('adds up to the same for all recipients as for all weeks, with what has no due date yet', async () => {
    const desk = deskWorld({ settings: { paymentTerms: { others: 'state-or-local' } } });
    await desk.submit(sent('F-LATE', RECIPIENTS.paysLate));
    for (let day = 0; day < 42; day += 3) {
      desk.advance(3 * 24 * 60);
      await desk.poll();
    }
    await desk.submit(sent('F-NEW', RECIPIENTS.nothingMandatory));
    await desk.submit(sent('F-SUSPENDED', RECIPIENTS.suspends));
    desk.advance(2 * 24 * 60);
    await desk.poll();
    expect(text(await desk.page('example/fr/recipients'))).toContain(
      'Ce que chaque destinataire doit encore : 3 600,00 € au total, dont 1 200,00 € en retard',
    );
    const weeks = text(await desk.page('example/fr/weeks'));
    expect(weeks).toContain('Montants attendus par semaine d’échéance : 3 600,00 € au total');
    expect(weeks).toMatch(/21 décembre 2026 échue 1 1 200,00 € .* 1 1 200,00 € Sans échéance connue 1 1 200,00 €/);
    expect(await desk.page('example/fr/weeks.csv')).toMatch(/\r\n;1;1200,00\r\n$/);
  });

  it('names a recipient that no directory knows by its SIRET, with its spaces', async () => {
    const desk = deskWorld();
    await desk.submit(sent('F-1', '12345678200052'));
    expect(text(await desk.page('example/fr/recipients'))).toMatch(/123 456 782 00052 123 456 782 00052 0/);
  });

  it('is what the total with VAT leaves after all that is deducted, as the page of the invoice says', async () => {
    const desk = deskWorld();
    const deductions = [
      { kind: 'retention', name: 'Retenue de garantie', amount: '60.00' },
      { kind: 'advance-repayment', name: 'Remboursement de l’avance', amount: '100.00' },
    ];
    const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1040.00', deductions };
    const about = { number: 'F-1', recipient: { siret: RECIPIENTS.nothingMandatory }, totals };
    await desk.submit(submitCommand({ invoice: about }));
    await desk.submit(sent('F-2', RECIPIENTS.nothingMandatory));
    const [deducted, plain] = await Promise.all(
      ['F-1', 'F-2'].map(async (number) => {
        const key = encodeURIComponent(`invoice#qualification#${SUPPLIERS.company}#${number}`);
        return text(await desk.page(`example/fr/invoice?key=${key}`));
      }),
    );
    expect(deducted).toContain('Total TTC 1 200,00 € Retenues et déductions 160,00 € Net à payer 1 040,00 €');
    expect(plain).not.toContain('Retenues et déductions');
  });

  it('says of an expected due date that it is expected, on the page of the invoice too', async () => {
    const desk = deskWorld({ settings: { paymentTerms: { others: 'state-or-local' } } });
    await desk.submit(sent('F-1', RECIPIENTS.nothingMandatory));
    await desk.poll();
    const [, key] = /invoice\?(key=[^"]*F-1)"/.exec(await desk.page('example/fr/under-way')) ?? [];
    expect(text(await desk.page(`example/fr/invoice?${key ?? ''}`))).toMatch(/Échéance \d+ \S+ 20\d\d \(prévue\)/);
  });
});

it('ends no line of French before its punctuation, nor after an opening quote', async () => {
  const desk = deskWorld();
  await desk.submit(submitCommand({ invoice: { number: 'F-1', recipient: { siret: '12345678200052' } } }));
  for (const page of ['to-do', 'refused'])
    expect(await desk.page(`example/fr/${page}`)).toContain(
      'Le SIRET «\u00a012345678200052\u00a0» (le SIRET du destinataire) n’est pas valide\u00a0: il faut',
    );
});

describe('the file of a list', () => {
  it.each(['to-do', 'late', 'paid', 'under-way', 'refused'])('has the order of the page (%s)', async (page) => {
    const desk = deskWorld({ settings: { paymentTerms: { others: 'state-or-local' } } });
    for (const [i, siret] of (['suspends', 'rejects', 'paysLate', 'nothingMandatory', 'toRecycle'] as const).entries())
      for (const number of [`F-${i}A`, `F-${i}B`]) {
        await desk.submit(submitCommand({ invoice: { number, recipient: { siret: RECIPIENTS[siret] } } }));
        desk.advance(60);
      }
    for (let day = 0; day < 42; day += 3) {
      desk.advance(3 * 24 * 60);
      await desk.poll();
    }
    await desk.submit(submitCommand({ invoice: { number: 'F-9A', recipient: { siret: RECIPIENTS.inactive } } }));
    for (const number of ['F-9B', 'F-9C']) {
      await desk.submit(submitCommand({ invoice: { number, recipient: { siret: RECIPIENTS.paysLate } } }));
      desk.advance(60);
    }
    const numbers = (from: string) => [...new Set(from.match(/F-\d[A-C]\b/g))];
    const shown = numbers(text(await desk.page(`example/fr/${page}`)));
    expect(shown.length).toBeGreaterThan(1);
    expect(numbers(await desk.page(`example/fr/${page}.csv`))).toEqual(shown);
  });
});
