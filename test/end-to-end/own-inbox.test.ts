import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTopicCommand, DeleteTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, it, onTestFinished } from 'vitest';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { arns } from '../../tools/local-cloud/arn.ts';
import { bringUp } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { submitCommand } from '../support/commands.ts';

const minute = 60_000;
const topic = 'chorus-relay-qualification-invoice-events-duval';

it('events of a connection whose own inbox is not deployed yet wait in the ledger, and none is lost', async () => {
  const connectionsFolder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
  onTestFinished(() => rm(connectionsFolder, { recursive: true }));
  const company = { name: 'Constructions Duval', siret: SUPPLIERS.company };
  const settings = { label: 'Duval', environment: 'qualification', companies: [company], inbox: 'own' };
  await writeFile(join(connectionsFolder, 'duval.json'), JSON.stringify(settings));
  const relay = await bringUp({
    clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
    context: { connections: ['duval'] },
    build: { connectionsFolder },
  });
  onTestFinished(() => relay.stop());
  const { cloud } = relay;
  const { sns, destroy } = localClients({ endpoint: cloud.endpoint, region: cloud.region, accessKeyId: 'deployment' });
  onTestFinished(destroy);
  const erp = new Erp(endpointsOf(relay));
  onTestFinished(() => {
    erp.close();
  });
  await sns.send(new DeleteTopicCommand({ TopicArn: arns.topic(topic) }));

  await erp.send(JSON.stringify(submitCommand({ command: { connection: 'duval' } })), 'duval');
  await cloud.idle();
  expect(await erp.readInbox()).toEqual([]);
  const waiting = (await erp.readLedger()).flatMap(({ outbox }) => outbox.map(({ id }) => id));
  expect(waiting.length).toBeGreaterThan(0);

  await sns.send(new CreateTopicCommand({ Name: topic }));
  await sns.send(
    new SubscribeCommand({
      TopicArn: arns.topic(topic),
      Protocol: 'sqs',
      Endpoint: arns.queue('chorus-relay-qualification-erp-inbox-duval'),
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  await cloud.advance(30 * minute);
  expect((await erp.readInbox()).map(({ id }) => id)).toEqual(expect.arrayContaining(waiting));
});
