import { describe, expect, it } from 'vitest';
import { chorusProFacts } from '../../../shared/chorus-pro/facts.ts';
import { fluxStates, fluxSyntaxes } from '../../../shared/chorus-pro/flux.ts';
import { listFacts } from '../../../shared/chorus-pro/lists.ts';
import { orderFacts } from '../../../shared/chorus-pro/orders.ts';
import { operations } from '../../../shared/chorus-pro/operations.ts';
import { gatewaysOwn, knownRefusals } from '../../../shared/chorus-pro/outcome.ts';
import { worksAnswers } from '../../../shared/chorus-pro/works-answers.ts';
import { worksFacts } from '../../../shared/chorus-pro/works-search.ts';
import { worksSyntaxFacts } from '../../../shared/chorus-pro/works-syntax.ts';
import { worksFileFacts } from '../../../shared/e-invoice/making/works-papers.ts';
import { validationFacts } from '../../../shared/chorus-pro/validations.ts';
import type { Fact } from '../../../shared/facts/fact.ts';
import { sources } from '../../../shared/facts/sources.ts';
import { vatSlack } from '../../../shared/invoice/amounts.ts';
import { timings } from '../../../shared/facts/timings.ts';

const facts: Pick<Fact<unknown>, 'mark' | 'source' | 'toTry'>[] = [
  ...Object.values(chorusProFacts),
  ...Object.values(gatewaysOwn),
  ...Object.values(validationFacts),
  ...Object.values(orderFacts),
  ...Object.values(worksFacts),
  ...Object.values(worksAnswers),
  ...Object.values(worksSyntaxFacts),
  ...Object.values(worksFileFacts),
  ...Object.values(timings),
  ...Object.values(vatSlack),
  ...Object.values(listFacts),
  ...Object.values(fluxSyntaxes),
  ...Object.values(fluxStates),
  ...Object.values(operations),
  ...knownRefusals,
];

describe('a fact of Chorus Pro', () => {
  it('names only documented sources', () => {
    const marks = new Set([
      'COM',
      'INF',
      'OURS',
      'API',
      'AIFE',
      'PISTE',
      'AVOIR',
      'CII',
      'PDF',
      'ZZZ',
      'COMPLETEE',
      'ASSOCIEE',
      'SIRET',
    ]);
    const named = facts.flatMap(({ source }) => source.match(/(?<![\w-])[A-Z][A-Z]+\d*(?![\w-])/g) ?? []);
    expect(named).toContain('OCA');
    expect([...new Set(named)].filter((name) => !(name in sources) && !marks.has(name))).toEqual([]);
  });

  it('has a unique place, without gaps, in the order of a first day', () => {
    const orders = facts.flatMap(({ toTry }) => (toTry ? [toTry.order] : [])).sort((a, b) => a - b);
    expect(orders).toEqual(orders.map((_order, i) => i + 1));
  });

  it('has something to try if it is inferred or recalled, unless only users can tell', () => {
    const untried = Object.entries(chorusProFacts).filter(
      ([, fact]) => (fact.mark === 'INF' || fact.mark === 'R') && !('toTry' in fact),
    );
    expect(untried).toEqual([]);
  });
});
