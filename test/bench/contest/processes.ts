/** Processes that answer questions: each side, Chorus Pro and AWS have their own, and say how long it worked. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

const questionSchema = z.object({ id: z.int(), ask: z.string(), given: z.unknown().optional() });
const answerSchema = z.object({ id: z.int(), answer: z.unknown().optional(), failed: z.string().optional() });

type Answers = Readonly<Record<string, (given: unknown) => unknown>>;

/** Milliseconds of the processor since the process began, of all its threads. */
export function workSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Answers what its parent asks, for as long as that lives. */
export function answerTo(answers: Answers): void {
  const known: Answers = { ...answers, work: workSoFar };
  process.on('message', (message) => {
    const { id, ask, given } = questionSchema.parse(message);
    Promise.resolve(given)
      .then(known[ask])
      .then(
        (answer) => process.send?.({ id, answer }),
        (error: unknown) => process.send?.({ id, failed: error instanceof Error ? error.stack : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit());
}

interface Started {
  environment?: Readonly<Record<string, string>>;
  /** What the script is given. */
  given?: readonly string[];
}

export class Process implements AsyncDisposable {
  private readonly child;
  private readonly open = new Map<number, PromiseWithResolvers<unknown>>();
  private asked = 0;
  /** What it has written to its output so far: bytes. */
  written = 0;

  constructor(script: string, { environment, given = [] }: Started = {}) {
    const PATH = process.env['PATH'] ?? '';
    this.child = fork(new URL(script, import.meta.url), given, {
      ...{ env: { PATH, ...environment }, execArgv: [], silent: true, serialization: 'advanced' },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.written += chunk.length));
    this.child.stderr?.pipe(process.stderr);
    this.child.on('message', (message) => {
      const { id, answer, failed } = answerSchema.parse(message);
      const waiting = this.open.get(id);
      this.open.delete(id);
      if (failed === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(failed));
    });
    this.child.on('exit', (code) => {
      for (const { reject } of this.open.values()) reject(new Error(`${script} ended with ${code}`));
    });
  }

  async ask<Answer>(ask: string, schema: z.ZodType<Answer>, given?: unknown): Promise<Answer> {
    const id = (this.asked += 1);
    const waiting = Promise.withResolvers<unknown>();
    this.open.set(id, waiting);
    this.child.send({ id, ask, given });
    return schema.parse(await waiting.promise);
  }

  /** Milliseconds of the processor so far. */
  work = (): Promise<number> => this.ask('work', z.number());

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.child, 'exit');
    if (this.child.connected) this.child.disconnect();
    await gone;
  }
}
