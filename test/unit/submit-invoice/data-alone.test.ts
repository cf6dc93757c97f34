import { extractXml } from '@stackforge-eu/factur-x';
import { describe, expect, it } from 'vitest';
import { documentKey } from '../../../shared/documents/document-store.ts';
import { makeReadablePdf } from '../../../shared/e-invoice/making/factur-x.ts';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { first } from '../../../shared/e-invoice/terms.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith, exampleSettings } from '../../support/example-connection.ts';
import { completeCommand, submitCommand, tinyPdf } from '../../support/commands.ts';
import { pagesOf } from '../../support/pdf-pages.ts';
import { letterhead } from '../../support/random-invoices.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { codesOf, paths, recordOf, told } from './scenario.ts';

const notesOf = ({ published: [accepted] }: Relay): string[] => accepted?.data.notes?.map(({ code }) => code) ?? [];

const iban = 'FR7630006000011234567890189';
const settings = {
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company, ...letterhead }],
  paymentTerms: { others: 'state-or-local' },
};
const dataAlone = (invoice: object = {}, command: object = {}) =>
  submitCommand({
    invoice: { payment: { means: 'credit-transfer', iban }, ...invoice },
    command: { document: undefined, ...command },
  });

const retained = {
  totals: {
    ...{ taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1140.00' },
    deductions: [{ kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '60.00' }],
  },
};

/** The invoice's own document, as the store keeps it. */
async function documentOf(one: Relay) {
  const { documents } = await recordOf(one);
  const [main] = documents;
  const stored = await one.documents.get(documentKey(main?.sha256 ?? ''), 10_000_000);
  if (stored.kind !== 'found') throw new Error(stored.kind);
  return { name: main?.name, bytes: stored.bytes };
}

it('what is made is made in the connection’s profile, and held against that', async () => {
  const one = relay({ settings: { ...settings, eInvoices: { profile: 'fr-ctc-2026' } } });
  await one.submit(dataAlone());
  expect((one.published[0]?.data.reasons ?? []).map(({ en }) => en)).toEqual([]);
  const reading = readEInvoice(Buffer.from((await extractXml((await documentOf(one)).bytes)).xml));
  expect(reading.kind === 'invoice' && first(reading.invoice.values, 'BT-23')).toBe('S1');
});

describe('a PDF of the ERP that should go by flux', () => {
  const pdfA = async () => {
    const { invoice } = completeCommand();
    const seller = { siret: SUPPLIERS.company, ...letterhead };
    const bytes = await makeReadablePdf({ invoice, seller, buyer: { siret: invoice.recipient.siret, name: 'V' } });
    return { name: 'F-2026-0001.pdf', content: bytes.toString('base64') };
  };

  it('gets the e-invoice inside if it is a PDF/A, and is stored and sent so', async () => {
    const one = relay({ settings });
    const document = await pdfA();
    await one.submit(dataAlone({}, { document, route: 'flux' }));
    expect(await recordOf(one)).toMatchObject({ state: 'deposited', route: 'flux' });
    expect((await recordOf(one)).documents).toHaveLength(1);
    const { name, bytes } = await documentOf(one);
    expect(name).toBe('F-2026-0001.pdf');
    const { xml } = await extractXml(bytes);
    expect(xml).toContain('<ram:DuePayableAmount>1200.00</ram:DuePayableAmount>');
    expect(await pagesOf(bytes)).toEqual(await pagesOf(Buffer.from(document.content, 'base64')));
    one.advance(60 * 24);
    await one.poll();
    expect((await recordOf(one)).state).toBe('followed');
  });

  it('goes with its data otherwise, and the ERP hears why', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone({}, { document: { name: 'F.pdf', content: tinyPdf }, route: 'flux' }));
    expect(await recordOf(one)).toMatchObject({ state: 'followed', route: 'pdf' });
    expect(notesOf(one)).toContain('route-without-e-invoice');
  });

  it('goes with its data too if EN 16931 has no term for all of it', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone(retained, { document: await pdfA(), route: 'flux' }));
    expect((await recordOf(one)).route).toBe('pdf');
    const [accepted] = one.published;
    expect(accepted?.data.notes?.map(({ en }) => en).join()).toContain('Retenue de garantie');
  });
});

