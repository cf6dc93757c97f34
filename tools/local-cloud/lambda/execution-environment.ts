/** One worker thread that runs one invocation at a time, as one Lambda execution environment does. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import * as z from 'zod';

const failureSchema = z.object({ type: z.string(), message: z.string(), trace: z.array(z.string()).optional() });
export type FunctionFailure = z.infer<typeof failureSchema>;

export type Outcome = { payload: unknown } | { error: FunctionFailure };

export interface EnvironmentOptions {
  /** What the function finds in its process.env; the runtime finds the bundle through it. */
  environment: Record<string, string>;
  clock: SharedArrayBuffer;
  memoryMegabytes: number;
  onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Called with each address and port that a socket of the function connects to. */
  onReached: (address: string) => void;
}

export interface Invocation {
  awsRequestId: string;
  invokedFunctionArn: string;
  event: unknown;
  milliseconds: number;
}

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('broken'), failure: failureSchema }),
  z.object({ kind: z.literal('reached'), address: z.string() }),
  z.object({ kind: z.literal('line'), stream: z.enum(['stdout', 'stderr']), line: z.string() }),
  z.object({ kind: z.literal('outgrown'), megabytes: z.number() }),
  z.object({ kind: z.literal('result'), payload: z.string() }),
  z.object({ kind: z.literal('failure'), failure: failureSchema }),
]);

let compiled: URL | undefined;

/** Compiled once: each thread would load a compiler to strip the types itself. */
function bootstrap(): URL {
  if (compiled) return compiled;
  const source = readFileSync(new URL('./bootstrap.ts', import.meta.url), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', target: 'node24' });
  return (compiled = new URL(`data:text/javascript,${encodeURIComponent(code)}`));
}

const exited: FunctionFailure = { type: 'Runtime.ExitError', message: 'Runtime exited without providing a reason' };

export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<undefined>();
  readonly #gone = Promise.withResolvers<undefined>();
  #settle: (outcome: Outcome) => void = () => undefined;
  #end: FunctionFailure | undefined;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#worker = new Worker(bootstrap(), {
      workerData: options.clock,
      env: options.environment,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes },
    });
    this.#worker.on('message', (message: unknown) => this.#receive(message));
    this.#worker.on('error', (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#end ??= { type: name, message };
    });
    this.#worker.on('exit', () => {
      this.#settle({ error: (this.#end ??= exited) });
      this.#started.resolve(undefined);
      this.#gone.resolve(undefined);
    });
  }

  /** False once the thread is gone or about to go. */
  get usable(): boolean {
    return this.#end === undefined;
  }

  /** Loads the bundle first if need be. The time-out counts from then on, and ends the thread mid-call. */
  async invoke({ event, ...invocation }: Invocation): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#settle = resolve;
    await this.#started.promise;
    if (this.#end) {
      await this.terminate();
      return { error: this.#end };
    }
    const seconds = (invocation.milliseconds / 1000).toFixed(2);
    const message = `RequestId: ${invocation.awsRequestId} Error: Task timed out after ${seconds} seconds`;
    const timer = setTimeout(() => void this.terminate({ type: 'Sandbox.Timedout', message }), invocation.milliseconds);
    this.#worker.postMessage({ ...invocation, event: JSON.stringify(event ?? null) });
    const outcome = await promise;
    clearTimeout(timer);
    return outcome;
  }

  async terminate(reason: FunctionFailure = exited): Promise<void> {
    this.#end ??= reason;
    await this.#worker.terminate();
    await this.#gone.promise;
  }

  #receive(raw: unknown): void {
    const message = messageSchema.parse(raw);
    switch (message.kind) {
      case 'line':
        this.#options.onLine(message.stream, message.line);
        break;
      case 'reached':
        this.#options.onReached(message.address);
        break;
      case 'outgrown': {
        const held = `${message.megabytes} of ${this.#options.memoryMegabytes} MB`;
        void this.terminate({ ...exited, message: `Runtime exited with error: signal: killed (held ${held})` });
        break;
      }
      case 'result':
        if (this.usable) this.#settle({ payload: JSON.parse(message.payload) });
        break;
      case 'failure':
        this.#settle({ error: message.failure });
        break;
      case 'broken':
        this.#end ??= message.failure;
        this.#started.resolve(undefined);
        break;
      case 'ready':
        this.#started.resolve(undefined);
    }
  }
}
