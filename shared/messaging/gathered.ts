interface Waiting<Item> {
  item: Item;
  sent: PromiseWithResolvers<undefined>;
}

/** @returns for each item why it was not sent; undefined if it was. @throws Error if none may have been sent */
type Send<Item> = (items: readonly Item[]) => Promise<readonly (Error | undefined)[]>;

interface Limits<Item> {
  /** Items in one request. */
  items: number;
  /** In one request; an item that is larger goes alone. */
  bytes: number;
  bytesOf: (item: Item) => number;
}

/**
 * Sends for callers that work side by side: what they bring while a request is under way leaves with the next one.
 * Nobody waits for company, and each hears of its own items alone.
 */
export function gathered<Item>(send: Send<Item>, limits: Limits<Item>): (items: readonly Item[]) => Promise<void> {
  const waiting: Waiting<Item>[] = [];
  let isSending = false;

  async function sendTogether(together: readonly Waiting<Item>[]): Promise<void> {
    try {
      const faults = await send(together.map(({ item }) => item));
      for (const [i, { sent }] of together.entries()) {
        const fault = faults[i];
        if (fault) sent.reject(fault);
        else sent.resolve(undefined);
      }
    } catch (error) {
      for (const { sent } of together) sent.reject(error);
    }
  }

  async function sendAll(): Promise<void> {
    isSending = true;
    while (waiting.length > 0) await sendTogether(waiting.splice(0, countThatFits(waiting, limits)));
    isSending = false;
  }

  return async (items) => {
    const own = items.map((item) => ({ item, sent: Promise.withResolvers<undefined>() }));
    waiting.push(...own);
    if (!isSending) void sendAll();
    // All of them, also after a failure: a function must not be frozen while a request is under way.
    const ends = await Promise.allSettled(own.map(({ sent }) => sent.promise));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  };
}

function countThatFits<Item>(waiting: readonly Waiting<Item>[], { items, bytes, bytesOf }: Limits<Item>): number {
  let left = bytes;
  const tooMany = waiting.slice(0, items).findIndex(({ item }) => (left -= bytesOf(item)) < 0);
  return tooMany === -1 ? items : Math.max(1, tooMany);
}
