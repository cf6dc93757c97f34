import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf, type Endpoints } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock, type Interception } from '../../tools/local-cloud/index.ts';
import {
  receiveLetters,
  receivedTooOften,
  redriveConnection,
  type Redriven,
  type Redriving,
} from '../../tools/relay/dead-letter-queue.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { submitCommand } from '../support/commands.ts';

const deadLetters = 'chorus-relay-qualification-invoices-dead-letters';

/** For a record that nobody knows: moved to the dead letters at once, and again each time. */
const poison = (connection: string, number: string): string =>
  JSON.stringify({
    type: 'relay.resume',
    version: 1,
    connection,
    pk: `invoice#qualification#99910001900010#${number}`,
  });

/** It leaves no room for the attributes of a dead letter. */
const asLongAsSqsTakes = (body: string): string => body.padEnd(1_048_576);

/** An ERP that refers to what the relay keeps: another's command, which it may not read. */
const inTheRelaysWords = (bucket: string, key: string): string =>
  JSON.stringify({ type: 'relay.kept-body', bucket, key });

const redriveSchema = z.object({ deadLetterTargetArn: z.string() });

describe('redrive, over the dead letters of the local cloud', () => {
  let relay: Relay;
  let endpoints: Endpoints;
  let operator: ReturnType<typeof localClients>;
  let erp: Erp;

  const places = () => ({ ...operator, deadLetters: endpoints.queues[deadLetters] ?? '' });
  const redriven = (more: Partial<Redriving> = {}): Promise<Redriven> =>
    redriveConnection({
      ...places(),
      invoices: endpoints.outputs['InvoicesQueueUrl'] ?? '',
      connection: 'example',
      dryRun: false,
      ...more,
    });
  const inDeadLetters = async () => (await relay.cloud.queues()).get(deadLetters);
  const numbers = ({ messages }: Redriven) => messages.map(({ number }) => number).sort();
  const timesInChorusPro = (number: string) => {
    const counts = Object.entries(relay.simulator?.model.effects.invoices ?? {});
    return counts.filter(([key]) => key.endsWith(`/${number}`)).reduce((sum, [, count]) => sum + count, 0);
  };

  async function giveUpAfter(maxReceiveCount: number): Promise<void> {
    const QueueUrl = endpoints.outputs['InvoicesQueueUrl'];
    const { Attributes } = await operator.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    const { deadLetterTargetArn } = redriveSchema.parse(JSON.parse(Attributes?.RedrivePolicy ?? ''));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
    await operator.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
  }

  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
    endpoints = endpointsOf(relay);
    const { endpoint, region } = endpoints;
    operator = localClients({ endpoint, region, accessKeyId: 'operator' });
    erp = new Erp(endpoints);
    // SQS gives up early here: a message's receives would last for two weeks.
    await giveUpAfter(30);
    relay.simulator?.faults.add({ kind: 'maintenance' });
    const id = await erp.send(JSON.stringify(submitCommand({ invoice: { number: 'PARKED-1' } })), 'caen');
    await relay.cloud.advance(2 * 86_400_000, { catchUp: 'last' });
    relay.simulator?.faults.clear();

    await erp.send('{"type": "invoice.submit", ', 'unknown');
    await erp.send(inTheRelaysWords(endpoints.bucket, `received/example/2026-11-23/${id}.json`), 'paris');
    for (let i = 0; i < 13; i += 1) await erp.send(poison('example', `GONE-${i}`), 'paris');
    await erp.send(asLongAsSqsTakes(poison('example', 'GONE-13')), 'paris');
    for (let i = 0; i < 12; i += 1) await erp.send(poison('bertin', `OTHER-${i}`), 'bertin');
    await relay.cloud.idle();
  });
  afterAll(async () => {
    erp.close();
    operator.destroy();
    await relay.stop();
  });

  it('lists what it would move, and moves nothing', async () => {
    const before = await inDeadLetters();
    const listed = await redriven({ dryRun: true });
    expect(numbers(listed)).toEqual([...Array.from({ length: 14 }, (_, i) => `GONE-${i}`), 'PARKED-1'].sort());
    expect(listed.left).toEqual({ otherConnections: { bertin: 12 }, otherReasons: 0, unreadable: 2, backAgain: 0 });
    const parked = listed.messages.find(({ number }) => number === 'PARKED-1');
    expect(parked?.why).toBe(receivedTooOften);
    expect(listed.messages.find(({ number }) => number === 'GONE-0')?.why).toBe('unknown-record');
    expect(listed.messages.find(({ number }) => number === 'GONE-13')?.why).toBe('unknown-record');
    expect(parked?.sentAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(before).toEqual({ visible: 29, inFlight: 0, delayed: 0 });
    expect(await inDeadLetters()).toEqual(before);
  });

  it('loses nothing when it dies between sending and deleting: the ledger answers the duplicate', async () => {
    let dead = false;
    relay.cloud.intercept(({ caller, action }) => {
      if (caller !== 'operator') return 'pass';
      const verdict = dead ? 'fail-before' : 'pass';
      dead ||= action === 'SendMessage';
      return verdict;
    });
    const dying = redriven({ reason: receivedTooOften, holdSeconds: 1 });
    await expect(dying).rejects.toThrow('stopped after 0 messages');
    relay.cloud.intercept(undefined);
    await relay.cloud.idle();
    expect(timesInChorusPro('PARKED-1')).toBe(1);
    const parked = async () => numbers(await redriven({ reason: receivedTooOften, dryRun: true }));
    await expect.poll(parked, { timeout: 15_000 }).toEqual(['PARKED-1']);

    const again = await redriven({ reason: receivedTooOften });
    expect(numbers(again)).toEqual(['PARKED-1']);
    expect(again.left).toEqual({ otherConnections: { bertin: 12 }, otherReasons: 14, unreadable: 2, backAgain: 0 });
    await relay.cloud.idle();
    expect(timesInChorusPro('PARKED-1')).toBe(1);
    const record = (await erp.readLedger()).find(({ number }) => number === 'PARKED-1');
    expect(record?.state).toBe('followed');
    expect(await inDeadLetters()).toEqual({ visible: 28, inFlight: 0, delayed: 0 });
  });

  it('comes to an end although what it moves comes back, and keeps its group', async () => {
    // Each time the relay has given up again what was moved before we look.
    relay.cloud.intercept(async ({ caller, action }): Promise<Interception> => {
      if (caller === 'operator' && action === 'ReceiveMessage') await relay.cloud.idle();
      return 'pass';
    });
    const moved = await redriven();
    relay.cloud.intercept(undefined);
    expect(moved.messages).toHaveLength(14);
    expect(moved.left).toEqual({ otherConnections: { bertin: 12 }, otherReasons: 0, unreadable: 2, backAgain: 14 });
    expect(await inDeadLetters()).toEqual({ visible: 28, inFlight: 0, delayed: 0 });
    const groups = new Set<string | undefined>();
    for (;;) {
      const letters = await receiveLetters(places(), 30);
      if (letters.length === 0) break;
      for (const { connection, group } of letters) if (connection === 'example') groups.add(group);
    }
    expect([...groups]).toEqual(['paris']);
  });
});
