import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { csvOf } from '../../../shared/lists/status-csv.ts';
import { besideUnpaid, isWanted, noRecipient } from '../../../shared/lists/status-wanted.ts';
import { late, rows } from './status-fixture.ts';

describe('the list of those that are wanted', () => {
  it.each([
    [{ needsAction: true }, ['F-REFUSED', 'F-SUSPENDED']],
    [{ late: true }, ['F-SUSPENDED']],
    [{ unpaid: true }, ['F-SUSPENDED', 'F-ON-ITS-WAY']],
    [{ recipient: RECIPIENTS.suspends }, ['F-SUSPENDED']],
    [{ recipient: RECIPIENTS.suspends.slice(0, 9) }, ['F-SUSPENDED']],
    [{ recipient: 'hopital' }, ['F-SUSPENDED']],
    [{ recipient: RECIPIENTS.suspends.replace(/(\d{3})/g, '$1 ') }, ['F-SUSPENDED']],
    [{ recipient: "L'Hopital" }, ['F-SUSPENDED']],
    [{ text: 'PROCÈS-VERBAL' }, ['F-SUSPENDED']],
    [{ text: 'proces' }, ['F-SUSPENDED']],
    [{ recipient: 'hopital  de caen' }, ['F-SUSPENDED']],
    [{ text: 'invoice.recipient.siret' }, ['F-REFUSED']],
    [{ text: 'on-its' }, ['F-ON-ITS-WAY']],
    [{ text: 'non déposée' }, ['F-REFUSED']],
    [{ text: 'Mise à disposition du destinataire' }, ['F-ON-ITS-WAY']],
    [{ from: '2026-11-20', to: '2026-11-20' }, ['F-REFUSED', 'F-SUSPENDED', 'F-ON-ITS-WAY']],
    [{ from: '2026-11-21' }, []],
    [{ to: '2026-11-19' }, []],
    [{ unpaid: true, text: 'suspendue' }, ['F-SUSPENDED']],
  ])('%j', async (wanted, numbers) => {
    const all = (await rows()).map((row) =>
      row.number === 'F-SUSPENDED' ? { ...late(row), recipientName: 'L’Hôpital de Caen' } : row,
    );
    expect(all.filter((row) => isWanted(row, wanted)).map(({ number }) => number)).toEqual(numbers);
  });
});

describe('a recipient that is nobody’s', () => {
  const ours = [{ name: 'Constructions Duval', siret: '99910001900010' }];
  const known = [
    { recipient: '1', recipientName: 'Ville de Rennes' },
    { recipient: '2', recipientName: 'Hôpital de Caen' },
    { recipient: '2', recipientName: 'Hôpital de Caen' },
    { recipient: '12345678200051', recipientName: undefined },
  ];

  it('is answered with those that there are', () => {
    const found = noRecipient(known, 'lyon', ours);
    expect(spokenStatus([], 'fr', Infinity, { noRecipient: found })).toBe(
      'Aucune facture.\nDestinataires de la liste : 12345678200051, Hôpital de Caen, Ville de Rennes.',
    );
    expect(noRecipient(known, 'caen', ours)).toBeUndefined();
    expect(noRecipient(known, undefined, ours)).toBeUndefined();
  });

  it('may be one of our own companies', () => {
    const found = noRecipient([], 'duval', ours);
    expect(spokenStatus([], 'fr', Infinity, { noRecipient: found })).toBe(
      'Aucune facture.\nC’est une de vos sociétés : elle émet les factures, et --recipient désigne qui les reçoit.',
    );
  });

  it('is answered with ten at most', () => {
    const many = Array.from({ length: 11 }, (_, i) => ({ recipient: `${i}`, recipientName: `Commune ${i + 10}` }));
    const said = spokenStatus([], 'en', Infinity, { noRecipient: noRecipient(many, 'x', ours) });
    expect(said).toMatch(/Commune 19…$/);
  });
});

it('a list of what is unpaid names what it leaves out', async () => {
  const [refused, suspended, open] = await rows();
  if (!refused || !suspended || !open) throw new Error('three rows');
  const all = [
    ...[refused, suspended, open],
    { ...open, state: 'rejected' as const, needsAction: true, unpaid: false },
    { ...open, paymentUnknown: true, unpaid: false },
    { ...open, type: 'credit-note' as const, amount: '-200.00' },
    { ...open, state: 'settled' as const, unpaid: false },
  ];
  const wanted = { unpaid: true };
  const shown = all.filter((row) => isWanted(row, wanted));
  const said = spokenStatus(shown, 'fr', Infinity, { besideUnpaid: besideUnpaid(all, wanted) });
  const each = '(1\u202f200,00\u00a0€)';
  expect(said.split('\n').at(-1)).toBe(
    `Non compris dans le reste à payer : 1 jamais déposée ${each}, 1 rejetée ou refusée ${each}, 1 dont le paiement est inconnu ${each}, 1 avoir (\u2212200,00\u00a0€).`,
  );
  expect(besideUnpaid(all, {})).toEqual([]);
});

it('finds why something was dismissed, and by whom', async () => {
  const dismissed = { by: 'marie', at: '2026-11-25T08:00:00.000Z', why: 'Réglé par téléphone' };
  const [row] = (await rows()).map((one) => ({ ...one, dismissed }));
  expect(['telephone', 'Marie', 'paul'].map((text) => row && isWanted(row, { text }))).toEqual([true, true, false]);
});

describe('the list as a file for a spreadsheet', () => {
  it('has the explanation in the words of the screen, each sentence with its full stop', async () => {
    const said = csvOf(
      (await rows()).filter(({ number }) => number !== 'F-ON-ITS-WAY'),
      'fr',
    );
    expect(said).toContain('le SIRET du destinataire');
    expect(said).not.toContain('invoice.recipient');
    expect(said).toContain('Suspendue : le destinataire attend des pièces.');
  });

  it('has semicolons and decimal commas in French, one line for each row', async () => {
    const [suspended] = (await rows()).filter(({ number }) => number === 'F-SUSPENDED').map(late);
    const [head = '', line = '', end] = csvOf(suspended ? [suspended] : [], 'fr').split('\r\n');
    expect(head).toMatch(/^\uFEFFaction attendue;facture;date de facture;destinataire;net à payer;/);
    expect(line).toMatch(/^oui;F-SUSPENDED;20\/11\/2026;;2400,50;2400,50;EUR;Suspendue;Pièce/);
    expect(line).toMatch(/;vous;25\/11\/2026;31\/10\/2026;;oui;.*;SUSPENDUE;$/);
    expect(head.split(';')).toHaveLength(line.split(';').length);
    expect(end).toBe('');
  });

  it('has commas and points in English', async () => {
    const [first] = await rows();
    expect(csvOf(first ? [first] : [], 'en')).toContain(',1200.00,0.00,EUR,');
  });

  it('quotes what has separators, and runs no formula', async () => {
    const [first] = await rows();
    const motive = '=HYPERLINK("http://example.org"; "ici")';
    expect(csvOf(first ? [{ ...first, motive }] : [], 'fr')).toContain(
      ';"\'=HYPERLINK(""http://example.org""; ""ici"")";',
    );
  });

  it.each(['+1', '-1', '@SUM(1)', '\t=1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
    'runs no formula that begins as %j',
    async (motive) => {
      const [first] = await rows();
      expect(csvOf(first ? [{ ...first, motive }] : [], 'fr')).toContain(`'${motive}`);
    },
  );
});
