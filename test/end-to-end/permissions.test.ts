import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock, type WireRequest } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import { dropSamples } from '../../tools/demo/drop.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { paperMaker } from '../../tools/demo/papers.ts';
import { perform } from '../../tools/demo/perform.ts';
import { readSamples, type InvoiceSample } from '../../tools/demo/sample.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { EXAMPLE_CREDENTIALS } from '../../tools/chorus-pro-simulator/index.ts';
import { operatorOf } from './credentials-operator.ts';
import { covers, grantsOfManagedPolicy, grantsOfRole, neededBy, spelled, type Permission } from './permissions-iam.ts';

const hour = 3_600_000;
const names = [
  'submit-invoice',
  'poll-statuses',
  'poll-orders',
  'poll-validations',
  'watch-credentials',
  'check-connection',
  'rotate-credentials',
] as const;

/**
 * Granted, and yet seen in no call: AWS itself uses these in the function's name, where the local cloud does without.
 */
const unseen: readonly { grant: RegExp; why: string }[] = [
  {
    grant: /^logs:(CreateLogStream|PutLogEvents) on /,
    why: 'Lambda carries what the function writes to its log group',
  },
  { grant: /^xray:(PutTraceSegments|PutTelemetryRecords) on \*$/, why: 'Lambda sends the traces' },
  {
    grant: /^sqs:GetQueueAttributes on .*-invoices$/,
    why: 'the event source mapping scales by the depth of its queue',
  },
];

const targetSchema = z.object({
  Arn: z.string(),
  RoleArn: z.string(),
  DeadLetterConfig: z.object({ Arn: z.string() }),
});
const samples = readSamples();

function numbered(number: string): InvoiceSample & { name: string } {
  const sample = samples.find((one) => one.name === '01-plain');
  if (!sample || !('command' in sample)) throw new Error('no sample 01-plain');
  return { ...sample, command: { ...sample.command, invoice: { ...sample.command.invoice, number } } };
}

/** What the samples leave out: Chorus Pro too busy, a call that got lost, a document that is not there. */
async function playTroubles({ cloud, simulator }: Relay, erp: Erp): Promise<void> {
  const [settings] = await readConnectionFiles(['example']);
  if (!settings || !simulator) throw new Error('no connection, or no simulator');
  const papers = paperMaker(settings);
  const settled = () => cloud.idle({ parked: 'leave' });
  simulator.faults.add({ kind: 'too-many-requests', path: '/cpro/factures/v1/deposer/pdf', count: 1 });
  await dropSamples([numbered('BUSY-1')], { erp, papers, settled });
  simulator.faults.add({ kind: 'reset-before', path: '/cpro/factures/v1/soumettre', count: 1 });
  await dropSamples([numbered('LOST-1')], { erp, papers, settled });
  const { command } = numbered('MISSING-1');
  const document = { name: 'missing.pdf', key: 'incoming/example/MISSING-1/missing.pdf' };
  await erp.send(JSON.stringify({ ...command, document }), 'example');
  // An e-invoice without a command, which is read as S3 told of it.
  await erp.upload('incoming/example/e-invoices/DROP-1.xml', Buffer.from(cii({ number: 'DROP-1' })));
  await cloud.advance(2 * hour);
  const { connection, supplier } = command;
  const question = { type: 'invoice.fetch', version: 1, connection, supplier, invoice: { number: 'BUSY-1' } };
  await erp.send(JSON.stringify(question), 'example');
  await cloud.idle();
  // A refusal names the document that the ERP gave.
  const documents = (await erp.readInbox()).flatMap(({ data }) => data.document ?? []);
  const fetched = documents.find(({ key }) => key.startsWith('fetched/'));
  await erp.read(fetched?.key ?? '');
}

/** An old client secret, of which people and the ERP are reminded, and a new one that takes its place. */
async function renewCredentials(relay: Relay): Promise<void> {
  const { cloud } = relay;
  cloud.storeSecret(secretNameOf('qualification', 'example'), {
    ...simulatorCredentials,
    pisteSecretCreatedAt: '2026-01-01T09:00:00Z',
  });
  await cloud.invoke('watch-credentials');
  const operator = operatorOf(relay);
  const staged = await operator.stage({ pisteClientSecret: EXAMPLE_CREDENTIALS.nextClientSecret });
  operator.close();
  expect(staged).toEqual({ kind: 'taken-over' });
  await cloud.invoke('check-connection', { connection: 'example' });
}

