import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { connectionFiles } from '../../infra/connection-files.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { askCheck } from '../../tools/relay/ask-check.ts';
import { connectConnection, disconnectConnection } from '../../tools/relay/change-connection.ts';
import { submitCommand } from '../support/commands.ts';
import { operatorOf, type Operator } from './credentials-operator.ts';

const quarterMs = 15 * 60_000;
const functionNamed = (name: string) => `chorus-relay-qualification-${name}`;
const owner = { stage: 'qualification', connection: 'example' };

describe('a connection that is disconnected and comes back', () => {
  let relay: Relay;
  let erp: Erp;
  let operator: Operator;
  let clients: ReturnType<typeof localClients>;
  /** What rings the alarms that turn a deployment back: a fault that is logged, or a scheduled call that throws. */
  const faults: string[] = [];

  const send = (number: string) => erp.send(JSON.stringify(submitCommand({ invoice: { number } })), 'example');
  const stateOf = async (wanted: string) => (await erp.readLedger()).find(({ number }) => number === wanted)?.state;
  const changing = () => ({
    ...{ owner, secretsManager: operator.client, by: 'anna' },
    connections: new DynamoDbMemory({ client: clients.dynamodb, table: relay.cloud.outputs['LedgerTable'] ?? '' }),
    now: () => new Date(relay.cloud.clock.now()),
  });
  const disconnect = (yes: boolean) => {
    const { outputs } = relay.cloud;
    return disconnectConnection({
      ...{ ...clients, ...changing(), yes },
      ...{ table: outputs['LedgerTable'] ?? '', invoices: outputs['InvoicesQueueUrl'] ?? '' },
      deadLetters: outputs['DeadLettersQueueUrl'] ?? '',
    });
  };
  const connect = async () => {
    const [file] = await connectionFiles(['example']);
    const { endpoint, region } = relay.cloud;
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
    return connectConnection({
      ...{ ...changing(), given: file?.given ?? {}, yes: false },
      check: (given) => askCheck({ signing: () => Promise.resolve({ endpoint, region, credentials }) }, owner, given),
      askCredentials: () => Promise.resolve(false),
    });
  };
  const invoke = (name: string, payload: object) => relay.cloud.invoke(functionNamed(name), payload);
  const turn = (what: string) => invoke('take-turns', { connection: 'example', what });

  beforeAll(async () => {
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      onLog: ({ function: name, line }) => {
        if (name === 'schedules' || line.includes('UNEXPECTED')) faults.push(line);
      },
    });
    const endpoints = endpointsOf(relay);
    erp = new Erp(endpoints);
    operator = operatorOf(relay);
    clients = localClients({ ...endpoints, accessKeyId: 'operator' });
    await send('LEFT-1');
    await relay.cloud.idle();
  });
  afterAll(async () => {
    erp.close();
    operator.close();
    clients.destroy();
    await relay.stop();
  });

  it('is not disconnected unasked while an invoice has not ended', async () => {
    expect(await disconnect(false)).toMatchObject({ result: 'refused', underWay: { openInvoices: { followed: 1 } } });
  });

  it('makes no call any more, and is no fault: its messages are answered', async () => {
    expect(await disconnect(true)).toMatchObject({ result: 'disconnected', restorableUntil: '2026-12-23' });
    await relay.cloud.advance(quarterMs);
    await send('LEFT-2');
    await relay.cloud.advance(quarterMs);
    for (const what of ['statuses', 'validations'])
      expect(await turn(what), what).toMatchObject({ payload: { stopped: 'unknown-connection' } });
    expect(await turn('orders')).toEqual({ payload: { connection: 'example', notified: 0 } });
    expect(await invoke('give-turns', {})).toEqual({ payload: { given: 0 } });
    expect(await invoke('watch-credentials', {})).toEqual({ payload: [] });
    const told = (await erp.readInbox()).at(-1);
    expect(told?.type).toBe('chorus-relay.invoice.refused.v1');
    expect(told?.data.reasons?.map(({ code }) => code)).toEqual(['unknown-connection']);
    expect(Object.values(relay.simulator?.model.effects.invoices ?? {})).toEqual([1]);
    expect(faults).toEqual([]);
  });

  it('keeps its ledger', async () => {
    expect(await stateOf('LEFT-1')).toBe('followed');
  });

  it('comes back within its thirty days, and at once: what was open is followed, what comes is sent', async () => {
    expect(await connect()).toMatchObject({ result: 'connected', check: { established: true } });
    await send('LEFT-3');
    await relay.cloud.idle();
    expect(await stateOf('LEFT-3')).toBe('followed');
    expect(await turn('statuses')).toMatchObject({ payload: { seen: 2 } });
    expect(Object.values(relay.simulator?.model.effects.invoices ?? {})).toEqual([1, 1]);
    expect(faults).toEqual([]);
  });

  const secretOfGone = 'arn:aws:secretsmanager:eu-west-3:000000000000:secret:chorus-relay/qualification/gone-AbCdEf';
  it.each([
    ['take-turns', { connection: 'gone', what: 'statuses' }, { stopped: 'unknown-connection' }],
    ['take-turns', { connection: 'gone', what: 'validations' }, { stopped: 'unknown-connection' }],
    ['take-turns', { connection: 'gone', what: 'orders' }, { connection: 'gone', notified: 0 }],
    ['check-connection', { connection: 'gone' }, [{ established: false }]],
    [
      'rotate-credentials',
      { Step: 'createSecret', SecretId: secretOfGone, ClientRequestToken: '1'.repeat(32) },
      { stopped: 'unknown-connection' },
    ],
  ])('is answered by %s when it is gone, where a turn or its secret outlives it', async (name, event, answer) => {
    expect(await invoke(name, event)).toMatchObject({ payload: answer });
    expect(faults).toEqual([]);
  });
});
