import { Worker } from 'node:worker_threads';
import * as z from 'zod';

export interface FunctionFailure {
  type: string;
  message: string;
  trace?: readonly string[];
}

export type Outcome = { payload: unknown } | { error: FunctionFailure };

export interface EnvironmentOptions {
  /** The bundle's file, which lies where no package.json and no node_modules of ours are above it. */
  file: string;
  export: string;
  environment: Record<string, string>;
  clock: SharedArrayBuffer;
  /** What the context says of the function itself. */
  names: Record<string, string>;
  memoryMegabytes: number;
  onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Told of each address and port that a socket of the function was connected to. */
  onReached: (address: string) => void;
}

export interface Invocation {
  id: string;
  event: unknown;
  milliseconds: number;
}

const failureSchema = z
  .object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) })
  .transform(({ errorType, errorMessage, trace }): FunctionFailure => ({
    type: errorType,
    message: errorMessage,
    trace,
  }));

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('broken'), failure: failureSchema }),
  z.object({ kind: z.literal('reached'), address: z.string() }),
  z.object({ kind: z.literal('line'), stream: z.enum(['stdout', 'stderr']), line: z.string() }),
  z.object({ kind: z.literal('result'), id: z.string(), payload: z.string() }),
  z.object({ kind: z.literal('failure'), id: z.string(), failure: failureSchema }),
]);

const exited: FunctionFailure = { type: 'Runtime.ExitError', message: 'Runtime exited without providing a reason' };

/** One worker thread that runs one invocation at a time, as one Lambda execution environment does. */
export class ExecutionEnvironment {
  readonly #worker: Worker;
  readonly #onLine: EnvironmentOptions['onLine'];
  readonly #onReached: EnvironmentOptions['onReached'];
  readonly #started = Promise.withResolvers<FunctionFailure | undefined>();
  #current: { id: string; resolve: (outcome: Outcome) => void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #end: FunctionFailure | undefined;
  readonly #gone: Promise<unknown>;

  constructor(options: EnvironmentOptions) {
    this.#onLine = options.onLine;
    this.#onReached = options.onReached;
    this.#worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
      workerData: { clock: options.clock, file: options.file, export: options.export, names: options.names },
      env: options.environment,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes },
    });
    const ended = Promise.withResolvers<undefined>();
    this.#gone = ended.promise;
    this.#worker.on('message', (message: unknown) => this.#receive(message));
    this.#worker.on('error', (error: unknown) => {
      this.#end ??=
        error instanceof Error
          ? { type: error.name, message: error.message }
          : { type: 'Error', message: String(error) };
    });
    this.#worker.on('exit', () => {
      this.#end ??= exited;
      this.#started.resolve(this.#end);
      this.#settle({ error: this.#end });
      ended.resolve(undefined);
    });
  }

  /** False once the thread is gone or about to go. */
  get usable(): boolean {
    return this.#end === undefined;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Loads the bundle first if need be; the time-out counts from then on, and ends the thread mid-call. */
  async invoke(invocation: Invocation): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#current = { id: invocation.id, resolve };
    const broken = await this.#started.promise;
    if (broken) {
      this.#settle({ error: broken });
      await this.terminate(broken);
      return promise;
    }
    if (this.usable) {
      const seconds = (invocation.milliseconds / 1000).toFixed(2);
      this.#timer = setTimeout(() => {
        void this.terminate({
          type: 'Sandbox.Timedout',
          message: `RequestId: ${invocation.id} Error: Task timed out after ${seconds} seconds`,
        });
      }, invocation.milliseconds);
      this.#worker.postMessage({ ...invocation, event: JSON.stringify(invocation.event ?? null) });
    }
    return promise;
  }

  async terminate(reason: FunctionFailure = exited): Promise<void> {
    this.#end ??= reason;
    await this.#worker.terminate();
    await this.#gone;
  }

  #receive(raw: unknown): void {
    const message = messageSchema.parse(raw);
    if (message.kind === 'ready') this.#started.resolve(undefined);
    if (message.kind === 'broken') {
      // The thread may be gone before anyone who waits is told.
      this.#end ??= message.failure;
      this.#started.resolve(message.failure);
    }
    if (message.kind === 'reached') this.#onReached(message.address);
    if (message.kind === 'line') this.#onLine(message.stream, message.line);
    if (message.kind === 'result' && message.id === this.#current?.id)
      this.#settle({ payload: JSON.parse(message.payload) });
    if (message.kind === 'failure' && message.id === this.#current?.id) this.#settle({ error: message.failure });
  }

  #settle(outcome: Outcome): void {
    clearTimeout(this.#timer);
    const { resolve } = this.#current ?? {};
    this.#current = undefined;
    resolve?.(outcome);
  }
}
