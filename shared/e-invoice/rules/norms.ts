import { rulesOf, type Rule } from './rule.ts';

/** The norms that most rules come from, and which of their rules were seen at work. */

interface Norm {
  source: string;
  /** Whose artefacts judge files by it. */
  artefacts: string;
  /** The artefacts named these for a file that breaks them. All others are from memory. */
  seen: ReadonlySet<string>;
}

const ids = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

export const en16931: Norm = {
  source: 'EN 16931-1:2017',
  artefacts: 'CEN’s artefacts 1.3.16',
  seen: ids(`
    BR-04 BR-07 BR-09 BR-21 BR-25 BR-47 BR-48 BR-49 BR-AE-02 BR-AE-05 BR-AE-09 BR-CL-04 BR-CL-08 BR-CL-14 BR-CL-16
    BR-CL-18 BR-CO-04 BR-CO-09 BR-CO-10 BR-CO-13 BR-CO-14 BR-CO-15 BR-CO-16 BR-CO-17 BR-DEC-09 BR-DEC-12 BR-DEC-13
    BR-DEC-14 BR-DEC-18 BR-DEC-19 BR-DEC-20 BR-DEC-23 BR-S-08 BR-S-09 CII-DT-097`),
};

export const reform: Norm = {
  source: 'XP Z12-012 v1.4',
  artefacts: 'FNFE’s artefacts 1.4.0',
  seen: ids(`
    BR-FR-05 BR-FR-08 BR-FR-09 BR-FR-10 BR-FR-12 BR-FR-13 BR-FR-15 BR-FR-16 BR-FR-32 BR-FR-CO-05 BR-FR-CO-12
    BR-FR-DEC-01`),
};

/** Makes the rules of a norm, each with what is known of it. */
export const rulesOfNorm =
  ({ source, artefacts, seen }: Norm, levels: Rule['levels']): ReturnType<typeof rulesOf> =>
  (id, ...rule) => {
    const known = seen.has(id)
      ? ({ source: `${source}, as ${artefacts} have it`, mark: 'V-3P' } as const)
      : ({ source, mark: 'R' } as const);
    return rulesOf({ ...known, levels })(id, ...rule);
  };
