import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import { invoiceKey, type LedgerRecord } from '../../shared/ledger/record.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { begin, move } from '../../shared/ledger/transition.ts';
import { exampleWorld, RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { atScale } from '../support/scale.ts';
import { depositPdf, exampleClient, submission } from '../../tools/chorus-pro-simulator/example-client.ts';

const open = atScale(10_000, 1_000);
const changed = atScale(300, 30);
/** So far apart are those that move on. */
const apart = 33;
const minute = 60_000;
const searchPath = '/cpro/factures/v1/rechercher/fournisseur';
const numberOf = (i: number): string => `W-${String(i).padStart(5, '0')}`;

/** An invoice as it lies in the ledger once it was sent: made by the ledger's own moves. */
function followed(number: string, chorusProId: number, now: Date): LedgerRecord {
  const supplier = SUPPLIERS.company;
  const draft = {
    pk: invoiceKey({ environment: 'qualification', supplier, number }),
    connection: 'example',
    environment: 'qualification' as const,
    subject: `example/${supplier}/${number}`,
    ...{ supplier, number, recipient: RECIPIENTS.nothingMandatory, amount: '120.00', currency: 'EUR' },
    ...{ type: 'invoice' as const, issueDate: '2026-11-20', digest: number, route: 'pdf' as const },
    terms: { framework: 'A1', vatRegime: 'on-debits', paymentMeans: 'credit-transfer' } as const,
    commandKey: `received/example/2026-11-20/${number}.json`,
    ...{ documents: [], messageIds: [`message-${number}`], attempts: 1, createdAt: now.toISOString() },
  };
  const at = now.toISOString();
  const status = { code: 'DEPOSEE', at, observedAt: at };
  const nextStepAt = new Date(now.getTime() + 10 * 24 * 60 * minute).toISOString();
  const changes = { chorusProId, status, submittedAt: at, nextStepAt };
  const claimed = { lease: { until: nextStepAt }, nextStepAt };
  const { record } = begin(draft, { name: 'claim', changes: claimed }, now);
  return move(record, { name: 'follow', changes }, now).record;
}

async function store(client: DynamoDBClient, table: string, records: readonly LedgerRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += 25) {
    const requests = records.slice(start, start + 25).map((record) => ({ PutRequest: { Item: marshall(record) } }));
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all of it was written');
  }
}

/** One poll must cost what changed, and not what is open. */
describe(`${open} followed invoices, of which ${changed} have moved on`, () => {
  let relay: Relay;
  let events: InvoiceEvent[] = [];
  let erp: Erp;
  let searches = 0;
  const searchesOf = () => relay.simulator?.model.effects.calls[searchPath] ?? 0;

  beforeAll(async () => {
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    relay = await bringUp({ clock, world: { ...exampleWorld(), scenarioOf: () => 'still' } });
    const { cloud, simulator } = relay;
    if (!simulator) throw new Error('no simulator');
    const { model } = simulator;
    const chorusPro = exampleClient(model);
    const like = submission(chorusPro);
    const ids = Array.from({ length: open }, (_, i) => {
      const pieceJointePrincipaleId = depositPdf(chorusPro);
      const pieceJointePrincipale = [{ ...like.pieceJointePrincipale[0], pieceJointePrincipaleId }];
      const body = { ...like, numeroFactureSaisi: numberOf(i), pieceJointePrincipale };
      return Number(chorusPro.call('factures/soumettre', body).body['identifiantFactureCPP']);
    });
    const endpoints = endpointsOf(relay);
    const { dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'operator' });
    const now = new Date(clock.now());
    await store(
      dynamodb,
      endpoints.table,
      ids.map((id, i) => followed(numberOf(i), id, now)),
    );
    // As if polls had read all that came before: none of the open invoices is in the hour that is read again.
    const since = new Date(clock.now() + 61 * minute).toISOString();
    await new DynamoDbMemory({ client: dynamodb, table: endpoints.table }).remember('cursor#example', { since });
    destroy();
    erp = new Erp(endpoints);
    await cloud.advance(90 * minute, { catchUp: 'last' });
    for (let i = 0; i < changed; i += 1) model.setStatus(numberOf(i * apart), 'SERVICE_FAIT');
    const before = searchesOf();
    await cloud.advance(15 * minute, { catchUp: 'last' });
    searches = searchesOf() - before;
    events = await erp.readInbox();
    console.log(JSON.stringify({ open, changed, searches, budget: Math.ceil(changed / 1_000), events: events.length }));
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
  });

  it('cost one search, whatever is open', () => {
    expect(searches).toBe(Math.ceil(changed / 1_000));
  });

  it('tell each change to the ERP exactly once', () => {
    const told = events.filter(({ type }) => type === typeOf('status-changed')).map(({ data }) => data.number ?? '');
    expect(told.sort()).toEqual(Array.from({ length: changed }, (_, i) => numberOf(i * apart)));
  });

  it('are told no more by the polls that read the same hour again', async () => {
    await relay.cloud.advance(45 * minute);
    expect(await erp.readInbox()).toHaveLength(events.length);
  });
});
