import { describe, expect, it } from 'vitest';
import { edited, editOf, parse, type Change } from './syntax.ts';

const source = `
const limits = { most: 5, nested: { most: 6 } };
async function send(record: Record, { ledger }: Needs) {
  if ((await ledger.write(record)) === 'conflict') return;
  // A comment in between.
  await publish(
    record.outbox,
  );
  await ledger.write(move(record, 'publish'));
}
const twice = () => [log('a'), log('b')];
`;

function changed(change: Change): string {
  const files = [parse('source.ts', source), parse('other.ts', 'export const other = 1;')];
  return edited(files, [editOf(files, change)]).get('source.ts') ?? '';
}

describe('a change that is found by syntax', () => {
  it.each<[string, Change, string]>([
    ['the value of a property', { in: 'nested.most', put: '$value + 1' }, 'nested: { most: 6 + 1 }'],
    ['an expression', { in: 'send', find: `$left === 'conflict'`, put: 'false && $left' }, 'if (false && (await'],
    [
      'statements in a row, whatever stands between them',
      { in: 'send', find: 'await publish($what); await ledger.write($$args);', put: 'await ledger.write($$args);' },
      `return;\n  // A comment in between.\n  await ledger.write(move(record, 'publish'));\n}`,
    ],
    ['a statement that stands alone', { in: 'send', find: 'return;', put: 'stop();' }, `=== 'conflict') stop();`],
    ['a statement that goes', { in: 'send', find: 'if ($conflict) $then;', put: '' }, 'Needs) {\n  \n  // A'],
  ])('replaces %s', (_what, change, expected) => {
    expect(changed(change)).toContain(expected);
  });

  it.each<[string, Change, string]>([
    ['whose name is gone', { in: 'sent', put: '0' }, 'no function, constant or property is called "sent"'],
    ['whose name says too little', { in: 'most', put: '0' }, '"most" has 2 times "a value"; looked in source.ts:'],
    ['whose code is gone', { in: 'send', find: 'await retry()', put: '' }, '"send" has no "await retry()"'],
    ['whose code is there twice', { in: 'twice', find: 'log($what)', put: '' }, '"twice" has 2 times "log($what)"'],
    [
      'that puts what it has not found',
      { in: 'twice', find: `log('a')`, put: '$what' },
      '"$what" has "$what", which is not in what it replaces',
    ],
  ])('fails when it is one %s', (_what, change, message) => {
    expect(() => changed(change)).toThrow(message);
  });
});
