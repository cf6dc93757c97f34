/** Time in which many things go on at once, and none of them takes any: it leaps from one moment to the next. */
export class VirtualTime {
  private current: number;
  private readonly moments: { at: number; reached: () => void }[] = [];

  constructor(start: number) {
    this.current = start;
  }

  readonly now = (): number => this.current;

  readonly wait = (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const at = this.current + Math.max(0, ms);
    const place = this.moments.findLastIndex((moment) => moment.at <= at) + 1;
    this.moments.splice(place, 0, { at, reached: () => resolve(undefined) });
    return promise;
  };

  /** Lets everything happen that happens until then. */
  async passUntil(end: number): Promise<void> {
    for (;;) {
      // All that is to happen at this moment has happened once no promise is left to be settled.
      await new Promise(setImmediate);
      const next = this.moments[0];
      if (!next || next.at > end) break;
      this.moments.shift();
      this.current = next.at;
      next.reached();
    }
    this.current = end;
  }
}
