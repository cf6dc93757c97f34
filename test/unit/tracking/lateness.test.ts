import { describe, expect, it } from 'vitest';
import { lateTold, paidLateTold } from '../../../shared/tracking/late-told.ts';
import { isLate, nextCheck } from '../../../shared/tracking/lateness.ts';
import { recordIn } from '../ledger/records.ts';

const day = 24 * 3_600_000;
const submittedAt = '2026-11-23T09:00:00.000Z';
const on = (instant: string, changes: Partial<Parameters<typeof lateTold>[0]> = {}) =>
  lateTold({ ...recordIn('followed'), ...changes }, { dueDate: '2026-12-23', isLongest: false }, new Date(instant));

describe('a followed invoice is late', () => {
  const late = (instant: string, changes: object = {}) =>
    isLate({ ...recordIn('followed'), paymentDue: '2026-12-23', ...changes }, new Date(instant));

  it('from the day after the last day, which has begun in Paris at UTC’s midnight', () => {
    expect(late('2026-12-23T23:59:00.000Z')).toBe(false);
    expect(late('2026-12-24T00:00:00.000Z')).toBe(true);
  });

  it.each([
    ['nobody knows when it must be paid', { paymentDue: undefined }],
    ['the ERP has been told', { lateToldAt: submittedAt }],
    ['it is a credit note', { type: 'credit-note' }],
    ['it was paid before', { paidBefore: true }],
    ['it waits for the supplier', { status: { code: 'SUSPENDUE', observedAt: submittedAt } }],
  ])('and never if %s', (_what, changes) => {
    expect(late('2027-06-01T09:00:00.000Z', changes)).toBe(false);
  });
});

describe('a late invoice is told', () => {
  it('with days that count from Paris’s midnight, at whatever hour', () => {
    for (const hour of ['00', '09', '13', '22'])
      expect(on(`2026-12-25T${hour}:00:00.000Z`).late).toMatchObject({ dueDate: '2026-12-23', days: 2 });
    expect(on('2026-12-25T23:30:00.000Z').late?.days).toBe(3);
  });

  it.each([
    ['one day, in euros', '2026-12-24T09:00:00.000Z', 'EUR', '1 jour après', '1\u202f200,00\u00a0€', '1 day after'],
    [
      'several days, in dollars',
      '2026-12-28T09:00:00.000Z',
      'USD',
      '5 jours après',
      '1\u202f200,00\u00a0USD',
      '5 days after',
    ],
  ])('in good French and English: %s', (_what, now, currency, frenchDays, frenchSum, englishDays) => {
    const { message } = on(now, { currency });
    expect(message?.fr).toContain(frenchDays);
    expect(message?.fr).toContain(frenchSum);
    expect(message?.en).toContain(englishDays);
    expect(message?.en).toContain(`1200.00 ${currency}`);
  });
});

it('is told without a date that it may have passed before, if nobody knows the kind of body', () => {
  const { late, message } = lateTold(
    recordIn('followed'),
    { dueDate: '2026-12-23', isLongest: true },
    new Date('2026-12-24T09:00:00.000Z'),
  );
  expect(late).toMatchObject({ dueDate: '2026-12-23', days: 1 });
  expect(message?.fr).toMatch(
    /^Facture non payée 1 jour après le plus long délai légal de paiement, qui expirait le 23 décembre 2026 : /,
  );
  expect(message?.en).toMatch(
    /^Not paid 1 day after the longest legal payment term, which ended on 2026-12-23: 1200.00 EUR\. /,
  );
});

describe('what a late payment is worth', () => {
  const due = { dueDate: '2026-12-02', isLongest: false };
  const owed = { type: 'invoice', amount: '12000.00', currency: 'EUR' } as const;

  it('is told with the last sentence, and as data', () => {
    const { late, message } = lateTold(owed, due, new Date('2026-12-31T09:00:00.000Z'));
    expect(late).toEqual({
      ...{ dueDate: '2026-12-02', days: 29 },
      interest: {
        ...{ since: '2026-12-03', until: '2026-12-31', indemnity: '40.00' },
        ...{ rate: '10.40', amount: '99.16', perDay: '3.42' },
      },
    });
    expect(message?.fr).toMatch(
      / Intérêts moratoires à ce jour : 99,16\u00a0€ \(10,40\u00a0% l’an\), et 40,00\u00a0€ d’indemnité forfaitaire\.$/,
    );
    expect(message?.en).toMatch(
      / Interest so far: 99\.16 EUR \(10\.40 % a year\), and a fixed indemnity of 40\.00 EUR\.$/,
    );
  });

  it('is what the payment leaves owed, once it has come', () => {
    const { late, more } = paidLateTold(owed, { ...due, paidOn: '2026-12-03' });
    expect(late).toMatchObject({ days: 1, interest: { until: '2026-12-03', amount: '3.42' } });
    expect(more.fr).toBe(
      ' Payée 1 jour après l’échéance légale du 2 décembre 2026. Intérêts moratoires dus : 3,42\u00a0€ (10,40\u00a0% l’an), et 40,00\u00a0€ d’indemnité forfaitaire.',
    );
    expect(more.en).toBe(
      ' Paid 1 day after the legal due date of 2026-12-02. Interest owed: 3.42 EUR (10.40 % a year), and a fixed indemnity of 40.00 EUR.',
    );
  });

  it('is the indemnity alone where the relay does not know the rate', () => {
    const { late, more } = paidLateTold(owed, { dueDate: '2022-12-02', isLongest: false, paidOn: '2022-12-12' });
    expect(late.interest).toEqual({ since: '2022-12-03', until: '2022-12-12', indemnity: '40.00' });
    expect(more.fr).toContain('Indemnité forfaitaire : 40,00\u00a0€ ; le taux');
    expect(more.en).toContain('Fixed indemnity: 40.00 EUR; the relay does not know');
  });

  it('is nothing in another currency, which is said', () => {
    const { late, message } = lateTold({ ...owed, currency: 'XPF' }, due, new Date('2026-12-31T09:00:00.000Z'));
    expect(late).toEqual({ dueDate: '2026-12-02', days: 29 });
    expect(message?.fr).toMatch(/ne sont pas calculés : la facture n’est pas en euros\.$/);
    expect(message?.en).toMatch(/No interest is counted: the invoice is not in euros\.$/);
  });
});

describe('the next check', () => {
  const next = (daysAfter: number, changes: { lateToldAt?: string; paymentDue?: string } = {}) => {
    const now = new Date(Date.parse(submittedAt) + daysAfter * day);
    const record = { ...recordIn('followed'), submittedAt, ...changes };
    return (Date.parse(nextCheck(record, now)) - Date.parse(submittedAt)) / day;
  };

  it.each([
    ['is a look after ten days without news', 0, 10],
    ['is earlier where the invoice may become late before', 25, 31],
    ['is never in the past: a late invoice that waits for its supplier would be processed by every poll', 40, 50],
    ['is in ten days at the very moment of becoming late', 31, 41],
  ])('%s', (_what, daysAfter, expected) => {
    expect(next(daysAfter)).toBe(expected);
  });

  it('is the look alone once the ERP has been told', () => {
    expect(next(25, { lateToldAt: submittedAt })).toBe(35);
  });

  it('is the day after the last day, once that is known', () => {
    // From 9:00 on 21 December to midnight at the end of the 23rd.
    expect(next(28, { paymentDue: '2026-12-23' })).toBe(28 + 2 + 15 / 24);
  });
});
