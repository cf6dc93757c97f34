import { parisDay } from '../chorus-pro/dates.ts';
import { type Outcome, type Refusal, meaningOfRefusal } from '../chorus-pro/outcome.ts';
import type { Inconclusive } from '../chorus-pro/try-credentials.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { frenchDate } from '../invoice/amounts.ts';
import { findings, places, type FindingCode, type StepVerdict } from './findings.ts';
import type { StepName } from './steps.ts';

/** A sentence for people, in both languages. */
export interface Sentence {
  fr: string;
  en: string;
}

export interface StepReport {
  step: StepName;
  /** Which API, SIRET or service, if a step occurs several times. */
  subject?: string;
  verdict: StepVerdict;
  /** Stable, for machines. */
  finding: FindingCode;
  said: Sentence;
  /** Where to fix it: which portal, which menu. */
  mend?: Sentence;
}

export interface ConnectionReport {
  connection: string;
  established: boolean;
  conclusion: Sentence;
  steps: StepReport[];
}

/** A finding and the parameters of its sentence. */
export interface Explanation {
  finding: FindingCode;
  parameters: Parameters;
}

export type Parameters = Record<string, string | number | Sentence>;

/** The longest quotation from Chorus Pro, in characters. */
const longestQuote = 300;

function fill(said: Sentence, parameters: Parameters): Sentence {
  const inOne = (language: keyof Sentence): string =>
    said[language].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = parameters[name] ?? placeholder;
      return String(typeof value === 'object' ? value[language] : value).slice(0, longestQuote);
    });
  return { fr: inOne('fr'), en: inOne('en') };
}

/** @param parameters for the sentences; the connection's name and environment are among them */
function stepReport(step: StepName, finding: FindingCode, parameters: Parameters, subject?: string): StepReport {
  const { verdict, fr, en, ...where } = { mend: undefined, ...findings[finding] };
  return {
    step,
    ...(subject === undefined ? {} : { subject }),
    verdict,
    finding,
    said: fill({ fr, en }, parameters),
    ...(where.mend ? { mend: fill(places[where.mend], parameters) } : {}),
  };
}

const conclusions = {
  established: { fr: 'Connexion avec Chorus Pro établie', en: 'Connection with Chorus Pro established' },
  broken: {
    fr: 'Connexion avec Chorus Pro non établie : {steps} à corriger',
    en: 'Connection with Chorus Pro not established: {steps} to fix',
  },
  undecided: {
    fr: 'Connexion avec Chorus Pro non établie : recommencez plus tard',
    en: 'Connection with Chorus Pro not established: try again later',
  },
} as const;

/** "0 jour", "2 jours"; "0 days", "1 day": French has the singular for zero, English the plural. */
export const counted = (count: number, { fr, en }: Sentence): Sentence => ({
  fr: `${count} ${fr}${Math.abs(count) < 2 ? '' : 's'}`,
  en: `${count} ${en}${count === 1 ? '' : 's'}`,
});

export const inDays: Sentence = { fr: 'jour', en: 'day' };

/** An instant as a day in Paris: in words for French people, ISO in English. */
export function dated(instant: Date): Sentence {
  const day = parisDay(instant);
  return { fr: frenchDate(day), en: day };
}

/** Nobody here can fix it: the platform is closed, or has no answer. */
const passesByItself = ({ finding }: StepReport): boolean => {
  const { mend } = { mend: undefined, ...findings[finding] };
  return mend === 'later';
};

/** Only failures count. A step that was not tried depends on one that failed, or its date is unknown. */
export function reportOf(connection: string, steps: StepReport[]): ConnectionReport {
  const failing = steps.filter(({ verdict }) => verdict === 'fails');
  const toFix = failing.filter((step) => !passesByItself(step)).length;
  const end = failing.length === 0 ? 'established' : toFix === 0 ? 'undecided' : 'broken';
  const conclusion = fill(conclusions[end], { steps: counted(toFix, { fr: 'étape', en: 'step' }) });
  return { connection, established: end === 'established', conclusion, steps };
}

export type Say = (step: StepName, finding: FindingCode, parameters?: Parameters, subject?: string) => StepReport;

/** PISTE lists each API twice: one row for each environment. */
const rows = { production: 'PROD', qualification: 'SANDBOX' } as const;

export function sayFor({ name, environment }: Pick<ConnectionSettings, 'name' | 'environment'>): Say {
  const always = { connection: name, environment, rows: rows[environment] };
  return (step, finding, parameters, subject) => stepReport(step, finding, { ...always, ...parameters }, subject);
}

const troubles: Partial<Record<Inconclusive, FindingCode>> = {
  'no-connection': 'unreachable',
  throttled: 'throttled',
  'no-time-left': 'no-time-left',
  'api-not-subscribed': 'api-not-subscribed',
};

export const troubleOf = (why: Inconclusive): FindingCode => troubles[why] ?? 'platform-down';

/** Why a step could not be completed. */
export function failureOf(outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): Explanation {
  if (outcome.kind === 'refused')
    return { finding: 'refused-otherwise', parameters: { said: quoteOf(outcome.refusal) } };
  return { finding: troubleOf(outcome.kind === 'not-done' ? outcome.reason : 'no-answer'), parameters: {} };
}

/** A refusal's meaning, followed by its own words, which Chorus Pro's support will ask for. */
export function quoteOf(refusal: Refusal): Sentence {
  const { fr, en } = meaningOfRefusal(refusal);
  const { code, message } = refusal;
  const cited = `${code} ${message}`;
  const whole = (meaning: string): string => (meaning === message ? cited : `${meaning} – ${cited}`);
  return { fr: whole(fr), en: whole(en) };
}
