/** What the desk says, as an accountant would say it: nouns, dates, signs, who acted and who has it. */
import { describe, expect, it } from 'vitest';
import { barChart } from '../../../functions/desk/pages/chart.ts';
import type { Viewer } from '../../../functions/desk/pages/frame.ts';
import { invoiceTable, type ListedRow } from '../../../functions/desk/pages/invoice-lists.ts';
import { isOnlyReplaced, why } from '../../../functions/desk/pages/row-said.ts';
import { releasedTable } from '../../../functions/desk/pages/retentions.ts';
import { worksFiles } from '../../../functions/desk/pages/works.ts';
import { frenchAmount, spacedSiret } from '../../../shared/invoice/french.ts';
import { spokenMoment } from '../../../shared/invoice/spoken.ts';
import { countedNouns, nounFor } from '../../../shared/lists/nouns.ts';
import { retentionRows } from '../../../shared/lists/retention-row.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { whoHas } from '../../../shared/lists/who-has.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { deskWorld } from '../../support/desk-world.ts';
import { recordIn } from '../ledger/records.ts';
import { rows } from '../relay/status-fixture.ts';

const viewer: Viewer = {
  person: { id: 'compta@duval.example', name: 'Marie Dupont', connections: [] },
  ...{ connection: 'example', language: 'fr', mayAct: true, today: '2026-11-26' },
};

/** What stands on a page, without its tags. */
const plain = (page: unknown) =>
  String(page)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();

async function aRow(changes: Partial<StatusRow> = {}): Promise<ListedRow> {
  const row = (await rows()).find(({ number }) => number === 'F-ON-ITS-WAY');
  if (!row) throw new Error('there is an invoice');
  const desk = { contract: undefined, commitment: undefined, submittedOn: undefined, form: undefined, requests: [] };
  return { ...row, ...desk, ...changes };
}

it('shows each works document after the one that it answers, though it was noticed before', async () => {
  const of = async (number: string, day: number, answers?: string) => {
    const createdAt = `2026-11-0${day}T08:00:00.000Z`;
    const works = answers === undefined ? {} : { works: { answers, paymentDays: 30 } };
    return { row: await aRow({ number }), record: recordIn('settled', { number, createdAt, ...works }) };
  };
  const file = [of('A7', 5), of('A22', 2, 'A7'), of('A4', 3), of('A5', 4, 'A4'), of('A10', 6)];
  const page = plain(await worksFiles(await Promise.all(file), viewer));
  expect(page.match(/A\d+(?= )/g)).toEqual(['A4', 'A5', 'A7', 'A22', 'A10']);
});

