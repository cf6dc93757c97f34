import type { Mark } from '../facts/fact.ts';
import type { Party } from './parties.ts';

/**
 * The documents of a works contract, in the order of its billing file: who deposits each, what it may answer, and who
 * must look at it first. The codes and their names are AIFE's (SWF); `mark` and `source` are about the rest of the row.
 */

export const kinds = {
  'monthly-draft': { fr: 'projet de décompte mensuel', en: 'monthly draft' },
  'instalment-statement': { fr: 'état d’acompte', en: 'instalment statement' },
  'validated-instalment-statement': { fr: 'état d’acompte validé', en: 'validated instalment statement' },
  'final-draft': { fr: 'projet de décompte final', en: 'final draft' },
  'draft-general-statement': { fr: 'projet de décompte général', en: 'draft general statement' },
  'general-statement': { fr: 'décompte général', en: 'general statement' },
  'general-final-statement': { fr: 'décompte général et définitif', en: 'general final statement' },
  'tacit-draft': { fr: 'projet de décompte général, procédure tacite', en: 'tacit draft' },
  'tacit-general-statement': { fr: 'décompte général et définitif tacite', en: 'tacit general statement' },
} as const satisfies Record<string, { fr: string; en: string }>;

export type Kind = keyof typeof kinds;

type Depositor = Exclude<Party, 'lead' | 'recipient'>;

export interface WorksDocument {
  kind: Kind;
  /** Who deposits it. */
  by: Depositor;
  /** Which documents of the file it may answer. Empty: it opens a month, or the final account. */
  answers: readonly string[];
  /**
   * Who looks at it first, and stands in the one party block that a file has for this. Absent: it goes to the
   * recipient.
   */
  first?: Extract<Party, 'project-manager' | 'main-contractor' | 'lead' | 'works-owner'>;
  mark: Mark;
  source: string;
}

const inExamples = { mark: 'V-AIFE', source: 'EX16 has such a document, with this party in it' } as const;
const byName = { mark: 'INF', source: 'the names of the codes; no source says what answers what' } as const;
const tacit = { mark: 'INF', source: 'EX16 has an A22 without such a party; the rest from the names' } as const;

export const worksDocuments = {
  A4: { kind: 'monthly-draft', by: 'main-contractor', answers: [], first: 'project-manager', ...inExamples },
  A10: { kind: 'monthly-draft', by: 'subcontractor', answers: [], first: 'main-contractor', ...inExamples },
  A13: { kind: 'monthly-draft', by: 'co-contractor', answers: [], first: 'lead', ...inExamples },
  A5: { kind: 'instalment-statement', by: 'main-contractor', answers: ['A4', 'A10', 'A13'], ...byName },
  A15: {
    ...{ kind: 'instalment-statement', by: 'project-manager', answers: ['A4', 'A10', 'A13'] },
    ...{ first: 'works-owner', ...byName },
  },
  A6: { kind: 'validated-instalment-statement', by: 'main-contractor', answers: ['A5', 'A15'], ...byName },
  A16: { kind: 'validated-instalment-statement', by: 'project-manager', answers: ['A5', 'A15'], ...byName },
  A19: { kind: 'validated-instalment-statement', by: 'works-owner', answers: ['A5', 'A15'], ...byName },
  A7: { kind: 'final-draft', by: 'main-contractor', answers: [], first: 'project-manager', ...inExamples },
  A11: { kind: 'final-draft', by: 'subcontractor', answers: [], first: 'main-contractor', ...byName },
  A14: { kind: 'final-draft', by: 'co-contractor', answers: [], first: 'lead', ...inExamples },
  A17: {
    ...{ kind: 'draft-general-statement', by: 'project-manager', answers: ['A7', 'A11', 'A14'] },
    ...{ first: 'works-owner', ...byName },
  },
  A18: { kind: 'general-statement', by: 'project-manager', answers: ['A17'], first: 'main-contractor', ...byName },
  A20: { kind: 'general-statement', by: 'works-owner', answers: ['A17'], first: 'main-contractor', ...byName },
  A8: { kind: 'general-final-statement', by: 'main-contractor', answers: ['A18', 'A20'], ...byName },
  A22: { kind: 'tacit-draft', by: 'main-contractor', answers: ['A7', 'A14'], ...tacit },
  A23: { kind: 'tacit-general-statement', by: 'main-contractor', answers: ['A22'], ...byName },
  A24: { kind: 'tacit-general-statement', by: 'project-manager', answers: ['A22'], ...byName },
  A25: {
    ...{ kind: 'tacit-general-statement', by: 'works-owner', answers: ['A22'], mark: 'INF' },
    source: 'the Swagger names the project manager, GOBL the works owner: A24 is the project manager’s already',
  },
} as const satisfies Record<string, WorksDocument>;

export type WorksFramework = keyof typeof worksDocuments;

export const isWorksFramework = (framework: string): framework is WorksFramework =>
  Object.hasOwn(worksDocuments, framework);

/** @returns the row of a framework, or undefined if it is not one of a works contract */
export const worksDocumentOf = (framework: string): WorksDocument | undefined =>
  isWorksFramework(framework) ? worksDocuments[framework] : undefined;

/** The documents of the tacit procedure, which begins where nobody has answered in time. */
export const isTacit = (framework: WorksFramework): boolean => worksDocuments[framework].kind.startsWith('tacit-');

/** Which documents may answer this one. */
export const answersTo = (framework: WorksFramework): WorksFramework[] =>
  Object.entries<WorksDocument>(worksDocuments).flatMap(([code, { answers }]) =>
    isWorksFramework(code) && answers.includes(framework) ? [code] : [],
  );
