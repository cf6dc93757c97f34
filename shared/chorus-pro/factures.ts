import * as z from 'zod';
import type { Deadline } from '../aws/deadline.ts';
import { readMoment } from './dates.ts';
import type { Outcome } from './outcome.ts';
import { fullPaging, pagedSchema, type Page, type Paging } from './paging.ts';
import type { Call, Operation } from './session.ts';
import type { SubmissionBody } from './submission.ts';

/** The API "Factures". Only the fields that we use are held to a type; the others may come and go. */

const depositPdf: Operation<{ pieceJointeId: number }> = {
  path: 'factures/v1/deposer/pdf',
  // A second upload leaves a draft behind and no second invoice.
  effect: 'repeatable',
  answer: z.looseObject({ pieceJointeId: z.int() }),
};

/** Uploads the PDF. @returns the id that the submission names as its main document */
export async function uploadPdf(
  call: Call,
  { name, bytes }: { name: string; bytes: Uint8Array },
  deadline: Deadline,
): Promise<Outcome<number>> {
  const body = {
    fichierFacture: Buffer.from(bytes).toString('base64'),
    nomFichier: name,
    formatDepot: 'PDF_NON_SIGNE',
  };
  const outcome = await call(depositPdf, body, deadline);
  return outcome.kind === 'accepted' ? { kind: 'accepted', value: outcome.value.pieceJointeId } : outcome;
}

const submit: Operation<{ identifiantFactureCPP: number; numeroFacture: string; statutFacture: string }> = {
  path: 'factures/v1/soumettre',
  effect: 'once',
  answer: z.looseObject({ identifiantFactureCPP: z.int(), numeroFacture: z.string(), statutFacture: z.string() }),
};

/** An invoice as Chorus Pro shows it to its supplier. */
export interface FoundInvoice {
  chorusProId: number;
  number: string;
  supplierSiret: string;
  status: string;
  /** Since when it has this status, where Chorus Pro says so. */
  at?: Date;
  /** The recipient's words on a rejection, a suspension, a recycling. */
  motive?: string;
  /** The number of the deposit it came by, on the flux route. */
  depositId?: string;
}

/** The one call that makes an invoice come into being. */
export async function submitInvoice(
  call: Call,
  body: SubmissionBody,
  deadline: Deadline,
): Promise<Outcome<Pick<FoundInvoice, 'chorusProId' | 'status'>>> {
  const outcome = await call(submit, body, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const { identifiantFactureCPP: chorusProId, statutFacture: status } = outcome.value;
  return { kind: 'accepted', value: { chorusProId, status } };
}

/** Nothing of a row is certain: one that is no whole invoice (a draft has no number) must not hide the others. */
const foundSchema = z.looseObject({
  identifiantFactureCPP: z.int().nullish(),
  numeroFacture: z.string().nullish(),
  codeFournisseur: z.string().nullish(),
  statut: z.string().nullish(),
  dateHeureEtatCourant: z.string().nullish(),
  commentaireEtatCourant: z.string().nullish(),
  numeroFluxDepot: z.string().nullish(),
});

const search: Operation<{
  listeFactures?: z.infer<typeof foundSchema>[] | null | undefined;
  parametresRetour?: z.infer<typeof pagedSchema>['parametresRetour'];
}> = {
  path: 'factures/v1/rechercher/fournisseur',
  effect: 'none',
  answer: pagedSchema.extend({ listeFactures: z.array(foundSchema).nullish() }),
};

/** One page of what a search finds; rows that are no whole invoice are left out. */
async function searchPage(
  call: Call,
  filters: object,
  page: number,
  deadline: Deadline,
  { size, ceiling }: Paging = fullPaging,
): Promise<Outcome<Page<FoundInvoice>>> {
  const rechercheFactureParFournisseur = {
    nbResultatsMaximum: ceiling,
    pageResultatDemandee: page,
    nbResultatsParPage: size,
    // Without an order, nothing says that a second page goes on where the first one ended. [V-AIFE Swagger: the column]
    triColonne: 'NumeroFacture',
    triSens: 'Ascendant',
  };
  const outcome = await call(search, { ...filters, rechercheFactureParFournisseur }, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const { listeFactures, parametresRetour } = outcome.value;
  const items = (listeFactures ?? []).flatMap((found): FoundInvoice[] => {
    const { identifiantFactureCPP, numeroFacture, codeFournisseur, statut, dateHeureEtatCourant } = found;
    const at = readMoment(dateHeureEtatCourant ?? '');
    if (!identifiantFactureCPP || !numeroFacture || !codeFournisseur || !statut) return [];
    const { commentaireEtatCourant: motive, numeroFluxDepot: depositId } = found;
    return [
      {
        chorusProId: identifiantFactureCPP,
        number: numeroFacture,
        supplierSiret: codeFournisseur,
        status: statut,
        ...(at ? { at } : {}),
        ...(motive ? { motive } : {}),
        ...(depositId ? { depositId } : {}),
      },
    ];
  });
  const { pages = 1, total } = parametresRetour ?? {};
  return { kind: 'accepted', value: { items, pages, ...(typeof total === 'number' ? { total } : {}) } };
}

export interface Period {
  from: Date;
  to: Date;
}

/** The invoices whose status changed in the period (both ends included), one page at a time. */
export const changedBetween = (
  call: Call,
  period: Period,
  page: number,
  deadline: Deadline,
  paging?: Paging,
): Promise<Outcome<Page<FoundInvoice>>> =>
  searchPage(
    call,
    {
      periodeDateHeureEtatCourantDu: period.from.toISOString(),
      periodeDateHeureEtatCourantAu: period.to.toISOString(),
    },
    page,
    deadline,
    paging,
  );

/** Every invoice of that number; the same number may come more than once (rejected, then sent again) [V-3P OMN]. */
export const withNumber = (
  call: Call,
  number: string,
  page: number,
  deadline: Deadline,
): Promise<Outcome<Page<FoundInvoice>>> => searchPage(call, { numeroFacture: number }, page, deadline);
