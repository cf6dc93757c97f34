import { describe, expect, it } from 'vitest';
import { defaultMaximumConcurrency, mostTurnsAtOnce } from '../../../infra/deployment.ts';
import { slots } from '../../../shared/chorus-pro/shared-slots.ts';
import { marks } from '../../../shared/facts/fact.ts';
import { timings } from '../../../shared/facts/timings.ts';
import { forConnection, forStage, forThousand } from '../../../tools/docs/cost-page.ts';
import { prices } from '../../../tools/docs/prices.ts';
import { dollarsAMonth, oneInvoice, paceAtMost } from '../../../tools/docs/scale-demand.ts';
import { limits, sharesOf } from '../../../tools/docs/scale-limits.ts';
import { demands, rounded, scalePage, sizes } from '../../../tools/docs/scale-page.ts';

const thousand = { connections: 1_000, invoices: 100_000 };

const of = (what: string) => {
  const row = demands.find((demand) => demand.what === what);
  if (!row) throw new Error(`no row ${what}`);
  return row.of;
};
const limitOf = (what: string) => {
  const limit = limits.find((one) => one.what.startsWith(what));
  if (!limit) throw new Error(`no limit ${what}`);
  return limit;
};

describe('what a size demands', () => {
  it('follows from the interval of the polls and the longest turn', () => {
    expect(of('turns a minute')(thousand)).toBeCloseTo(1_000 / 15);
    const longest = (timings.connectionTurn.ms - timings.reserveAfterTurn.ms) / 1_000;
    const seconds = 20 * longest + 980 * 1;
    expect(of('`take-turns` at once')(thousand)).toBeCloseTo(seconds / (15 * 60));
    // All idle: a tenth of a second each, but for those that hang.
    expect(of('`take-turns` at once')({ ...thousand, invoices: 0 })).toBeCloseTo((20 * longest + 98) / (15 * 60));
  });

  it('follows from what one invoice takes, in the sixteen hours in which half of a month’s come', () => {
    const each = 50_000 / (16 * 3_600);
    expect(of('invoices a second')(thousand)).toBeCloseTo(each);
    expect(of('publications to SNS a second')(thousand)).toBeCloseTo(oneInvoice.events * each);
    const doubled = { ...thousand, invoices: 200_000 };
    for (const what of ['calls to Chorus Pro a second', 'units written to DynamoDB a second']) {
      expect(of(what)(doubled) - of(what)(thousand)).toBeGreaterThan(each);
    }
    expect(paceAtMost).toBeCloseTo(slots / 0.3 / oneInvoice.calls);
  });

  it('counts the calls of a day as the page on costs does: 96 polls with a token each, and 44 searches again', () => {
    expect(of('calls a day of one connection')({ connections: 1, invoices: 0 })).toBe(96 * 2 + 44);
    const each = (50_000 / 2 / 1_000) * oneInvoice.calls;
    expect(of('calls a day of one connection')(thousand)).toBeCloseTo(96 * 2 + 44 + each);
  });

  it('costs what the page on costs says', () => {
    expect(dollarsAMonth({ connections: 1_000, invoices: 0 }, 1)).toBeCloseTo(forStage + 1_000 * forConnection);
    const more =
      dollarsAMonth({ connections: 0, invoices: 2_000 }, 1) - dollarsAMonth({ connections: 0, invoices: 0 }, 1);
    expect(more).toBeCloseTo(2 * forThousand, 2);
  });

  it('keeps ten years of invoices', () => {
    const million = { connections: 1_000, invoices: 1_000_000 };
    expect(of('GB of ledger after ten years')(million)).toBeCloseTo((120e6 * (oneInvoice.bytes + 100)) / 1e9);
    expect(of('TB of documents after ten years')(million)).toBeCloseTo(60);
    const grown = dollarsAMonth(million, 120) - dollarsAMonth(million, 1);
    expect(grown).toBeGreaterThan(119 * 500 * prices.storage.value);
  });
});

describe('the limits', () => {
  it.each(limits)('$what has a mark and a source', ({ mark, source, value, todo }) => {
    expect(Object.keys(marks)).toContain(mark);
    expect(source).not.toBe('');
    expect(todo).not.toBe('');
    expect(value === 'unknown' || value > 0).toBe(true);
  });

  it('of the code are those of the code', () => {
    expect(limitOf('batches of invoices').value).toBe(defaultMaximumConcurrency);
    expect(limitOf('turns at once').value).toBe(mostTurnsAtOnce);
  });

  it('of the code hold for ten thousand connections, but for how many batches of invoices run at once', () => {
    const exceeded = sharesOf({ connections: 10_000, invoices: 5_000_000 }).filter(({ part }) => part >= 1);
    const ours = exceeded.filter(({ limit }) => limit.mark === 'OURS').map(({ limit }) => limit.what);
    expect(ours).toEqual(['batches of invoices at once (`maximumConcurrency`)']);
  });

  it('bind in the order of what is taken of them', () => {
    const parts = sharesOf(thousand).map(({ part }) => part);
    expect(parts).toEqual(parts.toSorted((a, b) => b - a));
    expect(sharesOf({ ...thousand, invoices: 5_000_000 })[0]?.limit.what).toMatch('maximumConcurrency');
    expect(sharesOf(thousand)[0]?.part).toBeLessThan(1);
  });
});

describe('the page', () => {
  it('shows each demand at each size, and each limit with its mark', () => {
    const page = scalePage();
    for (const { what, of: at } of demands) {
      expect(page).toContain(`| ${what} | ${sizes.map((size) => rounded(at(size))).join(' | ')} |`);
    }
    for (const { what, mark, source } of limits) expect(page).toMatch(lineWith(what, mark, source));
  });
});

/** A line of a table that has these, in this order. */
const lineWith = (...parts: readonly string[]): RegExp =>
  new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*'));
