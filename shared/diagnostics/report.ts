import { findings, type FindingCode, type Verdict } from './findings.ts';
import { places } from './places.ts';
import type { StepName } from './steps.ts';

/** For a person, in both languages. */
export interface Said {
  fr: string;
  en: string;
}

export interface Checked {
  step: StepName;
  /** Of several of a kind: which API, which SIRET, which service. */
  subject?: string;
  verdict: Verdict;
  /** Stable, for machines. */
  finding: FindingCode;
  said: Said;
  /** Which portal, which menu. */
  mend?: Said;
}

export interface ConnectionCheck {
  connection: string;
  established: boolean;
  conclusion: Said;
  steps: Checked[];
}

export type Parameters = Record<string, string | number | Said>;

/** What Chorus Pro says is quoted so far. */
const longest = 300;

function fill(said: Said, parameters: Parameters): Said {
  const inOne = (language: keyof Said): string =>
    said[language].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = parameters[name] ?? placeholder;
      return String(typeof value === 'object' ? value[language] : value).slice(0, longest);
    });
  return { fr: inOne('fr'), en: inOne('en') };
}

/** @param parameters what fills the sentences; the connection's name and environment among them */
export function checked(step: StepName, finding: FindingCode, parameters: Parameters, subject?: string): Checked {
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
    fr: 'Connexion avec Chorus Pro non établie : {count} étape(s) à corriger',
    en: 'Connection with Chorus Pro not established: {count} step(s) to mend',
  },
} as const;

/** A step is skipped for another that fails, or because it only reminds of a date that nobody knows: neither decides here. */
export function concluded(connection: string, steps: Checked[]): ConnectionCheck {
  const count = steps.filter(({ verdict }) => verdict === 'fails').length;
  const established = count === 0;
  const conclusion = fill(conclusions[established ? 'established' : 'broken'], { count });
  return { connection, established, conclusion, steps };
}
