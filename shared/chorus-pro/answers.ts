import * as z from 'zod';
import type { InvoiceCommandOf } from '../invoice/invoice-commands.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';
import { otherAttachment } from './submission.ts';

/** What a supplier may do with an invoice that Chorus Pro has. Each changes its status, but for the two that only read. */

const done = z.looseObject({});

/** Where an invoice stands, from the invoice itself and not from the search's index. */
export interface Standing {
  status: string;
  /** The supplier has taken note of its rejection. */
  rejectionHandled: boolean;
}

const consult: Operation<{ facture: { statutFacture: string; rejetTraite?: boolean | null | undefined } }> = {
  path: 'factures/v1/consulter/fournisseur',
  effect: 'none',
  answer: z.looseObject({
    facture: z.looseObject({ statutFacture: z.string().min(1), rejetTraite: z.boolean().nullish() }),
  }),
};

export async function standingOf(call: Call, chorusProId: number, deadline: Deadline): Promise<Outcome<Standing>> {
  const outcome = await call(consult, { identifiantFactureCPP: chorusProId, codeLangue: 'fr' }, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const { statutFacture: status, rejetTraite } = outcome.value.facture;
  return { kind: 'accepted', value: { status, rejectionHandled: rejetTraite ?? false } };
}

const changing = (path: string): Operation<object> => ({ path: `factures/v1/${path}`, effect: 'once', answer: done });
const completion = changing('completer');
const recycling = changing('recycler');
const acknowledgement = changing('traiterRejet');
const correction = changing('corriger/valideur/facture');

export interface Uploaded {
  id: number;
  name: string;
  typeCode: string | undefined;
}

export const complete = (
  call: Call,
  { chorusProId, comment, attachments }: { chorusProId: number; comment: string | undefined; attachments: Uploaded[] },
  deadline: Deadline,
): Promise<Outcome<object>> =>
  call(
    completion,
    {
      identifiantFactureCPP: chorusProId,
      pieceJointeComplementaire: attachments.map(({ id, name, typeCode }) => ({
        pieceJointeComplementaireDesignation: name,
        pieceJointeComplementaireType: typeCode ?? otherAttachment,
        pieceJointeComplementaireId: id,
      })),
      commentaire: comment,
    },
    deadline,
  );

/** `reference` in the singular, as the Swagger has it for this operation alone. [V-AIFE] */
export const recycle = (
  call: Call,
  chorusProId: number,
  { recipient, commitment, contract, comment }: InvoiceCommandOf<'invoice.recycle'>,
  deadline: Deadline,
): Promise<Outcome<object>> =>
  call(
    recycling,
    {
      identifiantFactureCPP: chorusProId,
      ...(recipient
        ? { destinataire: { codeDestinataire: recipient.siret, codeServiceExecutant: recipient.service } }
        : {}),
      ...(commitment || contract ? { reference: { numeroBonCommande: commitment, numeroMarche: contract } } : {}),
      commentaire: comment,
    },
    deadline,
  );

export const acknowledgeRejection = (call: Call, chorusProId: number, deadline: Deadline): Promise<Outcome<object>> =>
  call(acknowledgement, { listeDemandePaiement: [{ idDemandePaiement: chorusProId }] }, deadline);

export const correctValidator = (
  call: Call,
  chorusProId: number,
  siret: string,
  deadline: Deadline,
): Promise<Outcome<object>> =>
  call(
    correction,
    { idFacture: chorusProId, typeIdentifiantStructure: 'SIRET', identifiantStructure: siret },
    deadline,
  );

const download: Operation<{ fichierResultat: string }> = {
  path: 'factures/v1/telecharger/groupe',
  effect: 'none',
  answer: z.looseObject({ fichierResultat: z.string().min(1) }),
};

/** @returns the file's bytes: a PDF, a ZIP where attachments come along, or XML */
export async function fetchInvoice(
  call: Call,
  chorusProId: number,
  { format, withAttachments }: Pick<InvoiceCommandOf<'invoice.fetch'>, 'format' | 'withAttachments'>,
  deadline: Deadline,
): Promise<Outcome<Uint8Array>> {
  const body = {
    listeFacture: [{ idFacture: chorusProId }],
    format: format === 'pdf' ? 'PDF' : 'PIVOT',
    avecPiecesJointesComplementaires: withAttachments ? 'Oui' : 'Non',
  };
  const outcome = await call(download, body, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  return { kind: 'accepted', value: Buffer.from(outcome.value.fichierResultat, 'base64') };
}
