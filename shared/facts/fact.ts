/**
 * How sure we are of something that we cannot look up in our own code. docs/to-try-first.md explains the marks and the
 * short names of the sources, and lists what to try on the first day in qualification.
 */
export const marks = {
  'V-AIFE': 'verified in AIFE’s own material: Swagger, specification, help page or example file',
  'V-LIVE': 'verified by a third party’s call to the live platform',
  'V-3P': 'found in the working code or documentation of a third party',
  COM: 'reported by users in public',
  R: 'from memory, without a source at hand',
  INF: 'inferred from the rest',
  OURS: 'our own choice',
} as const;

export type Mark = keyof typeof marks;

/** What to try against the qualification platform, and by which command. */
interface Trial {
  /** Its place in the order of the first day: 1 is tried first. */
  order: number;
  what: string;
  command: string;
}

/** How to try a command in qualification, once docs/getting-connected.md is done. */
export const sendToTry = (command: string): string =>
  `aws sqs send-message --queue-url <InvoicesQueueUrl> --message-group-id <name> --message-body file://${command}`;

/** Something that we believe about Chorus Pro or PISTE, kept in one place. */
export interface Fact<Value> {
  value: Value;
  mark: Mark;
  /** Where it comes from, in words or by a source's short name. */
  source: string;
  /** Absent: there is nothing to try. */
  toTry?: Trial;
}

const msPer = { ms: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export const dayMs = msPer.days;

/** A span of time as a fact: written in the unit that people use, read in milliseconds. */
export interface Timing extends Omit<Fact<number>, 'value'> {
  amount: number;
  unit: keyof typeof msPer;
  ms: number;
  /** What it is for, and why it is neither shorter nor longer. */
  why: string;
}

export const timing = (amount: number, unit: Timing['unit'], fact: Omit<Timing, 'amount' | 'unit' | 'ms'>): Timing => ({
  amount,
  unit,
  ms: amount * msPer[unit],
  ...fact,
});

/** @returns the ISO instant that comes this long after another */
export const after = (instant: Date, { ms }: Pick<Timing, 'ms'>): string =>
  new Date(instant.getTime() + ms).toISOString();
