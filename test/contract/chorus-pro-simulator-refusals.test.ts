import { expect, test } from 'vitest';
import {
  createChorusPro,
  drivenClock,
  MANY_SERVICES,
  RECIPIENTS,
  REFUSALS,
  SUPPLIERS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submission } from '../../tools/chorus-pro-simulator/example-client.ts';

const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });

const fresh = () => {
  const model = createChorusPro({ clock, options: { errorStatus: 200 } });
  return { model, client: exampleClient(model) };
};
const codeOf = (name: keyof typeof REFUSALS) => REFUSALS[name].code;

type Submission = ReturnType<typeof submission>;

test.each<[string, keyof typeof REFUSALS | 0, Parameters<typeof submission>[1]]>([
  ['a commitment where it is mandatory', 0, { recipient: RECIPIENTS.commitmentMandatory, commitment: '1501966748' }],
  ['no commitment', 'commitmentMandatory', { recipient: RECIPIENTS.commitmentMandatory }],
  ['a service where it is mandatory', 0, { recipient: RECIPIENTS.serviceMandatory, service: 'SERVICE_DEST_SERV_OBL' }],
  ['no service', 'serviceMandatory', { recipient: RECIPIENTS.serviceMandatory }],
  ['an unknown service', 'serviceUnknown', { recipient: RECIPIENTS.serviceMandatory, service: 'AUTRE' }],
  ['one of two', 0, { recipient: RECIPIENTS.commitmentOrService, service: 'ATELIERS' }],
  ['the other of two', 0, { recipient: RECIPIENTS.commitmentOrService, commitment: 'E1' }],
  ['none of two', 'commitmentOrServiceMandatory', { recipient: RECIPIENTS.commitmentOrService }],
  ['an inactive body', 'recipientInactive', { recipient: RECIPIENTS.inactive }],
  ['an owner of works', 'recipientMoaOnly', { recipient: RECIPIENTS.moaOnly }],
  ['a company', 'recipientUnknown', { recipient: SUPPLIERS.stranger }],
  ['an inactive service', 'serviceInactive', { recipient: RECIPIENTS.manyServices, service: MANY_SERVICES.inactive }],
  ['a reserved service', 'serviceReserved', { recipient: RECIPIENTS.manyServices, service: MANY_SERVICES.reserved }],
  [
    'a service that wants a commitment',
    'commitmentMandatory',
    { recipient: RECIPIENTS.manyServices, service: MANY_SERVICES.commitmentMandatory },
  ],
  ['an A9 with its validator', 0, { frame: 'A9_FACTURE_SOUSTRAITANT', validator: SUPPLIERS.mainContractor }],
  ['an A9 without', 'validatorMandatory', { frame: 'A9_FACTURE_SOUSTRAITANT' }],
  [
    'an A12 with an unknown validator',
    'validatorUnknown',
    { frame: 'A12_FACTURE_COTRAITANT', validator: '99999999999999' },
  ],
  ['an A2 with something due', 'totals', { frame: 'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE' }],
  ['an unknown document', 'attachmentUnknown', { document: 12 }],
])('%s: %s', (_case, expected, sample) => {
  const { client } = fresh();
  const { body } = client.call('factures/soumettre', submission(client, sample));
  expect(body['codeRetour']).toBe(expected === 0 ? 0 : codeOf(expected));
});

const totals = (montantHtTotal: number, montantTVA: number, montantTtcTotal: number) => ({
  montantTotal: { montantHtTotal, montantTVA, montantTtcTotal, montantAPayer: montantTtcTotal },
});
const vat = (base: number, amount: number, rate: object = { ligneTvaTauxManuel: 20 }) => ({
  ...rate,
  ligneTvaMontantBaseHtParTaux: base,
  ligneTvaMontantTvaParTaux: amount,
});

