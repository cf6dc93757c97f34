/** What a test may choose about the simulator, and the limits that Chorus Pro sets. */
import type { FluxState, FluxSyntax } from './enumerations.ts';

export interface FluxInvoice {
  number: string;
  supplierSiret: string;
  recipientSiret: string;
  serviceCode?: string | undefined;
  commitment?: string | undefined;
  market?: string | undefined;
  validatorSiret?: string | undefined;
  /** The bare code, A1 by default. */
  frame?: string | undefined;
  type?: 'FACTURE' | 'AVOIR' | undefined;
  /** YYYY-MM-DD */
  date?: string | undefined;
  currency?: string | undefined;
  paymentMeans?: string | undefined;
  /** The amount with VAT; the other amounts where the invoice has them. */
  total: number;
  net?: number | undefined;
  vat?: number | undefined;
  due?: number | undefined;
}

/** A fault makes the whole flux IN_REJETE with a technical error such as ERR_XSD_001 [V-LIVE]. */
export type FluxContent = { invoices: FluxInvoice[] } | { fault: { code: string; message: string } };

interface FluxDeposit {
  number: string;
  name: string;
  syntax: FluxSyntax;
  at: number;
}

/** What is not known about Chorus Pro, or what a test wants to choose. */
export interface ModelOptions {
  /** Refusals were seen on 200 and on 400 [V-3P]; 'both' alternates. */
  errorStatus: 200 | 400 | 'both';
  /** How Chorus Pro refuses a duplicate is unverified: exactly-once must hold with this off. */
  duplicateCheck: 'synchronous' | 'off';
  /** AIFE's page is reported to say: unique for a supplier and the year of creation [COM]. Stricter by default. */
  numbersServe: 'once' | 'once-a-year';
  /** The words of typeValideur for the first and the second validator: no source has them [INF]. */
  validatorTypes: readonly [first: string, second: string];
  /** How a second answer to one request ends: "no answer is given twice" must hold with it taken. */
  answersTwice: 'refused' | 'taken';
  /** How long an accepted request shows that it was, before it goes on. */
  validatedForMs: number;
  /** Whether a rejected invoice's number may serve again: unclear in the public sources. */
  reuseAfterRejection: boolean;
  /** How long rechercher/fournisseur keeps showing the past: an invoice, or its new status. */
  searchLagMs: number;
  /** From the deposit of a flux to its final state. */
  fluxProcessingMs: number;
  /** How long consulterCRDetaille does not know a flux yet (POQ_MSG_01.003). */
  fluxUnknownMs: number;
  /** How a flux ends, whatever it contains: IN_INCIDENTE, IN_REJETE, QP_IRRECEVABLE … */
  fluxOutcome: (flux: FluxDeposit) => FluxState | undefined;
  /** After an incident, how much later Chorus Pro works on the file after all; undefined: never. */
  incidentResolvesAfterMs: number | undefined;
  tokenLifetimeSeconds: number;
  /** Whether this is the qualification platform, where rechercher/demandePaiement does not work [V-AIFE]. */
  qualification: boolean;
  /** The most rows of one answer of rechercher/demandePaiement, which has no pages: unknown [INF]. */
  paymentRequestCeiling: number;
  /** How facturesTravaux/rechercher names its list: AIFE's page has the one, a client of PISTE the other. */
  worksListName: 'listeFacturesTravaux' | 'listeFactures';
  /** Whether recuperer/syntaxeflux offers E4 and E5; works are then refused elsewhere. */
  worksSyntaxes: boolean;
  /** Whether rechercher/fournisseur shows works documents: untried. */
  worksAmongInvoices: boolean;
  /** Which documents of a billing file become MISE_EN_PAIEMENT: unknown [INF]. */
  worksPayment: 'last-document' | 'whole-file';
}

export const DEFAULT_OPTIONS: ModelOptions = {
  errorStatus: 'both',
  duplicateCheck: 'synchronous',
  numbersServe: 'once',
  reuseAfterRejection: false,
  validatorTypes: ['VALIDEUR_1', 'VALIDEUR_2'],
  answersTwice: 'refused',
  validatedForMs: 3_600_000,
  searchLagMs: 0,
  fluxProcessingMs: 5 * 60_000,
  fluxUnknownMs: 0,
  fluxOutcome: () => undefined,
  incidentResolvesAfterMs: undefined,
  tokenLifetimeSeconds: 3600,
  qualification: false,
  paymentRequestCeiling: 200,
  worksListName: 'listeFacturesTravaux',
  worksSyntaxes: false,
  worksAmongInvoices: false,
  worksPayment: 'last-document',
};

/** AIFE's "10 Mo" read strictly: what passes here also passes if they meant mebibytes [INF]. */
const MEGABYTE = 1_000_000;

export const LIMITS = {
  /** deposer/pdf → 413 [V-AIFE]; ajouter/fichier → 20003 [V-3P]; one file of a flux → GDP_MSG_11.022 [V-3P]. */
  file: 10 * MEGABYTE,
  /** A compressed archive in deposer/flux [V-3P]. */
  archive: 30 * MEGABYTE,
  /** telecharger/groupe → 413 [V-AIFE]. */
  download: 120 * MEGABYTE,
} as const;
