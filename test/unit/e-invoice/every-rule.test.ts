import { describe, expect, it } from 'vitest';
import type { EInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { rules } from '../../../shared/e-invoice/rules/check-rules.ts';
import { groupNames, groups, terms, type GroupName, type Term, type Values } from '../../../shared/e-invoice/terms.ts';
import { decimals, missing, set } from '../../support/rule-breaches.ts';
import { wholeEInvoice } from '../../support/whole-e-invoice.ts';

const eInvoice = (values: Values, more: Partial<EInvoice> = {}): EInvoice => ({
  ...{ syntax: 'cii', root: 'CrossIndustryInvoice', notRead: [], empty: [], isoDates: [] },
  values,
  ...more,
});

const brokenBy = (invoice: EInvoice): string[] => [
  ...new Set(rules.flatMap(({ id, broken }) => (broken(invoice).length > 0 ? [id] : []))),
];

/** The first place that has the term: the invoice itself, or the first occurrence of a group. */
function placeOf(values: Values, term: Term): Values | undefined {
  if (values[term]) return values;
  for (const group of groupNames) {
    const [own] = values[group] ?? [];
    const place = own && placeOf(own, term);
    if (place) return place;
  }
  return undefined;
}

/** A change of an invoice, in place. */
type Change = (values: Values) => unknown;

const setting =
  (term: Term, value: string): Change =>
  (values) =>
    ((placeOf(values, term) ?? values)[term] = [value]);
const without =
  (...names: readonly Term[]): Change =>
  (values) => {
    for (const name of names) delete placeOf(values, name)?.[name];
  };
const both =
  (...changes: readonly Change[]): Change =>
  (values) =>
    changes.forEach((change) => change(values));
const inGroup =
  (group: GroupName, own: Values): Change =>
  (values) =>
    (values[group] ??= []).push(own);
const longer =
  (term: Term): Change =>
  (values) =>
    setting(term, `${placeOf(values, term)?.[term]?.[0] ?? ''}001`)(values);

/** In the first occurrence of a group. */
function setIn(list: Values[] | undefined, term: Term, value: string): void {
  for (const own of list?.slice(0, 1) ?? []) own[term] = [value];
}

/** A change that breaks the rule, of which invoice. */
interface Breach {
  change: Change;
  /** The VAT category of the invoice; S by default. */
  category?: string;
  /** As UBL has it. */
  ubl?: true;
  /** Of the file, and not of its values. */
  file?: Partial<EInvoice>;
  /** What the invoice has before. */
  before?: Change;
}

const representative = both(setting('BT-62', 'R'), setting('BT-63', 'FR08123456782'), setting('BT-69', 'FR'));
const beforeThem: Readonly<Record<string, Change>> = {
  'BR-18': representative,
  'BR-20': representative,
  'BR-56': representative,
  'CP-VALIDATOR': setting('BT-23', 'A1'),
  'CP-WORKS': setting('BT-23', 'A1'),
};

const others: Readonly<Record<string, Breach>> = {
  'BR-16': { change: (values) => (values['BG-25'] = []) },
  'BR-CO-18': { change: (values) => (values['BG-23'] = []) },
  'BR-CL-17': { change: setting('BT-118', 'X'), ubl: true },
  'CR-DATE': { change: setting('BT-26', '5.1.2026') },
  'CR-NUMBER': { change: setting('BT-131', '100,00') },
  'CR-EMPTY': { change: () => undefined, file: { empty: ['ExchangedDocument/Name'] } },
  'CR-VAT-LINE': { change: setting('BT-117', '58.01'), before: lineByLine },
  'BR-FR-CO-05': { change: (values) => (values['BG-3'] = []), before: setting('BT-3', '381') },
  'BR-FR-CO-12': { change: both(setting('BT-5', 'CHF'), setting('BT-6', 'CHF')) },
  'BR-FR-DEC-02': { change: setting('BT-129', '1.00001') },
  'BR-FR-DEC-03': { change: setting('BT-146', '1.0000001') },
  'BR-FR-DEC-04': { change: setting('BT-152', '20.001') },
  'CPRO-20': { change: inGroup('BG-3', { 'BT-25': ['FA-2026-0002'] }) },
  'CP-ONCE': { change: (values) => values['BT-115']?.push('12.00') },
  'CP-FRAMEWORK': { change: setting('BT-23', 'S1'), before: setting('BT-23', 'A1') },
};

/** Lines whose VAT, each rounded, is a cent more than that of their sum. */
function lineByLine(values: Values): void {
  const [one, two] = values['BG-25'] ?? [];
  setting('BT-131', '100.03')(one ?? {});
  setting('BT-131', '199.98')(two ?? {});
  setting('BT-116', '290.01')(values);
}

/** Of each VAT category, whose rules are alike. */
const ofCategory = (prefix: string, code: string): Record<string, Breach> => {
  const rate = code === 'S' ? '0' : '20';
  const inUse = (change: Change): Breach => ({ change, category: code });
  const numbers =
    code === 'O' ? setting('BT-31', 'FR69999100019') : without('BT-31', 'BT-32', 'BT-63', 'BT-48', 'BT-47');
  const rateOf = (group: GroupName, term: Term): Breach => inUse((values) => setIn(values[group], term, rate));
  /** The only two that have no reason for an exemption. */
  const isCharged = code === 'S' || code === 'Z';
  return {
    [`BR-${prefix}-01`]: inUse((values) => {
      values['BG-23'] = [];
      // CEN's rule for CII counts the lines: a single one is noticed.
      if (code === 'S')
        [values['BG-25'], values['BG-20'], values['BG-21']] = [(values['BG-25'] ?? []).slice(0, 1), [], []];
    }),
    [`BR-${prefix}-02`]: inUse(numbers),
    [`BR-${prefix}-03`]: inUse(numbers),
    [`BR-${prefix}-04`]: inUse(numbers),
    [`BR-${prefix}-05`]: rateOf('BG-25', 'BT-152'),
    [`BR-${prefix}-06`]: rateOf('BG-20', 'BT-96'),
    [`BR-${prefix}-07`]: rateOf('BG-21', 'BT-103'),
    [`BR-${prefix}-08`]: inUse(setting('BT-116', '291.00')),
    [`BR-${prefix}-09`]: inUse(setting('BT-117', '60.00')),
    [`BR-${prefix}-10`]: inUse(
      isCharged ? (values) => setIn(values['BG-23'], 'BT-120', 'Motif') : without('BT-120', 'BT-121'),
    ),
  };
};

const breaches: Readonly<Record<string, Breach>> = {
  ...Object.fromEntries(Object.entries(missing).map(([id, names]) => [id, { change: without(...names) }])),
  ...Object.fromEntries(Object.entries(set).map(([id, [term, value]]) => [id, { change: setting(term, value) }])),
  ...Object.fromEntries(Object.entries(decimals).map(([id, term]) => [id, { change: longer(term) }])),
  ...ofCategory('S', 'S'),
  ...ofCategory('Z', 'Z'),
  ...ofCategory('E', 'E'),
  ...ofCategory('AE', 'AE'),
  ...ofCategory('IC', 'K'),
  ...ofCategory('G', 'G'),
  ...ofCategory('O', 'O'),
  ...others,
};

const ids = [...new Set(rules.map(({ id }) => id))];

describe('each rule', () => {
  it('has a breach here', () => {
    expect(ids.filter((id) => breaches[id] === undefined)).toEqual([]);
    expect(Object.keys(breaches).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each(['S', 'Z', 'E', 'AE', 'K', 'G', 'O'])('is kept by a whole invoice of the category %s', (category) => {
    const broken = brokenBy(eInvoice(wholeEInvoice(category)));
    // Its framework is the reform's, and Chorus Pro's direct way has others.
    expect(broken).toEqual(['CP-FRAMEWORK']);
  });

  it.each(ids)('%s is broken by its breach, and not before', (id) => {
    const breach = breaches[id];
    if (!breach) throw new Error(`no breach of ${id}`);
    const { category, ubl, file = {}, before, change } = breach;
    const values = wholeEInvoice(category);
    before?.(values);
    beforeThem[id]?.(values);
    const syntax = ubl ? ({ syntax: 'ubl', root: 'Invoice' } as const) : {};
    expect(brokenBy(eInvoice(values, syntax))).not.toContain(id);
    change(values);
    expect(brokenBy(eInvoice(values, { ...syntax, ...file }))).toContain(id);
  });

  it('is about a term or a group that there is', () => {
    expect(rules.filter(({ term }) => !(term in terms) && !(term in groups))).toEqual([]);
  });
});
