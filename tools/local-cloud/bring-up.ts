import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { deploymentFrom, projectContext, type Context } from '../../infra/deployment.ts';
import { synthesise, type SynthesiseOptions } from '../../infra/synthesise.ts';
import { realClock } from './clock.ts';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './cloud.ts';
import { simulatorCredentials, startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

/** A server that follows AIFE's contract: at these addresses, or AIFE's own where the connections say. */
export interface RealServer {
  url?: string | undefined;
  tokenUrl?: string | undefined;
  credentials: Credentials;
}

export type Step = 'simulator' | 'template' | 'cloud' | 'credentials';

const exampleContext: Context = { stage: 'qualification', connections: ['example'], stages: {} };

export interface BringUpOptions extends Omit<LocalCloudOptions, 'assembly'> {
  /** The simulator by default. */
  chorusPro?: RealServer;
  world?: SimulatorOptions['world'];
  /** Told of each request that the simulator is sent. */
  record?: SimulatorOptions['record'];
  /** The deployment. By default our own example: the samples and the tests are about it, whatever cdk.json says. */
  context?: Context;
  build?: SynthesiseOptions['build'];
  /** Before each step. */
  onStep?: (step: Step) => void;
}

export interface Relay {
  cloud: LocalCloud;
  simulator?: Simulator;
  stop: () => Promise<void>;
}

/** The whole of it: the simulator, the functions built, the template synthesised, the cloud up, the credentials in it. */
export async function bringUp(options: BringUpOptions = {}): Promise<Relay> {
  const tearDown = new AsyncDisposableStack();
  try {
    return await bringUpWith(options, tearDown);
  } catch (error) {
    await tearDown.disposeAsync();
    throw error;
  }
}

async function bringUpWith(options: BringUpOptions, tearDown: AsyncDisposableStack): Promise<Relay> {
  const { chorusPro, world, record, context = {}, build, onStep = () => undefined, ...cloudOptions } = options;
  const clock = options.clock ?? realClock();
  if (!chorusPro) onStep('simulator');
  const simulator = chorusPro
    ? undefined
    : await startSimulator({ clock, ...(world ? { world } : {}), ...(record ? { record } : {}) });
  if (simulator) tearDown.defer(simulator.close);

  onStep('template');
  const { url, tokenUrl } = simulator ?? chorusPro ?? {};
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-assembly-'));
  tearDown.defer(() => rm(folder, { recursive: true, force: true }));
  const wholeContext = {
    ...exampleContext,
    ...context,
    ...(url === undefined ? {} : { chorusProUrl: url }),
    ...(tokenUrl === undefined ? {} : { pisteTokenUrl: tokenUrl }),
  };
  const assembly = await synthesise({
    outdir: join(folder, 'assembly'),
    context: wholeContext,
    // Not in the project's own build folder: another cloud that comes up now may have other connections.
    build: { outdir: join(folder, 'functions'), ...build },
  });

  onStep('cloud');
  const cloud = await startLocalCloud({ ...cloudOptions, clock, assembly });
  tearDown.defer(() => cloud.stop());

  onStep('credentials');
  const credentials = chorusPro?.credentials ?? simulatorCredentials;
  for (const connection of deploymentFrom({ ...projectContext(), ...wholeContext }).connections) {
    cloud.storeSecret(secretNameOf(connection), credentials);
  }
  return { cloud, ...(simulator ? { simulator } : {}), stop: () => tearDown.disposeAsync() };
}
