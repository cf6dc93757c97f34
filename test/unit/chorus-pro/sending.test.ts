import { describe, expect, it } from 'vitest';
import { extensionOf } from '../../../shared/chorus-pro/submission.ts';
import { completeCommand } from '../../support/commands.ts';
import { broken, canned, type Asked } from './canned.ts';

const unknown = { kind: 'unknown', why: 'HTTP 503' };

describe('an attachment', () => {
  it.each([
    ['plan.pdf', 'PDF', 'application/pdf'],
    ['photo.JPeg', 'JPEG', 'image/jpeg'],
    ['signature.p7s', 'P7S', 'application/octet-stream'],
    ['a.b.xml', 'XML', 'application/xml'],
  ])('%s goes with its extension and its type', async (name, extension, type) => {
    const asked: Asked[] = [];
    const taking = canned({ 'transverses/v1/ajouter/fichier': [{ pieceJointeId: 9 }] }, asked);
    const sent = await taking.uploadAttachments([{ name, bytes: Buffer.from('é') }], []);
    expect(sent).toEqual({ kind: 'accepted', value: [{ id: 9, name }] });
    expect(asked[0]?.body).toEqual({
      pieceJointeFichier: 'w6k=',
      pieceJointeNom: name,
      pieceJointeExtension: extension,
      pieceJointeTypeMime: type,
    });
    expect(extensionOf(name)).toBe(extension);
  });

  it('has no id when the upload fails', async () => {
    const taking = canned({ 'transverses/v1/ajouter/fichier': [broken] });
    expect(await taking.uploadAttachments([{ name: 'a.pdf', bytes: Buffer.from('') }], [])).toEqual(unknown);
  });
});

describe('a PDF', () => {
  it('is sent in base64 with its name, and gets an id', async () => {
    const asked: Asked[] = [];
    const chorusPro = canned({ 'factures/v1/deposer/pdf': [{ pieceJointeId: 4, numeroFacture: null }] }, asked);
    expect(await chorusPro.uploadPdf({ name: 'F-1.pdf', bytes: Buffer.from('é') })).toEqual({
      kind: 'accepted',
      value: 4,
    });
    expect(asked[0]?.body).toEqual({ fichierFacture: 'w6k=', nomFichier: 'F-1.pdf', formatDepot: 'PDF_NON_SIGNE' });
  });

  it('has no id when the upload fails', async () => {
    const chorusPro = canned({ 'factures/v1/deposer/pdf': [broken] });
    expect(await chorusPro.uploadPdf({ name: 'F-1.pdf', bytes: Buffer.from('') })).toEqual(unknown);
  });
});

describe('a submission', () => {
  const { invoice } = completeCommand();
  const ids = {
    supplierId: 1,
    pdfId: 2,
    attachments: [],
  };
  const response = { identifiantFactureCPP: 5, numeroFacture: 'F-2026-0001', statutFacture: 'DEPOSEE' };

  it('returns Chorus Pro’s id and the status', async () => {
    const chorusPro = canned({ 'factures/v1/soumettre': [response] });
    expect(await chorusPro.submitInvoice(invoice, ids)).toEqual({
      kind: 'accepted',
      value: { chorusProId: 5, status: 'DEPOSEE' },
    });
  });

  it.each(Object.keys(response))('without %s in the response may have taken effect', async (field) => {
    const chorusPro = canned({ 'factures/v1/soumettre': [{ ...response, [field]: null }] });
    expect(await chorusPro.submitInvoice(invoice, ids)).toMatchObject({ kind: 'unknown' });
  });
});
