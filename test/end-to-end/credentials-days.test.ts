import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { Erp } from '../../tools/demo/erp.ts';
import type { CredentialsReminder } from '../../shared/messaging/credentials-event.ts';
import { contactsTopic } from '../../shared/messaging/senders.ts';
import { exampleWorld } from '../../tools/chorus-pro-simulator/index.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { isLong } from '../support/scale.ts';
import { changesOf, dailyAlarms, measuresIn } from './credentials-alarms.ts';

const start = new Date('2026-11-23T06:30:00+01:00');
const days = 100;
/**
 * How old each connection's client secret is when the days begin; nobody renews but in the middle one's place, on this
 * day.
 */
const ages = { young: 0, middle: 45, old: 100 } as const;
const renewedOn = 60;
/** On these days the watcher finds no secret: Secrets Manager does not answer it. */
const blind = [20, 21, 22];
const passwordEndsOn = 96;
/** The same for all three: it subscribes to the topic of each. */
const contact = 'accounts@example.org';

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe.runIf(isLong)('100 days of three connections', () => {
  let relay: Relay;
  let folder: string;
  let reminders: CredentialsReminder[] = [];
  let told = 0;
  let toldContacts = 0;
  const measures: ReturnType<typeof measuresIn> = [];

  const madeOn = (day: number) => new Date(start.getTime() + day * dayMs).toISOString();
  const store = (connection: string, day: number) =>
    relay.cloud.storeSecret(`chorus-relay/qualification/${connection}`, {
      ...simulatorCredentials,
      pisteSecretCreatedAt: madeOn(day),
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
    const example = z
      .looseObject({})
      .parse(JSON.parse(await readFile(join(projectRoot, 'connections', 'example.json'), 'utf8')));
    const settings = JSON.stringify({ ...example, contacts: [contact], morningMail: [] });
    for (const name of Object.keys(ages)) await writeFile(join(folder, `${name}.json`), settings);
    const world = exampleWorld();
    for (const account of world.accounts) account.passwordExpiresAt = start.getTime() + passwordEndsOn * dayMs;
    relay = await bringUp({
      clock: new DrivenClock({ start }),
      world,
      context: { connections: Object.keys(ages).join(',') },
      build: { connectionsFolder: folder, outdir: join(folder, 'built') },
      onLog: (line) => void measures.push(...measuresIn(line)),
    });
    const { cloud } = relay;
    for (const [name, age] of Object.entries(ages)) store(name, -age);
    const erp = new Erp(endpointsOf(relay));
    for (let day = 0; day < days; day += 1) {
      if (day === renewedOn) store('middle', renewedOn);
      cloud.intercept(({ caller, service }) =>
        blind.includes(day) && caller.endsWith('-watch-credentials') && service === 'secretsmanager'
          ? 'fail-before'
          : 'pass',
      );
      await cloud.advance(dayMs, { catchUp: 'last' });
      await erp.readInbox();
    }
    reminders = erp.reminders;
    erp.close();
    const { OperationsTopicArn: resource = '' } = cloud.outputs;
    told = cloud.wire.count({ service: 'sns', action: 'Publish', resource });
    for (const name of Object.keys(ages))
      toldContacts += cloud.wire.count({ service: 'sns', action: 'Publish', resource: contactsTopic(resource, name) });
  });
  afterAll(async () => {
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  /** The days on which the ERP was reminded, counted from the first. */
  const remindedOn = (connection: string, credential: string) =>
    reminders
      .filter(({ data }) => data.connection === connection && data.credential === credential)
      .map(({ time }) => Math.floor((Date.parse(time) - start.getTime()) / dayMs));

  it('exactly the right reminders of the client secret, once each', () => {
    expect(remindedOn('young', 'piste-secret')).toEqual([76, 83, 87, 89, ...from(90, 99)]);
    expect(remindedOn('middle', 'piste-secret')).toEqual([31, 38, 42, 44, ...from(45, 59)]);
    expect(remindedOn('old', 'piste-secret')).toEqual(from(0, 99).filter((day) => !blind.includes(day)));
  });

  it('exactly the right reminders of the technical password, once each, though it lets nobody in after its end', () => {
    for (const connection of Object.keys(ages))
      expect(remindedOn(connection, 'technical-password')).toEqual([82, 89, 93, 95, ...from(96, 99)]);
  });

  it('each was told to the operators once, and to the contacts of its connection', () => {
    expect(told).toBe(reminders.length);
    expect(toldContacts).toBe(reminders.length);
    const subscribed = relay.cloud.resources.flatMap(({ properties }) =>
      properties['Protocol'] === 'email' ? [properties['Endpoint']] : [],
    );
    expect(subscribed).toEqual(Object.keys(ages).map(() => contact));
  });

  it('exactly the right alarms rang, and were over when it was over', () => {
    const first = Math.floor(start.getTime() / dayMs);
    const changes = Object.fromEntries(
      dailyAlarms(relay.cloud.resources).map((alarm) => [
        alarm.AlarmName.replace(/^chorus-relay-[a-z0-9]+-/, ''),
        changesOf(alarm, measures, first, days).map(({ day, state }) => `${day} ${state}`),
      ]),
    );
    // On the blind days the watcher itself fails: that is another alarm.
    expect(changes).toEqual({
      'technical-password-warning': ['0 OK', '82 ALARM', '96 OK'],
      'technical-password-due': ['0 OK', '96 ALARM'],
      'credentials-unwatched': ['0 OK'],
      // The middle one's, then the young one's: from the day on that each is due, the other alarm rings in its place.
      'piste-secret-warning': ['0 OK', '31 ALARM', '45 OK', '76 ALARM', '90 OK'],
      // The old one's, from the first day on; each is reminded of by itself.
      'piste-secret-due': ['0 ALARM'],
    });
  });
});
