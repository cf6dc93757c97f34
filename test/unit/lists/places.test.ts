import { describe, expect, it } from 'vitest';
import { recordSchema, type LedgerRecord } from '../../../shared/ledger/record.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { lists, placeNames, placeOf } from '../../../shared/lists/places.ts';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { at, later, recordIn, stateNames } from '../ledger/records.ts';

const instant = at.toISOString();
const status = (code: string) => ({ code, at: later(-60).toISOString(), observedAt: instant });
const followed = { ...recordIn('followed'), status: status('MISE_A_DISPOSITION') };
const settled = { ...recordIn('settled'), status: status('MISE_EN_PAIEMENT') };
const retention = { name: 'Retenue de garantie', amount: '60.00' };
const stuck = { since: later(-90).toISOString(), why: 'TimeoutError', times: 10 };
const dismissed = (need: string) => ({ dismissed: { by: 'marie', at: instant, need } });

describe('a record is listed', () => {
  it.each<[string, LedgerRecord, string]>([
    ['while it is sent', recordIn('sending'), 'under-way'],
    ['in doubt, while the relay looks', recordIn('in-doubt'), 'under-way'],
    ['in doubt, given up', { ...recordIn('in-doubt'), doubt: stuck }, 'to-do'],
    ['with the recipient', followed, 'under-way'],
    ['suspended', { ...followed, status: status('SUSPENDUE') }, 'to-do'],
    [
      'suspended, and answered',
      { ...followed, status: status('SUSPENDUE'), answered: { type: 'invoice.complete', at: instant } },
      'under-way',
    ],
    [
      'suspended, and dismissed',
      { ...followed, status: status('SUSPENDUE'), ...dismissed(`followed SUSPENDUE ${later(-60).toISOString()}`) },
      'under-way',
    ],
    [
      'dismissed for something else',
      { ...followed, status: status('SUSPENDUE'), ...dismissed('followed A_RECYCLER') },
      'to-do',
    ],
    ['late', { ...followed, lateToldAt: instant, paymentDue: '2026-11-20' }, 'late'],
    ['late, then suspended', { ...followed, status: status('SUSPENDUE'), lateToldAt: instant }, 'to-do'],
    ['late, but paid before', { ...followed, lateToldAt: instant, paidBefore: true as const }, 'under-way'],
    ['paid', settled, 'paid'],
    ['paid, and then booked', { ...settled, status: status('COMPTABILISEE'), paidBefore: true as const }, 'paid'],
    ['paid, with something held back', { ...settled, retentions: [retention] }, 'paid-retained'],
    ['ended where no payments are reported', { ...settled, status: status('COMPTABILISEE') }, 'payment-unknown'],
    ['refused', recordIn('refused'), 'refused-to-do'],
    ['refused, and dismissed', { ...recordIn('refused'), ...dismissed('refused') }, 'refused'],
    ['rejected', { ...recordIn('rejected'), status: status('REJETEE') }, 'refused-to-do'],
    ['withheld', recordIn('withheld'), 'withheld'],
  ])('%s', (_when, record, place) => {
    expect(placeOf(record).place).toBe(place);
  });

  it.each(stateNames)('to be done exactly where its row asks for it (%s)', (state) => {
    for (const code of ['SUSPENDUE', 'REJETEE', 'MISE_A_DISPOSITION', 'UNHEARD_OF']) {
      const record = recordSchema.parse({ ...recordIn(state), status: status(code) });
      const { place } = placeOf(record);
      const [row] = rowsOf([record], [], parisDay(at));
      expect(place.endsWith('to-do')).toBe(row?.needsAction);
    }
  });

  it.each(stateNames)('as paid where nobody knows exactly where its row says so (%s)', (state) => {
    for (const code of ['MANDATEE', 'COMPTABILISEE', 'MISE_EN_PAIEMENT'])
      for (const paidBefore of [undefined, true as const]) {
        const record = recordSchema.parse({
          ...{ ...recordIn(state), status: status(code), paidBefore },
          paymentNotReported: true,
        });
        expect(placeOf(record).place === 'payment-unknown').toBe(rowsOf([record])[0]?.paymentUnknown);
      }
  });

  it('at a place that a list of the desk shows', () => {
    const shown = Object.values(lists).flatMap((list): readonly string[] => list.places);
    expect(placeNames.filter((place) => !shown.includes(place))).toEqual([]);
  });

  it('by the last day of the term if it is late, by its age while it is under way, else by its status', () => {
    const { openSince } = followed;
    expect(placeOf({ ...followed, lateToldAt: instant, paymentDue: '2026-11-20' }).at).toBe('2026-11-20');
    expect(placeOf(followed).at).toBe(openSince);
    expect(placeOf({ ...followed, status: status('COMPTABILISEE') }).at, 'a step costs no write').toBe(openSince);
    expect(placeOf(settled).at).toBe(later(-60).toISOString());
    expect(placeOf({ ...recordIn('in-doubt'), doubt: stuck }).at).toBe(stuck.since);
    expect(placeOf(recordIn('refused')).at).toBe(recordIn('refused').createdAt);
  });
});
