/** An AWS on this machine, brought up from a synthesised cloud assembly. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountId, region } from './arn.ts';
import { localClients, sqsClient } from './clients.ts';
import { realClock, type DrivenClock } from './clock.ts';
import { EventSourceMapping, type MappingSettings } from './event-source-mapping.ts';
import { openGateway, type Intercept } from './gateway.ts';
import type { HttpApi } from './http-api.ts';
import type { Outcome } from './lambda/execution-environment.ts';
import { Functions } from './lambda/functions.ts';
import { lambdaApi } from './lambda/lambda-api.ts';
import type { FinishedInvocation, LogLine } from './lambda/lambda-function.ts';
import type { QueuedMessage } from './monitoring/queue-metrics.ts';
import { provisionStack, type Resource } from './provision/stack.ts';
import { Scheduler } from './scheduler.ts';
import { startDatabase, startMessaging, withMessageGroups, type QueueCounts } from './services/engines.ts';
import { KeyManagement } from './services/key-management.ts';
import { type Mail, Mails } from './services/mails.ts';
import { ObjectEvents } from './services/object-events.ts';
import { secretsManager } from './services/secrets-manager.ts';
import { Settling, type AdvanceOptions, type IdleOptions } from './settling.ts';
import { readAssembly } from './template.ts';
import type { Service } from './services/aws-service.ts';
import type { Wire } from './wire.ts';

export interface LocalCloudOptions {
  /** The folder of the synthesised cloud assembly. */
  assembly: string;
  /** By default one that ticks: the cloud lives in real time until it is advanced. */
  clock?: DrivenClock;
  /** Where AWS listens on 127.0.0.1; a free port by default. */
  port?: number;
  onLog?: (line: LogLine) => void;
  onInvocation?: (invocation: FinishedInvocation) => void;
  /** Called with each e-mail that would be sent. */
  onMail?: (mail: Mail) => void;
  /** CloudWatch, if somebody asks it about alarms. */
  monitoring?: Service;
  /** The most execution environments that a function may have. */
  maximumConcurrency?: number;
}

