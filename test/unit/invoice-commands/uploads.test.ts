import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { tinyPdf } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import type { Relay } from '../../support/relay.ts';
import { ledgerWithRival, touching } from '../../support/rival-writer.ts';
import { paths, recordOf, told } from '../submit-invoice/scenario.ts';
import { about, again, day, path, suspended } from './scenario.ts';

const attachments = ['pv.pdf', 'plan.pdf'].map((name) => ({ name, content: tinyPdf, typeCode: 'ZZZ' }));
const complete = about('invoice.complete', { attachments });

const uploadsOf = ({ model: { effects } }: Relay) => effects.completed[paths.attachment] ?? 0;

describe('what a completion uploaded', () => {
  it('is used again while the quota is used up', async () => {
    const world = await suspended();
    const from = world.now().getTime();
    world.faults.add({ kind: 'too-many-requests', path: path('completer'), from, to: from + 60 * 60_000 });
    const queue = queueOf(world, [complete]);
    await queue.pass(2);
    expect(told(world)).toContain('answered');
    expect(uploadsOf(world)).toBe(2);
    expect((await recordOf(world)).pendingCommand).toBeUndefined();
  });

  it('is used again after a request that was lost', async () => {
    let lost = 0;
    const world = await suspended({
      transport: (wire) => (request) =>
        request.url.endsWith(path('completer')) && (lost += 1) === 1
          ? Promise.resolve({ kind: 'lost', why: 'ETIMEDOUT' })
          : wire(request),
    });
    const queue = queueOf(world, [complete]);
    await queue.pass(2);
    expect(told(world)).toContain('answered');
    expect(uploadsOf(world)).toBe(2);
  });

  it('is used though a poll writes at the same moment', async () => {
    const world = await suspended();
    world.dependencies.ledger = ledgerWithRival(
      world.ledger,
      ({ transition }) => transition === 'start-command',
      touching(world.ledger, world.now),
    );
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(uploadsOf(world)).toBe(2);
    expect(world.model.effects.calls[path('completer')]).toBe(1);
    const { life = [] } = await recordOf(world);
    const asked = life.filter((entry) => 'command' in entry && entry.command === 'invoice.complete' && !entry.end);
    expect(asked).toHaveLength(1);
  });

  it('is uploaded anew once a day has passed', async () => {
    const world = await suspended();
    world.faults.add({ kind: 'too-many-requests', path: path('completer'), count: 1 });
    await world.submit(complete, again);
    world.advance(day);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(uploadsOf(world)).toBe(4);
  });

  it('is uploaded anew if Chorus Pro no longer has it, and the ERP hears of no refusal', async () => {
    /** Chorus Pro does not find the files that the second attempt names. */
    const losing = (transport: Transport): Transport => {
      let nth = 0;
      return (request) => {
        if (!request.url.endsWith(path('completer')) || (nth += 1) !== 2) return transport(request);
        return transport({ ...request, body: (request.body ?? '').replaceAll(/(ComplementaireId":)\d+/g, '$10') });
      };
    };
    const world = await suspended({ transport: losing });
    world.faults.add({ kind: 'too-many-requests', path: path('completer'), count: 1 });
    await world.submit(complete, again);
    world.advance(15);
    expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
    expect(told(world).at(-1)).toBe('answered');
    expect(told(world)).not.toContain('answer-refused');
    expect(uploadsOf(world)).toBe(4);
  });
});
