export interface PaceDependencies {
  /** Without a figure nothing waits. */
  perSecond: number | undefined;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/** Spaces calls out evenly, so that a quota of calls a second is kept by whoever runs in this function. */
export class Pace {
  private readonly dependencies: PaceDependencies;
  /** When the next call may start. */
  private next = 0;

  constructor(dependencies: PaceDependencies) {
    this.dependencies = dependencies;
  }

  /** Waits for the caller's turn. @returns false, at once, when it would not come within `patienceMs` */
  async turn(patienceMs: number): Promise<boolean> {
    const { perSecond, now, wait } = this.dependencies;
    if (perSecond === undefined) return true;
    const at = now().getTime();
    const start = Math.max(at, this.next);
    if (start - at > patienceMs) return false;
    this.next = start + 1000 / perSecond;
    if (start > at) await wait(start - at);
    return true;
  }
}
