/**
 * Brings the whole relay up on this machine: the local cloud with our own template, and the simulator of Chorus Pro.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { storeConnection } from '../../shared/connection/stored-connections.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { connectionFiles, type ConnectionFile } from '../../infra/connection-files.ts';
import { deploymentFrom, projectContext, type Context } from '../../infra/deployment.ts';
import { synthesise, type SynthesiseOptions } from '../../infra/synthesise.ts';
import { region } from './arn.ts';
import { localClients } from './clients.ts';
import { realClock } from './clock.ts';
import type { LogLine } from './lambda/lambda-function.ts';
import type { CloudWatch } from './monitoring/cloud-watch.ts';
import { alarmList } from './services/alarm-list.ts';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './cloud.ts';
import { startIssuer, type LocalIssuer } from './issuer.ts';
import { localPeople, withLocalPeople } from './people.ts';
import { simulatorCredentials, startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

/** A server that follows AIFE's contract: at these addresses, or else AIFE's own, as the connections say. */
export interface RealServer {
  url?: string | undefined;
  tokenUrl?: string | undefined;
  credentials: Credentials;
}

export type Step = 'simulator' | 'template' | 'cloud' | 'connections';

const exampleContext: Context = { stage: 'qualification', connections: ['example'], stages: {} };

export interface BringUpOptions extends Omit<LocalCloudOptions, 'assembly' | 'onInvocation' | 'monitoring'> {
  /** Measures what is measured in AWS, and looks after the alarms; of the same clock. */
  watch?: CloudWatch;
  /** By default, the simulator. */
  chorusPro?: RealServer;
  world?: SimulatorOptions['world'];
  /** Called with each request that reaches the simulator. */
  record?: SimulatorOptions['record'];
  /** The deployment; by default our own example, which the samples and the tests use, whatever cdk.json says. */
  context?: Context;
  build?: SynthesiseOptions['build'];
  /** Whether it has a desk, for people of this machine, whatever the context says. */
  desk?: boolean;
  /** Called before each step. */
  onStep?: (step: Step) => void;
}

export interface Relay {
  cloud: LocalCloud;
  simulator?: Simulator;
  /** Who signs people in at the desk, if there is one. */
  issuer?: LocalIssuer;
  stop: () => Promise<void>;
}

/** Starts the simulator, builds, synthesises, brings the cloud up, and connects what the deployment names. */
export async function bringUp(options: BringUpOptions = {}): Promise<Relay> {
  const { chorusPro, world, record, context = {}, build, watch, desk = false, ...cloudOptions } = options;
  const { onStep = () => undefined } = options;
  await using comingUp = new AsyncDisposableStack();
  const clock = options.clock ?? realClock();
  const whenUp = Promise.withResolvers<LocalCloud>();
  const passTime = async (milliseconds: number) => letTimePass(await whenUp.promise, { milliseconds, watch });
  if (!chorusPro) onStep('simulator');
  const simulator = chorusPro ? undefined : await startSimulator({ clock, world, record, passTime });
  if (simulator) comingUp.defer(simulator.close);

  const issuer = desk ? await startIssuer(clock, localPeople) : undefined;
  if (issuer) comingUp.defer(issuer.close);

  onStep('template');
  const { url, tokenUrl } = simulator ?? chorusPro ?? {};
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-assembly-'));
  comingUp.defer(() => rm(folder, { recursive: true, force: true }));
  const wholeContext = {
    ...exampleContext,
    ...context,
    desk: issuer && { issuer: issuer.url, clientId: issuer.clientId },
    ...(url === undefined ? {} : { chorusProUrl: url }),
    ...(tokenUrl === undefined ? {} : { pisteTokenUrl: tokenUrl }),
  };
  const assembly = await synthesise({
    outdir: join(folder, 'assembly'),
    context: wholeContext,
    // Not in the project's own build folder: another cloud that comes up now may have other connections.
    build: { outdir: join(folder, 'functions'), reuse: true, ...build },
    // Nothing is deployed, and the local cloud refuses what it does not know.
    validate: false,
  });

  onStep('cloud');
  const cloud = await startLocalCloud({
    ...cloudOptions,
    ...(watch ? watchedBy(watch, { whenUp: whenUp.promise, onLog: cloudOptions.onLog }) : {}),
    clock,
    assembly,
  });
  comingUp.defer(() => cloud.stop());
  if (watch && clock.ticks) comingUp.defer(lookEveryMinute(watch, cloud));

  onStep('connections');
  const credentials = chorusPro?.credentials ?? simulatorCredentials;
  const { stage, connections } = deploymentFrom({ ...projectContext(), ...wholeContext });
  for (const connection of connections) cloud.storeSecret(secretNameOf(stage, connection), credentials);
  const files = await connectionFiles(connections, build?.connectionsFolder);
  await connectIn(cloud, desk ? files.map(withLocalPeople) : files);
  const up = comingUp.move();
  whenUp.resolve(cloud);
  return { cloud, ...(simulator ? { simulator } : {}), ...(issuer ? { issuer } : {}), stop: () => up.disposeAsync() };
}

/** As `npx relay connect` does; who was connected before stays as it is. */
async function connectIn(
  { endpoint, clock, outputs, wire }: LocalCloud,
  files: readonly ConnectionFile[],
): Promise<void> {
  const table = outputs['LedgerTable'];
  // A test may deploy functions of its own, without a ledger.
  if (table === undefined) return;
  const clients = localClients({ endpoint, region, accessKeyId: 'deployment' });
  const memory = new DynamoDbMemory({ client: clients.dynamodb, table });
  const changedAt = new Date(clock.now()).toISOString();
  for (const { settings, given } of files) {
    const change = { state: 'connected', settings: given, changedBy: 'local', changedAt } as const;
    await storeConnection(memory, settings.name, change, undefined);
  }
  clients.destroy();
  wire.reset();
}

interface Watched {
  whenUp: Promise<LocalCloud>;
  onLog: LocalCloudOptions['onLog'];
}

/** What a cloud tells CloudWatch, and CloudWatch tells the operator. */
const watchedBy = (watch: CloudWatch, { whenUp, onLog }: Watched) => ({
  onLog: (line: LogLine) => {
    watch.onLog(line);
    onLog?.(line);
  },
  onInvocation: watch.onInvocation,
  monitoring: alarmList(async () => {
    await watch.observe(await whenUp);
    return watch.alarms;
  }),
});

/** @returns what ends it */
function lookEveryMinute(watch: CloudWatch, cloud: LocalCloud): () => void {
  // A look that fails, because the cloud is stopping for one, is made up for by the next.
  const timer = setInterval(() => void watch.observe(cloud).catch(() => undefined), 60_000).unref();
  return () => clearInterval(timer);
}

const halfADay = 12 * 3_600_000;

/** By steps, so that what happens is told in its order; in each, a schedule runs once, at the last instant. */
async function letTimePass(
  cloud: LocalCloud,
  { milliseconds, watch }: { milliseconds: number; watch: CloudWatch | undefined },
): Promise<void> {
  for (let left = milliseconds; left > 0; left -= halfADay) {
    await cloud.advance(Math.min(left, halfADay), { catchUp: 'last' });
    await watch?.observe(cloud);
  }
}
