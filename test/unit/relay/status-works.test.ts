import { describe, expect, it } from 'vitest';
import { PROJECT_MANAGERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { isWanted, rowsOf, type StatusRow } from '../../../tools/relay/status-row.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand } from '../../support/commands.ts';
import type { Relay } from '../../support/relay.ts';
import { pollFor, worksCommand, worksRelay } from '../invoice-commands/works-scenario.ts';

const rows = (world: Relay): StatusRow[] => rowsOf(world.ledger.records());

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
        ],
        en: [
          'Available to the project manager',
          'Works contract: statement 1, monthly draft (A4).',
          'Next to act: the project manager, until 2026-11-30.',
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

  it('once paid, names nobody', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('S-1'));
    await pollFor(world, 40);
    const [row] = rows(world);
    expect(row?.en.slice(1)).toEqual(['Works contract: statement 1, monthly draft (A4).']);
  });

  it('asks for nothing once the tacit draft replaces it; the tacit draft waits for the supplier', async () => {
    const world = worksRelay();
    await world.submit(worksCommand('F-1', { document: 'A7', manager: PROJECT_MANAGERS.silent }));
    await pollFor(world, 3);
    const tacit = worksCommand('F-2', { document: 'A22' });
    await world.submit({ ...tacit, works: { ...tacit.works, projectManager: undefined, answers: 'F-1' } });
    await pollFor(world, 12);
    expect(rows(world).map(({ number, status, needsAction }) => [number, status, needsAction])).toEqual([
      ['F-1', 'REMPLACEE_PAR_A22', false],
      ['F-2', 'A_ASSOCIER_FOURNISSEUR', true],
    ]);
    const told = world.published.findLast(({ data }) => data.status?.code === 'REMPLACEE_PAR_A22');
    expect(told?.data.actionNeeded).toBe(false);
  });
});
