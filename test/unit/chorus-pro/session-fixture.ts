import * as z from 'zod';
import type { Deadline } from '../../../shared/aws/runtime.ts';
import type { About, Operation } from '../../../shared/chorus-pro/operations.ts';
import { TokenSource } from '../../../shared/chorus-pro/piste.ts';
import { Session } from '../../../shared/chorus-pro/session.ts';
import { CallSlots } from '../../../shared/chorus-pro/call-slots.ts';
import type { HttpRequest, Sending } from '../../../shared/chorus-pro/transport.ts';
import type { CredentialsSource, VersionedCredentials } from '../../../shared/connection/credentials.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { Breaker } from '../../../shared/chorus-pro/guards.ts';
import { exampleConnections } from '../../support/example-connection.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

export const response = (status: number, content: object | string = ''): Sending => ({
  kind: 'response',
  status,
  headers: {},
  body: typeof content === 'string' ? content : JSON.stringify(content),
});
export const done = response(200, { codeRetour: 0, libelle: '', id: 7 });
export const unauthorised = response(401, { httpCode: '401' });
export const lost: Sending = { kind: 'lost', why: 'TimeoutError' };

const operation = (effect: Operation<unknown>['effect']): Operation<{ id: number }> => ({
  path: `test/v1/${effect}`,
  effect,
  response: z.looseObject({ id: z.int() }),
});

export const version = (name: string): VersionedCredentials => ({
  pisteClientId: 'client',
  pisteClientSecret: `secret of ${name}`,
  technicalLogin: 'TECH',
  technicalPassword: 'é:password',
  version: name,
});

interface World {
  memory: InMemoryLedger;
  breaker: Breaker;
  /** What Secrets Manager has, and what of it is cached. */
  secret: { now: VersionedCredentials | undefined; cached: VersionedCredentials | undefined };
  clock: { ms: number };
}

export const world = (): World => ({
  memory: new InMemoryLedger(),
  breaker: new Breaker(),
  secret: { now: version('v1'), cached: version('v1') },
  clock: { ms: Date.UTC(2026, 10, 23, 9) },
});

type Server = (request: HttpRequest, nth: number) => Sending;
const numberedTokens: Server = (_request, nth) => response(200, { access_token: `token-${nth}`, expires_in: 3600 });

/** One warm function's session; several may share a world. `call` plays Chorus Pro, `piste` gives the tokens. */
export function session(call: Server, shared = world(), piste = numberedTokens) {
  const { memory, breaker, secret, clock } = shared;
  const [connection] = exampleConnections.values();
  if (!connection) throw new Error('the example has no connection');
  const calls: HttpRequest[] = [];
  const tokenRequests: HttpRequest[] = [];
  const waits: number[] = [];
  const credentials: CredentialsSource = (_name, how = 'cached') => {
    if (how === 'fresh') secret.cached = secret.now;
    return Promise.resolve(secret.cached);
  };
  const transport = (request: HttpRequest): Promise<Sending> => {
    if (request.url.startsWith('https://api.test')) return Promise.resolve(call(request, calls.push(request)));
    return Promise.resolve(piste(request, tokenRequests.push(request)));
  };
  const now = () => new Date(clock.ms);
  const wait = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const tokens = new TokenSource({ url: 'https://piste.test', transport, now, wait });
  const telemetry = recordedTelemetry();
  const { name, callsPerSecond } = connection;
  const callSlots = new CallSlots({ connection: name, callsPerSecond, memory, now, wait, paused: () => undefined });
  const made = new Session({
    ...{
      connection,
      apiUrl: 'https://api.test',
      transport,
      tokens,
      credentials,
      breaker,
      callSlots,
      memory,
      now,
      wait,
    },
    telemetry,
  });
  return {
    ...{ ...shared, calls, tokenRequests, waits, measured: telemetry.measured },
    advance: (minutes: number) => (clock.ms += minutes * 60_000),
    run: (
      effect: Operation<unknown>['effect'] = 'none',
      { remainingMs = () => 20_000, doubted = false }: Partial<Deadline & About> = {},
    ) => made.call({ ...operation(effect), doubted }, { a: 1 }, { remainingMs }),
  };
}
