/** The desk as a browser reaches it, without the wire: what API Gateway says of a token is said here. */
import { pages } from '../../functions/desk/pages/frame.ts';
import { deskApp, type DeskDependencies } from '../../functions/desk/app.ts';
import { heldConnections, settingsOf } from './example-connection.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { InMemoryDocumentStore } from './in-memory-document-store.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';
import { silentTelemetry } from './silent-telemetry.ts';

export const deskNow = new Date('2026-11-26T10:00:00Z');
const seconds = (time: Date): number => time.getTime() / 1000;

/** Signed in a minute ago; the address is verified unless the claims say otherwise. */
export const claimsWith = (claims: Record<string, unknown>): Record<string, unknown> => ({
  ...{ sub: 'person-1', iss: 'https://issuer.example', aud: 'desk', email_verified: true },
  ...{ iat: seconds(deskNow) - 60, exp: seconds(deskNow) + 3540 },
  ...claims,
});

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Its signature is nothing: the app never sees a token that the gateway has not checked. */
export const tokenWith = (claims: Record<string, unknown>): string =>
  `${part({ alg: 'RS256', typ: 'JWT', kid: '1' })}.${part(claimsWith(claims))}.c2lnbmF0dXJl`;

const company = { name: 'Constructions Duval', siret: SUPPLIERS.company };
const common = { label: 'Example', environment: 'qualification', companies: [company] };
export const deskConnections = settingsOf(
  { ...common, name: 'duval', desk: { act: ['compta@duval.example'], read: ['group:Lecture seule'] } },
  { ...common, name: 'bertin', desk: { read: ['compta@duval.example'], act: ['compta@bertin.example'] } },
  { ...common, name: 'closed' },
);

const ledger = new InMemoryLedger();

export const deskDependencies = (changes: Partial<DeskDependencies> = {}): DeskDependencies => ({
  connections: heldConnections(deskConnections),
  telemetry: silentTelemetry,
  now: () => deskNow,
  signIn: { issuer: 'https://issuer.example', clientId: 'desk' },
  client: { script: '/* desk.js */', style: '/* desk.css */' },
  ...{ ledger, documents: new InMemoryDocumentStore() },
  send: () => Promise.resolve('message-1'),
  ...changes,
});

/** Asks for a page as somebody with these claims; without any, as a route without an authorizer. */
export async function ask(
  path: string,
  {
    claims,
    app = deskApp(deskDependencies()),
    ...init
  }: RequestInit & { claims?: Record<string, unknown>; app?: ReturnType<typeof deskApp> } = {},
): Promise<Response> {
  if (!claims) return app.request(path, init, {});
  const said = Object.entries(claimsWith(claims)).map(([name, value]) => [name, String(value)] as const);
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${tokenWith(claims)}`);
  return app.request(path, { ...init, headers }, { checked: Object.fromEntries(said) });
}

/** What the pages of a connection are called: each list, as a file too, and the search. */
const named = [...Object.keys(pages), 'search', 'paid.csv', 'paid.xlsx', 'nothing'];

/** Every route of the app that is about one connection: one for each page where the route has only its name. */
export function deskRoutes(connection: string): { method: string; path: string }[] {
  const about = deskApp(deskDependencies()).routes.filter(({ path }) => /^\/(pages|actions)\/:connection\//.test(path));
  return about.flatMap(({ method, path }) => {
    const filled = path.replace(':connection', connection).replace(':language', 'fr').replace('*', 'nothing');
    const given = method === 'ALL' ? (path.startsWith('/actions/') ? 'POST' : 'GET') : method;
    const paths = filled.includes(':page') ? named.map((name) => filled.replace(':page', name)) : [filled];
    return paths.map((one) => ({ method: given, path: one }));
  });
}
