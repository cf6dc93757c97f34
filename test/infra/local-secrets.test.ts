import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { DrivenClock } from '../../infra/local/index.ts';
import { cloudOf } from './local-fixture.ts';

const start = new Date('2026-05-01T00:00:00Z');
const token = (digit: string) => digit.repeat(32);

async function secrets() {
  const clock = new DrivenClock({ start });
  const cloud = await cloudOf(
    { Credentials: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'relay/example' } } },
    { clock },
  );
  const client = new SecretsManagerClient({
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  return { cloud, client, SecretId: 'relay/example' };
}

test('a secret of the template has no value until it is given one', async () => {
  const { cloud, client, SecretId } = await secrets();
  await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'nobody' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  cloud.storeSecret(SecretId, { login: 'a' });
  const { SecretString, ARN } = await client.send(new GetSecretValueCommand({ SecretId }));
  expect(SecretString).toBe('{"login":"a"}');
  expect(cloud.resources[0]?.ref).toBe(ARN);
  expect((await client.send(new GetSecretValueCommand({ SecretId: ARN }))).SecretString).toBe(SecretString);
  expect(cloud.wire.count({ action: 'GetSecretValue', ...(ARN === undefined ? {} : { resource: ARN }) })).toBe(3);
});

test('versions, their stages and their dates by the driven clock', async () => {
  const { cloud, client, SecretId } = await secrets();
  const put = (digit: string, stages?: string[]) =>
    client.send(
      new PutSecretValueCommand({
        SecretId,
        SecretString: digit,
        ClientRequestToken: token(digit),
        VersionStages: stages,
      }),
    );
  await put('1');
  await cloud.advance(90 * 86_400_000);
  await put('2');
  await put('3', ['AWSPENDING']);

  const { VersionIdsToStages, LastChangedDate, CreatedDate } = await client.send(
    new DescribeSecretCommand({ SecretId }),
  );
  expect(VersionIdsToStages).toEqual({
    [token('1')]: ['AWSPREVIOUS'],
    [token('2')]: ['AWSCURRENT'],
    [token('3')]: ['AWSPENDING'],
  });
  expect([CreatedDate, LastChangedDate].map((date) => date?.toISOString().slice(0, 10))).toEqual([
    '2026-05-01',
    '2026-07-30',
  ]);
  const stage = await client.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' }));
  expect([stage.SecretString, stage.CreatedDate?.toISOString().slice(0, 10)]).toEqual(['1', '2026-05-01']);
  expect((await client.send(new GetSecretValueCommand({ SecretId, VersionId: token('3') }))).SecretString).toBe('3');

  const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: token('3') };
  await expect(client.send(new UpdateSecretVersionStageCommand(move))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await client.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: token('2') }));
  expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('3');
  const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }));
  expect(Versions.map(({ VersionStages }) => VersionStages)).toEqual([
    [],
    ['AWSPREVIOUS'],
    ['AWSPENDING', 'AWSCURRENT'],
  ]);
});

test('the same token twice is the same version; with another value it is refused', async () => {
  const { client, SecretId } = await secrets();
  const put = { SecretId, SecretString: 'a', ClientRequestToken: token('1') };
  await client.send(new PutSecretValueCommand(put));
  await client.send(new PutSecretValueCommand(put));
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
  expect(Versions).toHaveLength(1);
  await expect(client.send(new PutSecretValueCommand({ ...put, SecretString: 'b' }))).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
});

test('secrets are made, described and tagged', async () => {
  const { client } = await secrets();
  const made = await client.send(
    new CreateSecretCommand({
      Name: 'other',
      SecretString: 'a',
      Description: 'one',
      Tags: [{ Key: 'team', Value: 'x' }],
    }),
  );
  await expect(client.send(new CreateSecretCommand({ Name: 'other' }))).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
  await client.send(new UpdateSecretCommand({ SecretId: made.ARN, SecretString: 'b', Description: 'two' }));
  await client.send(new TagResourceCommand({ SecretId: 'other', Tags: [{ Key: 'team', Value: 'y' }] }));
  expect(await client.send(new DescribeSecretCommand({ SecretId: 'other' }))).toMatchObject({
    Description: 'two',
    Tags: [{ Key: 'team', Value: 'y' }],
  });
  expect((await client.send(new GetSecretValueCommand({ SecretId: 'other' }))).SecretString).toBe('b');
});