test.each<[string, keyof typeof REFUSALS | 0, (given: Submission) => object]>([
  [
    "another company's structure",
    'notEntitled',
    (given) => ({ fournisseur: { ...given.fournisseur, idFournisseur: 1 } }),
  ],
  [
    'a service that the supplier does not have',
    'supplierServiceUnknown',
    (given) => ({ fournisseur: { ...given.fournisseur, idServiceFournisseur: 1 } }),
  ],
  [
    'unknown bank details',
    'bankDetailsUnknown',
    (given) => ({ fournisseur: { ...given.fournisseur, codeCoordonneesBancairesFournisseur: 1 } }),
  ],
  [
    'its own bank details',
    0,
    (given) => ({ fournisseur: { ...given.fournisseur, codeCoordonneesBancairesFournisseur: 501 } }),
  ],
  ['no number', 'fieldMissing', () => ({ numeroFactureSaisi: null })],
  ['no date', 'fieldMissing', () => ({ dateFacture: null })],
  ['no main document', 'fieldMissing', () => ({ pieceJointePrincipale: null })],
  [
    'an exemption without its reason',
    'fieldMissing',
    (given) => ({ references: { ...given.references, typeTva: 'EXONERATION' } }),
  ],
  ['no payment mode', 'fieldMissing', (given) => ({ references: { ...given.references, modePaiement: undefined } })],
  [
    'a credit note without a payment mode',
    0,
    (given) => ({ references: { ...given.references, typeFacture: 'AVOIR', modePaiement: undefined } }),
  ],
  [
    'a credit note with a negative line',
    0,
    (given) => ({
      references: { ...given.references, typeFacture: 'AVOIR' },
      lignePoste: [120, -20].map((price, i) => ({
        ...{ lignePosteNumero: i + 1, lignePosteQuantite: 1, lignePosteMontantUnitaireHT: price },
        lignePosteTauxTvaManuel: 20,
      })),
    }),
  ],
  ['tomorrow', 'dateInFuture', () => ({ dateFacture: '2026-11-24' })],
  [
    'an attachment of an unknown type',
    'attachmentType',
    () => ({
      pieceJointeComplementaire: [
        {
          pieceJointeComplementaireDesignation: 'x',
          pieceJointeComplementaireType: 'AUTRE',
          pieceJointeComplementaireId: 3,
        },
      ],
    }),
  ],
  ['no VAT summary', 'totals', () => ({ ligneTva: [] })],
  ['a base that is not the total', 'totals', () => ({ ligneTva: [vat(99.99, 20)] })],
  ['a cent of VAT too much', 'totals', () => ({ ligneTva: [vat(100, 20.01)] })],
  ['a cent too much in all', 'totals', () => totals(100, 20, 120.01)],
  ['a VAT far from its rate', 'totals', () => ({ ...totals(100, 10, 110), ligneTva: [vat(100, 10)] })],
  [
    'two rates',
    0,
    () => ({ ...totals(100, 15.4, 115.4), ligneTva: [vat(60, 12), vat(40, 3.4, { ligneTvaTauxManuel: 8.5 })] }),
  ],
  ['a rate by code', 0, () => ({ ligneTva: [vat(100, 20, { ligneTvaTaux: 'TVA1' })] })],
  ['an unknown code', 'vatCode', () => ({ ligneTva: [vat(100, 20, { ligneTvaTaux: 'TVA99' })] })],
  [
    'a rate by code and by hand',
    'vatCode',
    () => ({ ligneTva: [vat(100, 20, { ligneTvaTaux: 'TVA1', ligneTvaTauxManuel: 20 })] }),
  ],
  ['0.1 + 0.2', 0, () => ({ ...totals(0.3, 0.06, 0.36), ligneTva: [vat(0.1, 0.02), vat(0.2, 0.04)] })],
  ['an invoice with negative amounts only', 0, () => ({ ...totals(-100, -20, -120), ligneTva: [vat(-100, -20)] })],
  [
    'a credit note, positive',
    0,
    (given) => ({ references: { ...given.references, typeFacture: 'AVOIR', numeroFactureOrigine: 'POURQUOI_PAS' } }),
  ],
  [
    'a credit note, negative',
    'creditNoteNegative',
    (given) => ({
      ...totals(-100, -20, -120),
      ligneTva: [vat(-100, -20)],
      references: { ...given.references, typeFacture: 'AVOIR' },
    }),
  ],
  [
    'lines that do not make the total',
    'totals',
    () => ({
      lignePoste: [
        { lignePosteNumero: 1, lignePosteQuantite: 1, lignePosteMontantUnitaireHT: 99, lignePosteTauxTvaManuel: 20 },
      ],
    }),
  ],
  [
    'no VAT at all',
    0,
    (given) => ({ ...totals(100, 0, 100), ligneTva: [], references: { ...given.references, typeTva: 'SANS_TVA' } }),
  ],
])('%s: %s', (_case, expected, change) => {
  const { client } = fresh();
  const given = submission(client);
  const { body } = client.call('factures/soumettre', { ...given, ...change(given) });
  expect(body['codeRetour']).toBe(expected === 0 ? 0 : codeOf(expected));
});

test.each<[string, (given: Submission) => object]>([
  ['a number of 21 characters', () => ({ numeroFactureSaisi: 'F'.repeat(21) })],
  ['a space in the number', () => ({ numeroFactureSaisi: 'F 1' })],
  ['a main document that is an object', (given) => ({ pieceJointePrincipale: given.pieceJointePrincipale[0] })],
  [
    'two main documents',
    (given) => ({ pieceJointePrincipale: [...given.pieceJointePrincipale, ...given.pieceJointePrincipale] }),
  ],
  ['an amount as text', (given) => ({ montantTotal: { ...given.montantTotal, montantHtTotal: '100.00' } })],
  ['seven decimals', (given) => ({ montantTotal: { ...given.montantTotal, montantHtTotal: 100.0000001 } })],
  ['an unknown field deep inside', (given) => ({ references: { ...given.references, numeroEngagement: 'E1' } })],
  [
    'a frame that soumettre does not take',
    () => ({ cadreDeFacturation: { codeCadreFacturation: 'A4_PROJET_DECOMPTE_MENSUEL_FOURNISSEUR' } }),
  ],
  ['a bare frame', () => ({ cadreDeFacturation: { codeCadreFacturation: 'A1' } })],
  ['a payment mode of another list', (given) => ({ references: { ...given.references, modePaiement: 'LCR' } })],
  ['a day that does not exist', () => ({ dateFacture: '2026-02-30' })],
  ['a French date', () => ({ dateFacture: '20/11/2026' })],
  ['a SIREN', () => ({ destinataire: { codeDestinataire: '123456782' } })],
  [
    'a commitment of 51 characters',
    (given) => ({ references: { ...given.references, numeroBonCommande: 'E'.repeat(51) } }),
  ],
  [
    'a service code of 101 characters',
    () => ({ destinataire: { codeDestinataire: RECIPIENTS.nothingMandatory, codeServiceExecutant: 'S'.repeat(101) } }),
  ],
  ['a comment of 2001 characters', () => ({ commentaire: 'c'.repeat(2001) })],
  ['a null in an array', () => ({ ligneTva: [null] })],
])('%s is malformed', (_case, change) => {
  const { client, model } = fresh();
  const given = submission(client);
  const { status, body } = client.call('factures/soumettre', { ...given, ...change(given) });
  expect({ status, code: body['codeRetour'] }).toEqual({ status: 400, code: codeOf('malformed') });
  expect(model.accepted()).toEqual([]);
});
