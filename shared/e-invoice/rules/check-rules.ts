/** Holds an e-invoice against the rules of a profile. */
import type { Profile } from '../../invoice/submit-command.ts';
import type { EInvoice } from '../read-e-invoice.ts';
import { arithmeticRules } from './arithmetic.ts';
import { chorusProRules } from './chorus-pro.ts';
import { codeRules } from './codes.ts';
import { frenchLimits } from './french-limits.ts';
import { frenchRules } from './french.ts';
import { presenceRules } from './presence.ts';
import type { Level, Place, Rule } from './rule.ts';
import { vatCategoryRules } from './vat-categories.ts';

export const rules: readonly Rule[] = [
  ...arithmeticRules,
  ...vatCategoryRules,
  ...presenceRules,
  ...codeRules,
  ...frenchRules,
  ...frenchLimits,
  ...chorusProRules,
];

/** A rule that an invoice breaks, and where. */
export interface BrokenRule {
  rule: string;
  level: Exclude<Level, 'off'>;
  term: Rule['term'];
  at: Place;
  fr: string;
  en: string;
}

/** Of one rule: a file that was made to keep us busy breaks one at each of its 20,000 lines. */
const mostPlaces = 1_000;

/** @param refuse the ids of rules that a connection is stricter about */
export const rulesBrokenBy = (
  invoice: EInvoice,
  profile: Profile,
  refuse: ReadonlySet<string> = new Set(),
): BrokenRule[] =>
  rules.flatMap(({ id, levels, term, broken, fr, en }) => {
    const level = refuse.has(id) ? 'refuse' : levels[profile];
    const places = level === 'off' ? [] : broken(invoice).slice(0, mostPlaces);
    return level === 'off' ? [] : places.map((at) => ({ rule: id, level, term, at, fr, en }));
  });
