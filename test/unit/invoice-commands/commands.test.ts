import { describe, expect, it } from 'vitest';
import { documentKey } from '../../../shared/documents/document-store.ts';
import { sha256 } from '../../../shared/invoice/terms.ts';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { pdfText, submitCommand } from '../../support/commands.ts';
import { pdfOf, trailer } from '../../support/papers.ts';
import { relay } from '../../support/relay.ts';
import { about, again, complete, day, invoiceAt, path, suspended, watching } from './scenario.ts';
import { answering, codesOf, keyOf, recordOf, told } from '../submit-invoice/scenario.ts';

const someText: unknown = expect.any(String);

describe('a command of the supplier', () => {
  it('completes a suspended invoice with the missing documents', async () => {
    const { sent, options } = watching();
    const world = await suspended(options);
    expect(told(world).at(-1)).toBe('action-needed');
    const attachments = [{ name: 'pv.pdf', content: Buffer.from(pdfText('% pv')).toString('base64') }];
    expect(await world.submit({ ...complete, attachments }, { messageId: 'm-2' })).toEqual({ kind: 'done' });
    expect(world.published.at(-1)?.data).toMatchObject({
      command: { type: 'invoice.complete', messageId: 'm-2' },
      number: 'F-2026-0001',
      actionNeeded: false,
    });
    expect(sent.get('completer')).toMatch(/"pieceJointeComplementaireDesignation":"pv.pdf".*procès-verbal/);
    expect(world.documents.keys()).toContain(documentKey(sha256(Buffer.from(pdfText('% pv')))));
    world.advance(31 * day);
    await world.poll();
    expect((await recordOf(world)).state).toBe('settled');
  });

  it('recycles an invoice to another service, under the same number', async () => {
    const { sent, options } = watching();
    const world = await invoiceAt({ recipient: { siret: RECIPIENTS.toRecycle } }, 1, options);
    expect((await recordOf(world)).status?.code).toBe('A_RECYCLER');
    const recipient = { siret: RECIPIENTS.toRecycle, service: 'VOIRIE' };
    await world.submit(about('invoice.recycle', { recipient, commitment: 'EJ-7' }));
    expect(told(world).at(-1)).toBe('answered');
    expect(sent.get('recycler')).toMatch(/"codeServiceExecutant":"VOIRIE".*"numeroBonCommande":"EJ-7"/);
  });

  it('recycles an invoice to another recipient, whose name and habits then apply', async () => {
    const world = await invoiceAt({ recipient: { siret: RECIPIENTS.toRecycle } }, 1);
    const recipient = { siret: RECIPIENTS.paymentNotReported };
    await world.submit(about('invoice.recycle', { recipient }));
    expect(await recordOf(world)).toMatchObject({ recipient: recipient.siret, paymentNotReported: true });
    expect(world.published.at(-1)?.data.recipient).toBe(recipient.siret);
  });

  it('acknowledges a rejection, and may do so twice', async () => {
    const world = await invoiceAt({ recipient: { siret: RECIPIENTS.rejects } }, 2);
    await world.submit(about('invoice.acknowledge-rejection'));
    await world.submit(about('invoice.acknowledge-rejection'));
    expect(told(world).slice(-2)).toEqual(['answered', 'answered']);
    expect(world.model.effects.calls[path('traiterRejet')]).toBe(1);
  });

  it('corrects a wrong validator', async () => {
    const { sent, options } = watching();
    const world = await invoiceAt({ framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } }, 1, options);
    expect((await recordOf(world)).status?.code).toBe('ERREUR_FOURNISSEUR_SUR_VALIDEUR');
    await world.submit(about('invoice.correct-validator', { validator: { siret: SUPPLIERS.mainContractor } }));
    expect(told(world).at(-1)).toBe('answered');
    expect(sent.get('corriger/valideur/facture')).toContain(SUPPLIERS.mainContractor);
  });
});

describe('a request of the ERP', () => {
  it.each([
    ['the PDF', {}, /^%PDF/, 'F-2026-0001.pdf'],
    ['the pivot', { format: 'pivot' }, /^<\?xml/, 'F-2026-0001.xml'],
  ])('for %s stores it where the event says', async (_what, more, beginning, name) => {
    const world = await suspended();
    await world.submit(about('invoice.fetch', more));
    const { document } = world.published.at(-1)?.data ?? {};
    expect(document?.name).toBe(name);
    expect(document?.key).toMatch(/^fetched\/example\//);
    const stored = await world.documents.get(document?.key ?? '', 1_000_000);
    expect(stored.kind === 'found' && Buffer.from(stored.bytes).toString()).toMatch(beginning);
  });

  it('for the status reads it now, not at the next poll', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.suspends } } }));
    world.advance(2 * day + 60);
    await world.submit(about('invoice.status'));
    expect(told(world).slice(-2)).toEqual(['action-needed', 'answered']);
    expect(world.published.at(-1)?.data.status).toMatchObject({ code: 'SUSPENDUE', motive: someText });
  });
});

