import { describe, expect, it } from 'vitest';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { pdfWithFile } from '../../support/papers.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { codesOf, deliver, keyOf, paths, recordOf, told } from './scenario.ts';

const number = 'F-2026-0001';
const inBase64 = (file: string | Buffer) => Buffer.from(file).toString('base64');
const xml = cii({ number });

/** The smallest command: it leaves everything to its file. */
const alone = (file: string | Buffer, name = 'F.xml', more: object = {}) => ({
  type: 'invoice.submit',
  version: 1,
  connection: 'example',
  document: { name, content: inBase64(file) },
  ...more,
});
const ubl = UBL.replace('U-1', number);

/** What the ERP hears of a message that was refused. */
const refusals = (world: Relay) => world.published.flatMap(({ data }) => data.reasons ?? []);

describe('a command that leaves its invoice to the file', () => {
  it.each<[kind: string, name: string, file: string | Buffer]>([
    ['CII', 'F.xml', xml],
    ['UBL', 'F.xml', ubl],
    ['Factur-X', 'F.pdf', pdfWithFile(xml)],
  ])('is deposited as what it is, under the supplier and the number of the file: %s', async (_kind, name, file) => {
    const world = relay();
    await world.submit(alone(file, name));
    expect(await recordOf(world)).toMatchObject({
      state: 'deposited',
      route: 'flux',
      type: 'invoice',
      recipient: RECIPIENTS.nothingMandatory,
      amount: '1200.00',
      currency: 'EUR',
      issueDate: '2026-11-20',
    });
    expect(world.published[0]?.data).toMatchObject({ number, amount: '1200.00' });
  });

  it('belongs to the agency whose SIRET the file has', async () => {
    const world = relay();
    await world.submit(alone(cii({ number, supplier: SUPPLIERS.agency })));
    expect((await recordOf(world, keyOf(number, SUPPLIERS.agency))).state).toBe('deposited');
  });

  it('may still say the supplier or the invoice, which must then be the same', async () => {
    const { supplier, invoice } = submitCommand();
    for (const more of [{ supplier }, { invoice }]) {
      const world = relay();
      await world.submit(alone(xml, 'F.xml', more));
      expect((await recordOf(world)).state).toBe('deposited');
    }
    for (const more of [
      { supplier: { ...supplier, agency: 'Caen' } },
      { invoice: { ...invoice, commitment: 'E-1' } },
    ]) {
      const world = relay();
      await world.submit(alone(xml, 'F.xml', more));
      expect(refusals(world).map(({ code }) => code)).toEqual(['file-differs']);
    }
  });

  it('is the same invoice as one that says everything', async () => {
    const world = relay();
    await world.submit(alone(xml));
    await world.submit(submitCommand({ command: { document: { name: 'F.xml', content: inBase64(xml) } } }));
    expect(told(world)).toEqual(['accepted', 'deposited', 'repeated']);
    expect(JSON.stringify(world.published.at(-1))).toContain('same-invoice');
  });

  it.each<[what: string, file: string, code: string, said: string]>([
    ['a number of 21 characters', cii({ number: 'F'.repeat(21) }), 'invoice-number', 'BT-1'],
    ['a recipient whose check digits are wrong', cii({ number, recipient: '12345678200052' }), 'siret', 'BT-47'],
    [
      'works',
      xml.replace('<rsm:ExchangedDocument>', `${framework('A4')}<rsm:ExchangedDocument>`),
      'framework-not-served',
      'BT-23',
    ],
    ['no issue date', xml.replace(/<ram:IssueDateTime>.*<\/ram:IssueDateTime>/, ''), 'e-invoice-incomplete', 'BT-2'],
    ['an unknown type', cii({ number, type: '999' }), 'invalid-value', 'BT-3'],
    [
      'a seller that is none of the connection’s',
      cii({ number, supplier: SUPPLIERS.mainContractor }),
      'file-supplier-unknown',
      SUPPLIERS.mainContractor,
    ],
    [
      'no seller',
      xml.replace(/<ram:SellerTradeParty>.*<\/ram:SellerTradeParty>/s, ''),
      'e-invoice-incomplete',
      'BT-30',
    ],
  ])('is refused for %s, in words for whoever made the file', async (_what, file, code, said) => {
    const world = relay();
    await world.submit(alone(file));
    const found = refusals(world).find((one) => one.code === code);
    expect(found?.en).toContain(said);
    expect(found?.fr).toContain('F.xml');
    expect(world.model.effects.calls).toEqual({});
  });

  it.each<[what: string, file: string | Buffer, name: string, codes: string[]]>([
    ['a plain PDF', Buffer.from(tinyPdf, 'base64'), 'F.pdf', ['pdf-without-data', 'pdf-without-data']],
    ['other XML', '<Order/>', 'F.xml', ['document-unknown']],
    ['a page', '<!doctype html><html></html>', 'F.xml', ['document-unknown']],
    ['no XML', 'F;1200', 'F.xml', ['document-not-xml']],
    ['no PDF', 'F;1200', 'F.pdf', ['document-not-pdf']],
    ['nothing', 'AA', 'F.pdf', ['document-not-pdf']],
  ])('is refused if the file is %s', async (_what, file, name, codes) => {
    const world = relay();
    await world.submit(alone(file, name));
    expect(refusals(world).map(({ code }) => code)).toEqual(codes);
  });

  it('is withheld by what the file says', async () => {
    const contract =
      '<ram:ContractReferencedDocument><ram:IssuerAssignedID>M-7</ram:IssuerAssignedID></ram:ContractReferencedDocument>';
    const file = xml.replace(
      '</ram:ApplicableHeaderTradeAgreement>',
      `${contract}</ram:ApplicableHeaderTradeAgreement>`,
    );
    for (const transfer of [{ from: '2026-12-01' }, { withoutContracts: ['M-7'] }]) {
      const world = relay({ settings: { transfer } });
      await world.submit(alone(file));
      expect((await recordOf(world)).state).toBe('withheld');
    }
  });

  it('tells a sender without the right to send nothing of its file', async () => {
    const world = relay({ settings: { allowedSenders: ['AIDASOMEBODYELSE00'] } });
    await world.submit(alone('<Order/>'));
    expect(refusals(world).map(({ code }) => code)).toEqual(['sender-not-allowed']);
  });

  it('is sent later from the file that was checked, whatever the ERP has put at its key since', async () => {
    const world = relay();
    const key = 'incoming/example/F.xml';
    const command = { ...alone(''), document: { name: 'F.xml', key } };
    await world.documents.put(key, xml);
    world.faults.add({ kind: 'too-many-requests', path: paths.flux, count: 1 });
    const message = { messageId: 'm-1' };
    expect((await world.submit(command, message)).kind).toBe('retry');
    await world.documents.put(key, cii({ number: 'F-OTHER' }));
    world.advance(20);
    await world.submit(command, { ...message, redelivered: true });
    expect((await recordOf(world)).state).toBe('deposited');
    expect(world.ledger.records()).toHaveLength(1);
  });
});

