import type { CredentialsSource } from '../connection/credentials.ts';
import type { Connections, ConnectionSettings } from '../connection/settings.ts';
import { Directory } from './directory/directory.ts';
import type { Memory } from '../ledger/ledger.ts';
import { Breaker } from './breaker.ts';
import { Pace } from './pace.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { urlsFor } from './environments.ts';
import { Session, type Call } from './session.ts';
import { TokenSource } from './token.ts';
import { onlyTo, type Transport } from './transport.ts';

/** One connection, ready to be used: its settings, its calls, its directory. */
export interface Access {
  settings: ConnectionSettings;
  call: Call;
  directory: Directory;
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
  const call: Call = async (operation, body, deadline) => {
    const turn = await pace.turn(deadline.remainingMs());
    return turn ? session.call(operation, body, deadline) : { kind: 'not-done', reason: 'throttled' };
  };
  return { settings: connection, call, directory: new Directory({ ...dependencies, connection, call }) };
}
