/** The simulator of Chorus Pro, started for a local cloud. */
import {
  createChorusPro,
  createFaultPlan,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
  startChorusProServer,
  type ChorusPro,
  type FaultPlan,
  type PracticeCompany,
  type World,
} from '../chorus-pro-simulator/index.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { DrivenClock } from './clock.ts';

export interface Simulator {
  url: string;
  tokenUrl: string;
  /** The model behind it, which counts the effects of our calls. */
  model: ChorusPro;
  faults: FaultPlan;
  close: () => Promise<void>;
}

export interface SimulatorOptions {
  clock: DrivenClock;
  world?: World | undefined;
  record?: ((request: { path: string; body: unknown }) => void) | undefined;
  /** What its route for the clock does; without it, the clock is not moved from there. */
  passTime?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** On the cloud's clock. */
export async function startSimulator({ clock, world, record, passTime }: SimulatorOptions): Promise<Simulator> {
  const model = createChorusPro({ clock, world: world ?? exampleWorld() });
  const faults = createFaultPlan({ clock });
  const server = await startChorusProServer({
    ...{ model, faults },
    ...(record ? { onRequest: record } : {}),
    ...(passTime ? { passTime } : {}),
  });
  return { url: server.url, tokenUrl: server.tokenUrl, model, faults, close: () => server.close() };
}

/** The credentials of the example application and its technical account. */
export const simulatorCredentials: Credentials = {
  pisteClientId: EXAMPLE_CREDENTIALS.clientId,
  pisteClientSecret: EXAMPLE_CREDENTIALS.clientSecret,
  technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
  technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
};

/** The companies and agencies of these connections, as the simulator knows companies. */
export const companiesOf = (connections: readonly ConnectionSettings[]): PracticeCompany[] =>
  connections.flatMap(({ companies, bankAccounts }) =>
    companies
      .flatMap((company) => [company, ...company.agencies])
      .map(({ name, siret, service }) => ({
        ...{ name, siret, bankAccounts: Object.values(bankAccounts) },
        services: service === undefined ? [] : [service],
      })),
  );
