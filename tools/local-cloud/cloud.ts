import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { accountId } from './arn.ts';
import { deploymentKey, localClients, pollerKey, sqsClient } from './clients.ts';
import { realClock, type DrivenClock } from './clock.ts';
import { EventSourceMapping, type MappingSettings } from './event-source-mapping.ts';
import type { Intercept } from './gateway.ts';
import type { LogLine } from './lambda/functions.ts';
import type { Outcome } from './lambda/execution-environment.ts';
import { provisionStack, type Resource } from './provision/stack.ts';
import type { QueueCounts } from './services/fauxqs.ts';
import { startServices } from './services/start.ts';
import { Settling, type AdvanceOptions, type IdleOptions } from './settling.ts';
import { readAssembly } from './template.ts';
import type { Wire } from './wire.ts';

export interface LocalCloudOptions {
  /** The directory of the synthesised cloud assembly. */
  assembly: string;
  /** A DrivenClock stands still but for `advance`, as far as schedules go; without one, the cloud lives in real time. */
  clock?: DrivenClock;
  ports?: { gateway?: number };
  region?: string;
  /** On top of what the template gives every function. */
  environment?: Record<string, string>;
  onLog?: (line: LogLine) => void;
  /** Execution environments per function at most. */
  maximumConcurrency?: number;
  /** How long `stop` lets batches that run come to their end, before their functions are killed. */
  reserveMs?: number;
}

export interface LocalCloud {
  endpoint: string;
  region: string;
  accountId: string;
  clock: DrivenClock;
  wire: Wire;
  /** Of all stacks, by logical id. */
  outputs: Record<string, string>;
  resources: readonly Resource[];
  functions: string[];
  schedules: () => { name: string; due: number | undefined; runs: number }[];
  queues: () => Promise<Map<string, QueueCounts>>;
  invoke: (functionName: string, payload?: unknown) => Promise<Outcome>;
  /** Every address and port that a function's socket was connected to. */
  reached: ReadonlySet<string>;
  storeSecret: (name: string, value: unknown) => void;
  /** Decides about each request to AWS from now on; undefined lets them all pass. */
  intercept: (intercept: Intercept | undefined) => void;
  /** Ends a busy execution environment of this function mid-call; false if none is busy. */
  kill: (functionName: string) => boolean;
  killRandom: (random?: () => number) => string | undefined;
  /** Ends the idle execution environments: the next invocations start cold. */
  cool: () => Promise<void>;
  advance: (milliseconds: number, options?: AdvanceOptions) => Promise<void>;
  idle: (options?: IdleOptions) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const tearDown = new AsyncDisposableStack();
  try {
    return await bringUpCloud(options, tearDown);
  } catch (error) {
    await tearDown.disposeAsync();
    throw error;
  }
}

async function bringUpCloud(options: LocalCloudOptions, tearDown: AsyncDisposableStack): Promise<LocalCloud> {
  const {
    assembly,
    clock = realClock(),
    region = 'eu-west-3',
    maximumConcurrency = 16,
    onLog = () => undefined,
  } = options;
  const stacks = await readAssembly(assembly);
  const workshop = await mkdtemp(join(tmpdir(), 'chorus-relay-'));
  tearDown.defer(() => rm(workshop, { recursive: true, force: true }));
  const databaseEndpoint = process.env['DYNAMODB_ENDPOINT'];
  const port = options.ports?.gateway ?? 0;
  const environment = options.environment ?? {};
  const services = await startServices(
    { region, clock, port, databaseEndpoint, environment, maximumConcurrency, onLog },
    tearDown,
  );
  const { gateway, messaging, functions, scheduler } = services;
  const { endpoint, wire } = gateway;

  const mappings: EventSourceMapping[] = [];
  const addMapping = (settings: MappingSettings) => {
    const sqs = sqsClient({ endpoint, region, accessKeyId: pollerKey(settings.functionName) });
    tearDown.defer(() => sqs.destroy());
    const concurrency = Math.min(settings.maximumConcurrency, maximumConcurrency);
    mappings.push(
      new EventSourceMapping({ ...settings, maximumConcurrency: concurrency }, { sqs, functions, region, clock }),
    );
  };
  const clients = localClients({ endpoint, region, accessKeyId: deploymentKey });
  tearDown.defer(clients.destroy);
  const onStop = (step: () => Promise<void>) => {
    if (databaseEndpoint !== undefined) tearDown.defer(step);
  };
  const context = { ...services, region, endpoint, clients, workshop, addMapping, onStop };
  const exports = new Map<string, string>();
  const resources: Resource[] = [];
  const outputs: Record<string, string> = {};
  for (const stack of stacks) {
    const result = await provisionStack(stack, context, exports);
    resources.push(...result.resources);
    Object.assign(outputs, result.outputs);
  }
  wire.reset();
  if (!clock.driven) scheduler.tick();
  for (const mapping of mappings) mapping.start();
  const settling = new Settling({ clock, functions, messaging, mappings, scheduler });

  return {
    endpoint,
    region,
    accountId,
    clock,
    wire,
    outputs,
    resources,
    functions: functions.names,
    reached: functions.reached,
    schedules: () => scheduler.schedules,
    queues: messaging.counts,
    invoke: (name, payload = {}) => functions.invoke(name, payload),
    storeSecret: services.secrets.store,
    intercept: (intercept) => {
      gateway.intercept = intercept;
    },
    kill: (name) => functions.kill(name),
    killRandom: (random) => functions.killRandom(random),
    cool: () => functions.cool(),
    advance: (milliseconds, how) => settling.advance(milliseconds, how),
    idle: (how) => settling.idle(how),
    stop: async () => {
      scheduler.stop();
      gateway.intercept = undefined;
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      const drained = Promise.all(mappings.map((mapping) => mapping.drained()));
      await Promise.race([drained, delay(options.reserveMs ?? 0, undefined, { ref: false })]);
      await functions.stop();
      await drained;
      await tearDown.disposeAsync();
    },
  };
}
