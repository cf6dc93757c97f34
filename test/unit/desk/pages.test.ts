/** The desk's pages: what a list, a search and an invoice show, in both languages. */
import { describe, expect, it } from 'vitest';
import { chosen, isWithin } from '../../../functions/desk/pages/filters.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { recordIn } from '../ledger/records.ts';
import { deskWorld, type DeskWorld } from '../../support/desk-world.ts';

const keyOf = (number: string) => encodeURIComponent(`invoice#qualification#${SUPPLIERS.company}#${number}`);
const sending = (number: string, siret: string) => submitCommand({ invoice: { number, recipient: { siret } } });

/** What stands on a page, without its tags. */
const text = (page: string) =>
  page
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();

async function after(days: number, world: DeskWorld): Promise<DeskWorld> {
  for (let day = 0; day < days; day += 3) {
    world.advance(3 * 24 * 60);
    await world.poll();
  }
  return world;
}

async function world(): Promise<DeskWorld> {
  const desk = deskWorld({ settings: { paymentTerms: { others: 'state-or-local' } } });
  await desk.submit(sending('F-LATE', RECIPIENTS.paysLate));
  await desk.submit(sending('F-PAID', RECIPIENTS.nothingMandatory));
  await desk.submit(sending('F-REJECTED', RECIPIENTS.rejects));
  await desk.submit(sending('F-REFUSED', RECIPIENTS.inactive));
  return after(42, desk);
}

