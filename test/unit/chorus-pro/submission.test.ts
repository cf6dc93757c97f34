import { describe, expect, it } from 'vitest';
import { submissionBody } from '../../../shared/chorus-pro/submission.ts';
import { frameworks } from '../../../shared/invoice/frameworks.ts';
import { paymentMeans, vatRegimes } from '../../../shared/invoice/submit-command.ts';
import type { CompleteInvoice } from '../../../shared/invoice/terms.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { ATTACHMENT_TYPES } from '../../../tools/chorus-pro-simulator/enumerations.ts';
import { soumettre } from '../../../tools/chorus-pro-simulator/submission-schemas.ts';
import { completeCommand } from '../../support/commands.ts';
import { canned, type Asked } from './canned.ts';

const base = completeCommand().invoice;
const invoice = (changes: object = {}): CompleteInvoice => completeCommand({ invoice: changes }).invoice;
const ids = { supplierId: 11, pdfId: 22, attachments: [] };
const body = (changes: object = {}, attachments: Parameters<typeof submissionBody>[1]['attachments'] = []) =>
  submissionBody(invoice(changes), { ...ids, attachments });
const json = (content: object): unknown => JSON.parse(JSON.stringify(content));

describe('the body of a submission', () => {
  it('maps every field of the invoice', () => {
    const full = body(
      {
        type: 'credit-note',
        framework: 'A9',
        currency: 'USD',
        recipient: { siret: '12345678200028', service: 'S1' },
        validator: { siret: SUPPLIERS.mainContractor, service: 'V1' },
        commitment: 'ENG-1',
        contract: 'M-1',
        precedingInvoice: 'F-0',
        payment: { means: 'direct-debit' },
        vatRegime: 'exempt',
        exemptionReason: 'ART261',
        lines: [{ ...base.lines[0], reference: 'R1', unit: 'm²', discount: '1.25' }],
        totals: { ...base.totals, discount: { amount: '10.50', reason: 'geste' }, due: '1189.50' },
        comment: 'Merci',
      },
      [{ id: 33, name: 'plan.pdf', typeCode: '02' }],
    );
    expect(json(full)).toEqual({
      modeDepot: 'DEPOT_PDF_API',
      numeroFactureSaisi: 'F-2026-0001',
      dateFacture: '2026-11-20',
      destinataire: { codeDestinataire: '12345678200028', codeServiceExecutant: 'S1' },
      fournisseur: { idFournisseur: 11 },
      cadreDeFacturation: {
        codeCadreFacturation: 'A9_FACTURE_SOUSTRAITANT',
        codeStructureValideur: SUPPLIERS.mainContractor,
        codeServiceValideur: 'V1',
      },
      references: {
        deviseFacture: 'USD',
        typeFacture: 'AVOIR',
        typeTva: 'EXONERATION',
        motifExonerationTva: 'ART261',
        numeroMarche: 'M-1',
        numeroBonCommande: 'ENG-1',
        numeroFactureOrigine: 'F-0',
        modePaiement: 'PRELEVEMENT',
      },
      lignePoste: [
        {
          lignePosteNumero: 1,
          lignePosteReference: 'R1',
          lignePosteDenomination: 'Maçonnerie',
          lignePosteQuantite: 10,
          lignePosteUnite: 'm²',
          lignePosteMontantUnitaireHT: 100,
          lignePosteMontantRemiseHT: 1.25,
          lignePosteTauxTvaManuel: 20,
        },
      ],
      ligneTva: [{ ligneTvaTauxManuel: 20, ligneTvaMontantBaseHtParTaux: 1000, ligneTvaMontantTvaParTaux: 200 }],
      montantTotal: {
        montantHtTotal: 1000,
        montantTVA: 200,
        montantTtcTotal: 1189.5,
        montantRemiseGlobaleTTC: 10.5,
        motifRemiseGlobaleTTC: 'geste',
        montantAPayer: 1189.5,
      },
      pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: 'F-2026-0001', pieceJointePrincipaleId: 22 }],
      pieceJointeComplementaire: [
        {
          pieceJointeComplementaireDesignation: 'plan.pdf',
          pieceJointeComplementaireType: '02',
          pieceJointeComplementaireId: 33,
        },
      ],
      commentaire: 'Merci',
    });
  });

  it('gives an attachment without a type the type "other", since Chorus Pro requires one', () => {
    const [attachment] = body({}, [{ id: 33, name: 'plan.pdf' }]).pieceJointeComplementaire;
    expect(ATTACHMENT_TYPES.has(attachment?.pieceJointeComplementaireType ?? '')).toBe(true);
  });

  it('leaves out fields that the invoice does not have', () => {
    const text = JSON.stringify(body());
    expect(text).not.toContain('null');
    expect(soumettre.parse(json(body()))).toMatchObject({
      references: { deviseFacture: 'EUR' },
      pieceJointeComplementaire: [],
    });
    for (const absent of [
      'motifExonerationTva',
      'codeStructureValideur',
      'codeServiceExecutant',
      'commentaire',
      'numeroMarche',
    ])
      expect(text).not.toContain(absent);
  });

  it('has no line of VAT for a supplier without VAT, and one for each rate otherwise', () => {
    expect(body({ vatRegime: 'none' }).ligneTva).toEqual([]);
    const rates = [20, 10].map((rate) => ({ rate: String(rate), base: '500.00', amount: String(rate * 5) }));
    expect(body({ vatBreakdown: rates }).ligneTva.map(({ ligneTvaTauxManuel }) => ligneTvaTauxManuel)).toEqual([
      20, 10,
    ]);
  });

  it('numbers each line as the invoice does', () => {
    const lines = [3, 7].map((number) => ({ ...base.lines[0], number }));
    expect(body({ lines }).lignePoste.map(({ lignePosteNumero }) => lignePosteNumero)).toEqual([3, 7]);
  });

  it('takes the discount off the total with VAT', () => {
    const totals = { ...base.totals, discount: { amount: '0.10', reason: 'r' }, paid: '0.20', due: '1199.70' };
    expect(body({ totals }).montantTotal).toMatchObject({
      montantTtcTotal: 1199.9,
      montantRemiseGlobaleTTC: 0.1,
      montantAPayer: 1199.7,
    });
  });

  it('has what is due after a retention as the amount to pay, and the retention in the comment', () => {
    const retention = { kind: 'retention', name: 'Retenue de garantie', rate: '5', amount: '60.00' };
    const sent = body({ totals: { ...base.totals, deductions: [retention], due: '1140.00' } });
    expect(sent.montantTotal).toMatchObject({ montantTtcTotal: 1200, montantAPayer: 1140 });
    expect(sent.commentaire).toBe('Retenue de garantie : 5 % de 1 200,00 = 60,00 EUR');
  });

  it('has a discount before VAT as a line of its own, if there are lines', () => {
    const discounted = {
      vatBreakdown: [{ rate: '20', discount: { amount: '100.00', reason: 'geste' }, base: '900.00', amount: '180.00' }],
    };
    expect(body(discounted).lignePoste.slice(1)).toEqual([
      {
        lignePosteNumero: 2,
        lignePosteDenomination: 'Remise : geste',
        lignePosteQuantite: -1,
        lignePosteMontantUnitaireHT: 100,
        lignePosteMontantRemiseHT: 0,
        lignePosteTauxTvaManuel: 20,
      },
    ]);
    expect(body({ ...discounted, lines: [] }).lignePoste).toEqual([]);
  });

  it('keeps the largest amounts exact to the cent', () => {
    const totals = {
      taxExclusive: '999999999999.99',
      vat: '0.00',
      taxInclusive: '999999999999.99',
      due: '-999999999999.99',
    };
    expect(JSON.stringify(body({ totals }).montantTotal)).toContain('"montantHtTotal":999999999999.99');
    expect(JSON.stringify(body({ totals }).montantTotal)).toContain('"montantAPayer":-999999999999.99');
  });

  it.each(frameworks.flatMap((framework) => vatRegimes.map((vatRegime) => ({ framework, vatRegime }))))(
    'has values that Chorus Pro takes for $framework and $vatRegime',
    (changes) => {
      expect(soumettre.safeParse(json(body(changes))).success).toBe(true);
    },
  );

  it.each([
    ['credit-transfer', 'VIREMENT'],
    ['direct-debit', 'PRELEVEMENT'],
    ['cheque', 'CHEQUE'],
    ['cash', 'ESPECE'],
    ['carried-over', 'REPORT'],
    ['other', 'AUTRE'],
  ])('calls a payment by %s %s', (means, modePaiement) => {
    expect(body({ payment: { means } }).references).toMatchObject({ modePaiement });
  });

  it.each(paymentMeans)('has a value that Chorus Pro accepts for a payment by %s', (means) => {
    expect(soumettre.safeParse(json(body({ payment: { means } }))).success).toBe(true);
  });
});

