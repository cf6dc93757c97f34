import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { functionNameIn, type Arns } from '../arn.ts';
import type { DrivenClock } from '../clock.ts';
import type { Outcome } from './execution-environment.ts';
import { FunctionPool } from './function-pool.ts';

export interface LogLine {
  function: string;
  /** `platform`: what Lambda itself reports, such as time-outs and crashes. */
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
}

interface Deployed {
  definition: FunctionDefinition;
  pool: FunctionPool;
  /** How often Lambda retries an asynchronous invocation that failed. */
  retries: number;
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
    this.#deployed.set(name, { definition, pool, retries: 2 });
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

  retryAsync(reference: string, retries: number): void {
    this.#get(reference).retries = retries;
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

  /** An asynchronous invocation: retried after a failure as Lambda does, but at once; then dropped. */
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

  async #untilDone({ definition, retries }: Deployed, event: unknown): Promise<void> {
    const id = randomUUID();
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      const outcome = await this.invoke(definition.name, event, id);
      if ('payload' in outcome || outcome.error.type === 'Stopped') return;
    }
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

/** `index.handler` → the module's file and the name of its export. */
function locateHandler(directory: string, handler: string): { file: string; export: string } {
  const dot = handler.lastIndexOf('.');
  const module = join(directory, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => module + extension).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`the handler ${handler} has no file in its asset`);
  return { file, export: handler.slice(dot + 1) };
}

export class UnknownFunction extends Error {}