describe('the pages of the desk', () => {
  it('have each invoice in its list, with what it is there for', async () => {
    const desk = await world();
    const shown = async (page: string) => text(await desk.page(`example/fr/${page}`));
    expect(await shown('late')).toMatch(
      /F-LATE Commune qui paie tard 1 200,00 € 23 décembre 2026 12 .*le comptable public/,
    );
    expect(await shown('paid')).toMatch(/F-PAID .* 13 décembre 2026/);
    expect(await shown('refused')).toMatch(/F-REJECTED .*Montant facturé différent du bon de commande/);
    expect(await shown('refused')).toMatch(/F-REFUSED .*n’est plus actif/);
    expect(await shown('to-do')).toMatch(/F-REJECTED .*sans date limite/);
    expect(await shown('under-way')).toContain('Aucune facture en cours');
    expect(await shown('under-way?period=old')).toMatch(/F-LATE .* 1 200,00 €/);
    expect(await shown('under-way?period=old')).not.toContain('F-PAID');
    expect(await shown('late')).not.toContain('Sur cette page');
    expect(await shown('recipients')).toMatch(
      /Commune qui paie tard 999 001 084 00014 1 1 200,00 € 1 200,00 € 20 novembre 2026/,
    );
    expect(await shown('recipients')).toMatch(/Commune sans obligation 123 456 782 00051 0 – – – 20 jours/);
    expect(await shown('weeks')).toMatch(/21 décembre 2026 échue 1 1 200,00 €/);
    expect(await shown('search?text=f-late')).toMatch(/Recherche de « f-late » .*F-LATE/);
    expect(await shown(`invoice?key=${keyOf('F-LATE')}`)).toMatch(
      /Intérêts moratoires 4,10 € pour 12 jours de retard, .* recouvrement : 40,00 €, due une fois\. Total : 44,10 €\./,
    );
  });

  it.each(['mar-7', 'EJ-42', '1 200,00 €', '1200', 'commune sans', '12345678200051', 'f-1', 'déposée'])(
    'find an invoice by %s',
    async (sought) => {
      const desk = deskWorld();
      const references = { contract: 'MAR-7', commitment: 'EJ-42' };
      const about = { number: 'F-1', recipient: { siret: RECIPIENTS.nothingMandatory }, ...references };
      await desk.submit(submitCommand({ invoice: about }));
      const search = (text: string) => desk.page(`example/fr/search?text=${encodeURIComponent(text)}`);
      expect(await search(sought)).toContain(keyOf('F-1'));
      expect(await search('1200,01')).not.toContain(keyOf('F-1'));
    },
  );

  it('have what ended without a known payment beside the payments, and what was withheld beside the refused', async () => {
    const desk = deskWorld({ settings: { transfer: { from: '2026-11-20' } } });
    await desk.submit(sending('F-BOOKED', RECIPIENTS.paymentNotReported));
    const withheld = { number: 'F-WITHHELD', issueDate: '2026-11-19' };
    await desk.submit(submitCommand({ invoice: withheld }));
    await after(42, desk);
    const shown = async (page: string) => text(await desk.page(`example/fr/${page}`));
    expect(await shown('paid?period=unknown')).toMatch(/F-BOOKED .* 1 200,00 € .*relevé bancaire/);
    expect(await desk.page('example/fr/paid.csv?period=unknown')).toContain('F-BOOKED');
    expect(await shown('paid')).not.toContain('F-BOOKED');
    expect(await shown('refused')).toMatch(/F-WITHHELD .*Non transmise/);
  });

  it('speak English by the switch', async () => {
    const desk = await world();
    const page = await desk.page('example/fr/paid?period=last-week');
    expect(page).toContain('href="#/example/en/paid?period=last-week"');
    const english = await desk.page('example/en/late');
    expect(english).toContain('lang="en"');
    expect(text(english)).toMatch(/Late .*F-LATE .*the public accountant/);
    expect(text(english)).not.toMatch(/[éèà]/);
  });

  it('show as text whatever somebody wrote', async () => {
    const desk = deskWorld();
    const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    await desk.submit(sending('F-1', RECIPIENTS.nothingMandatory));
    await after(3, desk);
    desk.model.setStatus('F-1', 'SUSPENDUE', evil);
    await after(3, desk);
    for (const page of ['to-do', `invoice?key=${keyOf('F-1')}`, `search?text=${encodeURIComponent(evil)}`]) {
      const shown = await desk.page(`example/fr/${page}`);
      expect(shown).toContain('&lt;script&gt;');
      expect(shown).not.toMatch(/<(script|img)/);
    }
  });

  it('have what was paid just after midnight in Paris in the month of that day', async () => {
    const desk = deskWorld();
    await desk.submit(sending('F-1', RECIPIENTS.nothingMandatory));
    await after(3, desk);
    desk.advance((Date.parse('2026-11-30T23:30:00Z') - desk.now().getTime()) / 60_000);
    desk.model.setStatus('F-1', 'MISE_EN_PAIEMENT');
    await after(3, desk);
    expect(text(await desk.page('example/fr/paid?period=this-month'))).toMatch(/F-1 .* 1er décembre 2026/);
    expect(text(await desk.page('example/fr/paid?period=last-month'))).not.toContain('F-1');
  });

  it('take a credit note off what a recipient owes, and count it as no unpaid invoice', async () => {
    const desk = deskWorld();
    await desk.submit(sending('F-1', RECIPIENTS.nothingMandatory));
    const creditNote = { number: 'A-1', type: 'credit-note', issueDate: '2026-11-02', precedingInvoice: 'F-1' };
    const about = { ...creditNote, recipient: { siret: RECIPIENTS.nothingMandatory } };
    await desk.submit(submitCommand({ invoice: about }));
    await after(3, desk);
    expect(text(await desk.page('example/fr/recipients'))).toMatch(/123 456 782 00051 1 0,00 € – 20 novembre 2026/);
  });

  it('know what was released, however long ago', async () => {
    const desk = deskWorld();
    const statement = (number: string, due: string, retention: object) => {
      const deductions = [{ kind: 'retention', name: 'Retenue de garantie', ...retention }];
      const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due, deductions };
      return submitCommand({ invoice: { number, totals, recipient: { siret: RECIPIENTS.nothingMandatory } } });
    };
    await desk.submit(statement('F-1', '1140.00', { amount: '60.00' }));
    await after(30, desk);
    const releases = [{ number: 'F-1', issueDate: '2026-11-20', amount: '60.00' }];
    await desk.submit(statement('F-2', '1260.00', { amount: '-60.00', releases }));
    await after(30, desk);
    desk.advance(400 * 24 * 60);
    expect(text(await desk.page('example/fr/retentions'))).toContain('Aucune retenue');
    expect(text(await desk.page('example/fr/to-do'))).not.toContain('Retenues à libérer');
  });

  it('find an invoice of any year by its exact number, where numbers begin anew each January', async () => {
    const company = { name: 'Constructions Duval', siret: SUPPLIERS.company, numbering: 'per-year' };
    const desk = deskWorld({ settings: { companies: [company] } });
    await desk.submit(sending('F-1', RECIPIENTS.nothingMandatory));
    await after(30, desk);
    desk.advance(500 * 24 * 60);
    for (const sought of ['F-1', 'F-1#2026'])
      expect(await desk.page(`example/fr/search?text=${encodeURIComponent(sought)}`)).toContain('F-1#2026');
    expect(text(await desk.page('example/fr/search?text=F-1%232025'))).toContain('Aucune facture trouvée');
  });

  it.each(['search', 'search?text=', 'search?text=%20'])('find nothing by nothing (%s)', async (page) => {
    const desk = deskWorld();
    await desk.submit(sending('F-1', RECIPIENTS.nothingMandatory));
    expect(await desk.page(`example/fr/${page}`)).not.toContain('F-1');
  });

  it('count what an invoice of another connection released, and do not name it', async () => {
    const desk = deskWorld();
    const retentions = [{ name: 'Retenue de garantie', amount: '60.00' }];
    const holder = { pk: 'h', number: 'F-HOLDER', retentions, releasedBy: ['r'] };
    const releases = [{ of: 'h', name: 'Retenue de garantie', amount: '20.00' }];
    const releaser = { pk: 'r', number: 'F-FOREIGN', connection: 'other', releases };
    for (const changes of [holder, releaser])
      await desk.ledger.write({ record: recordIn('followed', changes), transition: 'claim', replaces: 0 });
    for (const page of ['retentions', 'invoice?key=h', 'under-way', 'search?text=F-'])
      expect(await desk.page(`example/fr/${page}`)).not.toContain('F-FOREIGN');
    expect(text(await desk.page('example/fr/retentions'))).toMatch(/F-HOLDER.* 40,00 €/);
    expect(text(await desk.page('example/fr/invoice?key=r'))).toContain('Introuvable');
  });

  it('are files with the same rows', async () => {
    const desk = await world();
    const csv = await desk.page('example/fr/late.csv');
    expect(csv).toMatch(
      /^action attendue;facture;date de facture;destinataire;net à payer;reste à payer;devise;état;motif/,
    );
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(await desk.page('example/en/retentions.csv')).toContain('to be released,connection');
    expect((await desk.page('example/fr/recipients.xlsx')).slice(0, 2)).toBe('PK');
  });

  it('are files with all rows, where the page shows a hundred and leads to the others', async () => {
    const desk = deskWorld();
    for (let i = 1; i <= 101; i += 1) await desk.submit(sending(`F-${i}`, RECIPIENTS.nothingMandatory));
    const first = await desk.page('example/fr/under-way');
    const [, next = ''] = /(under-way\?from=[^"]+)/.exec(first) ?? [];
    expect(text(first)).toContain('Sur cette page : 100 factures, 120 000,00 €');
    expect(text(await desk.page(`example/fr/${next}`))).toContain('Sur cette page : 1 facture, 1 200,00 €');
    expect(text(await desk.page('example/en/under-way'))).toContain('On this page: 100 invoices');
    expect((await desk.page('example/fr/under-way.csv')).trim().split('\r\n')).toHaveLength(102);
  });

  it.each(['nothing', 'late.pdf', 'invoice?key=invoice%23x', 'to-do/more'])('have no %s', async (page) => {
    expect(await deskWorld().page(`example/fr/${page}`)).toMatch(/^Introuvable/);
    expect(await deskWorld().page('example/de/late')).toMatch(/^Introuvable/);
  });
});

describe('a quick choice', () => {
  it.each([
    ['paid', 'last-week', '2026-12-28', '2027-01-03'],
    ['paid', 'last-month', '2026-12-01', '2026-12-31'],
    ['paid', 'this-month', '2027-01-01', '2027-01-31'],
    ['retentions', 'next-month', '2027-02-01', '2027-02-28'],
    ['under-way', 'old', '', '2026-12-04'],
  ] as const)('%s, %s, means its days', (page, name, from, to) => {
    expect(chosen(page, name).choice.of('2027-01-04')).toEqual({ from, to });
  });

  it('begins its weeks on Mondays, whatever day it is', () => {
    for (const day of ['2027-01-04', '2027-01-10'])
      expect(chosen('paid', 'this-week').choice.of(day)).toEqual({ from: '2027-01-04', to: '2027-01-10' });
  });

  it('is all, if nobody offered it', () => {
    for (const name of [undefined, 'constructor', 'for-ever']) expect(chosen('paid', name).name).toBe('all');
    expect(isWithin(undefined, undefined)).toBe(true);
    expect(isWithin(undefined, { from: '', to: '9999' })).toBe(false);
  });
});
