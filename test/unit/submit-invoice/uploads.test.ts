import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { effectsOf, paths, recordOf, told } from './scenario.ts';

const done = { kind: 'done' };
const attachments = ['plan.pdf', 'metrage.pdf'].map((name) => ({ name, content: tinyPdf, typeCode: 'ZZZ' }));
const command = submitCommand({ command: { attachments } });

const deliver = (world: Relay) => world.submit(command, { messageId: 'm-1', redelivered: true });

/** How many files of each kind Chorus Pro took. */
const uploadsOf = ({ model: { effects } }: Relay) => ({
  pdf: effects.completed[paths.pdf] ?? 0,
  attachments: effects.completed[paths.attachment] ?? 0,
});

/** Chorus Pro no longer has the main document that these submissions name. */
const losing =
  (isLost: (nth: number) => boolean) =>
  (transport: Transport): Transport => {
    let nth = 0;
    return (request) => {
      if (!request.url.endsWith(paths.submit) || !isLost((nth += 1))) return transport(request);
      return transport({ ...request, body: (request.body ?? '').replace(/("pieceJointePrincipaleId":)\d+/, '$10') });
    };
  };

/** The quota is used up for so many minutes, for one operation; the message comes again every five minutes. */
async function throttled(world: Relay, minutes: number): Promise<Relay> {
  const from = world.now().getTime();
  world.faults.add({ kind: 'too-many-requests', path: paths.submit, from, to: from + minutes * 60_000 });
  for (let passed = 0; passed < minutes; passed += 5) {
    expect(await deliver(world)).toMatchObject({ kind: 'retry', reason: 'throttled' });
    world.advance(5);
  }
  // The last pause after a 429 is over.
  world.advance(15);
  return world;
}

describe('an upload that stands', () => {
  it('is not repeated while the quota is used up', async () => {
    const world = await throttled(relay(), 60);
    const submitted: unknown[] = [];
    world.model.observe(({ path, body }) => {
      if (path === paths.submit) submitted.push(body);
    });
    expect(await deliver(world)).toEqual(done);
    expect(submitted).toMatchObject([
      {
        pieceJointeComplementaire: [
          { pieceJointeComplementaireDesignation: 'plan.pdf', pieceJointeComplementaireType: 'ZZZ' },
          { pieceJointeComplementaireDesignation: 'metrage.pdf', pieceJointeComplementaireType: 'ZZZ' },
        ],
      },
    ]);
    expect(uploadsOf(world)).toEqual({ pdf: 1, attachments: 2 });
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).toEqual(['accepted', 'submitted']);
    expect(await recordOf(world)).not.toHaveProperty('uploads');
  });

  it('is followed by those that were missing', async () => {
    const world = relay();
    world.faults.add({ kind: 'too-many-requests', path: paths.attachment, nth: 2 });
    expect(await deliver(world)).toMatchObject({ kind: 'retry', reason: 'throttled' });
    expect(uploadsOf(world)).toEqual({ pdf: 1, attachments: 1 });
    world.advance(15);
    expect(await deliver(world)).toEqual(done);
    expect(uploadsOf(world)).toEqual({ pdf: 1, attachments: 2 });
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it.each([
    ['just before a day has passed', 24 * 60 - 1, 1],
    ['once a day has passed', 24 * 60, 2],
  ])('counts %s: uploads in all', async (_when, minutes, times) => {
    const world = relay();
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    await deliver(world);
    world.advance(minutes);
    expect(await deliver(world)).toEqual(done);
    expect(uploadsOf(world)).toEqual({ pdf: times, attachments: times * 2 });
    expect(effectsOf(world).invoices).toBe(1);
  });

  it('is repeated before a refusal is believed: Chorus Pro may no longer have the file', async () => {
    const world = relay({ transport: losing((nth) => nth === 2) });
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    await deliver(world);
    world.advance(15);
    expect(await deliver(world)).toEqual(done);
    expect(uploadsOf(world)).toEqual({ pdf: 2, attachments: 4 });
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('is repeated only once: then the refusal is that of a repeated attempt', async () => {
    const world = relay({ transport: losing(() => true) });
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    await deliver(world);
    world.advance(15);
    expect(await deliver(world)).toEqual(done);
    expect(uploadsOf(world)).toEqual({ pdf: 2, attachments: 4 });
    expect(await recordOf(world)).toMatchObject({ state: 'in-doubt', doubt: { turnedAway: true } });
  });

  it('is not repeated for an invoice that Chorus Pro may have taken', async () => {
    const world = relay({ model: { duplicateCheck: 'off' } });
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    await deliver(world);
    world.advance(15);
    world.faults.add({ kind: 'unauthorized', path: paths.submit, strikes: 'after', count: 1 });
    expect(await deliver(world)).toEqual(done);
    expect(uploadsOf(world)).toEqual({ pdf: 1, attachments: 2 });
    world.advance(15);
    await world.poll();
    expect(effectsOf(world).invoices).toBe(1);
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
  });
});
