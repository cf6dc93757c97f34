import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { codesOf, effectsOf, keyOf, recordOf, told } from './scenario.ts';

const invoice = (changes: object) => submitCommand({ invoice: changes });
const command = (changes: object) => submitCommand({ command: changes });
const base = submitCommand().invoice;

async function expectRefusal(world: Relay, key: string, codes: string[]): Promise<void> {
  const record = await recordOf(world, key);
  expect(codesOf(record)).toEqual(codes);
  expect(record.state).toBe('refused');
  expect(told(world)).toEqual(['refused']);
  const [event] = world.published;
  expect(event?.data).toMatchObject({ actionNeeded: true, reasons: record.reasons });
  // A message that could not be placed has no state that an ERP might book for an invoice.
  const ofMessage = key.startsWith('command#');
  expect(event?.data.state).toBe(ofMessage ? undefined : 'refused');
  expect(event?.subject.startsWith('example/-/message ') ?? false).toBe(
    ofMessage && event?.data.connection === 'example',
  );
  expect(world.documents.keys()).toContain(record.commandKey);
  expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
}

describe('a message that is no command', () => {
  it.each([
    ['not JSON', 'not-json', 'Bonjour'],
    ['JSON of another shape', 'not-a-command', '{"facture":1}'],
  ])('%s goes to the dead letters at once', async (_what, why, body) => {
    const world = relay();
    expect(await world.submit(body)).toEqual({ kind: 'dead-letter', why });
    expect(world.ledger.records()).toEqual([]);
  });
});

