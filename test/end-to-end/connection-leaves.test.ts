import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { removeConnection, restoreConnection } from '../../tools/relay/connection.ts';
import { submitCommand } from '../support/commands.ts';
import { operatorOf, type Operator } from './credentials-operator.ts';

const quarterMs = 15 * 60_000;
const functionNamed = (name: string) => `chorus-relay-qualification-${name}`;

describe('a connection that leaves and comes back', () => {
  let relay: Relay;
  let erp: Erp;
  let operator: Operator;
  let clients: ReturnType<typeof localClients>;
  /** What rings the alarms that turn a deployment back: a fault that is logged, or a scheduled call that throws. */
  const faults: string[] = [];

  const send = (number: string) => erp.send(JSON.stringify(submitCommand({ invoice: { number } })), 'example');
  const stateOf = async (wanted: string) => (await erp.readLedger()).find(({ number }) => number === wanted)?.state;
  const remove = (yes: boolean) => {
    const { outputs } = relay.cloud;
    return removeConnection('example', {
      ...clients,
      ...{ table: outputs['LedgerTable'] ?? '', invoices: outputs['InvoicesQueueUrl'] ?? '' },
      ...{ deadLetters: outputs['DeadLettersQueueUrl'] ?? '', secretsManager: operator.client, yes },
    });
  };
  const invoke = (name: string, payload: object) => relay.cloud.invoke(functionNamed(name), payload);

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

  it('is not taken out unasked while an invoice has not ended', async () => {
    expect(await remove(false)).toMatchObject({ result: 'refused', underWay: { openInvoices: { followed: 1 } } });
  });

  it('makes no call any more, and is no fault: its messages wait', async () => {
    expect(await remove(true)).toMatchObject({ result: 'removed', restorableUntil: '2026-12-23' });
    await relay.cloud.advance(quarterMs);
    await send('LEFT-2');
    await relay.cloud.advance(quarterMs);
    for (const what of ['statuses', 'orders', 'validations'])
      expect(await invoke('take-turns', { connection: 'example', what }), what).toMatchObject({
        payload: { connection: 'example', stopped: 'secret-missing' },
      });
    expect(await invoke('give-turns', {})).toEqual({ payload: { given: 3 } });
    await relay.cloud.idle({ parked: 'leave' });
    expect(await invoke('watch-credentials', {})).toMatchObject({ payload: [{ connection: 'example' }] });
    expect(await stateOf('LEFT-2')).toBe('accepted');
    expect(faults).toEqual([]);
  });

  it('comes back within its thirty days: what waited is sent, and what was open is followed', async () => {
    expect(await restoreConnection('example', operator.client)).toEqual({ result: 'restored' });
    await relay.cloud.advance(4 * quarterMs);
    expect(await stateOf('LEFT-2')).toBe('followed');
    expect(await invoke('take-turns', { connection: 'example' })).not.toMatchObject({
      payload: { stopped: 'secret-missing' },
    });
    expect(Object.values(relay.simulator?.model.effects.invoices ?? {})).toEqual([1, 1]);
    expect(faults).toEqual([]);
  });

  const secretOfGone = 'arn:aws:secretsmanager:eu-west-3:000000000000:secret:chorus-relay/gone-AbCdEf';
  it.each([
    ['take-turns', { connection: 'gone' }, { stopped: 'unknown-connection' }],
    ['take-turns', { connection: 'gone', what: 'validations' }, { stopped: 'unknown-connection' }],
    ['take-turns', { connection: 'gone', what: 'orders' }, { connection: 'gone', notified: 0 }],
    ['check-connection', { connection: 'gone' }, [{ established: false }]],
    [
      'rotate-credentials',
      { Step: 'createSecret', SecretId: secretOfGone, ClientRequestToken: '1'.repeat(32) },
      { stopped: 'unknown-connection' },
    ],
  ])('is answered by %s when it is gone, where its turn or its secret outlives it', async (name, event, answer) => {
    expect(await invoke(name, event)).toMatchObject({ payload: answer });
    expect(faults).toEqual([]);
  });
});
