import { describe, expect, it } from 'vitest';
import { isKnownStatus, meaningOf, type StatusMeaning } from '../../../shared/chorus-pro/statuses.ts';
import { STATUSES, type Status } from '../../../tools/chorus-pro-simulator/enumerations.ts';
import { exampleWorld } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { recordOf, told } from '../submit-invoice/scenario.ts';

const ends = {
  settled: { type: 'paid', state: 'settled' },
  rejected: { type: 'rejected', state: 'rejected' },
} as const;

function expectedOf({ effect, severity }: StatusMeaning) {
  if (effect === 'settled' || effect === 'rejected') return ends[effect];
  return { type: severity === 'action' ? 'action-needed' : 'status-changed', state: 'followed' };
}

/** An invoice whose status was set in Chorus Pro. */
async function invoiceWith(status: Status) {
  const world = relay({ world: { ...exampleWorld(), scenarioOf: () => 'still' } });
  await world.submit(submitCommand());
  world.advance(60);
  const { chorusProId = 0 } = await recordOf(world);
  world.model.setStatus(chorusProId, status, 'Vu avec le service.');
  world.advance(60);
  await world.poll();
  return world;
}

const seen = STATUSES.filter((code) => meaningOf(code).effect !== 'none' && code !== 'DEPOSEE');

describe('each status of Chorus Pro is reported with its own event type and text', () => {
  it.each(seen)('%s', async (code) => {
    expect(isKnownStatus(code)).toBe(true);
    const meaning = meaningOf(code);
    const { severity, fr, en, command } = meaning;
    const { type, state } = expectedOf(meaning);
    const world = await invoiceWith(code);
    expect(told(world)).toEqual(['accepted', 'submitted', type]);
    const event = world.published.at(-1);
    expect(event?.data).toMatchObject({
      status: { code, fr, en, motive: 'Vu avec le service.' },
      actionNeeded: severity === 'action' || severity === 'failure',
      message: { fr: `${fr}. Motif : Vu avec le service.`, en: `${en}. Reason given: Vu avec le service.` },
      state,
    });
    expect((await recordOf(world)).status?.code).toBe(code);
    // Only a draft that the supplier’s own tacit draft replaces ends without anybody having to act.
    expect(type === 'rejected' && severity === 'info').toBe(code === 'REMPLACEE_PAR_A22');
    if (command) expect(['action', 'failure']).toContain(severity);
  });
});
