import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { invoiceKey } from '../../../shared/ledger/record.ts';
import { EXAMPLE_CREDENTIALS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { makeTrouble } from '../../../tools/chorus-pro-simulator/troubles.ts';
import { localClients } from '../../../tools/local-cloud/clients.ts';
import { AwsError } from '../../../tools/local-cloud/services/aws-service.ts';
import { runAwsCli } from './aws-cli.ts';
import type { World } from './world.ts';

export interface Incident {
  name: string;
  /** What happens; hours go by; then people outside the relay do their part. */
  strikes: (world: World) => Promise<void> | void;
  hours: number;
  ends?: (world: World) => Promise<void> | void;
  /** The page in docs/runbooks/, and which of its blocks is about this, from 0; all of them by default. */
  runbook: string;
  block?: number;
  /** Within how many hours somebody must be called. */
  heardWithin: number;
}

const hour = 3_600_000;

export const incidents: readonly Incident[] = [
  {
    name: 'Chorus Pro is closed for three days',
    strikes: async (world) => {
      world.simulator.faults.add({ kind: 'maintenance', path: '/cpro/*' });
      await world.sendInvoice();
    },
    hours: 72,
    ends: ({ simulator }) => simulator.faults.clear(),
    runbook: 'alarms/platform-down.md',
    heardWithin: 8,
  },
  {
    name: 'The PISTE client secret is revoked',
    strikes: async (world) => {
      makeTrouble(world.chorusPro, 'secret-renewed', world.now);
      await world.sendInvoice();
    },
    hours: 3,
    // They look up the secret that was made in its place.
    ends: (world) => {
      const [application] = world.chorusPro.applications;
      world.credentials = { ...world.credentials, pisteClientSecret: application?.clientSecrets[0] ?? '' };
    },
    runbook: 'credentials.md',
    block: 0,
    heardWithin: 2,
  },
  {
    name: 'The technical account’s password has expired',
    strikes: async (world) => {
      makeTrouble(world.chorusPro, 'password-expired', world.now);
      await world.sendInvoice();
    },
    hours: 3,
    // A new password is set on the portal.
    ends: (world) => {
      const technicalPassword = `${EXAMPLE_CREDENTIALS.technicalPassword}-2`;
      for (const account of world.chorusPro.accounts) {
        account.password = technicalPassword;
        account.passwordExpiresAt = world.now + 424 * 24 * hour;
      }
      world.credentials = { ...world.credentials, technicalPassword };
    },
    runbook: 'credentials.md',
    block: 0,
    heardWithin: 2,
  },
  {
    name: 'A message fails again and again',
    strikes: async (world) => {
      await damageRecord(world, world.nextNumber);
      await world.sendInvoice();
    },
    hours: 3,
    ends: removeDamaged,
    runbook: 'dead-letters.md',
    heardWithin: 1,
  },
  {
    name: 'The ERP stops reading its events',
    strikes: async (world) => {
      world.erpReads = false;
      await world.sendInvoice();
    },
    hours: 26,
    // Its reader is started again.
    ends: (world) => {
      world.erpReads = true;
    },
    runbook: 'alarms/erp-inbox-unread.md',
    heardWithin: 25,
  },
  {
    name: 'DynamoDB throttles the ledger',
    strikes: (world) => {
      const throttled = new AwsError('ProvisionedThroughputExceededException', 'as the incident wants it');
      world.cloud.intercept(({ service }) => (service === 'dynamodb' ? throttled : 'pass'));
    },
    // Not longer: each refused call waits in real time before the SDK gives up.
    hours: 0.4,
    ends: async (world) => {
      await world.sendInvoice();
      await world.cloud.idle({ parked: 'leave' });
      world.cloud.intercept(undefined);
    },
    runbook: 'alarms/take-turns-errors.md',
    heardWithin: 1,
  },
  {
    name: 'The key is disabled, its deletion planned',
    strikes: async (world) => {
      const words = ['kms', 'schedule-key-deletion', '--key-id', 'alias/chorus-relay-qualification-data'];
      await runAwsCli(words, world.cloud);
      expect(await world.sendInvoice()).toBe(false);
    },
    hours: 2,
    runbook: 'key.md',
    heardWithin: 1,
  },
  {
    name: 'A bad version is deployed',
    strikes: async (world) => {
      await world.publishBadVersion('submit-invoice');
      await world.sendInvoice();
    },
    hours: 1,
    runbook: 'release.md',
    block: 1,
    heardWithin: 1,
  },
];

const keyOf = (number: string) => ({
  pk: { S: invoiceKey({ environment: 'qualification', supplier: SUPPLIERS.company, number }) },
});

/** A record that nobody can read, under the key of the invoice that comes next. */
async function damageRecord({ cloud }: World, number: string): Promise<void> {
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  const TableName = cloud.outputs['LedgerTable'];
  await dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(number), state: { S: 'damaged' } } }));
  destroy();
}

/** The cause is found and removed. */
async function removeDamaged({ cloud, lastNumber }: World): Promise<void> {
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  await dynamodb.send(new DeleteItemCommand({ TableName: cloud.outputs['LedgerTable'], Key: keyOf(lastNumber) }));
  destroy();
}