export interface LocalCloud {
  endpoint: string;
  region: string;
  accountId: string;
  clock: DrivenClock;
  wire: Wire;
  /** The outputs of all stacks, by logical id: of what each connection's stack has, the last one's. */
  outputs: Record<string, string>;
  resources: readonly Resource[];
  functions: string[];
  schedules: () => { name: string; due: number | undefined; runs: number }[];
  /** Runs every schedule now, whether it is due or not. */
  runSchedules: () => Promise<void>;
  /** Every e-mail that would have been sent, in order. */
  mails: readonly Mail[];
  queues: () => Promise<Map<string, QueueCounts>>;
  /** What every queue holds. */
  messages: () => Promise<Map<string, QueuedMessage[]>>;
  invoke: (functionName: string, payload?: unknown) => Promise<Outcome>;
  /** Every address and port that a function's socket was connected to. */
  reached: ReadonlySet<string>;
  /** Takes every idle execution environment away. */
  recycle: () => void;
  /** Makes a new version of a function, which `live` calls from now on. */
  publish: (functionName: string, directory: string) => void;
  /** Whether the key can be used that a resource is encrypted under. */
  isUsable: (resourceArn: string) => boolean;
  storeSecret: (name: string, value: unknown) => void;
  /** Decides about each request to AWS from now on; undefined lets them all pass. */
  intercept: (intercept: Intercept | undefined) => void;
  /** Ends a busy execution environment mid-call. @returns the name of its function; undefined if none is busy */
  killRandom: (random?: () => number) => string | undefined;
  advance: (milliseconds: number, options?: AdvanceOptions) => Promise<void>;
  idle: (options?: IdleOptions) => Promise<void>;
  /** Stops everything that still runs. */
  stop: () => Promise<void>;
}

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { assembly, clock = realClock(), port = 0, maximumConcurrency = 16 } = options;
  const { onLog = () => undefined, onInvocation = () => undefined, onMail = () => undefined, monitoring } = options;
  await using comingUp = new AsyncDisposableStack();
  const workshop = await mkdtemp(join(tmpdir(), 'chorus-relay-'));
  comingUp.defer(() => rm(workshop, { recursive: true, force: true }));
  const messaging = await startMessaging();
  comingUp.defer(messaging.close);
  const secrets = secretsManager(clock, (name, event) => functions.invoke(name, event));
  const keys = new KeyManagement();
  const objectEvents = new ObjectEvents();
  const mails = new Mails(clock, onMail);
  const services = {
    dynamodb: startDatabase(),
    kms: keys.service,
    lambda: lambdaApi(() => functions),
    ...(monitoring ? { monitoring } : {}),
    s3: objectEvents.after(messaging.service, messaging.send),
    secretsmanager: secrets.service,
    sns: mails.after(messaging.service),
    sqs: withMessageGroups(messaging.service),
  };
  const gateway = await openGateway({ services, refuse: (request) => keys.refusal(request), clock, port });
  comingUp.defer(gateway.close);
  const { endpoint, wire } = gateway;
  const functions = new Functions({ clock, endpoint, maximumConcurrency, onLog, onInvocation });
  comingUp.defer(() => functions.stop());
  const onError = (line: string) => onLog({ function: 'schedules', stream: 'platform', line });
  const scheduler = new Scheduler({ clock, functions, onError });
  comingUp.defer(() => scheduler.stop());

  const mappings: EventSourceMapping[] = [];
  const addMapping = (settings: MappingSettings) => {
    const sqs = sqsClient({ endpoint, region, accessKeyId: `poller:${settings.functionName}` });
    comingUp.defer(() => sqs.destroy());
    const limited = { ...settings, maximumConcurrency: Math.min(settings.maximumConcurrency, maximumConcurrency) };
    mappings.push(new EventSourceMapping(limited, { sqs, functions, clock }));
  };
  const clients = localClients({ endpoint, region, accessKeyId: 'deployment' });
  comingUp.defer(clients.destroy);
  const httpApis = new Map<string, HttpApi>();
  comingUp.defer(async () => {
    await Promise.all([...httpApis.values()].map((one) => one.close()));
  });
  const context = {
    endpoint,
    clock,
    clients,
    httpApis,
    keys,
    objectEvents,
    mails,
    functions,
    scheduler,
    workshop,
    addMapping,
  };
  const exports = new Map<string, string>();
  const resources: Resource[] = [];
  const outputs: Record<string, string> = {};
  for (const stack of readAssembly(assembly)) {
    const made = await provisionStack(stack, context, exports);
    resources.push(...made.resources);
    Object.assign(outputs, made.outputs);
  }
  wire.reset();
  if (clock.ticks) scheduler.tick();
  for (const mapping of mappings) mapping.start();
  const settling = new Settling({ clock, functions, messaging, mappings, scheduler });
  const up = comingUp.move();

  return {
    ...{ endpoint, region, accountId, clock, wire, outputs, resources },
    functions: functions.names,
    reached: functions.reached,
    schedules: () => scheduler.schedules,
    runSchedules: () => scheduler.runAll(),
    mails: mails.sent,
    queues: messaging.counts,
    messages: () => messaging.messages(clock),
    invoke: (name, payload = {}) => functions.invoke(name, payload),
    recycle: () => functions.recycle(),
    publish: (name, directory) => functions.get(name).publish(directory),
    isUsable: (arn) => keys.isUsable(arn),
    storeSecret: secrets.store,
    intercept: (intercept) => {
      gateway.intercept = intercept;
    },
    killRandom: (random) => functions.killRandom(random),
    advance: (milliseconds, how) => settling.advance(milliseconds, how),
    idle: (how) => settling.idle(how),
    stop: async () => {
      gateway.intercept = undefined;
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      await functions.stop();
      await Promise.all(mappings.map((mapping) => mapping.drained()));
      await up.disposeAsync();
    },
  };
}
