import { describe, expect, it } from 'vitest';
import { entriesOf, lived, type LifeEntry } from '../../../shared/ledger/life.ts';
import { move } from '../../../shared/ledger/transition.ts';
import { at, later, recordIn } from './records.ts';

const status = (i: number): LifeEntry => ({ at: later(i).toISOString(), status: `S${i}` });
const many = (count: number): LifeEntry[] => Array.from({ length: count }, (_, i) => status(i));
const named = ({ life = [] }: { life?: LifeEntry[] | undefined }) =>
  life.map((entry) => ('status' in entry ? entry.status : ''));

describe('a life', () => {
  it('keeps all of forty entries', () => {
    const record = lived(recordIn('followed'), many(40));
    expect(record.life).toEqual(many(40));
    expect(record).not.toHaveProperty('lifeLeftOut');
  });

  it('of more leaves the middle out, says how much, and keeps its beginning and its end', () => {
    const oneByOne = many(100).reduce((record, entry) => lived(record, [entry]), recordIn('followed'));
    const atOnce = lived(recordIn('followed'), many(100));
    expect(named(oneByOne)).toEqual(named(atOnce));
    expect(named(atOnce)).toHaveLength(40);
    expect(named(atOnce).slice(0, 13)).toEqual([...named({ life: many(12) }), 'S72']);
    expect(named(atOnce).at(-1)).toBe('S99');
    expect([oneByOne.lifeLeftOut, atOnce.lifeLeftOut]).toEqual([60, 60]);
  });

  it('without news stays as it is', () => {
    const record = recordIn('followed');
    expect(lived(record, [])).toBe(record);
  });

  it('grows by what a move says of it, and by nothing else', () => {
    const code = 'MANDATEE';
    const changes = { status: { code, at: at.toISOString(), observedAt: later(9).toISOString(), motive: 'oui' } };
    const { record } = move(recordIn('settled'), { name: 'advance', changes }, later(9));
    expect(record.life).toEqual([{ at: at.toISOString(), status: code, motive: 'oui' }]);
    expect(move(record, { name: 'publish' }, later(10)).record.life).toEqual(record.life);
  });

  it('has only the beginning of a long motive', () => {
    const long = recordIn('followed', {
      status: { code: 'SUSPENDUE', observedAt: at.toISOString(), motive: '🙂'.repeat(501) },
    });
    const [entry] = entriesOf(long, { name: 'advance', origin: 'followed', isSighting: true });
    expect(entry).toMatchObject({ motive: `${'🙂'.repeat(500)}…` });
  });
});
