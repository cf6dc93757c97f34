import * as z from 'zod';
import type { SentAs } from '../invoice/submit-command.ts';
import { sendToTry, type Fact, type Mark } from '../facts/fact.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome, type Refusal } from './outcome.ts';

/** The flux route: Chorus Pro reads the deposited file itself, later, and reports on it. */

export type AsFlux = Exclude<SentAs, 'pdf'>;

/** `syntaxeFlux` by kind of document. A plain PDF has none: it is not a flux. */
export const fluxSyntaxes = {
  'factur-x': { value: 'IN_DP_E2_CII_FACTURX', mark: 'V-AIFE', source: 'SWF; V-LIVE OCA, INV' },
  cii: { value: 'IN_DP_E1_CII_16B', mark: 'V-AIFE', source: 'SWF' },
  'cii-with-pdf': {
    value: 'IN_DP_E2_CII_MIN_16B',
    mark: 'V-AIFE',
    source:
      'SWF; AIFE’s examples FSO1116A are such files (its own list of them says IN_DP_E2_CII_16B, which SWF lacks)',
    toTry: {
      order: 30,
      what: 'whether deposer/flux takes a whole CII with a PDF in it as IN_DP_E2_CII_MIN_16B',
      command: sendToTry('e-invoice-cii-with-pdf.json'),
    },
  },
  ubl: { value: 'IN_DP_E1_UBL_INVOICE', mark: 'V-AIFE', source: 'SWF' },
} as const satisfies Record<AsFlux, Fact<string>>;

/** What the state of a deposit means. */
type FluxMeaning = 'pending' | 'integrated' | 'partial' | 'rejected' | 'incident' | 'unknown';

interface FluxState {
  meaning: FluxMeaning;
  mark: Mark;
  source: string;
}

const told = { mark: 'COM', source: 'AIFE’s community pages' } as const;
const live = { mark: 'V-LIVE', source: 'clients’ reports' } as const;
const read = { mark: 'V-3P', source: 'clients that read it' } as const;

/** A state that is not in the table raises an alarm: it is neither a success nor a reason to wait in silence. */
export const fluxStates = {
  IN_RECU: { meaning: 'pending', ...told },
  IN_TRAITE_SE_CPP: { meaning: 'pending', ...told },
  IN_EN_ATTENTE_TRAITEMENT_CPP: { meaning: 'pending', ...told },
  IN_EN_COURS_TRAITEMENT_CPP: { meaning: 'pending', ...told },
  IN_DEPOT_PORTAIL_EN_ATTENTE_TRAITEMENT_SE_CPP: { meaning: 'pending', ...live },
  IN_EN_ATTENTE_RETRAITEMENT_CPP: { meaning: 'pending', ...live },
  QP_RECEVABLE: { meaning: 'pending', ...read },
  QP_RECEVABLE_AVEC_ERREUR: { meaning: 'pending', ...read },
  IN_INTEGRE: { meaning: 'integrated', mark: 'V-LIVE', source: 'INV' },
  IN_INTEGRE_PARTIEL: { meaning: 'partial', ...told },
  IN_REJETE: { meaning: 'rejected', ...read },
  QP_IRRECEVABLE: { meaning: 'rejected', ...read },
  IN_INCIDENTE: { meaning: 'incident', ...told },
} as const satisfies Record<string, FluxState>;

export const isFluxState = (state: string): state is keyof typeof fluxStates => Object.hasOwn(fluxStates, state);

const errorSchema = z.looseObject({ numeroDP: z.string().nullish(), libelleErreurDP: z.string().nullish() });
const faultSchema = z.looseObject({ codeErreur: z.string().nullish(), libelleErreur: z.string().nullish() });
/** AIFE's own sample shows a single object where there is a list. */
const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.union([z.array(schema), schema.transform((single) => [single])]).nullish();

export const reportSchema = z.looseObject({
  etatCourantDepotFlux: z.string(),
  listeErreurDP: oneOrMany(errorSchema),
  listeErreurTechnique: oneOrMany(faultSchema),
});

export const depositSchema = z.looseObject({ numeroFluxDepot: z.string().min(1) });

export interface FluxReport {
  /** `partial`: something was rejected, under another number. A file has one invoice: it may be the one in question. */
  meaning: FluxMeaning;
  /** As Chorus Pro spells it. */
  state: string;
  /** What is wrong with the file and its invoice, whatever number that stands under. */
  faults: string[];
}

interface Deposit {
  name: string;
  bytes: Uint8Array;
  sentAs: AsFlux;
  /** Of a works document: works-syntax.ts. If absent: that of an invoice. */
  syntax?: string | undefined;
}

export const fluxOf = (call: BoundCall) => ({
  /** @returns the deposit's number; Chorus Pro creates the invoice later */
  async depositFile(file: Deposit): Promise<Outcome<string>> {
    const body = {
      fichierFlux: Buffer.from(file.bytes).toString('base64'),
      nomFichier: file.name,
      syntaxeFlux: file.syntax ?? fluxSyntaxes[file.sentAs].value,
      avecSignature: false,
    } as const;
    const outcome = await call('factures/v1/deposer/flux', body, depositSchema);
    return mapAccepted(outcome, ({ numeroFluxDepot }) => numeroFluxDepot);
  },

  /** What happened to the invoice with this number in a deposited file. */
  async depositReport({ depositId, number }: { depositId: string; number: string }): Promise<Outcome<FluxReport>> {
    const body = { numeroFluxDepot: depositId };
    const outcome = await call('transverses/v1/consulterCRDetaille', body, reportSchema);
    if (outcome.kind === 'refused' && isNotKnownYet(outcome.refusal))
      return { kind: 'accepted', value: { meaning: 'pending', state: 'unknown yet', faults: [] } };
    return mapAccepted(outcome, (report) => readReport(report, number));
  },
});

const { code: unknownCode, message: unknownMessage } = chorusProFacts.reportNotKnownYet.value;

const isNotKnownYet = ({ code, message }: Refusal): boolean => code === unknownCode && message.includes(unknownMessage);

function readReport(report: z.infer<typeof reportSchema>, number: string): FluxReport {
  const { etatCourantDepotFlux: state, listeErreurDP, listeErreurTechnique } = report;
  const meaning = isFluxState(state) ? fluxStates[state].meaning : 'unknown';
  const errors = listeErreurDP ?? [];
  const isNamed = errors.some(({ numeroDP }) => !numeroDP || numeroDP === number);
  const faults = [
    ...errors.map(({ libelleErreurDP }) => libelleErreurDP ?? 'sans motif'),
    ...(listeErreurTechnique ?? []).map(({ codeErreur, libelleErreur }) =>
      `${codeErreur ?? ''} ${libelleErreur ?? ''}`.trim(),
    ),
  ];
  const partly = errors.length === 0 ? 'integrated' : isNamed ? 'rejected' : 'partial';
  return { meaning: meaning === 'partial' ? partly : meaning, state, faults };
}
