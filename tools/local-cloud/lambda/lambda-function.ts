/** One function and its execution environments: started when all are busy, kept warm, the last used one first. */
import { randomUUID } from 'node:crypto';
import { arns, region } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import { ExecutionEnvironment, type EnvironmentOptions, type Outcome } from './execution-environment.ts';

export interface LogLine {
  function: string;
  /** `platform`: what Lambda itself reports, such as time-outs and crashes. */
  stream: 'stdout' | 'stderr' | 'platform';
  line: string;
}

export interface FunctionDefinition {
  name: string;
  directory: string;
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  reservedConcurrency: number | undefined;
  environment: Record<string, string>;
}

export interface Platform {
  clock: DrivenClock;
  /** The gateway's address. */
  endpoint: string;
  maximumConcurrency: number;
  onLog: (line: LogLine) => void;
  onReached: (address: string) => void;
}

export class LambdaFunction {
  readonly name: string;
  /** How often Lambda tries an asynchronous invocation again. */
  retries = 2;
  readonly #arn: string;
  readonly #milliseconds: number;
  readonly #maximumConcurrency: number;
  readonly #onLog: Platform['onLog'];
  readonly #options: EnvironmentOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: (() => void)[] = [];
  #stopped = false;

  constructor(definition: FunctionDefinition, platform: Platform) {
    const { name, timeoutSeconds, memoryMegabytes, reservedConcurrency = Infinity } = definition;
    const { clock, maximumConcurrency, onLog, onReached } = platform;
    this.name = name;
    this.#arn = arns.function(name);
    this.#milliseconds = timeoutSeconds * 1000;
    this.#maximumConcurrency = Math.min(reservedConcurrency, maximumConcurrency);
    this.#onLog = onLog;
    this.#options = {
      environment: environmentOf(definition, platform.endpoint),
      clock: clock.shared,
      memoryMegabytes,
      onReached,
      onLine: (stream, line) => onLog({ function: name, stream, line }),
    };
  }

  get busy(): number {
    return this.#environments.size - this.#idle.length;
  }

  async invoke(event: unknown, awsRequestId: string = randomUUID()): Promise<Outcome> {
    const environment = await this.#take();
    if (!environment) return { error: { type: 'Stopped', message: 'the local cloud is stopping' } };
    const invokedFunctionArn = this.#arn;
    const outcome = await environment.invoke({
      awsRequestId,
      invokedFunctionArn,
      event,
      milliseconds: this.#milliseconds,
    });
    this.#giveBack(environment);
    if ('error' in outcome) {
      const { type, message } = outcome.error;
      this.#onLog({ function: this.name, stream: 'platform', line: `${type}: ${message}` });
    }
    return outcome;
  }

  /** Tried again after a failure, as Lambda does, but at once; then dropped. */
  async invokeAsync(event: unknown): Promise<void> {
    const id = randomUUID();
    for (let attempt = 0; attempt <= this.retries && !this.#stopped; attempt += 1) {
      if ('payload' in (await this.invoke(event, id))) return;
    }
  }

  /** Ends a busy environment mid-call, if there is one. */
  kill(): boolean {
    const victim = [...this.#environments].find((one) => one.usable && !this.#idle.includes(one));
    void victim?.terminate();
    return victim !== undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#environments].map((environment) => environment.terminate()));
  }

  async #take(): Promise<ExecutionEnvironment | undefined> {
    while (!this.#stopped) {
      const warm = this.#idle.pop();
      if (warm?.usable) return warm;
      if (warm) this.#environments.delete(warm);
      if (this.#environments.size < this.#maximumConcurrency) {
        const fresh = new ExecutionEnvironment(this.#options);
        this.#environments.add(fresh);
        return fresh;
      }
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting.push(() => resolve(undefined));
      await promise;
    }
    return undefined;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.usable) this.#idle.push(environment);
    else this.#environments.delete(environment);
    this.#waiting.shift()?.();
  }
}

const environmentOf = (definition: FunctionDefinition, endpoint: string): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: definition.name,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL: endpoint,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: definition.directory,
  _HANDLER: definition.handler,
  TZ: ':UTC',
  ...definition.environment,
});
