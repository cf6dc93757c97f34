import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../tools/chorus-pro-simulator/faults.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { answering, codesOf, effectsOf, paths, recordOf, told } from './scenario.ts';

const kinds = ['unauthorized', 'forbidden', 'too-many-requests'] as const satisfies FaultRule['kind'][];

/** The message comes again until it is done; then the polls of an hour. */
async function untilDone(world: Relay, polls = 5): Promise<void> {
  for (let receives = 1; receives <= 20; receives += 1) {
    const outcome = await world.submit(submitCommand(), { messageId: 'm-1', redelivered: receives > 1 });
    if (outcome.kind === 'done') break;
    world.advance(15);
  }
  for (let i = 0; i < polls; i += 1) {
    world.advance(15);
    await world.poll();
  }
}

describe('a refusal by the gateway although Chorus Pro took the invoice', () => {
  it.each(kinds)('(%s, as if the gateway’s own) never ends in a refusal of what was taken', async (kind) => {
    const world = relay();
    world.faults.add({ kind, path: paths.submit, strikes: 'after', count: 1 });
    await untilDone(world);
    expect(effectsOf(world).invoices).toBe(1);
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).not.toContain('refused');
  });

  it.each(kinds)('(%s, that proves nothing) is looked up and not sent again, even without a check', async (kind) => {
    const strip = answering(paths.submit, (body) => (body.includes('httpCode') ? '<html>no</html>' : body));
    const world = relay({
      model: { duplicateCheck: 'off' },
      transport: (inner) => async (request) => {
        const sending = await strip(inner)(request);
        return sending.kind === 'response' ? { ...sending, headers: {} } : sending;
      },
    });
    world.faults.add({ kind, path: paths.submit, strikes: 'after', count: 1 });
    await untilDone(world);
    expect(effectsOf(world)).toEqual({ invoices: 1, tries: 1 });
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
  });
});

describe('a refusal by Chorus Pro after an attempt that was turned away', () => {
  it('is believed once the search has had half an hour to show the invoice', async () => {
    const no = JSON.stringify({ codeRetour: 20013, libelle: 'Engagement clos' });
    const world = relay({ transport: answering(paths.pdf, (body, nth) => (nth === 1 ? body : no)) });
    world.faults.add({ kind: 'too-many-requests', path: paths.pdf, count: 1 });
    await untilDone(world, 1);
    expect((await recordOf(world)).state).toBe('in-doubt');
    for (let i = 0; i < 2; i += 1) {
      world.advance(15);
      await world.poll();
    }
    const record = await recordOf(world);
    expect(record.state).toBe('refused');
    expect(codesOf(record)).toEqual(['refused-by-chorus-pro']);
  });
});