describe('one file under two numbers', () => {
  const another = { ...submitCommand().invoice, number: 'F-2026-0002' };

  it.each<[what: string, document: object]>([
    ['as an e-invoice', { name: 'F.xml', content: inBase64(xml) }],
    ['as a Factur-X that is sent as a PDF', { name: 'F.pdf', content: inBase64(pdfWithFile(xml)), format: 'pdf' }],
  ])('cannot be: %s it is the invoice whose number it has', async (_what, document) => {
    const world = relay();
    await world.submit(submitCommand({ command: { document } }));
    await world.submit(submitCommand({ command: { document }, invoice: another }));
    await world.submit(
      submitCommand({ command: { document, supplier: { company: 'Constructions Duval', agency: 'Caen' } } }),
    );
    expect(told(world).filter((type) => type === 'refused')).toHaveLength(2);
    expect(refusals(world).map(({ code }) => code)).toEqual(['file-differs', 'file-differs']);
    const { calls } = world.model.effects;
    expect((calls[paths.flux] ?? 0) + (calls[paths.submit] ?? 0)).toBe(1);
  });
});

it('a command without its invoice that got no answer is sent again by the relay itself', async () => {
  const world = relay();
  world.faults.add({ kind: 'reset-before', path: paths.flux, count: 1 });
  await world.submit(alone(pdfWithFile(xml), 'F.pdf'));
  expect((await recordOf(world)).state).toBe('in-doubt');
  for (let hour = 0; hour < 48 && (await recordOf(world)).state !== 'followed'; hour += 1) {
    world.advance(60);
    await world.poll();
    await deliver(world);
  }
  expect(await recordOf(world)).toMatchObject({ state: 'followed', amount: '1200.00' });
  expect(world.model.effects.invoices).toEqual({ [`${SUPPLIERS.company}/${number}`]: 1 });
});

function framework(code: string): string {
  return `<rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>${code}</ram:ID>
  </ram:BusinessProcessSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>`;
}

it('a command that says everything but the format is sent as what its file is', async () => {
  const world = relay();
  const document = { name: 'F.pdf', content: inBase64(pdfWithFile(xml)) };
  await world.submit(submitCommand({ command: { document } }));
  expect(await recordOf(world)).toMatchObject({ state: 'deposited', route: 'flux' });
  const plain = relay();
  await plain.submit(submitCommand());
  expect(codesOf(await recordOf(plain))).toEqual([]);
  expect((await recordOf(plain)).route).toBe('pdf');
});
