import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { pdfText, submitCommand } from '../support/commands.ts';

const hour = 3_600_000;
/**
 * When the ERP reads its inbox, in hours from one time to the next: after each of its recipients has made something of
 * it.
 */
const looks = [27, 24, 24, 800];

/** What an ERP sends for an invoice when it is told that something is expected of it. */
const answersTo: Readonly<Record<string, object>> = {
  SUSPENDUE: {
    type: 'invoice.complete',
    comment: 'Voici le procès-verbal de réception.',
    attachments: [{ name: 'pv.pdf', content: Buffer.from(pdfText('% pv')).toString('base64') }],
  },
  A_RECYCLER: { type: 'invoice.recycle', recipient: { siret: RECIPIENTS.toRecycle, service: 'VOIRIE' } },
  ERREUR_FOURNISSEUR_SUR_VALIDEUR: {
    type: 'invoice.correct-validator',
    validator: { siret: SUPPLIERS.mainContractor },
  },
  REJETEE: { type: 'invoice.acknowledge-rejection' },
};

const invoices: Readonly<Record<string, object>> = {
  'A-SUSPENDED': { recipient: { siret: RECIPIENTS.suspends } },
  'A-RECYCLED': { recipient: { siret: RECIPIENTS.toRecycle } },
  'A-VALIDATOR': { framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } },
  'A-REJECTED': { recipient: { siret: RECIPIENTS.rejects } },
};

describe('an ERP that answers what it is told, from the event to the payment', () => {
  let relay: Relay;
  let erp: Erp;
  let events: InvoiceEvent[] = [];

  const send = (number: string, command: object) => {
    const { connection, supplier } = submitCommand();
    return erp.send(JSON.stringify({ version: 1, connection, supplier, invoice: { number }, ...command }), connection);
  };

  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
    erp = new Erp(endpointsOf(relay));
    for (const [number, invoice] of Object.entries(invoices))
      await erp.send(JSON.stringify(submitCommand({ invoice: { number, ...invoice } })), 'example');
    const answered = new Set<string>();
    for (const hours of looks) {
      await relay.cloud.advance(hours * hour, { catchUp: 'last' });
      events = await erp.readInbox();
      for (const { id, data } of events) {
        const answer = answersTo[data.status?.code ?? ''];
        if (!answer || !data.number || answered.has(id) || data.command) continue;
        answered.add(id);
        await send(data.number, answer);
      }
      await relay.cloud.idle();
    }
    for (const command of [{ type: 'invoice.fetch' }, { type: 'invoice.status' }, answersTo['SUSPENDUE'] ?? {}]) {
      await send('A-SUSPENDED', command);
      await relay.cloud.idle();
    }
    events = await erp.readInbox();
  });
  afterAll(async () => {
    erp.close();
    await relay.stop();
  });

  const typesOf = (number: string) =>
    events
      .filter(({ data }) => data.number === number)
      .sort((a, b) => a.data.sequence - b.data.sequence)
      .map(({ type }) => type);

  it.each([
    ['A-SUSPENDED', 'action-needed', 'paid'],
    ['A-RECYCLED', 'action-needed', 'paid'],
    ['A-VALIDATOR', 'action-needed', 'paid'],
    ['A-REJECTED', 'rejected', undefined],
  ] as const)('%s: %s, answered once, then %s', (number, asked, end) => {
    const types = typesOf(number);
    const at = types.indexOf(typeOf(asked));
    expect(at).toBeGreaterThan(0);
    expect(types[at + 1]).toBe(typeOf('answered'));
    const before = types.slice(0, types.lastIndexOf(typeOf('paid')) + 1);
    if (end) expect(before.filter((type) => type === typeOf('answered'))).toHaveLength(1);
    expect(types.includes(typeOf('paid'))).toBe(end === 'paid');
  });

  it('what was fetched is a document that the ERP may read', async () => {
    const [fetched] = events.flatMap(({ data }) => data.document ?? []);
    expect(fetched?.key).toMatch(/^fetched\/example\//);
    expect(Buffer.from(await erp.read(fetched?.key ?? '')).toString()).toMatch(/^%PDF/);
  });

  it('the status is told now, and what it no longer allows is refused with what is possible', () => {
    const [status, refused] = events.filter(({ data }) => data.command && data.number === 'A-SUSPENDED').slice(-2);
    expect(status?.data).toMatchObject({ command: { type: 'invoice.status' }, status: { code: 'MISE_EN_PAIEMENT' } });
    expect(refused?.data.reasons).toMatchObject([{ code: 'answer-not-possible' }]);
  });
});
