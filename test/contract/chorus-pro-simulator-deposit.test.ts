import { expect, test } from 'vitest';
import { createChorusPro, drivenClock, REFUSALS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import {
  depositPdf,
  EXAMPLE_PDF,
  exampleClient,
  submission,
  submitInvoice,
} from '../../tools/chorus-pro-simulator/example-client.ts';

const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });

const fresh = (options = {}) => {
  const model = createChorusPro({ clock, options: { errorStatus: 200 as const, ...options } });
  return { model, client: exampleClient(model) };
};
const codeOf = (name: keyof typeof REFUSALS) => REFUSALS[name].code;

test('an invoice goes in two calls, and the draft becomes the invoice', () => {
  const { model, client } = fresh();
  const document = depositPdf(client);
  const { body } = client.call('factures/soumettre', submission(client, { document }));
  expect(body).toMatchObject({ codeRetour: 0, numeroFacture: 'F-2026-001', statutFacture: 'DEPOSEE' });
  expect(body['dateDepot']).toBe('2026-11-23T10:00:00.000+01:00');
  expect(model.accepted()).toEqual([
    {
      supplierSiret: SUPPLIERS.company,
      number: 'F-2026-001',
      id: body['identifiantFactureCPP'],
      via: 'pdf',
      at: clock.now(),
    },
  ]);
  expect(model.effects).toMatchObject({
    invoices: { [`${SUPPLIERS.company}/F-2026-001`]: 1 },
    unusedDrafts: 0,
    completed: { '/cpro/factures/v1/deposer/pdf': 1, '/cpro/factures/v1/soumettre': 1 },
  });
});

test('deposer/pdf reads nothing, and takes only PDFs of up to 10 MB', () => {
  const { client, model } = fresh();
  const pdf = (fichierFacture: string, nomFichier = 'a.pdf') =>
    client.call('factures/deposer/pdf', { fichierFacture, nomFichier, formatDepot: 'PDF_NON_SIGNE' });
  expect(pdf(EXAMPLE_PDF).body).toMatchObject({ codeRetour: 0, numeroFacture: null, montantTVA: null });
  expect(pdf(Buffer.from('no pdf').toString('base64')).body).toMatchObject({ codeRetour: codeOf('notPdf') });
  expect(pdf(EXAMPLE_PDF, 'without-extension').status).toBe(400);
  expect(pdf('not base64').status).toBe(400);
  const heavy = Buffer.alloc(10_000_001);
  heavy.write('%PDF-1.4');
  expect(pdf(heavy.toString('base64')).status).toBe(413);
  expect(model.effects.unusedDrafts).toBe(1);
});

test('a refused submission leaves its PDF free for the next', () => {
  const { client } = fresh();
  const document = depositPdf(client);
  const unknown = submission(client, { document, recipient: '99999999999999' });
  expect(client.call('factures/soumettre', unknown).body).toMatchObject({ codeRetour: codeOf('recipientUnknown') });
  expect(client.call('factures/soumettre', submission(client, { document })).body).toMatchObject({ codeRetour: 0 });
});

test('a main document serves once', () => {
  const { client } = fresh();
  const document = depositPdf(client);
  submitInvoice(client, { document });
  const again = submission(client, { document, number: 'F-2' });
  expect(client.call('factures/soumettre', again).body).toMatchObject({ codeRetour: codeOf('attachmentUsed') });
});

test('attachments are uploaded first, and count among those of the invoice', () => {
  const { client } = fresh();
  const file = { pieceJointeFichier: EXAMPLE_PDF, pieceJointeTypeMime: 'application/pdf', pieceJointeExtension: 'PDF' };
  const uploaded = client.call('transverses/ajouter/fichier', { ...file, pieceJointeNom: 'rib.pdf' }).body;
  const attachment = {
    pieceJointeComplementaireDesignation: 'rib.pdf',
    pieceJointeComplementaireType: 'RIB',
    pieceJointeComplementaireId: uploaded['pieceJointeId'],
  };
  const { body } = client.call('factures/soumettre', {
    ...submission(client),
    pieceJointeComplementaire: [attachment],
  });
  const found = client.call('factures/consulter/fournisseur', { identifiantFactureCPP: body['identifiantFactureCPP'] });
  expect(found.body['facture']).toMatchObject({
    listeDesPiecesJointes: { pieceJointe: [{ pieceJointeTypeCode: 'RIB', pieceJointeExtension: 'PDF' }] },
  });
});

test('a number serves once per supplier, unless the check is off', () => {
  const { client, model } = fresh();
  submitInvoice(client);
  expect(client.call('factures/soumettre', submission(client)).body).toMatchObject({
    codeRetour: codeOf('numberUsed'),
  });
  model.options.duplicateCheck = 'off';
  submitInvoice(client);
  expect(model.effects.invoices).toEqual({ [`${SUPPLIERS.company}/F-2026-001`]: 2 });
});

test('whether a rejected number may serve again is an option', () => {
  const { client, model } = fresh();
  submitInvoice(client);
  model.setStatus('F-2026-001', 'REJETEE', 'motif');
  expect(client.call('factures/soumettre', submission(client)).body).toMatchObject({
    codeRetour: codeOf('numberUsed'),
  });
  model.options.reuseAfterRejection = true;
  expect(client.call('factures/soumettre', submission(client)).body).toMatchObject({ codeRetour: 0 });
});
