import { randomUUID } from 'node:crypto';
import { functionNameIn, type Arns } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import type { FunctionFailure, Outcome } from './execution-environment.ts';
import { FunctionPool } from './function-pool.ts';
import { locateHandler } from './task-root.ts';

export interface LogLine {
  function: string;
  /** `platform` is what Lambda itself says: time-outs, crashes. */
  stream: 'stdout' | 'stderr' | 'platform';
  line: string;
}

export interface FunctionDefinition {
  name: string;
  logicalId: string;
  directory: string;
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  reservedConcurrency?: number | undefined;
  environment: Record<string, string>;
  deadLetterArn?: string | undefined;
}

/** What becomes of an asynchronous invocation that fails. */
export interface AsyncSettings {
  maximumRetryAttempts: number;
  onFailureArn?: string | undefined;
}

export interface FunctionsOptions {
  arns: Arns;
  region: string;
  clock: DrivenClock;
  endpoint: string;
  accessKeyOf: (functionName: string) => string;
  maximumConcurrency: number;
  environment: Record<string, string>;
  onLog: (line: LogLine) => void;
  /** Puts a message on the queue or topic of this ARN. */
  deliver: (arn: string, body: unknown) => Promise<void>;
}

interface Deployed {
  definition: FunctionDefinition;
  pool: FunctionPool;
  async: AsyncSettings;
}

/** Every function of the cloud, by name. */
export class Functions {
  readonly #options: FunctionsOptions;
  readonly #deployed = new Map<string, Deployed>();
  readonly #pending = new Set<Promise<void>>();
  /** Every address and port that a function's socket was connected to. */
  readonly reached = new Set<string>();

  constructor(options: FunctionsOptions) {
    this.#options = options;
  }

  get names(): string[] {
    return [...this.#deployed.keys()];
  }

  get running(): number {
    return [...this.#deployed.values()].reduce((sum, { pool }) => sum + pool.busy, this.#pending.size);
  }

  deploy(definition: FunctionDefinition): void {
    const { name } = definition;
    const pool = new FunctionPool({
      ...locateHandler(definition.directory, definition.handler),
      environment: this.#environmentOf(definition),
      clock: this.#options.clock.shared,
      names: {
        functionName: name,
        functionVersion: '$LATEST',
        invokedFunctionArn: this.#options.arns.function(name),
        memoryLimitInMB: String(definition.memoryMegabytes),
        logGroupName: `/aws/lambda/${name}`,
        logStreamName: 'local',
      },
      memoryMegabytes: definition.memoryMegabytes,
      timeoutSeconds: definition.timeoutSeconds,
      maximumConcurrency: Math.min(definition.reservedConcurrency ?? Infinity, this.#options.maximumConcurrency),
      onReached: (address) => void this.reached.add(address),
      onLine: (stream, line) => this.#options.onLog({ function: name, stream, line }),
    });
    this.#deployed.set(name, { definition, pool, async: { maximumRetryAttempts: 2 } });
  }

  /** By name, ARN, logical id, or the end of a name after a hyphen if only one function has it. */
  find(reference: string): string | undefined {
    const name = functionNameIn(reference);
    if (this.#deployed.has(name)) return name;
    const meant = [...this.#deployed.values()].filter(
      ({ definition }) => definition.logicalId === name || definition.name.endsWith(`-${name}`),
    );
    return meant.length === 1 ? meant[0]?.definition.name : undefined;
  }

  configureAsync(reference: string, settings: AsyncSettings): void {
    this.#get(reference).async = settings;
  }

  async invoke(reference: string, event: unknown, id = randomUUID()): Promise<Outcome> {
    const { pool, definition } = this.#get(reference);
    const outcome = await pool.invoke(event, id);
    if ('error' in outcome) {
      this.#options.onLog({
        function: definition.name,
        stream: 'platform',
        line: `${outcome.error.type}: ${outcome.error.message}`,
      });
    }
    return outcome;
  }

  /**
   * As Lambda does what it has accepted: tries again after a failure (here at once), then hands the event to the
   * function's destination for failures or its dead-letter queue.
   */
  invokeAsync(reference: string, event: unknown): Promise<void> {
    const run = this.#untilDone(this.#get(reference), event).finally(() => this.#pending.delete(run));
    this.#pending.add(run);
    return run;
  }

  /** Ends a busy environment of this function mid-call, if there is one. */
  kill(reference: string): boolean {
    return this.#get(reference).pool.kill();
  }

  killRandom(random: () => number = Math.random): string | undefined {
    const busy = [...this.#deployed.values()].filter(({ pool }) => pool.busy > 0);
    const victim = busy[Math.floor(random() * busy.length)];
    return victim?.pool.kill() ? victim.definition.name : undefined;
  }

  async cool(): Promise<void> {
    await Promise.all([...this.#deployed.values()].map(({ pool }) => pool.cool()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#deployed.values()].map(({ pool }) => pool.stop()));
    await Promise.allSettled(this.#pending);
  }

  async #untilDone({ definition, async }: Deployed, event: unknown): Promise<void> {
    const id = randomUUID();
    let failure: FunctionFailure | undefined;
    for (let attempt = 0; attempt <= async.maximumRetryAttempts; attempt += 1) {
      const outcome = await this.invoke(definition.name, event, id);
      if ('payload' in outcome) return;
      failure = outcome.error;
      if (failure.type === 'Stopped') return;
    }
    if (definition.deadLetterArn !== undefined) await this.#options.deliver(definition.deadLetterArn, event);
    if (async.onFailureArn === undefined) return;
    await this.#options.deliver(async.onFailureArn, {
      version: '1.0',
      timestamp: new Date(this.#options.clock.now()).toISOString(),
      requestContext: {
        requestId: id,
        functionArn: this.#options.arns.function(definition.name, '$LATEST'),
        condition: 'RetriesExhausted',
        approximateInvokeCount: async.maximumRetryAttempts + 1,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: failure?.type, errorMessage: failure?.message },
    });
  }

  #environmentOf(definition: FunctionDefinition): Record<string, string> {
    const { name, directory, handler, memoryMegabytes } = definition;
    return {
      AWS_REGION: this.#options.region,
      AWS_DEFAULT_REGION: this.#options.region,
      AWS_ACCESS_KEY_ID: this.#options.accessKeyOf(name),
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: this.#options.endpoint,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: handler,
      TZ: ':UTC',
      ...definition.environment,
      ...this.#options.environment,
    };
  }

  #get(reference: string): Deployed {
    const deployed = this.#deployed.get(this.find(reference) ?? '');
    if (!deployed)
      throw new UnknownFunction(`Function not found: ${reference}; there are: ${this.names.join(', ') || 'none'}`);
    return deployed;
  }
}

export class UnknownFunction extends Error {}