describe('a command at fault', () => {
  it('of a type that nobody knows is answered as what it may be: a question, which says nothing about the invoice', async () => {
    const world = relay();
    await world.submit(command({ type: 'invoice.send' }), { messageId: 'm-1' });
    expect(codesOf(await recordOf(world, 'command#m-1'))).toEqual(['unknown-command']);
    expect(told(world)).toEqual(['answer-refused']);
    const [event] = world.published;
    expect(event?.subject).toBe('example/-/message m-1');
    expect(event?.data.command).toEqual({ type: 'invoice.send', messageId: 'm-1' });
    expect(event?.data).not.toHaveProperty('state');
  });

  it.each<[what: string, body: object, code: string, path: string]>([
    ['no type', command({ type: undefined }), 'missing-field', 'type'],
    ['a type that is no text', command({ type: ['invoice.submit'] }), 'invalid-value', 'type'],
  ])('of %s is answered under its message, and takes no invoice’s number', async (_what, body, code, path) => {
    const world = relay();
    await world.submit(submitCommand(), { messageId: 'm-0' });
    expect(await world.submit(body, { messageId: 'm-1' })).toEqual({ kind: 'done' });
    expect((await recordOf(world)).state).toBe('followed');
    const event = world.published.at(-1);
    expect(event?.type).toBe('chorus-relay.invoice.answer-refused.v1');
    expect(event?.subject).toBe('example/-/message m-1');
    expect(event?.data).toMatchObject({ number: 'F-2026-0001', reasons: [{ code, path }] });
    expect(event?.data.command).toEqual({ messageId: 'm-1' });
    expect(event?.data).not.toHaveProperty('state');
  });

  it.each<[what: string, body: object, codes: string[], key: string]>([
    ['an unknown version', command({ version: 2 }), ['unknown-version'], keyOf()],
    ['no version', command({ version: null }), ['missing-field'], keyOf()],
    ['a version as text', command({ version: '1' }), ['invalid-value'], keyOf()],
    ['an unknown field', command({ colour: 'red' }), ['unknown-field'], keyOf()],
    ['an amount as a number', invoice({ vatBreakdown: [{ rate: '20', base: 1, amount: '2' }] }), ['amount'], keyOf()],
    ['an unknown connection', command({ connection: 'nowhere' }), ['unknown-connection'], 'command#m-1'],
    ['a supplier that cannot be read', command({ supplier: 'Duval' }), ['invalid-value'], 'command#m-1'],
    [
      'a company of nobody',
      command({ supplier: { company: 'Dupont' }, version: 2 }),
      ['unknown-version'],
      'command#m-1',
    ],
    ['a number of 21 characters', invoice({ number: 'F'.repeat(21) }), ['invoice-number'], 'command#m-1'],
    ['a forbidden character', invoice({ number: 'F 1' }), ['invoice-number'], 'command#m-1'],
  ])(
    '%s is refused under its invoice where that can be read, else under its message',
    async (_what, body, codes, key) => {
      const world = relay();
      expect(await world.submit(body, { messageId: 'm-1' })).toEqual({ kind: 'done' });
      await expectRefusal(world, key, codes);
    },
  );

  it('an unknown connection: the event says that an invoice that was accepted before must not be issued anew', async () => {
    const world = relay();
    await world.submit(command({ connection: 'nowhere' }));
    const { message: { fr, en } = {}, number } = world.published.at(-1)?.data ?? {};
    expect(number).toBe('F-2026-0001');
    expect(fr).toContain('ne l’émettez pas sous un autre numéro');
    expect(en).toContain('do not issue it under another number');
  });

  it.each<[what: string, body: object, codes: string[]]>([
    ['a date in the future', invoice({ issueDate: '2026-11-24' }), ['issue-date-in-future']],
    ['a total wrong by a cent', invoice({ totals: { ...base.totals, due: '1199.99' } }), ['amount-due']],
    [
      'an agency that is not set up',
      command({ supplier: { company: 'Constructions Duval', agency: 'Brest' } }),
      ['unknown-agency'],
    ],
    ['a company that is not set up', command({ supplier: { company: 'Duval' } }), ['unknown-company']],
    ['a recipient that nobody knows', invoice({ recipient: { siret: '35600000000048' } }), ['recipient-unknown']],
    ['a recipient that is no more', invoice({ recipient: { siret: RECIPIENTS.inactive } }), ['recipient-inactive']],
    ['an owner of works only', invoice({ recipient: { siret: RECIPIENTS.moaOnly } }), ['recipient-works-only']],
    ['no commitment', invoice({ recipient: { siret: RECIPIENTS.commitmentMandatory } }), ['commitment-required']],
    ['no service', invoice({ recipient: { siret: RECIPIENTS.serviceMandatory } }), ['service-required']],
    [
      'neither of the two',
      invoice({ recipient: { siret: RECIPIENTS.commitmentOrService } }),
      ['service-or-commitment-required'],
    ],
    [
      'a service of somebody else',
      invoice({ recipient: { siret: RECIPIENTS.manyServices, service: 'ATELIERS' } }),
      ['service-unknown'],
    ],
    [
      'a closed service',
      invoice({ recipient: { siret: RECIPIENTS.manyServices, service: 'SERVICE_FERME' } }),
      ['service-inactive'],
    ],
    [
      'a service that wants a commitment',
      invoice({ recipient: { siret: RECIPIENTS.manyServices, service: 'SERVICE_ENGAGEMENT' } }),
      ['commitment-required'],
    ],
    [
      'a validator that nobody knows',
      invoice({ framework: 'A9', validator: { siret: '35600000000048' } }),
      ['validator-unknown'],
    ],
    ['a document that is no PDF', command({ document: { name: 'a.pdf', content: 'QUJD' } }), ['document-not-pdf']],
    [
      'a document that is not there',
      command({ document: { name: 'a.pdf', key: 'incoming/example/none.pdf' } }),
      ['document-missing'],
    ],
    [
      'a document of another connection',
      command({ document: { name: 'a.pdf', key: 'incoming/other/a.pdf' } }),
      ['document-key'],
    ],
    ['base64 that is none', command({ document: { name: 'a.pdf', content: 'JVBERi0' } }), ['document-base64']],
  ])('%s is refused, and all is kept', async (_what, body, codes) => {
    const world = relay();
    expect(await world.submit(body, { messageId: 'm-1' })).toEqual({ kind: 'done' });
    const [record] = world.ledger.records();
    await expectRefusal(world, record?.pk ?? '', codes);
  });

  it('is refused under the invoice’s own key, so that the corrected one takes its place', async () => {
    const world = relay();
    await world.submit(invoice({ issueDate: '2026-11-24' }));
    expect((await recordOf(world)).state).toBe('refused');
  });

  it('hears everything at once: its own faults, its documents’, the recipient’s demands', async () => {
    const world = relay();
    await world.submit(
      submitCommand({
        invoice: { issueDate: '2027-01-01', recipient: { siret: RECIPIENTS.commitmentMandatory } },
        command: { document: { name: 'a.pdf', content: 'QUJD' }, attachments: [{ name: 'a.exe', content: 'QUJD' }] },
      }),
    );
    const codes = ['attachment-extension', 'commitment-required', 'document-not-pdf', 'issue-date-in-future'];
    expect(codesOf(await recordOf(world)).sort()).toEqual(codes);
  });

  it('hears of its own faults even when the directory cannot be read', async () => {
    const world = relay({ transport: () => () => Promise.resolve({ kind: 'not-connected', why: 'ENOTFOUND' }) });
    expect(await world.submit(invoice({ issueDate: '2026-11-24' }))).toEqual({ kind: 'done' });
    expect(codesOf(await recordOf(world))).toEqual(['issue-date-in-future']);
  });
});

