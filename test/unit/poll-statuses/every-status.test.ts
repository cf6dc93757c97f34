import { describe, expect, it } from 'vitest';
import { isKnownStatus, meaningOf } from '../../../shared/chorus-pro/statuses.ts';
import { STATUSES, type Status } from '../../../tools/chorus-pro-simulator/enumerations.ts';
import { exampleWorld } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { recordOf, told } from '../submit-invoice/scenario.ts';

const types = { success: 'paid', info: 'status-changed', action: 'action-needed', failure: 'rejected' } as const;
const states = { success: 'settled', info: 'followed', action: 'followed', failure: 'rejected' } as const;

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
    const { severity, fr, en, command } = meaningOf(code);
    const world = await invoiceWith(code);
    expect(told(world)).toEqual(['accepted', 'submitted', types[severity]]);
    const event = world.published.at(-1);
    expect(event?.data).toMatchObject({
      status: { code, fr, en, motive: 'Vu avec le service.' },
      actionNeeded: severity === 'action' || severity === 'failure',
      message: { fr: `${fr}. Motif : Vu avec le service.`, en: `${en}. Reason given: Vu avec le service.` },
      state: states[severity],
    });
    expect((await recordOf(world)).status?.code).toBe(code);
    if (command) expect(['action', 'failure']).toContain(severity);
  });
});
