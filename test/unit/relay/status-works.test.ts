import { describe, expect, it } from 'vitest';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { PROJECT_MANAGERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { csvOf } from '../../../shared/lists/status-csv.ts';
import { rowsOf, type StatusRow } from '../../../shared/lists/status-row.ts';
import { spokenToDo } from '../../../shared/lists/to-do.ts';
import { isWanted } from '../../../shared/lists/status-wanted.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import type { Relay } from '../../support/relay.ts';
import { pollFor, worksCommand, worksRelay, worksSettings } from '../invoice-commands/works-scenario.ts';

const rows = (world: Relay): StatusRow[] => rowsOf(world.ledger.records(), [], parisDay(world.now()));

describe('a works document in the list of invoices', () => {
  it('says what it is, who acts next and until when', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 1);
    expect(rows(world)).toMatchObject([
      {
        fr: [
          'Mise à disposition du maître d’œuvre',
          'Marché de travaux : situation n° 1, projet de décompte mensuel (A4).',
          'Prochain intervenant : le maître d’œuvre, jusqu’au 30 novembre 2026.',
          'Délai : 7 jours à compter du 23 novembre 2026.',
        ],
        en: [
          'Available to the project manager',
          'Works contract: statement 1, monthly draft (A4).',
          'Next to act: the project manager, until 2026-11-30.',
          'Time: 7 days from 2026-11-23.',
        ],
      },
    ]);
    expect(spokenStatus(rows(world), 'fr')).toContain('Prochain intervenant : le maître d’œuvre, jusqu’au 30 nov');
  });

  it.each(['travaux', 'decompte', 'situation n° 1', 'monthly draft'])(
    'is found by "%s", and no invoice is',
    async (text) => {
      const world = worksRelay();
      await world.submit(worksCommand('S-1'));
      await world.submit(submitCommand());
      expect(
        rows(world)
          .filter((row) => isWanted(row, { text }))
          .map(({ number }) => number),
      ).toEqual(['S-1']);
    },
  );

  it('says which account was signed, and what is due by it', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('F-1', { document: 'A7' }));
    await pollFor(world, 30);
    await world.submit({
      ...{ type: 'works.sign-final', version: 1, connection: 'example' },
      ...{ supplier: { company: 'Constructions Duval' }, invoice: { number: 'F-1' } },
      ...{ account: { number: 'F-1DG' }, signed: { number: 'DGD-1', issueDate: '2026-12-20' } },
      document: { name: 'DGD-1.pdf', content: tinyPdf },
    });
    const [row] = rows(world);
    expect(row?.fr).toContain(
      'Décompte général F-1DG signé : décompte général et définitif (A8) n° DGD-1 du 20 décembre 2026, net à payer 1\u202f200,00\u00a0€.',
    );
    expect(row?.en).toContain(
      'General statement F-1DG signed: general final statement (A8) DGD-1 of 2026-12-20, due 1200.00 EUR.',
    );
  });

  it('once paid, names nobody', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 40);
    const [row] = rows(world);
    expect(row?.en.slice(1)).toEqual(['Works contract: statement 1, monthly draft (A4).']);
  });

  /** A final draft without an answer, and the tacit draft after it. */
  async function tacitWay(): Promise<Relay> {
    const world = worksRelay();
    await world.submit(worksCommand('F-1', { document: 'A7', manager: PROJECT_MANAGERS.silent }));
    await pollFor(world, 3);
    await world.submit(answering('F-1', 'F-2', 'A22'));
    await pollFor(world, 12);
    return world;
  }

  it('says by how many days the project manager is late, and that his silence lets the supplier act', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('F-1', { document: 'A7', manager: PROJECT_MANAGERS.silent }));
    await pollFor(world, 30);
    expect(rows(world)).toMatchObject([{ daysOverdue: undefined, needsAction: false, toSubmit: [] }]);
    const toDo = () => world.ledger.list('example', 'to-do', { limit: 9 });
    expect(await toDo()).toEqual([]);
    await pollFor(world, 12);
    expect(await toDo(), 'silence alone has moved it').toHaveLength(1);
    const [row] = rows(world);
    const days = row?.daysOverdue ?? 0;
    expect(days).toBeGreaterThan(5);
    expect(row).toMatchObject({ needsAction: true, toSubmit: ['A22'] });
    expect(row?.fr.slice(-2)).toEqual([
      `Délai dépassé depuis ${days} jours.`,
      'Ce silence ouvre la procédure tacite : vous pouvez agir. Vérifiez d’abord les délais de votre marché.',
    ]);
    expect(row?.en).toContain(`Overdue for ${days} days.`);
    expect(spokenStatus(rows(world), 'en')).toContain('    → deposit: tacit draft (A22), in your software\n');
    const [heads = '', cells = ''] = csvOf(rows(world), 'fr').split('\r\n');
    const cellOf = (head: string) => cells.split(';')[heads.split(';').indexOf(head)];
    expect(cellOf('travaux : qui doit agir')).toBe('le maître d’œuvre');
    expect(cellOf('travaux : jours de retard')).toBe(`${days}`);
    expect(cellOf('jours de retard du paiement')).toBe('');
    await world.submit(answering('F-1', 'F-2', 'A22'));
    const [replaced] = rows(world);
    expect(replaced).toMatchObject({ needsAction: false, daysOverdue: undefined, next: undefined });
    expect(replaced?.fr.slice(-1)).toEqual(['Remplacée par F-2 (A22, projet de décompte général, procédure tacite).']);
    expect(replaced?.fr.join(' ')).not.toContain('Prochain intervenant');
  });

  it('of a final draft has no number of a statement', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('F-1', { document: 'A7' }));
    expect(rows(world)[0]?.fr).toContain('Marché de travaux : projet de décompte final (A7).');
  });

  it('of a monthly draft says that its time has passed, and opens nothing', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1', { manager: PROJECT_MANAGERS.silent }));
    await pollFor(world, 9);
    expect(rows(world)).toMatchObject([{ needsAction: false, toSubmit: [] }]);
    expect(rows(world)[0]?.fr.at(-1)).toMatch(/^Délai dépassé depuis \d+ jours?\.$/);
  });

  it('asks for nothing once the tacit draft replaces it; the tacit draft waits for the supplier', async () => {
    const world = await tacitWay();
    expect(rows(world).map(({ number, status, needsAction }) => [number, status, needsAction])).toEqual([
      ['F-1', 'REMPLACEE_PAR_A22', false],
      ['F-2', 'A_ASSOCIER_FOURNISSEUR', true],
    ]);
    const told = world.published.findLast(({ data }) => data.status?.code === 'REMPLACEE_PAR_A22');
    expect(told?.data.actionNeeded).toBe(false);
  });

  it('after a tacit draft asks for the tacit general statement, not for a signature', async () => {
    const world = await tacitWay();
    const tacit = rows(world).find(({ number }) => number === 'F-2');
    expect(tacit?.answer).toBeUndefined();
    expect(tacit?.fr).toContain('Prochain intervenant : vous (le titulaire).');
    expect(tacit?.en).toContain('Next to act: you (the main contractor).');
    expect(spokenStatus(rows(world), 'fr')).toContain(
      '    → déposer : décompte général et définitif tacite (A23), par votre logiciel\n',
    );
    const told = world.published.findLast(({ data }) => data.status?.code === 'A_ASSOCIER_FOURNISSEUR');
    expect(told?.data.number).toBe('F-2');
    expect(told?.data.next?.fr).toBe('Prochain intervenant : vous (le titulaire).');
    expect(told?.data.status).not.toHaveProperty('answer');
  });

  it('counts the money once, in the last document that answers the others', async () => {
    const world = await tacitWay();
    await world.submit(answering('F-2', 'F-3', 'A23'));
    await pollFor(world, 1);
    const owed = () => rows(world).map(({ number, owed, unpaid, needsAction }) => [number, owed, unpaid, needsAction]);
    expect(owed()).toEqual([
      ['F-1', '0.00', false, false],
      ['F-2', '0.00', false, false],
      ['F-3', '1200.00', true, false],
    ]);
    await pollFor(world, 40);
    expect(
      rows(world)
        .filter(({ paidOn }) => paidOn !== undefined)
        .map(({ number }) => number),
    ).toEqual(['F-3']);
  });

  it.each([
    ['off', 'sur le portail Chorus Pro'],
    ['inferred', 'par votre logiciel ou sur le portail Chorus Pro'],
  ] as const)('is answered where the setting `works.answers`, %s, lets it be', async (answers, where) => {
    const connections = worksSettings({ answers });
    const world = worksRelay({ connections });
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 1);
    world.model.setStatus('S-1', 'SUSPENDUE', 'Il manque le procès-verbal');
    await pollFor(world, 1);
    const [row = expect.fail('no row')] = rowsOf(world.ledger.records(), [...connections.values()]);
    expect(spokenToDo(row, 'fr')).toEqual([`→ ajouter les pièces ou la réponse demandées (Compléter), ${where}`]);
  });

  it('once refused asks for its replacement, until that is sent', async () => {
    const world = worksRelay();
    const to = { manager: PROJECT_MANAGERS.refuses };
    await world.submit(worksCommand('S-1', to));
    await pollFor(world, 5);
    const asks = () => rows(world).map(({ number, needsAction }) => [number, needsAction]);
    expect(asks()).toEqual([['S-1', true]]);
    await world.submit(worksCommand('S-2', { ...to, more: { contract: '2026-TVX-2' } }));
    expect(asks()).toEqual([
      ['S-1', true],
      ['S-2', false],
    ]);
    await world.submit(worksCommand('S-3', to));
    expect(asks()).toContainEqual(['S-1', false]);
    expect(rows(world)[0]?.fr).toContain('Remplacée par S-3 (A4, projet de décompte mensuel).');
  });
});

/** A document that answers another one of the file, and that goes to the recipient without a look by somebody else. */
function answering(answers: string, number: string, document: string) {
  const command = worksCommand(number, { document });
  return { ...command, works: { ...command.works, projectManager: undefined, answers } };
}
