import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { cloudOf, lambda } from './local-fixture.ts';

const start = new Date('2026-05-01T00:00:00Z');
const token = (digit: string) => digit.repeat(32);

async function secrets() {
  const clock = new DrivenClock({ start });
  const cloud = await cloudOf({}, { clock });
  const client = new SecretsManagerClient({
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  const SecretId = 'relay/example';
  const { ARN } = await client.send(new CreateSecretCommand({ Name: SecretId }));
  return { cloud, client, SecretId, ARN };
}

test('a secret that was created without a value has none until it is given one', async () => {
  const { cloud, client, SecretId, ARN: created } = await secrets();
  await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'missing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  cloud.storeSecret(SecretId, { login: 'a' });
  const { SecretString, ARN } = await client.send(new GetSecretValueCommand({ SecretId }));
  expect(SecretString).toBe('{"login":"a"}');
  expect(ARN).toBe(created);
  expect((await client.send(new GetSecretValueCommand({ SecretId: ARN }))).SecretString).toBe(SecretString);
  expect(cloud.wire.count({ action: 'GetSecretValue', ...(ARN === undefined ? {} : { resource: ARN }) })).toBe(3);
});

test('versions, their stages and their dates follow the driven clock', async () => {
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
  expect((await client.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages).toEqual({
    [token('2')]: ['AWSPREVIOUS'],
    [token('3')]: ['AWSPENDING', 'AWSCURRENT'],
  });
});

test('the same token twice is the same version; with another value it is refused', async () => {
  const { client, SecretId } = await secrets();
  const put = { SecretId, SecretString: 'a', ClientRequestToken: token('1') };
  await client.send(new PutSecretValueCommand(put));
  await client.send(new PutSecretValueCommand(put));
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }));
  expect(VersionIdsToStages).toEqual({ [token('1')]: ['AWSCURRENT'] });
  await expect(client.send(new PutSecretValueCommand({ ...put, SecretString: 'b' }))).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
});

describe('a secret that is deleted', () => {
  const day = 86_400_000;

  it('keeps its name for thirty days, and comes back as it was if it is restored', async () => {
    const { cloud, client, SecretId } = await secrets();
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'a' }));
    await expect(client.send(new CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
    const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId }));
    expect(DeletionDate?.toISOString().slice(0, 10)).toBe('2026-05-31');
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
    expect(DeletedDate).toBeDefined();

    await cloud.advance(29 * day);
    const refused = { name: 'InvalidRequestException' };
    await expect(client.send(new CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject(refused);
    await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject(refused);
    await expect(client.send(new PutSecretValueCommand({ SecretId, SecretString: 'b' }))).rejects.toMatchObject(
      refused,
    );
    await expect(client.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject(refused);

    await client.send(new RestoreSecretCommand({ SecretId }));
    await client.send(new RestoreSecretCommand({ SecretId }));
    expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('a');
    expect((await client.send(new DescribeSecretCommand({ SecretId }))).DeletedDate).toBeUndefined();
  });

  it.each([
    ['at the end of its window', { RecoveryWindowInDays: 7 }, 7],
    ['at once if it is asked for', { ForceDeleteWithoutRecovery: true }, 0],
  ])('is gone %s, and leaves its name', async (_when, how, days) => {
    const { cloud, client, SecretId } = await secrets();
    await client.send(new DeleteSecretCommand({ SecretId, ...how }));
    await cloud.advance(days * day);
    const gone = { name: 'ResourceNotFoundException' };
    await expect(client.send(new DescribeSecretCommand({ SecretId }))).rejects.toMatchObject(gone);
    await expect(client.send(new RestoreSecretCommand({ SecretId }))).rejects.toMatchObject(gone);
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'new' }));
    expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('new');
  });

  it('in its window can be deleted at once', async () => {
    const { client, SecretId } = await secrets();
    await client.send(new DeleteSecretCommand({ SecretId }));
    await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    await client.send(new CreateSecretCommand({ Name: SecretId }));
  });

  it.each([{ RecoveryWindowInDays: 6 }, { RecoveryWindowInDays: 31 }])('has no window of %j', async (how) => {
    const { client, SecretId } = await secrets();
    await expect(client.send(new DeleteSecretCommand({ SecretId, ...how }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

test.each(['ListSecrets', 'TagResource'])('%s, which nothing of ours calls, is an error', async (operation) => {
  const { cloud } = await secrets();
  const response = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': `secretsmanager.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260101/eu-west-3/secretsmanager/aws4_request',
    },
    body: '{}',
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(`${operation} is not known`);
});

/** Logs each step; fails at the step that the new version's value names. */
const rotator = `
  const aws = (action, body) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.' + action,
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  }).then((response) => response.json());
  exports.handler = async ({ Step, SecretId, ClientRequestToken }) => {
    console.log(Step);
    if (Step === 'createSecret') await aws('PutSecretValue', { SecretId, ClientRequestToken, SecretString: process.env.NEXT, VersionStages: ['AWSPENDING'] });
    if (Step === process.env.NEXT) throw new Error('on purpose');
  };
`;

test.each([
  ['all is well', 'new', ['createSecret', 'setSecret', 'testSecret', 'finishSecret']],
  ['a step fails', 'testSecret', ['createSecret', 'setSecret', 'testSecret']],
])('a rotation calls its function once per step, when %s', async (_how, next, steps) => {
  const said: string[] = [];
  const cloud = await cloudOf(
    {
      Rotator: lambda('rotator', { Environment: { Variables: { NEXT: next } } }),
    },
    {
      bundles: { rotator },
      onLog: ({ stream, line }) => {
        if (stream === 'stdout') said.push(line);
      },
      outputs: { Arn: { Value: { 'Fn::GetAtt': ['Rotator', 'Arn'] } } },
    },
  );
  const { endpoint, region } = cloud;
  const client = new SecretsManagerClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  const SecretId = 'relay/example';
  await client.send(new CreateSecretCommand({ Name: SecretId }));
  const rotation = new RotateSecretCommand({
    SecretId,
    ClientRequestToken: token('2'),
    RotationLambdaARN: cloud.outputs['Arn'] ?? '',
    RotationRules: { AutomaticallyAfterDays: 1000 },
  });
  // There must be a value to rotate from, and no other version may be pending.
  await expect(client.send(rotation)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  cloud.storeSecret(SecretId, 'old');
  await client.send(rotation);
  await vi.waitFor(() => expect(said).toEqual(steps), { timeout: 20_000 });
  await cloud.idle();
  expect(said).toEqual(steps);
  await expect(
    client.send(new RotateSecretCommand({ SecretId, ClientRequestToken: token('3') })),
  ).rejects.toMatchObject({ name: 'InvalidRequestException' });
  const pending = await client.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPENDING' }));
  expect([pending.SecretString, pending.VersionId]).toEqual([next, token('2')]);
});
