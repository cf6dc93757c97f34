import { DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf, writeEndpoints } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { runVerbs } from '../infra/operator-fixture.ts';
import { submitCommand } from '../support/commands.ts';
import { operatorOf } from './credentials-operator.ts';

/** The version before had its connections in the bundles, and their secrets without the stage in their names. */
async function leaveAsTheVersionBefore(relay: Relay): Promise<void> {
  const { cloud } = relay;
  const TableName = cloud.outputs['LedgerTable'] ?? '';
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName }))
    for (const { pk } of Items)
      if (/^memory#(connection|roster)\//.test(pk?.S ?? ''))
        await dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk?.S ?? '' } } }));
  destroy();
  const { client, close } = operatorOf(relay);
  const SecretId = secretNameOf('qualification', 'example');
  await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  close();
  cloud.storeSecret('chorus-relay/example', simulatorCredentials);
}

describe('a stage whose connections were not stored before the new version was deployed', () => {
  let relay: Relay;
  let folder: string;
  let erp: Erp;
  const logged: string[] = [];

  const send = (number: string) => erp.send(JSON.stringify(submitCommand({ invoice: { number } })), 'example');
  const stateOf = async (wanted: string) => (await erp.readLedger()).find(({ number }) => number === wanted)?.state;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upgrade-'));
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      onLog: ({ line }) => logged.push(line),
    });
    await leaveAsTheVersionBefore(relay);
    const endpoints = endpointsOf(relay);
    await writeEndpoints(endpoints, join(folder, 'endpoints.json'));
    erp = new Erp(endpoints);
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  it('refuses nothing: its messages wait, without a fault that would count', async () => {
    await send('U-1');
    await relay.cloud.advance(3_600_000);
    await relay.cloud.idle({ parked: 'leave' });
    expect(await erp.readInbox()).toEqual([]);
    expect(logged.some((line) => line.includes('settings-unreadable'))).toBe(true);
    expect(logged.filter((line) => line.includes('UNEXPECTED'))).toEqual([]);
  });

  it('sends what waited once they are stored, with the credentials that they had', async () => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'fr_FR.UTF-8', RELAY_LOCAL: folder };
    const { code, output } = await runVerbs(['connect', 'example', '--local'], env);
    expect(output.trimEnd()).toMatch(/Connexion avec Chorus Pro établie$/);
    expect(code).toBe(0);
    await send('U-2');
    await relay.cloud.advance(3_600_000);
    expect(await Promise.all(['U-1', 'U-2'].map(stateOf))).toEqual(['followed', 'followed']);
    expect(Object.values(relay.simulator?.model.effects.invoices ?? {})).toEqual([1, 1]);
  });
});
