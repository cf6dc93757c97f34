import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlayedIncident } from '../../../tools/docs/incidents-page.ts';
import type { AlarmChange } from '../../../tools/local-cloud/monitoring/alarms.ts';
import { incidents, type Incident } from './incidents.ts';
import { Operator } from './operator.ts';
import { commandsOn, leadsTo, pageOf } from './runbook.ts';
import { hour, openWorld, type World } from './world.ts';

const minutes = 60_000;
/** As exactly as the polls and random delays allow: at first to a quarter of an hour, then to the hour. */
const rounded = (ms: number): number => {
  const quarters = Math.round(ms / minutes / 15);
  return quarters < 2 ? quarters * 15 : Math.max(1, Math.round(ms / hour)) * 60;
};
const shortName = (alarm: string): string => alarm.replace('chorus-relay-qualification-', '');

/** The longest that an alarm looks back is 28 hours. */
const patienceHours = 30;

/** Always at the same hour (UTC), long before or after the daily look at the credentials. */
const morning = 8;

/** In small steps at first: most alarms ring soon. */
async function goBy(world: World, hours: number): Promise<AlarmChange[]> {
  const [first, rest] = [Math.min(hours, 4), Math.max(0, hours - 4)];
  return [...(await world.play(first)), ...(await world.play(rest, 60))];
}

async function play(incident: Incident, world: World): Promise<PlayedIncident> {
  await world.passUntil(morning);
  // A poll is just over, and every function has had a token for a quarter of an hour.
  world.cloud.recycle();
  await world.sendInvoice();
  await world.play(17 / 60);
  const struckAt = world.now;
  await incident.strikes(world);
  const rang = (await goBy(world, incident.hours)).filter(({ state }) => state === 'ALARM');
  const [first] = rang;
  expect(first, 'nobody hears of it').toBeDefined();
  const after = (first?.at ?? Infinity) - struckAt;
  expect(after / hour, 'it is heard too late').toBeLessThanOrEqual(incident.heardWithin);
  expect(leadsTo(pageOf(first?.description ?? ''), incident.runbook), `${first?.alarm} does not lead there`).toBe(true);

  expect(world.ringing, 'it falls silent before it is mended').not.toEqual([]);

  await incident.ends?.(world);
  const operator = new Operator(world);
  const run: string[] = [];
  for (const command of commandsOn(incident.runbook, incident.block))
    if (await operator.run(command)) run.push(command);
  expect(run).not.toEqual([]);
  await world.sendInvoice();
  await world.play(1);
  for (let hours = 0; hours < patienceHours && world.ringing.length > 0; hours += 6) await world.pass(6);
  await world.expectAllWell();
  return {
    incident: incident.name,
    alarm: shortName(first?.alarm ?? ''),
    afterMinutes: rounded(after),
    others: [...new Set(rang.map(({ alarm }) => alarm))]
      .filter((alarm) => alarm !== first?.alarm)
      .map(shortName)
      .sort(),
    runbook: incident.runbook,
    last: run.at(-1) ?? '',
  };
}

describe('each incident is heard in time, and the commands of its runbook mend it', () => {
  const played: PlayedIncident[] = [];
  let world: World;
  beforeAll(async () => {
    world = await openWorld(new Date('2026-11-23T06:30:00+01:00'));
    // Alarms that look at two days see a first one.
    await world.pass(26);
    await world.expectAllWell();
  });
  afterAll(() => world.stop());

  it.each(incidents)('$name', async (incident) => void played.push(await play(incident, world)));

  it('docs/runbooks/incidents.md says so', async () => {
    expect(played).toHaveLength(incidents.length);
    await expect(`${JSON.stringify(played, undefined, 2)}\n`).toMatchFileSnapshot('../../../tools/docs/incidents.json');
  });
});