describe('an attachment', () => {
  const upload = 'transverses/v1/ajouter/fichier';

  it('keeps its own type: each is uploaded in turn', async () => {
    const chorusPro = canned({ [upload]: [{ pieceJointeId: 1 }, { pieceJointeId: 2 }] });
    const documents = ['a.pdf', 'b.pdf'].map((name) => ({ name, bytes: Buffer.from(name) }));
    expect(await chorusPro.uploadAttachments(documents, [{ typeCode: '01' }, { typeCode: '02' }])).toEqual({
      kind: 'accepted',
      value: [
        { id: 1, name: 'a.pdf', typeCode: '01' },
        { id: 2, name: 'b.pdf', typeCode: '02' },
      ],
    });
  });

  it.each([
    ['plan.pdf', 'PDF', 'application/pdf'],
    ['plan.v2.PNG', 'PNG', 'image/png'],
    ['photo.jpeg', 'JPEG', 'image/jpeg'],
    ['tableau.csv', 'CSV', 'text/csv'],
    ['lettre.docx', 'DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['lettre.odt', 'ODT', 'application/vnd.oasis.opendocument.text'],
    ['mail.eml', 'EML', 'application/octet-stream'],
  ])('%s is uploaded with its extension and its media type', async (name, extension, mimeType) => {
    const asked: Asked[] = [];
    const chorusPro = canned({ [upload]: [{ pieceJointeId: 1 }] }, asked);
    await chorusPro.uploadAttachments([{ name, bytes: Buffer.from('abc') }], []);
    expect(asked.map(({ body: sent }) => sent)).toEqual([
      {
        pieceJointeFichier: 'YWJj',
        pieceJointeNom: name,
        pieceJointeTypeMime: mimeType,
        pieceJointeExtension: extension,
      },
    ]);
  });
});
