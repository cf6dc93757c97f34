import * as z from 'zod';
import { inCents } from '../invoice/amounts.ts';
import { parisDay, readMoment } from './dates.ts';
import { pagedSchema } from './search.ts';

/** A request to validate, read from Chorus Pro's list of what waits for a validator. */

const party = z.object({ siret: z.string().optional(), name: z.string().optional() });

/** A request to validate, as Chorus Pro's list of what waits for a validator has it. */
export const validationRequestSchema = z.object({
  /** Chorus Pro's id of the subcontractor's document. */
  chorusProId: z.int(),
  /** Some documents have two validators, one after the other: a co-contractor and the lead. */
  round: z.union([z.literal(1), z.literal(2)]),
  /** Who must answer: a company or agency of the connection. */
  validator: z.object({ siret: z.string(), structureId: z.int().optional() }),
  /** Who asks: a subcontractor or a co-contractor. */
  subcontractor: party,
  /** Who pays. */
  recipient: party.extend({ service: z.string().optional() }),
  /** A works document's project manager. */
  projectManager: party.optional(),
  number: z.string().optional(),
  type: z.enum(['invoice', 'credit-note']),
  worksDocument: z.boolean(),
  contract: z.string().optional(),
  commitment: z.string().optional(),
  /** Decimal strings. */
  taxExclusive: z.string().optional(),
  taxInclusive: z.string().optional(),
  due: z.string().optional(),
  currency: z.string().optional(),
  /** ISO day. */
  issueDate: z.iso.date().optional(),
  /** ISO day in Paris's calendar. */
  deposited: z.iso.date().optional(),
});
export type ValidationRequest = z.infer<typeof validationRequestSchema>;
export type Round = ValidationRequest['round'];

/** An empty text is as good as none. */
export const said = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((text) => (text?.trim() === '' ? undefined : text?.trim()));
const amount = z
  .number()
  .nullish()
  .catch(undefined)
  .transform((euros) => (typeof euros === 'number' ? inCents(String(euros)) : undefined));
const day = said.transform((text) => {
  const moment = readMoment(text ?? '');
  return moment && parisDay(moment);
});
const optionalId = z
  .int()
  .nullish()
  .catch(undefined)
  .transform((id) => id ?? undefined);

/** Every field but the id may be missing or odd: no request may stay unseen because of one field. */
const waitingSchema = z.looseObject({
  idFacture: z.int(),
  typeDemandePaiement: said,
  identifiantFournisseur: said,
  designationFournisseur: said,
  identifiantMoe: said,
  designationMoe: said,
  identifiantDestinataire: said,
  designationDestinataire: said,
  codeServiceExecutant: said,
  idValideur: optionalId,
  identifiantValideur: said,
  typeFacture: said,
  numeroFacture: said,
  dateFacture: day,
  dateDepot: day,
  montantHT: amount,
  montantTTC: amount,
  montantAPayer: amount,
  devise: said,
  statut: said,
  numeroMarche: said,
  numeroEngagement: said,
});
export const waitingListSchema = pagedSchema.extend({ listeFactures: z.array(waitingSchema).nullish() });

/** @param siret of the company whose list it is; without one, the row names the validator */
export function requestOf(
  row: z.infer<typeof waitingSchema>,
  siret: string = row.identifiantValideur ?? '',
): ValidationRequest {
  const { identifiantMoe, designationMoe } = row;
  return {
    chorusProId: row.idFacture,
    round: row.statut?.endsWith('_2') ? 2 : 1,
    validator: { siret, structureId: row.idValideur },
    subcontractor: { siret: row.identifiantFournisseur, name: row.designationFournisseur },
    recipient: {
      siret: row.identifiantDestinataire,
      name: row.designationDestinataire,
      service: row.codeServiceExecutant,
    },
    ...(identifiantMoe ? { projectManager: { siret: identifiantMoe, name: designationMoe } } : {}),
    number: row.numeroFacture,
    type: row.typeFacture === 'AVOIR' ? 'credit-note' : 'invoice',
    worksDocument: row.typeDemandePaiement === 'FACTURE_TRAVAUX',
    contract: row.numeroMarche,
    commitment: row.numeroEngagement,
    taxExclusive: row.montantHT,
    taxInclusive: row.montantTTC,
    due: row.montantAPayer,
    currency: row.devise,
    issueDate: row.dateFacture,
    deposited: row.dateDepot,
  };
}
