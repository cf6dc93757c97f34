import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { csvOf } from '../../../tools/relay/status-csv.ts';
import { isWanted } from '../../../tools/relay/status-wanted.ts';
import { late, rows } from './status-fixture.ts';

describe('the list of those that are wanted', () => {
  it.each([
    [{ needsAction: true }, ['F-REFUSED', 'F-SUSPENDED']],
    [{ late: true }, ['F-SUSPENDED']],
    [{ unpaid: true }, ['F-SUSPENDED', 'F-ON-ITS-WAY']],
    [{ recipient: RECIPIENTS.suspends }, ['F-SUSPENDED']],
    [{ recipient: RECIPIENTS.suspends.slice(0, 9) }, ['F-SUSPENDED']],
    [{ recipient: 'hopital' }, ['F-SUSPENDED']],
    [{ text: 'PROCÈS-VERBAL' }, ['F-SUSPENDED']],
    [{ text: 'proces' }, ['F-SUSPENDED']],
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
      row.number === 'F-SUSPENDED' ? { ...late(row), recipientName: 'Hôpital de Caen' } : row,
    );
    expect(all.filter((row) => isWanted(row, wanted)).map(({ number }) => number)).toEqual(numbers);
  });
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
    expect(head).toMatch(/^\uFEFFaction attendue;connexion;facture;/);
    expect(line).toMatch(/^oui;example;F-SUSPENDED;;;20\/11\/2026;;99910001900010;/);
    expect(line).toContain(';2400,50;2400,50;;EUR;Suspendue;SUSPENDUE;vous (fournisseur);25/11/2026;31/10/2026;;oui;');
    expect(head.split(';')).toHaveLength(line.split(';').length);
    expect(end).toBe('');
  });

  it('has commas and points in English', async () => {
    const [first] = await rows();
    expect(csvOf(first ? [first] : [], 'en')).toContain(',1200.00,0.00,,EUR,');
  });

  it('quotes what has separators, and runs no formula', async () => {
    const [first] = await rows();
    const motive = '=HYPERLINK("http://example.org"; "ici")';
    expect(csvOf(first ? [{ ...first, motive }] : [], 'fr')).toContain(
      ';"\'=HYPERLINK(""http://example.org""; ""ici"")";',
    );
  });
});