describe('a command with more faults than an item of the ledger can hold', () => {
  const itemBytes = 400 * 1024;
  const eventBytes = 256 * 1024;
  const line = (number: number) => ({
    number,
    name: 'Béton',
    quantity: '3',
    unitPrice: '33.335',
    vatRate: '20',
    net: '1.00',
  });

  it.each<[what: string, body: object]>([
    ['1,500 wrong lines', invoice({ lines: Array.from({ length: 1_500 }, (_, i) => line(i + 1)) })],
    ['a field whose name has no end', command({ ['x'.repeat(300_000)]: 1 })],
    ['a type that has no end', command({ type: 'x'.repeat(300_000) })],
  ])('%s: is told the first of them', async (_what, body) => {
    const world = relay();
    await world.submit(body);
    const [record] = world.ledger.records();
    expect(record?.state).toBe('refused');
    expect(record?.reasons?.length).toBeGreaterThan(0);
    // Reasons are in the item twice while the event waits in the outbox.
    expect(2 * JSON.stringify(record?.reasons).length).toBeLessThan(itemBytes / 2);
    expect(JSON.stringify(world.published[0]).length).toBeLessThan(eventBytes);
  });

  it('is told how many there are', async () => {
    const world = relay();
    await world.submit(invoice({ lines: Array.from({ length: 150 }, (_, i) => line(i + 1)) }));
    const { reasons = [] } = await recordOf(world);
    expect(reasons).toHaveLength(101);
    expect(reasons.at(-1)).toMatchObject({ code: 'more-reasons', path: '' });
    expect(reasons.at(-1)?.en).toContain('51');
  });
});

describe('a refused message that comes again', () => {
  it('is done with, and tells nothing twice', async () => {
    const world = relay();
    const wrong = invoice({ issueDate: '2026-11-24' });
    await world.submit(wrong, { messageId: 'm-1' });
    expect(await world.submit(wrong, { messageId: 'm-1', redelivered: true })).toEqual({ kind: 'done' });
    await world.submit(command({ version: 2 }), { messageId: 'm-2' });
    expect(await world.submit(command({ version: 2 }), { messageId: 'm-2', redelivered: true })).toEqual({
      kind: 'done',
    });
    expect(told(world)).toEqual(['refused', 'refused']);
  });
});
