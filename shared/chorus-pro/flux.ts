import * as z from 'zod';
import type { DocumentFormat } from '../invoice/submit-command.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';

/** The flux route: a file that Chorus Pro reads itself, later, and reports on. */

/** `syntaxeFlux` by format. [V-LIVE OCA, INV] for Factur-X, [V-AIFE] for the others; PDF has no syntax, it is no flux. */
export const fluxSyntaxes: Readonly<Record<Exclude<DocumentFormat, 'pdf'>, string>> = {
  'factur-x': 'IN_DP_E2_CII_FACTURX',
  cii: 'IN_DP_E1_CII_16B',
  ubl: 'IN_DP_E1_UBL_INVOICE',
};

const depositFile: Operation<{ numeroFluxDepot: string }> = {
  path: 'factures/v1/deposer/flux',
  // A second deposit gets a second number, and its duplicate is found out only later, if at all.
  effect: 'once',
  answer: z.looseObject({ numeroFluxDepot: z.string().min(1) }),
};

/** @returns the deposit's number; the invoice itself comes into being later */
export async function depositFlux(
  call: Call,
  file: { name: string; bytes: Uint8Array; syntax: string },
  deadline: Deadline,
): Promise<Outcome<string>> {
  const body = {
    fichierFlux: Buffer.from(file.bytes).toString('base64'),
    nomFichier: file.name,
    syntaxeFlux: file.syntax,
    avecSignature: false,
  };
  const outcome = await call(depositFile, body, deadline);
  return outcome.kind === 'accepted' ? { kind: 'accepted', value: outcome.value.numeroFluxDepot } : outcome;
}

/** What the state of a deposit means. */
type FluxMeaning = 'pending' | 'integrated' | 'partial' | 'rejected' | 'incident' | 'unknown';

/** [V-LIVE, COM, V-3P] as marked in the fact file, §3.4. A value that is not here must surface: it is no success and no wait. */
const fluxStates: Readonly<Record<string, FluxMeaning>> = {
  IN_RECU: 'pending',
  IN_TRAITE_SE_CPP: 'pending',
  IN_EN_ATTENTE_TRAITEMENT_CPP: 'pending',
  IN_EN_COURS_TRAITEMENT_CPP: 'pending',
  IN_DEPOT_PORTAIL_EN_ATTENTE_TRAITEMENT_SE_CPP: 'pending',
  IN_EN_ATTENTE_RETRAITEMENT_CPP: 'pending',
  QP_RECEVABLE: 'pending',
  QP_RECEVABLE_AVEC_ERREUR: 'pending',
  IN_INTEGRE: 'integrated',
  IN_INTEGRE_PARTIEL: 'partial',
  IN_REJETE: 'rejected',
  QP_IRRECEVABLE: 'rejected',
  IN_INCIDENTE: 'incident',
};

const errorSchema = z.looseObject({ numeroDP: z.string().nullish(), libelleErreurDP: z.string().nullish() });
const faultSchema = z.looseObject({ codeErreur: z.string().nullish(), libelleErreur: z.string().nullish() });
/** AIFE's own sample shows a single object where there is a list. */
const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.union([z.array(schema), schema.transform((single) => [single])]).nullish();

const reportSchema = z.looseObject({
  etatCourantDepotFlux: z.string(),
  listeErreurDP: oneOrMany(errorSchema),
  listeErreurTechnique: oneOrMany(faultSchema),
});

const readReport: Operation<z.infer<typeof reportSchema>> = {
  path: 'transverses/v1/consulterCRDetaille',
  effect: 'none',
  answer: reportSchema,
};

export interface FluxReport {
  /** For the one invoice asked for: a file taken in part has taken it or has not. */
  meaning: Exclude<FluxMeaning, 'partial'>;
  /** As Chorus Pro spells it. */
  state: string;
  /** What it says against the invoice of that number, and against the file as a whole. */
  faults: string[];
}

/** Right after a deposit Chorus Pro may not know it yet: that refusal is a report still pending. [V-3P] */
const notKnownYet = { code: 20001, message: 'POQ_MSG_01.003' };

export async function fluxReport(
  call: Call,
  deposit: { depositId: string; number: string },
  deadline: Deadline,
): Promise<Outcome<FluxReport>> {
  const outcome = await call(readReport, { numeroFluxDepot: deposit.depositId }, deadline);
  if (outcome.kind === 'refused' && outcome.refusal.code === notKnownYet.code)
    return outcome.refusal.message.includes(notKnownYet.message)
      ? { kind: 'accepted', value: { meaning: 'pending', state: 'unknown yet', faults: [] } }
      : outcome;
  if (outcome.kind !== 'accepted') return outcome;
  const { etatCourantDepotFlux: state, listeErreurDP, listeErreurTechnique } = outcome.value;
  const own = (listeErreurDP ?? []).filter(({ numeroDP }) => !numeroDP || numeroDP === deposit.number);
  const faults = [
    ...own.map(({ libelleErreurDP }) => libelleErreurDP ?? 'sans motif'),
    ...(listeErreurTechnique ?? []).map(({ codeErreur, libelleErreur }) =>
      `${codeErreur ?? ''} ${libelleErreur ?? ''}`.trim(),
    ),
  ];
  const meaning = (Object.hasOwn(fluxStates, state) ? fluxStates[state] : undefined) ?? 'unknown';
  const partly = own.length > 0 ? 'rejected' : 'integrated';
  const ours = meaning === 'partial' ? partly : meaning;
  return { kind: 'accepted', value: { meaning: ours, state, faults } };
}
