import { expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { pdfWithFile } from '../../support/papers.ts';
import { relay } from '../../support/relay.ts';
import { told } from './scenario.ts';

const number = 'F-2026-0001';
const xml = cii({ number });
const plainPdf = Buffer.from(tinyPdf, 'base64');
const bomb = `<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${xml.replace('<?xml version="1.0"?>', '')}`;
const broken = ['refused', 'e-invoice-unreadable'];
const differs = ['refused', 'file-differs'];

/** Files that once went to Chorus Pro under a command for another invoice, or for no invoice at all. */
it.each<[what: string, file: string | Buffer, format: string, outcome: string[]]>([
  ['of 12 euros', xml.replaceAll(/(\d+)00\.00</g, '$1.00<'), 'cii', differs],
  ['for another recipient', cii({ number, recipient: RECIPIENTS.serviceMandatory }), 'cii', differs],
  ['that is a credit note', cii({ number, type: '381' }), 'cii', differs],
  ['of another day', cii({ number, date: '20261119' }), 'cii', differs],
  [
    'whose VAT is wrong by 100 euros',
    xml.replace('"EUR">200.00', '"EUR">300.00'),
    'cii',
    [...differs, 'e-invoice-rule'],
  ],
  ['of another number', cii({ number: 'F-OTHER' }), 'cii', differs],
  ['of the agency', cii({ number, supplier: SUPPLIERS.agency }), 'cii', differs],
  ['that is a page', '<html><body/></html>', 'cii', ['refused', 'document-format']],
  ['that is broken', xml.slice(0, 500), 'cii', broken],
  ['that is a bomb', bomb, 'cii', broken],
  ['that is an order', '<SCRDMCCBDACIOMessageStructure/>', 'cii', ['refused', 'document-format']],
  ['of ZUGFeRD 1', '<CrossIndustryDocument/>', 'cii', ['refused', 'document-format']],
  ['that is a CII, as UBL', xml, 'ubl', ['refused', 'document-format']],
  ['that is a plain PDF, as Factur-X', plainPdf, 'factur-x', ['refused', 'e-invoice-missing']],
  ['in UTF-16', Buffer.from(`\uFEFF${xml}`, 'utf16le'), 'cii', ['accepted', 'deposited', 'e-invoice-warnings']],
  ['that is a Factur-X, as a PDF', pdfWithFile(xml), 'pdf', ['accepted', 'submitted', 'document-is-e-invoice']],
])('a file %s is seen', async (_what, file, format, outcome) => {
  const world = relay();
  const name = format === 'cii' || format === 'ubl' ? 'F.xml' : 'F.pdf';
  const content = Buffer.from(file).toString('base64');
  await world.submit(submitCommand({ command: { document: { name, content, format } } }));
  const codes = world.published.flatMap(({ data }) => [...(data.reasons ?? []), ...(data.notes ?? [])]);
  expect([...told(world), ...new Set(codes.map(({ code }) => code))]).toEqual(outcome);
});
