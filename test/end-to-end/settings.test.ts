import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../support/commands.ts';
import { readLedger } from './faults-crowd.ts';

const duval = { name: 'Constructions Duval', siret: SUPPLIERS.company };
const caen = { name: 'Caen', siret: SUPPLIERS.agency, service: 'SERVICE_FOURNISSEUR' };
const base = { label: 'Duval', environment: 'qualification', companies: [{ ...duval, agencies: [caen] }] };

/**
 * One connection with every setting, and one for each way of saying who may send. The local queue's sender is an
 * account.
 */
const connections = {
  full: {
    ...base,
    paymentMeans: { 'LCR acceptée': 'other' },
    transfer: {
      from: '2026-11-01',
      customerCategories: ['Client - Chorus Pro'],
      withoutContracts: ['2026-M7'],
      withoutWorksites: ['Gare'],
    },
    defaults: { vatRegime: 'on-receipts', recipientService: 'SERVICE_DEST_SERV_OBL' },
    contacts: ['compta@duval.example'],
    pollingIntervalMinutes: 7,
  },
  account: { ...base, allowedSenders: ['000000000000'] },
  stranger: { ...base, allowedSenders: ['AROAEXAMPLEEXAMPLE00'] },
  slow: { ...base, callsPerSecond: 5 },
};

const drop = (connection: keyof typeof connections, number: string, command: object = {}, invoice: object = {}) => ({
  number,
  connection,
  body: JSON.stringify(submitCommand({ command: { connection, ...command }, invoice: { number, ...invoice } })),
});

const dropped = [
  drop('full', 'S-PLAIN', {}, { vatRegime: undefined }),
  drop('full', 'S-OWN-VAT', {}, { vatRegime: 'on-debits' }),
  drop('full', 'S-LCR', {}, { payment: { means: 'LCR acceptée' } }),
  drop('full', 'S-TROC', {}, { payment: { means: 'Troc' } }),
  drop('full', 'S-OCTOBER', {}, { issueDate: '2026-10-31' }),
  drop('full', 'S-CLIENT', { customer: { category: 'Client' } }, { recipient: {} }),
  drop('full', 'S-PUBLIC', { customer: { category: 'Client - Chorus Pro' } }),
  drop('full', 'S-NO-SIRET', { customer: { category: 'Client - Chorus Pro' } }, { recipient: {} }),
  drop('full', 'S-FLAG', { customer: { category: 'Client', chorusPro: true } }),
  drop('full', 'S-CONTRACT', {}, { contract: '2026-M7' }),
  drop('full', 'S-WORKSITE', { worksite: 'Gare' }),
  drop('full', 'S-SERVICE', {}, { recipient: { siret: RECIPIENTS.serviceMandatory } }),
  drop('full', 'S-AGENCY', { supplier: { company: duval.name, agency: 'Caen' } }),
  drop('full', 'S-BREST', { supplier: { company: duval.name, agency: 'Brest' } }),
  drop('account', 'S-ACCOUNT'),
  drop('stranger', 'S-STRANGER'),
];