describe('the desk’s words', () => {
  it('count each thing under its own name', async () => {
    const all = await Promise.all([
      aRow(),
      aRow({ isWorks: true }),
      aRow({ isWorks: true }),
      aRow({ type: 'credit-note' }),
      aRow({ about: 'message' }),
    ]);
    expect(countedNouns(all, 'fr')).toBe('1 facture, 1 avoir, 2 pièces de travaux et 1 message refusé');
    expect(countedNouns(all.slice(1, 3), 'en')).toBe('2 works documents');
    const many = Array.from({ length: 1_815 }, () => ({ about: 'invoice', type: 'invoice', isWorks: false }) as const);
    expect([countedNouns(many, 'fr'), countedNouns(many, 'en')]).toEqual(['1\u202f815 factures', '1,815 invoices']);
    expect(all.map((row) => nounFor(row, 'fr'))).toEqual([
      ...['Facture', 'Pièce de travaux', 'Pièce de travaux', 'Avoir', 'Message refusé'],
    ]);
  });

  it('have a true minus sign, spaces in a SIRET, and one form of dates', () => {
    expect(frenchAmount('-2703.34', 'EUR')).toBe('\u22122\u202f703,34\u00a0€');
    expect(spacedSiret('12345678200051')).toBe('123\u00a0456\u00a0782\u00a000051');
    expect(spacedSiret('inconnu')).toBe('inconnu');
    expect(spokenMoment('2026-11-30T23:05:00.000Z', 'fr')).toBe('1er décembre 2026 à 00:05');
    expect(spokenMoment('2026-11-30T23:05:00.000Z', 'en')).toBe('2026-12-01 00:05');
  });

  it('say of every row who has it', async () => {
    const settled = await aRow({ state: 'settled', status: 'MISE_EN_PAIEMENT', needsAction: false });
    expect(whoHas(settled).fr).toBe('le comptable public');
    expect(whoHas({ ...settled, type: 'credit-note' }).fr).toBe('personne : c’est terminé');
    expect(whoHas(await aRow({ state: 'sending', needsAction: false })).fr).toBe('le relais');
    const next = { actor: 'project-manager', until: undefined } as const;
    expect(whoHas(await aRow({ isWorks: true, next, needsAction: false })).fr).toBe('le maître d’œuvre');
    expect(whoHas(await aRow({ state: 'refused', needsAction: true })).fr).toBe('vous');
  });

  it('show no sum that nobody knows', async () => {
    const unread = await aRow({ about: 'message', amount: undefined, owed: '0.00', currency: undefined });
    expect(plain(await invoiceTable('under-way', [unread], viewer))).not.toContain('0,00 ');
  });

  it('tell a rejection with its reason from what only had its place taken', async () => {
    const rejected = await aRow({ state: 'rejected', status: 'REJETEE', motive: 'Montant erroné', needsAction: true });
    const replaced = await aRow({ state: 'rejected', status: 'REMPLACEE_PAR_A22', motive: undefined });
    expect([rejected, replaced].map(isOnlyReplaced)).toEqual([false, true]);
    expect(why(rejected, 'fr')).toBe('Montant erroné');
    expect(plain(await invoiceTable('refused', [rejected], viewer))).toMatch(/Motif .* Montant erroné/);
  });

  it('add up what late payments are worth', async () => {
    const interest = { since: '2026-11-20', until: '2026-11-26', days: 7, indemnity: '40.00' };
    const late = await aRow({ late: true, interest });
    expect(plain(await invoiceTable('late', [late, late], viewer))).toContain(
      'Intérêts moratoires et indemnités : 80,00 € (2 sans taux connu).',
    );
  });

  it('show what released a retention, and lead to it', async () => {
    const retentions = [{ name: 'Retenue de garantie', amount: '60.00', until: '2027-11-20' }];
    const held = { ...recordIn('settled'), pk: 'invoice#qualification#1#F-1', retentions };
    const releases = [{ of: held.pk, name: 'Retenue de garantie', amount: '60.00' }];
    const releaser = { ...recordIn('settled'), pk: 'invoice#qualification#1#F-2', number: 'F-2', releases };
    const its = retentionRows([held, releaser], '2026-11-26').filter(({ key }) => key === held.pk);
    const page = String(await releasedTable(its, viewer));
    expect(page).toContain(encodeURIComponent(releaser.pk));
    expect(plain(page)).toMatch(/60,00 € 60,00 € 0,00 € libérée F-2/);
  });

  it('draw each bar with its label and its value', async () => {
    const chart = String(
      await barChart([{ label: '4 janvier', share: 0.5, value: '12 €', isPast: false }], 'Semaines'),
    );
    expect(chart).toContain('width="50%"');
    expect(plain(chart)).toBe('4 janvier 12 €');
  });
});

describe('the page of an invoice that was completed at the desk', () => {
  async function completed() {
    const world = deskWorld();
    await world.submit(submitCommand({ invoice: { number: 'F-1', recipient: { siret: RECIPIENTS.suspends } } }));
    await world.poll();
    world.advance(2 * 24 * 60 + 60);
    await world.poll();
    const key = `invoice#qualification#${SUPPLIERS.company}#F-1`;
    const id = '6f7e9d52-4d0d-4c86-a1a3-0f7f1d1c2b3a';
    const about = { id, language: 'fr', connection: 'example', key, type: 'invoice.complete' };
    const files = [{ name: 'pv.pdf', content: tinyPdf }];
    await world.click({ ...about, fields: { comment: 'Voici.' }, files });
    return { world, address: `example/fr/invoice?key=${encodeURIComponent(key)}` };
  }
  const section = (page: string, title: string) => plain(page.split(`<h2>${title}</h2>`)[1]?.split('</section>')[0]);

  it('no longer says that the recipient waits, until Chorus Pro shows what comes next', async () => {
    const { world, address } = await completed();
    const situation = section(await world.page(address), 'Situation');
    expect(situation).toContain('Vous avez répondu le 25 novembre 2026 (compléter la facture)');
    expect(situation).not.toContain('attend des pièces');
  });

  it('names who acted, without a code, and has the paper that came later', async () => {
    const { world, address } = await completed();
    const page = await world.page(address);
    const history = section(page, 'Historique');
    expect(history).toMatch(
      /Le logiciel de gestion a demandé : déposer la facture .*Marie Dupont a demandé : compléter/,
    );
    expect(history).not.toMatch(/HTTP|expéditeur|DEPOSEE|SUSPENDUE/);
    expect(section(page, 'Fichiers')).toMatch(/F-2026-0001\.pdf .*pv\.pdf, ajouté le 25 novembre 2026/);
    expect(page).toMatch(/Constructions Duval <span[^>]*><span[^>]*>999\u00a0100\u00a0019\u00a000010/);
  });
});