describe('what the functions ask of AWS', () => {
  let relay: Relay;
  let keyArn: string;

  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
    const key = relay.cloud.resources.find(({ type }) => type === 'AWS::KMS::Key');
    keyArn = key?.attributes['Arn'] ?? '';
    await perform(relay, { samples });
    const erp = new Erp(endpointsOf(relay));
    await playTroubles(relay, erp);
    erp.close();
    await renewCredentials(relay);
    for (const number of ['BUSY-1', 'LOST-1']) expect(relay.simulator?.model.invoice(number), number).toBeDefined();
  });
  afterAll(() => relay.stop());

  const ofFunction = (name: string) => {
    const { resources } = relay.cloud;
    const found = resources.find((one) => one.type === 'AWS::Lambda::Function' && one.name.endsWith(`-${name}`));
    if (!found) throw new Error(`no function ${name}`);
    // The mapping takes messages from the queue in the name of the function's role.
    const calls = relay.cloud.wire.requests.filter(({ caller }) =>
      [found.name, `poller:${found.name}`].includes(caller),
    );
    return { grants: grantsOfRole(resources, found.properties['Role']), calls };
  };
  const notAllowed = (calls: readonly WireRequest[], grants: readonly Permission[]): string[] => {
    const asked = calls.flatMap((call) => neededBy(call, keyArn));
    const denied = asked.filter((one) => !grants.some((grant) => covers(grant, one)));
    return [...new Set(denied.map(spelled))];
  };

  it.each(names)('%s is allowed by its role', (name) => {
    const { grants, calls } = ofFunction(name);
    expect(calls).not.toHaveLength(0);
    expect(notAllowed(calls, grants)).toEqual([]);
  });

  it('all that a role allows is asked for, but for what AWS does in its name', () => {
    const spare = names.flatMap((name) => {
      const { grants, calls } = ofFunction(name);
      const asked = calls.flatMap((call) => neededBy(call, keyArn));
      return grants.filter((grant) => !asked.some((one) => covers(grant, one))).map((grant) => ({ name, grant }));
    });
    const listed = (text: string) => unseen.some(({ grant }) => grant.test(text));
    const unexplained = spare.filter(({ grant }) => !listed(spelled(grant)));
    expect(unexplained.map(({ name, grant }) => `${name}: ${spelled(grant)}`)).toEqual([]);
    for (const { grant, why } of unseen)
      expect(
        spare.some((one) => grant.test(spelled(one.grant))),
        why,
      ).toBe(true);
  });

  it('a permission that is taken away is missed', () => {
    for (const name of names) {
      const { grants, calls } = ofFunction(name);
      for (const grant of grants.filter((one) => !unseen.some(({ grant: known }) => known.test(spelled(one))))) {
        const fewer = grants.filter((one) => one !== grant);
        expect(notAllowed(calls, fewer), `${name} without ${spelled(grant)}`).not.toEqual([]);
      }
    }
  });

  it('the ERP is allowed by InvoiceSender', () => {
    const grants = grantsOfManagedPolicy(relay.cloud.resources, 'InvoiceSender');
    const calls = relay.cloud.wire.matching({ caller: 'erp' });
    // There the samples look as an operator would, not as the ERP.
    const asErp = calls.filter(
      ({ action, resources }) => action !== 'Scan' && !resources.join().endsWith('-dead-letters'),
    );
    expect(asErp.length).toBeGreaterThan(0);
    expect(notAllowed(asErp, grants)).toEqual([]);
  });

  it('the schedules are allowed to call their functions, and to set aside what they could not', () => {
    const schedules = relay.cloud.resources.filter(({ type }) => type === 'AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(4);
    for (const { properties } of schedules) {
      const { Arn, RoleArn, DeadLetterConfig } = targetSchema.parse(properties['Target']);
      const grants = grantsOfRole(relay.cloud.resources, RoleArn);
      const asked = [
        { action: 'lambda:InvokeFunction', resource: Arn },
        { action: 'sqs:SendMessage', resource: DeadLetterConfig.Arn },
        { action: 'kms:GenerateDataKey', resource: keyArn },
      ];
      for (const one of asked)
        expect(
          grants.some((grant) => covers(grant, one)),
          spelled(one),
        ).toBe(true);
    }
  });
});
