import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';

/** An event about a document of the works owner: the general statement, which the supplier must sign. */
export const worksDocumentExample: WorksDocumentEvent = {
  specversion: '1.0',
  id: 'works#example#production#3000000451#A_ASSOCIER_FOURNISSEUR#2026-11-23T07:40:00.000Z',
  source: 'chorus-relay/example',
  type: 'chorus-relay.works.document.v1',
  subject: 'example/-/works 3000000451',
  time: '2026-11-23T08:00:00.000Z',
  datacontenttype: 'application/json',
  data: {
    connection: 'example',
    environment: 'production',
    supplier: '99910000100015',
    document: {
      chorusProId: 3_000_000_451,
      number: '2026-PDF-DG',
      framework: 'A20',
      kind: 'general-statement',
      by: 'works-owner',
      issueDate: '2026-11-20',
      amounts: { taxExclusive: '250000.00', taxInclusive: '300000.00', due: '15000.00' },
    },
    status: {
      code: 'A_ASSOCIER_FOURNISSEUR',
      at: '2026-11-23T07:40:00.000Z',
      fr: 'Le titulaire doit y répondre par sa propre pièce',
      en: 'The main contractor must answer it with his own document',
      answer: 'works.sign-final',
    },
    next: { actor: 'main-contractor', until: '2026-12-23' },
    billingFile: { id: 31, number: 'DF-31' },
    preceding: { chorusProId: 3_000_000_450, number: '2026-PDF-DGM', framework: 'A18' },
    contract: '2026-TVX-1',
    recipient: '12345678200051',
    projectManager: '99910009000012',
    worksOwner: '12345678200051',
    actionNeeded: true,
    message: {
      fr: 'Dossier de facturation : décompte général n° 2026-PDF-DG (A20), par le maître d’ouvrage. Le titulaire doit y répondre par sa propre pièce. Prochain intervenant : le titulaire, jusqu’au 23 décembre 2026.',
      en: 'Billing file: general statement 2026-PDF-DG (A20), by the works owner. The main contractor must answer it with his own document. Next to act: the main contractor, until 2026-12-23.',
    },
  },
};
