/** Works documents that take each other's place: money is asked for once, and what was replaced asks for nothing. */
import { describe, expect, it } from 'vitest';
import { PROJECT_MANAGERS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { deskWorld, type DeskWorld } from '../../support/desk-world.ts';
import { letterhead } from '../../support/random-invoices.ts';
import { onlyStatement, statementCommand } from '../../support/works-commands.ts';

const settings = {
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company, ...letterhead }],
  paymentTerms: { others: 'state-or-local' },
  works: {},
};

const days = async (count: number, world: DeskWorld): Promise<void> => {
  for (let day = 0; day < count; day += 1) {
    world.advance(24 * 60);
    await world.poll();
  }
};

async function opened(draft: object): Promise<DeskWorld> {
  const world = deskWorld({ settings });
  await world.submit(draft);
  await days(1, world);
  return world;
}

const silent = { projectManager: { siret: PROJECT_MANAGERS.silent } };
const finalDraft = onlyStatement('TAC-1', '2026-TAC', { document: 'A7', ...silent });
const tacit = { document: 'A22', projectManager: undefined, answers: 'TAC-1' };
const answer = onlyStatement('TAC-2', '2026-TAC', tacit, { issueDate: '2026-11-20' });

const shown = (world: DeskWorld, page: string) => world.page(`example/fr/${page}`);
const recordOf = (world: DeskWorld, number: string) => world.ledger.records().find((one) => one.number === number);

describe('a draft that a document of our own answers', () => {
  it('is in no list that is read by its own place', async () => {
    const world = await opened(finalDraft);
    await days(35, world);
    expect(await shown(world, 'to-do')).toContain('TAC-1');
    await world.submit(answer);
    expect(recordOf(world, 'TAC-1')?.succeededBy).toEqual([recordOf(world, 'TAC-2')?.pk]);
    expect(await shown(world, 'to-do')).not.toContain('TAC-1');
    expect((await shown(world, 'to-do.csv')).trim().split('\r\n')).toHaveLength(1);
    expect(await shown(world, 'under-way')).toContain('TAC-2');
  });

  it('is noted once, though the message of that document comes twice', async () => {
    const world = await opened(finalDraft);
    await world.submit(answer, { messageId: 'm' });
    await world.submit(answer, { messageId: 'm', redelivered: true });
    expect(recordOf(world, 'TAC-1')?.succeededBy).toEqual([recordOf(world, 'TAC-2')?.pk]);
  });
});

describe('a draft that was rejected', () => {
  it('is not to be done once another one about the same statement stands', async () => {
    const world = await opened(statementCommand(1));
    world.model.setStatus('PDM-2026-01', 'REJETEE');
    await days(1, world);
    expect(await shown(world, 'to-do')).toContain('PDM-2026-01');
    for (const number of ['PDM-2026-01B', 'PDM-2026-01C']) {
      await world.submit(statementCommand(1, { invoice: { number } }));
      await days(1, world);
      expect(await shown(world, 'to-do')).not.toContain('PDM-2026-01');
      world.model.setStatus(number, 'REJETEE');
      await days(1, world);
    }
    await world.submit(statementCommand(1, { invoice: { number: 'PDM-2026-01D' } }));
    await days(1, world);
    expect(await shown(world, 'to-do')).not.toContain('PDM-2026-01');
    expect(await shown(world, 'refused')).toContain('PDM-2026-01C');
  });
});

describe('a document of another party that waits for the supplier', () => {
  it('is on the page of what is to be done, until it is answered', async () => {
    const world = await opened(onlyStatement('PDF-1', '2026-GO-7', { document: 'A7' }));
    await days(24, world);
    expect(await shown(world, 'to-do')).toMatch(
      /Pièces de travaux qui attendent[^]*décompte général PDF-1DG \(A20\)[^]*12 janvier 2027/,
    );
    world.model.setStatus('PDF-1DG', 'ASSOCIEE');
    await days(1, world);
    expect(await shown(world, 'to-do')).not.toContain('PDF-1DG');
  });

  it('is not to be done, though another one about the same statement was sent at the same moment', async () => {
    const world = deskWorld({ settings });
    const twins = ['PDM-2026-01', 'PDM-2026-01B'];
    await Promise.all(
      twins.map((number) => world.submit(statementCommand(1, { invoice: { number } }), { messageId: number })),
    );
    await days(1, world);
    for (const number of twins) world.model.setStatus(number, 'REJETEE');
    await days(1, world);
    await world.submit(statementCommand(1, { invoice: { number: 'PDM-2026-01C' } }), { messageId: 'c' });
    const later = recordOf(world, 'PDM-2026-01C')?.pk;
    expect(twins.map((number) => recordOf(world, number)?.succeededBy)).toEqual([[later], [later]]);
  });
});