describe('a refused command', () => {
  it('for a connection that there is not is refused as a command, and not as an invoice', async () => {
    const world = relay();
    await world.submit({ ...complete, connection: 'nowhere' }, { messageId: 'm-1' });
    expect(told(world)).toEqual(['answer-refused']);
    expect(world.published[0]?.data.command).toMatchObject({ type: 'invoice.complete', messageId: 'm-1' });
  });

  it('that the status forbids is reported with the possible commands', async () => {
    const world = await suspended();
    await world.submit(about('invoice.recycle', { commitment: 'EJ-7' }));
    expect(told(world).at(-1)).toBe('answer-refused');
    const [reason] = world.published.at(-1)?.data.reasons ?? [];
    expect(reason?.code).toBe('answer-not-possible');
    expect(reason?.fr).toMatch(
      /« Suspendue : .* », il n’est pas possible de recycler la facture \(invoice\.recycle\)\. .*: compléter la facture \(invoice\.complete\), /,
    );
    expect(reason?.en).toMatch(
      /"Suspended: .*", invoice\.recycle is not possible.*: invoice\.complete, invoice\.fetch/,
    );
    expect(world.model.effects.calls[path('recycler')]).toBeUndefined();
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('that Chorus Pro refuses is reported with the meaning of the refusal', async () => {
    const refused = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
    const transport = answering(path('recycler'), () => refused);
    const world = await invoiceAt({ recipient: { siret: RECIPIENTS.toRecycle } }, 1, { transport });
    await world.submit(about('invoice.recycle', { commitment: 'EJ-7' }));
    expect(told(world).at(-1)).toBe('answer-refused');
    expect(world.published.at(-1)?.data.reasons).toMatchObject([{ code: 'refused-by-chorus-pro' }]);
    expect((await recordOf(world)).pendingCommand).toBeUndefined();
  });

  it('about an invoice unknown to Chorus Pro is reported with its words', async () => {
    const refusing =
      (wire: Transport): Transport =>
      async (request) => {
        const sending = await wire(request);
        const refused = JSON.stringify({ codeRetour: 20000, libelle: 'GDP_MSG_11.008' });
        const asked = request.url.endsWith(path('consulter/fournisseur')) && sending.kind === 'response';
        return asked ? { ...sending, body: refused } : sending;
      };
    const world = await suspended({ transport: refusing });
    expect(await world.submit(complete)).toEqual({ kind: 'done' });
    expect(world.published.at(-1)?.data.reasons).toMatchObject([{ code: 'refused-by-chorus-pro' }]);
  });

  it.each([
    ['pv.exe', pdfText(), 'attachment-extension'],
    ['pv.pdf', pdfOf(trailer('/Encrypt 2 0 R')), 'document-encrypted'],
    ['pv.pdf', pdfText().slice(0, 25), 'document-cut-off'],
    ['pv.png', pdfText(), 'attachment-content'],
  ])('with an invalid attachment is reported: %s', async (name, bytes, code) => {
    const world = await suspended();
    const content = Buffer.from(bytes).toString('base64');
    await world.submit({ ...complete, attachments: [{ name, content }] });
    expect(world.published.at(-1)?.data.reasons).toMatchObject([{ code }]);
    expect(world.model.effects.calls['/cpro/transverses/v1/ajouter/fichier']).toBeUndefined();
  });

  it.each([
    ['about an unknown invoice', { invoice: { number: 'F-NONE' } }, 'invoice-not-there'],
    ['of an unknown company', { supplier: { company: 'Durand' } }, 'unknown-company'],
    ['of a SIRET of another', { supplier: { siret: '12345678200051' } }, 'unknown-supplier'],
    ['without content', { comment: undefined }, 'nothing-to-complete'],
    ['with an unknown field', { colour: 'red' }, 'unknown-field'],
  ])('%s does not replace an invoice record', async (_what, changes, code) => {
    const world = await suspended();
    await world.submit({ ...complete, ...changes }, { messageId: 'm-9' });
    expect(codesOf(await recordOf(world, 'command#m-9'))).toEqual([code]);
    expect(told(world).at(-1)).toBe('answer-refused');
    expect(world.published.at(-1)?.data.command).toEqual({ type: 'invoice.complete', messageId: 'm-9' });
    expect((await recordOf(world)).state).toBe('followed');
  });
});

it('a command delivered again after it is done publishes nothing more', async () => {
  const world = await suspended();
  await world.submit(complete, again);
  const events = world.published.length;
  expect(await world.submit(complete, again)).toEqual({ kind: 'done' });
  expect(world.published).toHaveLength(events);
  expect((await recordOf(world, keyOf())).endedCommands).toEqual(['m-2']);
});

it('a command waits while the platform is down, without calling it', async () => {
  const world = await suspended();
  world.faults.add({ kind: 'unavailable' });
  expect(await world.submit(complete, again)).toMatchObject({ kind: 'retry', reason: 'platform-down' });
  expect((await recordOf(world)).pendingCommand).toBeUndefined();
});
