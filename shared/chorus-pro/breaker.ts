/** Time between the moment when the platform was seen down and the next call that may try it again. */
const pauseMs = 60_000;

/** So many calls in a row without an answer say the same as one "service unavailable". */
const troubleLimit = 3;

/**
 * One for each connection in a warm function: once the platform was seen down, the rest is parked without
 * a call until the pause is over.
 */
export class Breaker {
  private openUntil = 0;
  private trouble = 0;
  private readonly opened: () => void;

  /** @param opened told each time that it opens */
  constructor(opened: () => void = () => undefined) {
    this.opened = opened;
  }

  isOpen(now: Date): boolean {
    return now.getTime() < this.openUntil;
  }

  /** Seconds until a call may try again. */
  remainingSeconds(now: Date): number {
    return Math.max(0, Math.ceil((this.openUntil - now.getTime()) / 1000));
  }

  /** The platform said so itself, or could not be reached at all. */
  sawDown(now: Date): void {
    const wasOpen = this.isOpen(now);
    this.openUntil = now.getTime() + pauseMs;
    if (!wasOpen) this.opened();
  }

  /** One call got no answer: a single one may be bad luck. */
  sawTrouble(now: Date): void {
    this.trouble += 1;
    if (this.trouble >= troubleLimit) this.sawDown(now);
  }

  sawUp(): void {
    this.openUntil = 0;
    this.trouble = 0;
  }
}
