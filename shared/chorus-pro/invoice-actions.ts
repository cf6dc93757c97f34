import * as z from 'zod';
import type { InvoiceCommandOf } from '../invoice/invoice-commands.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';

/** What a supplier may do with an invoice in Chorus Pro. All but `standingOf` and `download` change the invoice. */

/** The current status of an invoice, from the invoice itself and not from the search's index. */
export interface InvoiceStanding {
  status: string;
  /** The supplier has acknowledged its rejection. */
  rejectionHandled: boolean;
  /** To whom it goes, as far as Chorus Pro says. */
  recipient: { siret?: string | undefined; service?: string | undefined };
  commitment?: string | undefined;
  /** Who has, or had, to approve it: at a status that says which validator is wrong, that one. */
  validator?: string | undefined;
}

/** An attachment that was uploaded to Chorus Pro and does not belong to an invoice yet. */
export interface Uploaded {
  id: number;
  name: string;
  typeCode?: string | undefined;
}

/** An empty text is as good as none. */
const given = z
  .string()
  .nullish()
  .transform((text) => (text === '' ? undefined : (text ?? undefined)));

export const standingSchema = z.looseObject({
  facture: z.looseObject({
    statutFacture: z.string().min(1),
    rejetTraite: z.boolean().nullish(),
    destinataire: z.looseObject({ codeDestinataire: given, codeServiceExecutant: given }).nullish(),
    references: z.looseObject({ numeroBonCommande: given }).nullish(),
    cadreDeFacturation: z.looseObject({ codeValideur1: given, codeValideur2: given }).nullish(),
  }),
});
/** Some invoices have two: a co-contractor's mistake is about the second (`validators` in facts.ts). */
function validatorOf({
  statutFacture,
  cadreDeFacturation,
}: z.infer<typeof standingSchema>['facture']): string | undefined {
  const { codeValideur1: first, codeValideur2: second } = cadreDeFacturation ?? {};
  return statutFacture === 'ERREUR_COTRAITANT_SUR_VALIDEUR' ? (second ?? first) : first;
}

export const doneSchema = z.looseObject({});
export const fileSchema = z.looseObject({ fichierResultat: z.string().min(1) });

export const invoiceActionsOf = (call: BoundCall) => ({
  async standingOf(chorusProId: number): Promise<Outcome<InvoiceStanding>> {
    const body = { identifiantFactureCPP: chorusProId, codeLangue: 'fr' } as const;
    const outcome = await call('factures/v1/consulter/fournisseur', body, standingSchema);
    return mapAccepted(outcome, ({ facture }) => ({
      status: facture.statutFacture,
      rejectionHandled: facture.rejetTraite ?? false,
      recipient: {
        siret: facture.destinataire?.codeDestinataire,
        service: facture.destinataire?.codeServiceExecutant,
      },
      commitment: facture.references?.numeroBonCommande,
      validator: validatorOf(facture),
    }));
  },

  complete: (
    chorusProId: number,
    { comment, attachments }: { comment: string | undefined; attachments: readonly Uploaded[] },
  ): Promise<Outcome<object>> => {
    const body = {
      identifiantFactureCPP: chorusProId,
      pieceJointeComplementaire: attachments.map(attachmentOf),
      commentaire: comment,
    };
    return call('factures/v1/completer', body, doneSchema);
  },

  recycle: (
    chorusProId: number,
    { recipient, commitment, contract, comment }: InvoiceCommandOf<'invoice.recycle'>,
  ): Promise<Outcome<object>> => {
    const body = {
      identifiantFactureCPP: chorusProId,
      ...(recipient
        ? { destinataire: { codeDestinataire: recipient.siret, codeServiceExecutant: recipient.service } }
        : {}),
      // The field is singular in the Swagger for this operation only. [V-AIFE SWF]
      ...(commitment || contract ? { reference: { numeroBonCommande: commitment, numeroMarche: contract } } : {}),
      commentaire: comment,
    };
    return call('factures/v1/recycler', body, doneSchema);
  },

  acknowledgeRejection: (chorusProId: number): Promise<Outcome<object>> =>
    call('factures/v1/traiterRejet', { listeDemandePaiement: [{ idDemandePaiement: chorusProId }] }, doneSchema),

  correctValidator: (chorusProId: number, siret: string): Promise<Outcome<object>> => {
    const body = { idFacture: chorusProId, typeIdentifiantStructure: 'SIRET', identifiantStructure: siret } as const;
    return call('factures/v1/corriger/valideur/facture', body, doneSchema);
  },

  /** @returns the file's bytes: a PDF, a ZIP if attachments are included, or XML */
  async download(
    chorusProId: number,
    { format, withAttachments }: Pick<InvoiceCommandOf<'invoice.fetch'>, 'format' | 'withAttachments'>,
  ): Promise<Outcome<Uint8Array>> {
    const outcome = await call(
      'factures/v1/telecharger/groupe',
      {
        listeFacture: [{ idFacture: chorusProId }],
        format: format === 'pdf' ? 'PDF' : 'PIVOT',
        avecPiecesJointesComplementaires: withAttachments ? 'Oui' : 'Non',
      },
      fileSchema,
    );
    return mapAccepted(outcome, ({ fichierResultat }) => Buffer.from(fichierResultat, 'base64'));
  },
});

/** An attachment as an invoice names it. */
export const attachmentOf = ({ id, name, typeCode }: Uploaded) => ({
  pieceJointeComplementaireDesignation: name,
  pieceJointeComplementaireType: typeCode ?? chorusProFacts.otherAttachment.value,
  pieceJointeComplementaireId: id,
});
