import Big from 'big.js';
import * as z from 'zod';
import type { Fact } from '../facts/fact.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import type { RequestOf } from './requests.ts';
import { allPages, foundOf, type FoundInvoice, fullPaging, type Page, pagedSchema, type Period } from './search.ts';

/** Searches the two lists that have works documents. readings.ts says which list is read where. */

/** Facts about these lists. */
export const worksFacts = {
  paymentRequests: {
    value: 'one answer without pages; `total` says how many rows there are, so a shorter answer is cut off',
    mark: 'V-AIFE',
    source: 'SWF has no paging for it, and says that it does not work in qualification; its ceiling is unknown',
    toTry: {
      order: 47,
      what: 'in production, read only: how many rows rechercher/demandePaiement shows at most, and whether `total` counts all',
      command:
        'aws lambda invoke --function-name chorus-relay-production-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>"}\' poll.json',
    },
  },
  othersDocuments: {
    value:
      'with the role FOURNISSEUR both lists show what the project manager and the works owner deposit in one’s file',
    mark: 'INF',
    source: 'SWF has their frameworks and the file’s number among the filters; no source says what a supplier may see',
    toTry: {
      order: 48,
      what: 'whether an état d’acompte of the project manager is in the list, and whether consulter/fournisseur shows it',
      command:
        'aws lambda invoke --function-name chorus-relay-qualification-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>"}\' poll.json',
    },
  },
  paidByAnother: {
    value: 'of a billing file the last document is paid; the draft that it answers stays as it is',
    mark: 'INF',
    source:
      'the supplier’s draft becomes ASSOCIEE when it is answered; no source says which documents get MISE_EN_PAIEMENT',
    toTry: {
      order: 52,
      what: 'which documents of a paid billing file get MISE_EN_PAIEMENT',
      command:
        'aws lambda invoke --function-name chorus-relay-production-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>"}\' poll.json',
    },
  },
  worksSpace: {
    value: 'Factures de travaux',
    mark: 'INF',
    source: 'SWS has the operation and no names; the portal’s menu has this one',
    toTry: {
      order: 53,
      what: 'the name of the works space in structures/rechercher/espaces, and whether answers need MODIFICATION',
      command: 'npx relay check <name>',
    },
  },
} as const satisfies Record<string, Fact<unknown>>;

/** Ids and amounts come as numbers, or as texts. [V-3P PAS] */
const id = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullish();
const amount = z.union([z.number(), z.string()]).nullish().catch(undefined);
const text = z.string().nullish();

/** Every field may be missing: one incomplete row must not hide the others. */
const requestSchema = z.looseObject({
  idDemandePaiement: id,
  numeroDemandePaiement: text,
  typeDemandePaiement: text,
  cadreFacturation: text,
  etatCourant: text,
  dateHeureEtatCourant: text,
  commentaireEtatCourant: text,
  dateFournisseur: text,
  montantHT: amount,
  montantTTC: amount,
  montantAPayer: amount,
  numeroMarche: text,
  idDossierFacturation: id,
  numeroDossierFacturation: text,
  identifiantStructureFournisseur: text,
  identifiantStructureDestinataire: text,
  nombreResultatTotal: id,
});
export const paymentRequestsSchema = z.looseObject({
  listeDemandePaiement: z.array(requestSchema).nullish(),
  total: id,
});

const documentSchema = z.looseObject({
  idFactureTravaux: id,
  numeroFactureTravaux: text,
  statutFactureTravaux: text,
  dateHeureEtatCourant: text,
  dateFactureTravaux: text,
  montantHT: amount,
  montantTTC: amount,
  montantAPayer: amount,
  identifiantFournisseur: text,
  identifiantDestinataire: text,
});
/** AIFE's sample has the first list, a client of PISTE the second [V-3P PAS]. */
export const worksDocumentsSchema = pagedSchema.extend({
  listeFacturesTravaux: z.array(documentSchema).nullish(),
  listeFactures: z.array(documentSchema).nullish(),
});

export const worksSearchOf = (call: BoundCall) => ({
  /** Invoices and works documents whose status changed in the period: one page, which may be cut off. */
  paymentRequestsChangedBetween: (period: Period): Promise<Outcome<Page<FoundInvoice>>> =>
    paymentRequests(call, changedIn(period)),

  /** A supplier's documents of both families with this number. A list that is cut off proves nothing. */
  async paymentRequestsWithNumber(number: string, supplier: string): Promise<Outcome<FoundInvoice[]>> {
    const outcome = await paymentRequests(call, {
      numeroFacture: number,
      structureFournisseur: {
        typeIdentifiantStructureFournisseur: 'SIRET',
        identifiantStructureFournisseur: supplier,
      },
    });
    if (outcome.kind === 'accepted' && outcome.value.isCut)
      return { kind: 'unknown', why: 'the list of payment requests with one number is cut off' };
    return mapAccepted(outcome, ({ items }) => items);
  },

  /** One page of the works documents whose status changed in the period, both ends included. */
  worksDocumentsChangedBetween: (
    period: Period,
    page: number,
    paging = fullPaging,
  ): Promise<Outcome<Page<FoundInvoice>>> => worksDocuments(call, changedIn(period), page, paging.size),

  worksDocumentsWithNumber: (number: string): Promise<Outcome<FoundInvoice[]>> =>
    allPages((page) => worksDocuments(call, { numeroFactureTravaux: number }, page, fullPaging.size)),
});

