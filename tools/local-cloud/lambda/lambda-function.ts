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

/** What Lambda measures of an invocation. */
export interface FinishedInvocation {
  function: string;
  /** When it began, by the cloud's clock. */
  at: number;
  milliseconds: number;
  failed: boolean;
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

export interface FunctionVersion {
  version: number;
  directory: string;
  /** By the cloud's clock. */
  publishedAt: number;
}

export interface Platform {
  clock: DrivenClock;
  /** The gateway's address. */
  endpoint: string;
  maximumConcurrency: number;
  onLog: (line: LogLine) => void;
  onReached: (address: string) => void;
  onInvocation: (invocation: FinishedInvocation) => void;
}

export class LambdaFunction {
  readonly name: string;
  /** How often Lambda tries an asynchronous invocation again. */
  retries = 2;
  readonly #arn: string;
  readonly #milliseconds: number;
  readonly #megabytes: number;
  readonly #maximumConcurrency: number;
  readonly #platform: Platform;
  readonly #environment: EnvironmentOptions['environment'];
  readonly #versions: FunctionVersion[] = [];
  #live = 0;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  /** Which version each environment runs. */
  readonly #runs = new WeakMap<ExecutionEnvironment, number>();
  readonly #waiting: (() => void)[] = [];
  #stopped = false;

  constructor(definition: FunctionDefinition, platform: Platform) {
    const { name, timeoutSeconds, memoryMegabytes, reservedConcurrency = Infinity } = definition;
    this.name = name;
    this.#arn = arns.function(name);
    this.#milliseconds = timeoutSeconds * 1000;
    this.#megabytes = memoryMegabytes;
    this.#maximumConcurrency = Math.min(reservedConcurrency, platform.maximumConcurrency);
    this.#platform = platform;
    this.#environment = environmentOf(definition, platform.endpoint);
    this.publish(definition.directory);
  }

  /** Every call goes through the alias `live`: to one version at a time, the newest unless somebody turned it back. */
  get live(): number {
    return this.#live;
  }

  get versions(): readonly FunctionVersion[] {
    return this.#versions;
  }

  publish(directory: string): void {
    const version = this.#versions.length + 1;
    this.#versions.push({ version, directory, publishedAt: this.#platform.clock.now() });
    this.turnTo(version);
  }

  /** Environments that are busy finish what they do. @throws Error if there is no such version */
  turnTo(version: number): void {
    if (!this.#versions[version - 1]) throw new Error(`${this.name} has no version ${version}`);
    this.#live = version;
    this.recycle();
  }

  /** Takes the idle environments away, as Lambda does now and then: the next calls start cold. */
  recycle(): void {
    for (const idle of this.#idle.splice(0)) {
      this.#environments.delete(idle);
      void idle.terminate();
    }
  }

  get busy(): number {
    return this.#environments.size - this.#idle.length;
  }

  async invoke(event: unknown, awsRequestId: string = randomUUID()): Promise<Outcome> {
    const environment = await this.#take();
    if (!environment) return { error: { type: 'Stopped', message: 'the local cloud is stopping' } };
    const invokedFunctionArn = this.#arn;
    const { clock, onInvocation, onLog } = this.#platform;
    const [at, began] = [clock.now(), performance.now()];
    const outcome = await environment.invoke({
      awsRequestId,
      invokedFunctionArn,
      event,
      milliseconds: this.#milliseconds,
    });
    this.#giveBack(environment);
    const milliseconds = performance.now() - began;
    onInvocation({ function: this.name, at, milliseconds, failed: 'error' in outcome });
    if ('error' in outcome) {
      const { type, message } = outcome.error;
      onLog({ function: this.name, stream: 'platform', line: `${type}: ${message}` });
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
        const fresh = this.#start();
        this.#environments.add(fresh);
        return fresh;
      }
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting.push(() => resolve(undefined));
      await promise;
    }
    return undefined;
  }

  #start(): ExecutionEnvironment {
    const { clock, onLog, onReached } = this.#platform;
    const root = this.#versions[this.#live - 1]?.directory ?? '';
    const environment = new ExecutionEnvironment({
      environment: { ...this.#environment, LAMBDA_TASK_ROOT: root, AWS_LAMBDA_FUNCTION_VERSION: String(this.#live) },
      clock: clock.shared,
      memoryMegabytes: this.#megabytes,
      onReached,
      onLine: (stream, line) => onLog({ function: this.name, stream, line }),
    });
    this.#runs.set(environment, this.#live);
    return environment;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    const isCurrent = this.#runs.get(environment) === this.#live;
    if (environment.usable && isCurrent) this.#idle.push(environment);
    else this.#environments.delete(environment);
    if (!isCurrent) void environment.terminate();
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
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  _HANDLER: definition.handler,
  TZ: ':UTC',
  ...definition.environment,
});
