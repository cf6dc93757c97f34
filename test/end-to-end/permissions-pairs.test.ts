import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudEventSchema } from '../../shared/invoice/events.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf, erpVariables } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { arns } from '../../tools/local-cloud/arn.ts';
import { submitCommand } from '../support/commands.ts';
import { covers, grantsOfManagedPolicy, grantsOfRole, spelled, type Permission } from './permissions-iam.ts';

/** One name begins with another, and two connections share an inbox. */
const inboxes = { duval: 'own', 'duval-nord': 'own', bertin: 'own', petit: 'shared', leroy: 'shared' } as const;
type Name = keyof typeof inboxes;
const names: readonly Name[] = ['duval', 'duval-nord', 'bertin', 'petit', 'leroy'];
const pairs = names.flatMap((erp) => names.map((owner) => ({ erp, owner })));

const stage = 'chorus-relay-qualification';
const queueActions = ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'PurgeQueue'];
const reading = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'];
const objectActions = ['GetObject', 'GetObjectVersion', 'PutObject', 'DeleteObject'];
const tableActions = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'];
const secretActions = ['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'DeleteSecret'];
const topicActions = ['Publish', 'Subscribe'];

const asked = (service: string, actions: readonly string[], ...resources: string[]): Permission[] =>
  resources.flatMap((resource) => actions.map((action) => ({ action: `${service}:${action}`, resource })));

describe('what the ERP of one connection may do with what belongs to another', () => {
  let relay: Relay;
  let folder: string;
  let erp: Erp;

  const sendOneEach = async (prefix: string): Promise<void> => {
    for (const connection of names) {
      const number = `${prefix}-${connection}`;
      await erp.send(JSON.stringify(submitCommand({ command: { connection }, invoice: { number } })), connection);
    }
    await relay.cloud.idle();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
    for (const name of names) {
      const company = { name: 'Constructions Duval', siret: SUPPLIERS.company };
      const settings = { label: name, environment: 'qualification', companies: [company], inbox: inboxes[name] };
      await writeFile(join(folder, `${name}.json`), JSON.stringify(settings));
    }
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      context: { connections: names },
      build: { connectionsFolder: folder },
      desk: true,
    });
    erp = new Erp(endpointsOf(relay));
    await sendOneEach('OF');
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  const arnOf = (type: string): string =>
    relay.cloud.resources.find((one) => one.type === type)?.attributes['Arn'] ?? expect.fail(`no ${type}`);
  const queueOf = (owner: Name) => arns.queue(`${stage}-erp-inbox${inboxes[owner] === 'own' ? `-${owner}` : ''}`);

  const deskRole = (): string =>
    relay.cloud.resources.find(({ logicalId }) => logicalId.startsWith('FunctionsDeskRole'))?.attributes['Arn'] ??
    expect.fail('no role of the desk');

  /** Everything that is a connection's own, and what is kept of it beside that of others. */
  const belongingTo = (owner: Name): Permission[] => {
    const [bucket, table] = [arnOf('AWS::S3::Bucket'), arnOf('AWS::DynamoDB::Table')];
    const { region, accountId } = relay.cloud;
    const secret = `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretNameOf('qualification', owner)}-AbCdEf`;
    const deadLetters = inboxes[owner] === 'own' ? `erp-dead-letters-${owner}` : 'erp-inbox-dead-letters';
    const objects = [
      `incoming/${owner}/FA-1.pdf`,
      `incoming/${owner}/e-invoices/FA-1.xml`,
      `fetched/${owner}/FA-1.pdf`,
      'documents/0a1b',
      `received/${owner}/2026-11-23/m-1`,
    ];
    return [
      ...asked('sqs', [...queueActions, 'GetQueueAttributes', 'GetQueueUrl'], queueOf(owner)),
      ...asked(
        'sqs',
        queueActions,
        arns.queue(`${stage}-${deadLetters}`),
        arns.queue(`${stage}-invoices-dead-letters`),
      ),
      ...asked('s3', objectActions, ...objects.map((key) => `${bucket}/${key}`)),
      { action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': [`fetched/${owner}/`] } },
      ...asked('dynamodb', tableActions, table, `${table}/index/open`),
      ...asked('secretsmanager', secretActions, secret),
      // What the desk shows, and what it asks for in somebody's name.
      ...asked('lambda', ['InvokeFunction', 'UpdateFunctionCode'], arns.function(`${stage}-desk`)),
      ...asked('sts', ['AssumeRole'], deskRole()),
      ...['invoice-events', `invoice-events-${owner}`, 'operations', `operations-contacts-${owner}`].flatMap((topic) =>
        asked('sns', topicActions, arns.topic(`${stage}-${topic}`)),
      ),
    ];
  };
  const allowed = (name: Name): string[] => {
    const grants = grantsOfManagedPolicy(relay.cloud.resources, `${stage}-Erp-${name}`);
    return names
      .flatMap(belongingTo)
      .filter((one) => grants.some((grant) => covers(grant, one)))
      .map(spelled);
  };

  it.each(names)('%s may put into and read from its own folders, and read its own inbox, and nothing else', (name) => {
    const bucket = arnOf('AWS::S3::Bucket');
    const own = [
      ...reading.map((action) => `${action} on ${queueOf(name)}`),
      `s3:PutObject on ${bucket}/incoming/${name}/FA-1.pdf`,
      `s3:PutObject on ${bucket}/incoming/${name}/e-invoices/FA-1.xml`,
      `s3:GetObject on ${bucket}/fetched/${name}/FA-1.pdf`,
    ];
    expect(new Set(allowed(name))).toEqual(new Set(own));
  });

  it.each(pairs.filter(({ erp: one, owner }) => one !== owner))(
    '$erp reaches nothing of $owner',
    ({ erp: one, owner }) => {
      const grants = grantsOfManagedPolicy(relay.cloud.resources, `${stage}-Erp-${one}`);
      const isShared = inboxes[one] === 'shared' && inboxes[owner] === 'shared';
      const reached = belongingTo(owner).filter((asks) => grants.some((grant) => covers(grant, asks)));
      // Those who share an inbox read each other's events, and nothing but them: docs/events.md.
      expect(reached.map(spelled).sort()).toEqual(
        isShared ? reading.map((action) => `${action} on ${queueOf(owner)}`).sort() : [],
      );
    },
  );

  it('the desk reads the ledger and documents of all, deletes nothing, and reads no inbox and no secret', () => {
    const grants = grantsOfRole(relay.cloud.resources, deskRole());
    const reached = names
      .flatMap(belongingTo)
      .filter(({ action }) => !action.startsWith('dynamodb:') && !action.startsWith('s3:Get'))
      .filter((one) => grants.some((grant) => covers(grant, one)));
    expect(reached.map(spelled)).toEqual([]);
    for (const action of ['DeleteItem', 'UpdateItem', 'Scan']) {
      const one = { action: `dynamodb:${action}`, resource: arnOf('AWS::DynamoDB::Table') };
      expect(
        grants.some((grant) => covers(grant, one)),
        action,
      ).toBe(false);
    }
  });

  it('nobody uses the key but through queues and objects that are allowed anyway', () => {
    const resource = arnOf('AWS::KMS::Key');
    for (const name of names) {
      const grants = grantsOfManagedPolicy(relay.cloud.resources, `${stage}-Erp-${name}`);
      const uses = (context?: Permission['context']) =>
        grants.some((grant) => covers(grant, { action: 'kms:Decrypt', resource, ...(context ? { context } : {}) }));
      const through = (service: string) => ({ 'kms:ViaService': [`${service}.${relay.cloud.region}.amazonaws.com`] });
      expect(uses(through('sqs'))).toBe(true);
      for (const other of [undefined, through('dynamodb'), through('secretsmanager'), through('sns')])
        expect(uses(other)).toBe(false);
    }
  });

  it('an inbox of one’s own has the events of its connection alone, and the shared one those of the others', async () => {
    const { endpoint, region } = relay.cloud;
    const { sqs, destroy } = localClients({ endpoint, region, accessKeyId: 'erp' });
    const connectionsIn = async (queue: string): Promise<string[]> => {
      const QueueUrl = endpointsOf(relay).queues[queue] ?? expect.fail(`no queue ${queue}`);
      const found = new Set<string>();
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
        );
        if (Messages.length === 0) return [...found].sort();
        for (const { Body = '' } of Messages) found.add(cloudEventSchema.parse(JSON.parse(Body)).data.connection);
      }
    };
    for (const name of ['duval', 'duval-nord', 'bertin'])
      expect(await connectionsIn(`${stage}-erp-inbox-${name}`)).toEqual([name]);
    expect(await connectionsIn(`${stage}-erp-inbox`)).toEqual(['leroy', 'petit']);
    destroy();
  });

  it('the programs of this machine read the inbox of their connection', async () => {
    const inboxOf = (name: Name) => erpVariables(endpointsOf(relay), name).RELAY_ERP_INBOX_QUEUE_URL.split('/').at(-1);
    expect(names.map(inboxOf)).toEqual([
      `${stage}-erp-inbox-duval`,
      `${stage}-erp-inbox-duval-nord`,
      `${stage}-erp-inbox-bertin`,
      `${stage}-erp-inbox`,
      `${stage}-erp-inbox`,
    ]);
    await sendOneEach('AGAIN');
    const told = (await erp.readInbox()).map(({ data: { connection } }) => connection);
    expect([...new Set(told)].sort()).toEqual([...names].sort());
  });
});