describe('a command without a document', () => {
  it('goes as a Factur-X that the relay makes, and becomes an invoice', async () => {
    const one = relay({ settings });
    expect(await one.submit(dataAlone())).toEqual({ kind: 'done' });
    expect(await recordOf(one)).toMatchObject({ state: 'deposited', route: 'flux', amount: '1200.00' });
    const { name, bytes } = await documentOf(one);
    expect(name).toBe('F-2026-0001.pdf');
    const reading = readEInvoice(Buffer.from((await extractXml(bytes)).xml));
    const values = reading.kind === 'invoice' ? reading.invoice.values : {};
    expect(first(values, 'BT-115')).toBe('1200.00');
    expect(first(values, 'BT-20')).toContain('30 jours');
    expect((await pagesOf(bytes)).join('\n')).toContain('1 place de la Mairie');
    one.advance(60 * 24);
    await one.poll();
    expect((await recordOf(one)).state).toBe('followed');
  });

  it('goes as a PDF with its data if EN 16931 has no term for all of it, and the ERP hears why', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone(retained));
    expect(await recordOf(one)).toMatchObject({ route: 'pdf', amount: '1140.00' });
    expect(notesOf(one)).toEqual(['iban-without-effect', 'made-as-pdf']);
    const { bytes } = await documentOf(one);
    expect((await pagesOf(bytes)).join('\n')).toContain('Retenue de garantie');
  });

  it('tells the ERP of characters that its font cannot show', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone({ comment: 'Chantier 漢 ⅔ ≥ é' }));
    expect(notesOf(one)).toContain('made-without-characters');
    expect(one.published[0]?.data.notes?.find(({ code }) => code === 'made-without-characters')?.en).toContain('漢');
    const text = (await pagesOf((await documentOf(one)).bytes)).join('\n');
    expect(text).toContain('Chantier ? 2⁄3 >= é');
    const plain = relay({ settings });
    await plain.submit(dataAlone({ comment: 'Chantier ⅔ ≥ é' }));
    expect(notesOf(plain)).not.toContain('made-without-characters');
  });

  it('goes as a PDF if it has attachments, or if that route is wanted', async () => {
    const [withPlan, asPdf] = [relay({ settings }), relay({ settings: { ...settings, route: 'pdf' } })];
    await withPlan.submit(dataAlone({}, { attachments: [{ name: 'plan.pdf', content: tinyPdf }] }));
    const { route, documents } = await recordOf(withPlan);
    expect([route, documents.map(({ name }) => name)]).toEqual(['pdf', ['F-2026-0001.pdf', 'plan.pdf']]);
    await asPdf.submit(dataAlone());
    expect((await recordOf(asPdf)).route).toBe('pdf');
    expect(notesOf(withPlan)).toContain('made-as-pdf');
    expect(notesOf(asPdf)).not.toContain('made-as-pdf');
  });

  it('is refused if the route is flux and EN 16931 has no term for all of it', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone(retained, { route: 'flux' }));
    expect(codesOf(await recordOf(one))).toEqual(['make-beyond-norm']);
  });

  it('is refused for all that is missing to make it, and for what is wrong', async () => {
    const one = relay();
    await one.submit(dataAlone({ payment: { means: 'credit-transfer' }, totals: { ...retained.totals, due: '1.00' } }));
    expect(codesOf(await recordOf(one))).toEqual([
      ...['amount-due', 'make-seller', 'make-seller', 'make-seller', 'make-missing'],
    ]);
  });

  it('is checked as a PDF’s data are: nobody else has looked at its lines', async () => {
    const one = relay({ settings });
    const lines = [{ number: 1, name: 'Lot', quantity: '2', unitPrice: '1000', vatRate: '20', net: '1000.00' }];
    await one.submit(dataAlone({ lines }));
    expect(codesOf(await recordOf(one))).toEqual(['line-net']);
  });

  it('without an invoice has nothing to be made of', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone({}, { invoice: undefined }));
    expect(one.published.flatMap(({ data }) => data.reasons ?? []).map(({ code, path }) => [code, path])).toEqual([
      ['missing-field', 'document'],
    ]);
  });

  it('needs to say whose invoice it is', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone({}, { supplier: undefined }));
    expect(one.published[0]?.data.reasons).toMatchObject([{ code: 'missing-field', path: 'supplier' }]);
  });

  it('is sent as it was made, whatever the settings say by then', async () => {
    const connections = new Map(exampleConnectionsWith(settings));
    const one = relay({ connections });
    one.faults.add({ kind: 'too-many-requests', path: paths.flux, count: 1 });
    await one.submit(dataAlone(), { messageId: 'm-1' });
    const made = (await recordOf(one)).documents;
    connections.set('example', exampleSettings);
    one.reopen();
    one.advance(2);
    await one.submit(dataAlone(), { messageId: 'm-1', redelivered: true });
    expect(await recordOf(one)).toMatchObject({ state: 'deposited', documents: made });
    expect(told(one)).toEqual(['accepted', 'deposited']);
  });

  it('that comes again is known', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone());
    await one.submit(dataAlone());
    expect(told(one)).toEqual(['accepted', 'deposited', 'repeated']);
    expect(one.published.at(-1)?.data).toMatchObject({ reasons: [{ code: 'same-invoice' }], actionNeeded: false });
  });

  it('that comes again after the settings changed is known; the ERP hears why its document would be another', async () => {
    const connections = new Map(exampleConnectionsWith(settings));
    const one = relay({ connections });
    await one.submit(dataAlone());
    const before = await recordOf(one);
    const [company] = settings.companies;
    const moved = { ...settings, companies: [{ ...company, legalNotice: 'SAS au capital de 2 000 €' }] };
    for (const [name, changed] of exampleConnectionsWith(moved)) connections.set(name, changed);
    one.reopen();
    await one.submit(dataAlone());
    const { data } = one.published.at(-1) ?? {};
    expect(data).toMatchObject({ reasons: [{ code: 'made-otherwise' }], actionNeeded: false });
    expect(data?.message.fr).toContain('les réglages de la connexion');
    expect((await recordOf(one)).documents).toEqual(before.documents);
    await one.submit(dataAlone({ comment: 'Autre' }));
    expect(one.published.at(-1)?.data.reasons).toMatchObject([{ code: 'invoice-changed' }]);
  });

  it('takes the recipient’s name from the command before the directory’s', async () => {
    const one = relay({ settings });
    await one.submit(dataAlone({ recipient: { siret: RECIPIENTS.nothingMandatory, name: 'Mairie annexe' } }));
    expect((await pagesOf((await documentOf(one)).bytes)).join('\n')).toContain('Mairie annexe');
  });
});