describe('each setting of a connection, from its file to Chorus Pro', () => {
  let relay: Relay;
  let folder: string;
  let events: InvoiceEvent[] = [];
  let erp: Erp;
  const submissions = new Map<string, string>();
  /** Of the connection `full`. */
  let polls = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
    for (const [name, settings] of Object.entries(connections))
      await writeFile(join(folder, `${name}.json`), JSON.stringify(settings));
    relay = await bringUp({
      clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }),
      context: { connections: Object.keys(connections) },
      build: { connectionsFolder: folder },
      record: ({ path, body = {} }) => {
        const sent = JSON.stringify(body);
        const number = /"numeroFactureSaisi":"([^"]+)"/.exec(sent)?.[1];
        if (path.endsWith('/soumettre') && number) submissions.set(number, sent);
      },
      onLog: ({ line }) => {
        if (line.includes('"POLL_DONE"') && line.includes('"connection":"full"')) polls += 1;
      },
    });
    erp = new Erp(endpointsOf(relay));
    for (const { body, connection } of dropped) await erp.send(body, connection);
    await relay.cloud.idle();
    events = await erp.readInbox();
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  const endOf = (number: string) => {
    const last = events.filter(({ data }) => data.number === number).at(-1);
    return [last?.data.state, ...(last?.data.reasons ?? []).map(({ code }) => code)];
  };

  it.each<[setting: string, number: string, end: (string | undefined)[]]>([
    ['transfer.from', 'S-OCTOBER', ['withheld', 'before-transfer-date']],
    ['transfer.customerCategories', 'S-CLIENT', ['withheld', 'customer-category']],
    ['transfer.customerCategories, one that goes', 'S-PUBLIC', ['followed']],
    ['a Chorus Pro customer without SIRET', 'S-NO-SIRET', ['refused', 'recipient-siret-missing']],
    ['the customer’s own flag', 'S-FLAG', ['followed']],
    ['transfer.withoutContracts', 'S-CONTRACT', ['withheld', 'contract-not-transferred']],
    ['transfer.withoutWorksites', 'S-WORKSITE', ['withheld', 'worksite-not-transferred']],
    ['paymentMeans, a word without mapping', 'S-TROC', ['refused', 'unknown-payment-means']],
    // Whose invoice it is, nobody knows: the event is about the message, which has no state.
    ['an agency that is not enabled', 'S-BREST', [undefined, 'unknown-agency']],
    ['allowedSenders, who is named', 'S-ACCOUNT', ['followed']],
  ])('%s', (_setting, number, end) => {
    expect(endOf(number)).toEqual(end);
  });

  it.each<[setting: string, number: string, sent: RegExp]>([
    ['defaults.vatRegime', 'S-PLAIN', /"typeTva":"TVA_SUR_ENCAISSEMENT"/],
    ['defaults.vatRegime, outweighed by the command', 'S-OWN-VAT', /"typeTva":"TVA_SUR_DEBIT"/],
    ['defaults.framework', 'S-PLAIN', /"codeCadreFacturation":"A1_FACTURE_FOURNISSEUR"/],
    ['defaults.recipientService', 'S-SERVICE', /"codeServiceExecutant":"SERVICE_DEST_SERV_OBL"/],
    ['paymentMeans', 'S-LCR', /"modePaiement":"AUTRE"/],
    ['an agency’s service', 'S-AGENCY', /"idServiceFournisseur":\d+/],
  ])('%s, as it is sent', (_setting, number, sent) => {
    expect(endOf(number)).toEqual(['followed']);
    expect(submissions.get(number)).toMatch(sent);
  });

  it('allowedSenders: nobody else, and the number is not taken', async () => {
    const endpoints = endpointsOf(relay);
    const { dynamodb, destroy } = localClients({ ...endpoints, accessKeyId: 'operator' });
    const records = await readLedger(dynamodb, endpoints.table);
    destroy();
    const [refused] = records.filter(({ connection }) => connection === 'stranger');
    expect(refused?.pk).toMatch(/^command#/);
    expect(refused).toMatchObject({ reasons: [{ code: 'sender-not-allowed' }] });
    expect(submissions.has('S-STRANGER')).toBe(false);
  });

  it('pollingIntervalMinutes', async () => {
    const before = polls;
    await relay.cloud.advance(70 * 60_000);
    expect(polls - before).toBe(10);
  });

  it('callsPerSecond', async () => {
    const started = performance.now();
    await erp.send(drop('slow', 'S-SLOW').body, 'slow');
    await relay.cloud.idle();
    // Its own structures, the PDF, the submission: the recipient is known from the other connections.
    const calls = 3;
    expect(submissions.has('S-SLOW')).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(((calls - 1) * 1000) / connections.slow.callsPerSecond);
  });
});
