import { expect, it } from 'vitest';
import { gathered } from '../../../shared/messaging/gathered.ts';

/** A sender whose requests end when the test says so, with the items that it refuses. */
function sender(refused: readonly string[] = []) {
  const requests: { items: readonly string[]; end: PromiseWithResolvers<undefined> }[] = [];
  const send = gathered<string>(
    async (items) => {
      const end = Promise.withResolvers<undefined>();
      requests.push({ items, end });
      await end.promise;
      return items.map((item) => (refused.includes(item) ? new Error(`not ${item}`) : undefined));
    },
    { items: 3, bytes: 10, bytesOf: ({ length }) => length },
  );
  return { requests, send, sent: () => requests.map(({ items }) => items.join(' ')) };
}

/** All that goes on without a reply has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('sends the first at once, and what comes meanwhile together', async () => {
  const { requests, send, sent } = sender();
  const all = [send(['a']), send(['b']), send(['c'])];
  expect(sent()).toEqual(['a']);
  requests[0]?.end.resolve(undefined);
  await all[0];
  await settled();
  expect(sent()).toEqual(['a', 'b c']);
  requests[1]?.end.resolve(undefined);
  await Promise.all(all);
  const later = send(['d']);
  expect(sent()).toEqual(['a', 'b c', 'd']);
  requests[2]?.end.resolve(undefined);
  await later;
});

it.each([
  ['not more items than a request takes', ['a', 'b', 'c', 'd'], ['a b c', 'd']],
  ['not more bytes', ['aaaa', 'bbbb', 'cccc'], ['aaaa bbbb', 'cccc']],
  ['an item that is too large alone, for its refusal to be its own', ['a'.repeat(11), 'b'], ['a'.repeat(11), 'b']],
])('sends %s', async (_what, items, expected) => {
  const { requests, send, sent } = sender();
  const done = send(items);
  for (let i = 0; i < expected.length; i += 1) {
    requests[i]?.end.resolve(undefined);
    await settled();
  }
  await done;
  expect(sent()).toEqual(expected);
});

it('tells each caller of its own items alone, and of a request that failed all who were in it', async () => {
  const { requests, send } = sender(['b']);
  const [first, ...others] = [send(['a']), send(['b']), send(['c'])];
  requests[0]?.end.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await settled();
  requests[1]?.end.resolve(undefined);
  await expect(others[0]).rejects.toThrow('not b');
  await expect(others[1]).resolves.toBeUndefined();
});

it('ends for a caller only when none of its items is on the way', async () => {
  const { requests, send } = sender(['a']);
  let isOver = false;
  const done = send(['a', 'b', 'c', 'd'])
    .catch(() => undefined)
    .finally(() => (isOver = true));
  requests[0]?.end.resolve(undefined);
  await settled();
  expect(isOver).toBe(false);
  requests[1]?.end.resolve(undefined);
  await done;
});
