import { randomUUID } from 'node:crypto';
import { ExecutionEnvironment, type EnvironmentOptions, type Outcome } from './execution-environment.ts';

export interface PoolOptions extends EnvironmentOptions {
  timeoutSeconds: number;
  maximumConcurrency: number;
}

/** Lambda's own limit on a synchronous request and on its answer. */
const payloadLimitBytes = 6 * 1024 * 1024;
const bytesOf = (payload: unknown) => Buffer.byteLength(JSON.stringify(payload ?? null));

/** A function's execution environments: started when all are busy, kept warm, the last used one first. */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: (() => void)[] = [];
  #stopped = false;
  invocations = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get busy(): number {
    return this.#environments.size - this.#idle.length;
  }

  async invoke(event: unknown, id = randomUUID()): Promise<Outcome> {
    if (bytesOf(event) > payloadLimitBytes) {
      return { error: { type: 'RequestEntityTooLargeException', message: 'the event is larger than 6 MiB' } };
    }
    const environment = await this.#take();
    if (!environment) return { error: { type: 'Stopped', message: 'the local cloud is stopping' } };
    this.invocations += 1;
    const outcome = await environment.invoke({ id, event, milliseconds: this.#options.timeoutSeconds * 1000 });
    this.#giveBack(environment);
    if ('payload' in outcome && bytesOf(outcome.payload) > payloadLimitBytes) {
      return { error: { type: 'Function.ResponseSizeTooLarge', message: 'the answer is larger than 6 MiB' } };
    }
    return outcome;
  }

  /** Ends a busy environment mid-call. */
  kill(): boolean {
    const victim = [...this.#environments].find((environment) => environment.busy && environment.usable);
    void victim?.terminate();
    return victim !== undefined;
  }

  /** Ends the idle environments: the next invocations start cold. */
  async cool(): Promise<void> {
    const idle = this.#idle.splice(0);
    for (const environment of idle) this.#environments.delete(environment);
    await Promise.all(idle.map((environment) => environment.terminate()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#environments].map((environment) => environment.terminate()));
    this.#environments.clear();
    this.#idle.length = 0;
  }

  async #take(): Promise<ExecutionEnvironment | undefined> {
    for (;;) {
      if (this.#stopped) return undefined;
      const warm = this.#idle.pop();
      if (warm?.usable) return warm;
      if (warm) this.#environments.delete(warm);
      if (this.#environments.size < this.#options.maximumConcurrency) {
        const fresh = new ExecutionEnvironment(this.#options);
        this.#environments.add(fresh);
        return fresh;
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.usable && !this.#stopped) this.#idle.push(environment);
    else this.#environments.delete(environment);
    this.#waiting.shift()?.();
  }
}
