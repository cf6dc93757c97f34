import { describe, expect, it } from 'vitest';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { pdfWithFile } from '../../support/papers.ts';
import { relay } from '../../support/relay.ts';
import { paths, recordOf } from './scenario.ts';

const number = 'F-2026-0001';
const xml = cii({ number });
const attached = (mimeCode: string, content: string) =>
  xml.replace(
    '</ram:ApplicableHeaderTradeAgreement>',
    `<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>a.pdf</ram:IssuerAssignedID><ram:Name>ZZZ</ram:Name>
     <ram:AttachmentBinaryObject mimeCode="${mimeCode}">${content}</ram:AttachmentBinaryObject>
     </ram:AdditionalReferencedDocument></ram:ApplicableHeaderTradeAgreement>`,
  );

/** The documents that there are, each with its name and what the command calls it. */
const documents = {
  'a plain PDF': ['F.pdf', Buffer.from(tinyPdf, 'base64'), undefined],
  'a PDF, said to be one, with an e-invoice in it': ['F.pdf', pdfWithFile(xml), 'pdf'],
  'a PDF with UBL in it': ['F.pdf', pdfWithFile(UBL.replace('U-1', number), 'facture.xml'), undefined],
  'a Factur-X': ['F.pdf', pdfWithFile(xml), undefined],
  'a Factur-X, said to be one': ['F.pdf', pdfWithFile(xml), 'factur-x'],
  'a CII': ['F.xml', xml, undefined],
  'a CII with a picture': ['F.xml', attached('image/png', 'iVBORw0KGgo='), undefined],
  'a CII with a PDF in a ZIP': ['F.xml', attached('application/pdf', 'UEsDBBQAAAAIAMJ0'), 'cii'],
  'a CII with a PDF of no type': ['F.xml', attached('', tinyPdf), undefined],
  'a UBL': ['F.xml', UBL.replace('U-1', number), undefined],
} as const;

type Document = keyof typeof documents;

const commandOf = (document: Document, more: object = {}) => {
  const [name, bytes, format] = documents[document];
  const content = Buffer.from(bytes).toString('base64');
  return submitCommand({ command: { document: { name, content, ...(format ? { format } : {}) }, ...more } });
};

/** What a command's file was sent as, and the codes that were told. */
async function outcomeOf(command: object, settings: object = {}) {
  const sent: string[] = [];
  const world = relay({
    settings,
    transport: (transport) => (request) => {
      const asked = request.body ?? '';
      if (request.url.endsWith(paths.flux)) sent.push(/"syntaxeFlux":"(\w+)"/.exec(asked)?.[1] ?? '?');
      if (request.url.endsWith(paths.submit)) sent.push('pdf');
      return transport(request);
    },
  });
  await world.submit(command);
  const codes = world.published.flatMap(({ data }) => [...(data.reasons ?? []), ...(data.notes ?? [])]);
  return { world, as: sent, codes: codes.map(({ code }) => code).filter((code) => code !== 'e-invoice-warnings') };
}

const flux = {
  x: 'IN_DP_E2_CII_FACTURX',
  cii: 'IN_DP_E1_CII_16B',
  mixed: 'IN_DP_E2_CII_MIN_16B',
  ubl: 'IN_DP_E1_UBL_INVOICE',
};
const note = 'document-is-e-invoice';
const [noPdf, noFile] = ['!route-without-pdf', 'pdf+route-without-e-invoice'];

describe('the route of an invoice', () => {
  /** What each is sent as; "!" a reason, "+" a note. */
  it.each<[document: Document, auto: string, pdf: string, flux: string]>([
    ['a plain PDF', 'pdf', 'pdf', noFile],
    ['a PDF, said to be one, with an e-invoice in it', `pdf+${note}`, `pdf+${note}`, flux.x],
    ['a PDF with UBL in it', `pdf+${note}`, `pdf+${note}`, `${noFile}+${note}`],
    ['a Factur-X', flux.x, `pdf+${note}`, flux.x],
    ['a Factur-X, said to be one', flux.x, `pdf+${note}`, flux.x],
    ['a CII', flux.cii, noPdf, flux.cii],
    ['a CII with a picture', flux.cii, noPdf, flux.cii],
    ['a CII with a PDF in a ZIP', flux.mixed, noPdf, flux.mixed],
    ['a CII with a PDF of no type', flux.mixed, noPdf, flux.mixed],
    ['a UBL', flux.ubl, noPdf, flux.ubl],
  ])('%s: by itself %s, by pdf %s, by flux %s', async (document, auto, pdf, byFlux) => {
    const told = async (command: object, settings?: object) => {
      const { as, codes } = await outcomeOf(command, settings);
      return as.length === 0 ? codes.map((code) => `!${code}`).join('') : [...as, ...codes].join('+');
    };
    const routes = { auto, pdf, flux: byFlux };
    for (const [route, expected] of Object.entries(routes)) {
      expect(await told(commandOf(document, { route }))).toBe(expected);
      expect(await told(commandOf(document), { route })).toBe(expected);
      expect(await told(commandOf(document, { route }), { route: 'pdf' })).toBe(expected);
    }
    expect(await told(commandOf(document))).toBe(auto);
  });

  it('of a Factur-X may be pdf although only its file says what it is: its data go with it', async () => {
    const { type, version, connection, document } = commandOf('a Factur-X');
    const settings = { defaults: { vatRegime: 'on-debits' } };
    const { world, as } = await outcomeOf({ type, version, connection, document, route: 'pdf' }, settings);
    expect(as).toEqual(['pdf']);
    expect(await recordOf(world)).toMatchObject({ state: 'followed', amount: '1200.00', route: 'pdf' });
    expect(world.model.invoice(number)).toMatchObject({ status: 'DEPOSEE' });
  });

  it('pdf lets a Factur-X have attachments, which flux does not', async () => {
    const attachments = [{ name: 'plan.csv', content: 'QQ==' }];
    expect((await outcomeOf(commandOf('a Factur-X', { attachments, route: 'pdf' }))).as).toEqual(['pdf']);
    expect((await outcomeOf(commandOf('a Factur-X', { attachments }))).codes).toEqual(['attachments-inside']);
  });

  it('is told with the other faults if it cannot be', async () => {
    const command = commandOf('a CII', { route: 'pdf' });
    const { codes } = await outcomeOf({ ...command, supplier: { company: 'X' } });
    expect(codes).toEqual(['unknown-company', 'route-without-pdf']);
  });
});

describe('a PDF with an e-invoice in it that goes as a PDF', () => {
  const pdf = (inside: string, command: { invoice?: object } = {}) => {
    const content = pdfWithFile(inside).toString('base64');
    return submitCommand({ ...command, command: { document: { name: 'F.pdf', content, format: 'pdf' } } });
  };

  it.each<[what: string, inside: string]>([
    ['of another number', cii({ number: 'F-OTHER' })],
    ['of another supplier', cii({ number, supplier: SUPPLIERS.agency })],
  ])('is refused if that is an invoice %s', async (_what, inside) => {
    const { as, codes } = await outcomeOf(pdf(inside));
    expect([as, codes]).toEqual([[], ['file-differs']]);
  });

  it('may differ from it otherwise, or hold one that cannot be read: the picture counts', async () => {
    for (const inside of [xml.replace('DuePayableAmount>1200.00', 'DuePayableAmount>1.00'), '<broken']) {
      const { as, codes } = await outcomeOf(pdf(inside));
      expect([as, codes]).toEqual([['pdf'], [note]]);
    }
  });
});
