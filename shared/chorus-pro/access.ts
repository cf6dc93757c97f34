import type { CredentialsSource } from '../connection/credentials.ts';
import type { Connections, ConnectionSettings } from '../connection/settings.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { chorusProOver, type ChorusPro } from './chorus-pro.ts';
import { DirectoryCache, type Directory } from './directory.ts';
import { Breaker, Pace } from './guards.ts';
import type { Call } from './operations.ts';
import { TokenSource, urlsFor } from './piste.ts';
import { Session } from './session.ts';
import { onlyTo, type Transport } from './transport.ts';

/** One connection, ready to be used; what it gives is for one deadline. */
export interface Access {
  settings: ConnectionSettings;
  chorusPro: (deadline: Deadline) => ChorusPro;
  directory: (deadline: Deadline) => Directory;
}

export interface AccessDependencies {
  connections: Connections;
  credentials: CredentialsSource;
  transport: Transport;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  urls: Parameters<typeof urlsFor>[1];
}

/** Opens connections by name, each once for the life of the function, with a breaker and a pace of its own. */
export function accessTo(dependencies: AccessDependencies): (connection: string) => Access | undefined {
  const opened = new Map<string, Access>();
  return (name) => {
    const settings = dependencies.connections.get(name);
    const access = opened.get(name) ?? (settings && open(settings, dependencies));
    if (access) opened.set(name, access);
    return access;
  };
}

function open(connection: ConnectionSettings, dependencies: AccessDependencies): Access {
  const call = callOf(connection, dependencies);
  const cache = new DirectoryCache({ ...dependencies, connection });
  const chorusPro = (deadline: Deadline) => chorusProOver(call, deadline);
  return { settings: connection, chorusPro, directory: (deadline) => cache.over(chorusPro(deadline)) };
}

function callOf(connection: ConnectionSettings, dependencies: AccessDependencies): Call {
  const { urls, now, wait, telemetry } = dependencies;
  const { name } = connection;
  const { api, token } = urlsFor(connection.environment, urls);
  const transport = onlyTo([api, token], dependencies.transport);
  const tokens = new TokenSource({ url: token, transport, now, wait });
  const breaker = new Breaker(() => {
    telemetry.warn('BREAKER_OPENED', { connection: name });
    telemetry.measure('BreakerOpened', 1, { connection: name });
  });
  const session = new Session({ ...dependencies, transport, connection, apiUrl: api, tokens, breaker });
  const pace = new Pace({ perSecond: connection.callsPerSecond, now, wait });
  return async (operation, body, deadline) => {
    const turn = await pace.turn(deadline.remainingMs());
    return turn ? session.call(operation, body, deadline) : { kind: 'not-done', reason: 'throttled' };
  };
}