const changedIn = ({ from, to }: Period) => ({
  periodeDateHeureEtatCourantDu: from.toISOString(),
  periodeDateHeureEtatCourantAu: to.toISOString(),
});

/** @property isCut if there are more rows than came, or if nothing says that there are not */
async function paymentRequests(
  call: BoundCall,
  filters: Omit<RequestOf<'factures/v1/rechercher/demandePaiement'>, 'roleUtilisateur'>,
): Promise<Outcome<Page<FoundInvoice>>> {
  const body = { roleUtilisateur: 'FOURNISSEUR', ...filters } as const;
  const outcome = await call('factures/v1/rechercher/demandePaiement', body, paymentRequestsSchema);
  return mapAccepted(outcome, ({ listeDemandePaiement, total: told }) => {
    const rows = listeDemandePaiement ?? [];
    const total = told ?? rows[0]?.nombreResultatTotal ?? (rows.length === 0 ? 0 : Infinity);
    return { items: rows.flatMap(ofRequest), pages: 1, ...(total > rows.length ? { isCut: true as const } : {}) };
  });
}

async function worksDocuments(
  call: BoundCall,
  filters: Omit<RequestOf<'facturesTravaux/v1/rechercher'>, 'roleUtilisateur' | 'rechercheFactureTravaux'>,
  page: number,
  size: number,
): Promise<Outcome<Page<FoundInvoice>>> {
  const rechercheFactureTravaux = { pageResultatDemandee: page, nbResultatsParPage: size };
  const body = { roleUtilisateur: 'FOURNISSEUR', ...filters, rechercheFactureTravaux } as const;
  const outcome = await call('facturesTravaux/v1/rechercher', body, worksDocumentsSchema);
  return mapAccepted(outcome, ({ listeFacturesTravaux, listeFactures, parametresRetour }) => {
    const { pages = 1, total } = parametresRetour ?? {};
    const items = [...(listeFacturesTravaux ?? []), ...(listeFactures ?? [])].flatMap(ofDocument);
    return { items, pages, ...(typeof total === 'number' ? { total } : {}) };
  });
}

/** The bare code of a framework, as files have it: "A15" of A15_ETAT_ACOMPTE_MOE. */
export const frameworkOf = (value: string | null | undefined): string | undefined =>
  /^(A\d+)(?:_|$)/.exec(value ?? '')?.[1];

function ofRequest(row: z.infer<typeof requestSchema>): FoundInvoice[] {
  const isWorks = row.typeDemandePaiement === 'FACTURE_TRAVAUX';
  const [found] = foundOf({
    ...{ chorusProId: row.idDemandePaiement, number: row.numeroDemandePaiement, status: row.etatCourant },
    ...{ supplierSiret: row.identifiantStructureFournisseur, issued: row.dateFournisseur },
    ...{ changed: row.dateHeureEtatCourant, motive: row.commentaireEtatCourant },
  });
  if (!found) return [];
  const works = {
    framework: frameworkOf(row.cadreFacturation),
    billingFile: { id: row.idDossierFacturation ?? undefined, number: row.numeroDossierFacturation ?? undefined },
    recipientSiret: row.identifiantStructureDestinataire ?? undefined,
    contract: row.numeroMarche ?? undefined,
    amounts: amountsOf(row),
  };
  return [{ ...found, hidesDeposit: true, ...(isWorks ? { works } : {}) }];
}

function ofDocument(row: z.infer<typeof documentSchema>): FoundInvoice[] {
  const [found] = foundOf({
    ...{ chorusProId: row.idFactureTravaux, number: row.numeroFactureTravaux, status: row.statutFactureTravaux },
    ...{ supplierSiret: row.identifiantFournisseur, issued: row.dateFactureTravaux },
    changed: row.dateHeureEtatCourant,
  });
  const works = { recipientSiret: row.identifiantDestinataire ?? undefined, amounts: amountsOf(row) };
  return found ? [{ ...found, hidesDeposit: true, works }] : [];
}

type Amount = z.infer<typeof amount>;

const amountsOf = (row: { montantHT?: Amount; montantTTC?: Amount; montantAPayer?: Amount }) => ({
  taxExclusive: decimal(row.montantHT),
  taxInclusive: decimal(row.montantTTC),
  due: decimal(row.montantAPayer),
});

/** An amount that is none is left out: it must not hide the document. */
export function decimal(given: Amount): string | undefined {
  if (given === undefined || given === null || !/^-?\d+([.,]\d+)?$/.test(String(given))) return undefined;
  return Big(String(given).replace(',', '.')).toFixed(2);
}
