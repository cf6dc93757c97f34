/** Faults of the network and of the gateway: rules say which may strike, and each call draws from them. */
import type { Reply } from './replies.ts';
import type { ChorusPro } from './model.ts';
import type { Clock } from './time.ts';
import { loginIn, type Request } from './gateway.ts';
import { TOKEN_PATH, type FaultPath } from './operation.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32): a failing schedule can be replayed. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How a call ends: in a reply, in a connection that breaks, or in silence until the caller gives up. */
type FaultOutcome =
  | { kind: 'reply'; status: number; headers: Record<string, string>; body: string }
  /** `reached`: whether Chorus Pro got the call, so whether its effect happened. Only a test may look at it. */
  | { kind: 'reset'; reached: boolean }
  | { kind: 'hang'; reached: boolean };

interface FaultKindRow {
  does: 'reply' | 'reset' | 'hang' | 'truncate' | 'delay';
  /** Whether Chorus Pro has done its work when the fault strikes. */
  strikes: 'before' | 'after';
  reply?: Reply;
}

const HTML = { 'content-type': 'text/html' };
const html = (status: number, title: string): FaultKindRow => ({
  does: 'reply',
  strikes: 'before',
  reply: {
    status,
    headers: HTML,
    body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  },
});

/** JSON of the gateway; its shape was seen only in an unverified fixture. */
const gatewayJson = (status: number, message: string, headers: Record<string, string> = {}): FaultKindRow => ({
  does: 'reply',
  strikes: 'before',
  reply: {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ httpCode: String(status), httpMessage: message, moreInformation: message }),
  },
});

const FAULT_KINDS = {
  latency: { does: 'delay', strikes: 'after' },
  /** PISTE refuses valid credentials at random, about one request in ten [V-LIVE]. */
  'invalid-client': {
    does: 'reply',
    strikes: 'before',
    reply: { status: 400, headers: { 'content-type': 'application/json' }, body: '{"error":"invalid_client"}' },
  },
  /** It also comes at random when calls follow each other quickly [V-LIVE]. */
  unauthorized: gatewayJson(401, 'Unauthorized', { 'www-authenticate': 'Bearer realm="PISTE"' }),
  forbidden: gatewayJson(403, 'Forbidden'),
  /** What PISTE says of a path that it does not know [V-LIVE], and what AIFE's Swagger declares for it [V-AIFE]. */
  'no-route': gatewayJson(403, 'Forbidden', { 'www-authenticate': 'Bearer realm="DefaultRealm"' }),
  'not-found': gatewayJson(404, 'Not Found'),
  /** What the body really is, is unknown. */
  'too-many-requests': gatewayJson(429, 'Too Many Requests'),
  'server-error': html(500, 'Internal Server Error'),
  unavailable: html(503, 'Service Unavailable'),
  'gateway-timeout': html(504, 'Gateway Timeout'),
  maintenance: html(503, 'Chorus Pro est en maintenance'),
  'reset-before': { does: 'reset', strikes: 'before' },
  'reset-after': { does: 'reset', strikes: 'after' },
  'hang-before': { does: 'hang', strikes: 'before' },
  'hang-after': { does: 'hang', strikes: 'after' },
  truncated: { does: 'truncate', strikes: 'after' },
} as const satisfies Record<string, FaultKindRow>;
type FaultKind = keyof typeof FAULT_KINDS;

export interface FaultRule {
  kind: FaultKind;
  /** A path, or the start of one before `*`; every path by default, the token's for invalid-client. */
  path?: FaultPath | undefined;
  /** The login of a technical account, if only its calls are struck. */
  account?: string | undefined;
  /** The nth matching call only, from 1. */
  nth?: number | undefined;
  probability?: number | undefined;
  /** At most that many times. */
  count?: number | undefined;
  /** On the clock: a maintenance window. */
  from?: number | undefined;
  to?: number | undefined;
  /** For latency. */
  milliseconds?: number | undefined;
  retryAfterSeconds?: number | undefined;
  /** The gateway may report an error although Chorus Pro did its work, above all with a 504. */
  strikes?: 'before' | 'after' | undefined;
}

interface Armed {
  rule: FaultRule;
  matched: number;
  fired: number;
}

export interface FaultPlan {
  /** @returns what takes the rule away again */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The faults that this call meets. `account`: the login of its technical account, if it names one. */
  draw(path: string, account?: string): FaultRule[];
}

const matches = (wanted: string, path: string) =>
  wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted;

interface Given {
  clock: Clock;
  rules?: FaultRule[];
  seed?: number;
}

export function createFaultPlan({ clock, rules = [], seed = 1 }: Given): FaultPlan {
  const random = seededRandom(seed);
  let armed: Armed[] = rules.map(arm);

  function fires(one: Armed, path: string, account: string | undefined): boolean {
    if (one.rule.account !== undefined && one.rule.account !== account) return false;
    const { kind, path: wanted = kind === 'invalid-client' ? TOKEN_PATH : '*', nth, probability, count } = one.rule;
    const now = clock.now();
    if (!matches(wanted, path) || now < (one.rule.from ?? -Infinity) || now >= (one.rule.to ?? Infinity)) return false;
    one.matched += 1;
    if (nth !== undefined && one.matched !== nth) return false;
    if (count !== undefined && one.fired >= count) return false;
    if (probability !== undefined && random() >= probability) return false;
    one.fired += 1;
    return true;
  }

  return {
    add: (rule) => {
      const added = arm(rule);
      armed = [...armed, added];
      return () => {
        armed = armed.filter((one) => one !== added);
      };
    },
    clear: () => {
      armed = [];
    },
    draw: (path, account) => armed.filter((one) => fires(one, path, account)).map(({ rule }) => rule),
  };
}

const arm = (rule: FaultRule): Armed => ({ rule, matched: 0, fired: 0 });

interface Struck {
  outcome: FaultOutcome;
  latencyMs: number;
}

interface Application {
  model: Pick<ChorusPro, 'handle'>;
  plan: FaultPlan;
  request: Request;
}

/** One call through the faults of the plan. Delays add up; of the other faults the first one strikes. */
export function applyFaults({ model, plan, request }: Application): Struck {
  const drawn = plan.draw(request.path.split('?')[0] ?? '', loginIn(request).login);
  const latencyMs = drawn.reduce((sum, { kind, milliseconds = 0 }) => sum + (kind === 'latency' ? milliseconds : 0), 0);
  const fault = drawn.find(({ kind }) => kind !== 'latency');
  if (!fault) return { outcome: { kind: 'reply', ...model.handle(request) }, latencyMs };
  return { outcome: strike(fault, () => model.handle(request)), latencyMs };
}

function strike({ kind, strikes, retryAfterSeconds }: FaultRule, work: () => Reply): FaultOutcome {
  const row: FaultKindRow = FAULT_KINDS[kind];
  const reached = (strikes ?? row.strikes) === 'after';
  const worked = reached ? work() : undefined;
  if (row.does === 'reset' || row.does === 'hang') return { kind: row.does, reached };
  if (row.reply) {
    const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    return { kind: 'reply', ...row.reply, headers: { ...row.reply.headers, ...retry } };
  }
  const { status, headers, body } = worked ?? work();
  return { kind: 'reply', status, headers, body: body.slice(0, Math.floor(body.length / 2)) };
}
