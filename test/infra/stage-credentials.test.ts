import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { createSecret } from '../../tools/relay/connection-secret.ts';
import { stageCredentials } from '../../tools/relay/store-credentials.ts';
import { holderOf, secretVersions } from '../../shared/connection/secrets-manager.ts';
import { cloudOf, lambda } from './local-fixture.ts';

const owner = { stage: 'qualification', connection: 'duval' };
const SecretId = 'chorus-relay/qualification/duval';

/** The operator's way, with a function that comes to no verdict: what ours does has tests of its own. */
async function operator() {
  const cloud = await cloudOf(
    { Rotator: lambda('rotator') },
    {
      bundles: { rotator: 'exports.handler = () => { throw new Error("no answer"); };' },
      outputs: { Arn: { Value: { 'Fn::GetAtt': ['Rotator', 'Arn'] } } },
    },
  );
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ endpoint: cloud.endpoint, region: cloud.region, credentials });
  onTestFinished(() => client.destroy());
  await createSecret(client, owner);
  const secret = secretVersions(client, SecretId);
  return {
    cloud,
    stage: (technicalPassword: string) =>
      stageCredentials(
        owner,
        { ...simulatorCredentials, technicalPassword },
        { client, rotationFunction: cloud.outputs['Arn'] ?? '', wait: () => cloud.idle() },
      ),
    current: async () => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString,
    labelled: async (label: string) => {
      const version = holderOf(await secret.labels(), label);
      return version === undefined ? 'nothing' : ((await secret.read(version))?.text ?? 'no value');
    },
  };
}

test('the first credentials of a connection are in use at once: there is nothing to protect', async () => {
  const { cloud, stage, current } = await operator();
  expect(await stage('first')).toEqual({ kind: 'first' });
  expect(await current()).toContain('"first"');
  expect(cloud.wire.count({ action: 'RotateSecret' })).toBe(0);
});

test('later ones wait beside them for a verdict, and newer ones take their turn', async () => {
  const { stage, current, labelled } = await operator();
  await stage('first');
  expect(await stage('second')).toEqual({ kind: 'under-way' });
  expect(await labelled('AWSPENDING')).toBe('no value');
  // The rotation that never ended would not let another one begin.
  expect(await stage('third')).toEqual({ kind: 'under-way' });
  expect(await labelled('CHORUS_RELAY_NEXT')).toContain('"third"');
  expect(await current()).toContain('"first"');
});
