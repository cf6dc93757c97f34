import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { typeOf } from '../../shared/invoice/events.ts';
import { EXAMPLE_CREDENTIALS, exampleWorld, SUPPLIERS, type World } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../support/commands.ts';
import { drop, readLedger } from './faults-crowd.ts';
import { counting } from './faults-disturb.ts';
import { operatorOf, type Operator } from './credentials-operator.ts';
import { atScale } from '../support/scale.ts';

const minute = 60_000;
const hour = 60 * minute;
const load = atScale(1_000, 100);
const numbers = Array.from({ length: load }, (_, i) => `RENEW-${String(i + 1).padStart(4, '0')}`);
const third = Math.ceil(load / 3);
const secondSecret = EXAMPLE_CREDENTIALS.nextClientSecret;
const thirdSecret = 'fa4efa4e-0000-4000-8000-0000000000cc';
const patienceMs = 300_000;

/** What PISTE knows from now on. */
function live(world: World, ...secrets: string[]): void {
  for (const application of world.applications) application.clientSecrets = secrets;
}

const invoicesIn = (relay: Relay): number => relay.simulator?.model.accepted().length ?? 0;

describe(`${load} invoices while new credentials take over`, () => {
  const world: World = { ...exampleWorld(), scenarioOf: () => 'still' };
  let relay: Relay;
  let operator: Operator;
  const said: Record<string, number> = {};

  beforeAll(async () => {
    live(world, EXAMPLE_CREDENTIALS.clientSecret);
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    relay = await bringUp({ clock, world, onLog: counting(said) });
    operator = operatorOf(relay);
    // What is sent twice would be two invoices; a token is used for a minute, and then asked for again.
    if (relay.simulator)
      Object.assign(relay.simulator.model.options, { duplicateCheck: 'off', tokenLifetimeSeconds: 300 });
  }, patienceMs);
  afterAll(async () => {
    operator.close();
    await relay.stop();
  });

  const dropSome = async (from: number, to: number) => {
    const endpoints = endpointsOf(relay);
    const { sqs, destroy } = localClients({ ...endpoints, accessKeyId: 'erp' });
    const bodies = numbers.slice(from, to).map((number) => JSON.stringify(submitCommand({ invoice: { number } })));
    await drop(sqs, endpoints.outputs['InvoicesQueueUrl'] ?? '', bodies);
    destroy();
  };
  const flowing = (count: number) =>
    vi.waitFor(() => expect(invoicesIn(relay)).toBeGreaterThan(count), { timeout: patienceMs, interval: 5 });

  it('wrong ones never come into use, and the answer says which link failed', async () => {
    const before = await operator.inUse();
    expect(await operator.stage({ pisteClientSecret: 'wrong' })).toEqual({
      kind: 'refused',
      link: 'piste-application',
    });
    expect(await operator.stage({ technicalPassword: 'wrong' })).toEqual({
      kind: 'refused',
      link: 'technical-account',
    });
    expect(await operator.inUse()).toBe(before);
    expect(relay.simulator?.model.effects.failedLogins).toBe(1);
  });

  it(
    'a second secret takes over while both live, in the midst of invoices',
    async () => {
      live(world, EXAMPLE_CREDENTIALS.clientSecret, secondSecret);
      await dropSome(0, third);
      await flowing(0);
      const staged = operator.stage({ pisteClientSecret: secondSecret });
      await dropSome(third, 2 * third - 10);
      expect(await staged).toEqual({ kind: 'taken-over' });
      expect(await operator.inUse()).toContain(secondSecret);
      await relay.cloud.idle();
      // The first dies before the five minutes are over in which a function may still hold it: a refusal makes it look
      // again.
      live(world, secondSecret);
      relay.cloud.clock.advance(2 * minute);
      await dropSome(2 * third - 10, 2 * third);
      await relay.cloud.idle();
      expect(said).not.toHaveProperty('CONNECTION_SUSPENDED');
      expect(invoicesIn(relay)).toBe(2 * third);
    },
    patienceMs,
  );

  it(
    'a third takes over though it killed the second before anybody stored it',
    async () => {
      live(world, thirdSecret);
      relay.cloud.clock.advance(2 * minute);
      await dropSome(2 * third, load);
      await relay.cloud.idle({ parked: 'leave' });
      const refused = load - invoicesIn(relay);
      expect(await operator.stage({ pisteClientSecret: thirdSecret })).toEqual({ kind: 'taken-over' });
      await relay.cloud.advance(hour);
      expect([refused, invoicesIn(relay)]).toEqual([load - 2 * third, load]);
    },
    patienceMs,
  );

  it(
    'none is lost and none doubled, and the ERP heard of each once',
    async () => {
      await relay.cloud.advance(hour);
      const once = numbers.map((number) => [`${SUPPLIERS.company}/${number}`, 1] as const);
      expect(relay.simulator?.model.effects.invoices).toEqual(Object.fromEntries(once));
      const endpoints = endpointsOf(relay);
      const { dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'operator' });
      const records = await readLedger(dynamodb, endpoints.table);
      destroy();
      expect(records.map(({ number, state }) => `${number ?? '?'} ${state}`).sort()).toEqual(
        numbers.map((number) => `${number} followed`),
      );
      const erp = new Erp(endpoints);
      const events = await erp.readInbox();
      erp.close();
      const submitted = events.filter(({ type }) => type === typeOf('submitted')).map(({ data }) => data.number);
      expect(submitted.sort()).toEqual(numbers);
      const waiting = [...(await relay.cloud.queues())].filter(([, { visible, inFlight }]) => visible + inFlight > 0);
      expect(waiting).toEqual([]);
    },
    patienceMs,
  );
});
