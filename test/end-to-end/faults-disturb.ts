import { setTimeout as delay } from 'node:timers/promises';
import type { LocalCloud, LogLine } from '../../infra/local/index.ts';
import type { FaultPlan, FaultRule } from '../chorus-pro/index.ts';
import { seededRandom } from '../chorus-pro/random.ts';

/** Together they strike one call in five; `strikes: 'after'` has its effect at Chorus Pro although the answer is an error. */
const faults: readonly FaultRule[] = [
  { kind: 'reset-before', probability: 0.05 },
  { kind: 'reset-after', probability: 0.06 },
  { kind: 'server-error', probability: 0.02 },
  { kind: 'server-error', probability: 0.03, strikes: 'after' },
  { kind: 'gateway-timeout', probability: 0.01, strikes: 'after' },
  { kind: 'unavailable', probability: 0.005 },
  { kind: 'truncated', probability: 0.02 },
  { kind: 'unauthorized', probability: 0.015 },
  { kind: 'too-many-requests', probability: 0.01, retryAfterSeconds: 90 },
  { kind: 'invalid-client', probability: 0.1 },
];

/** Silence lasts as long as the relay waits, half a minute of real time: few, and all of them at the beginning. */
const silences: readonly FaultRule[] = [
  { kind: 'hang-after', path: '/cpro/factures/v1/soumettre', count: 2 },
  { kind: 'hang-before', path: '/cpro/factures/v1/soumettre', count: 1 },
  { kind: 'hang-after', path: '/cpro/factures/v1/deposer/flux', count: 1 },
];

export interface Disturbance {
  /** While faults last: calls to Chorus Pro and to PISTE, those that met a fault, and faults by kind. */
  calls: number;
  disturbed: number;
  kinds: Record<string, number>;
  stop: () => void;
}

/** Orders the faults, and counts for itself: a call may draw several, of which the first strikes. */
export function disturb(plan: FaultPlan): Disturbance {
  const draw = plan.draw.bind(plan);
  const disturbance: Disturbance = {
    calls: 0,
    disturbed: 0,
    kinds: {},
    stop: () => {
      plan.clear();
      plan.draw = draw;
    },
  };
  plan.draw = (path) => {
    const drawn = draw(path);
    const struck = drawn.find(({ kind }) => kind !== 'latency');
    disturbance.calls += 1;
    if (!struck) return drawn;
    disturbance.disturbed += 1;
    const name = struck.strikes === 'after' ? `${struck.kind}, effect done` : struck.kind;
    disturbance.kinds[name] = (disturbance.kinds[name] ?? 0) + 1;
    return drawn;
  };
  // A call takes a moment, so that a function can be killed in it.
  for (const rule of [{ kind: 'latency', milliseconds: 20 } as const, ...silences, ...faults]) plan.add(rule);
  return disturbance;
}

export interface Killer {
  killed: Record<string, number>;
  stop: () => Promise<void>;
}

/** Kills functions that are busy, at random moments, until told to stop. */
export function startKiller(cloud: LocalCloud, everyMs: number): Killer {
  const random = seededRandom(Date.now());
  const killed: Record<string, number> = {};
  const stopping = new AbortController();
  const kill = async () => {
    for (;;) {
      await delay(everyMs * (0.5 + random()), undefined, { signal: stopping.signal });
      const name = cloud.killRandom(random)?.replace(/^chorus-relay-[a-z0-9]+-/, '');
      if (name !== undefined) killed[name] = (killed[name] ?? 0) + 1;
    }
  };
  const done = kill().catch(() => undefined);
  return {
    killed,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

const wanted = ['INVOICE_IN_DOUBT', 'MESSAGE_RETRIED'];

/** Counts the relay's log lines by code; a doubt and a retry by their reason too. */
export function counting(counts: Record<string, number>): (line: LogLine) => void {
  const said = (line: string, field: string) => new RegExp(`"${field}":"([^"]+)"`).exec(line)?.[1];
  return ({ line }) => {
    const code = said(line, 'code');
    if (code === undefined) return;
    const reason = wanted.includes(code) ? said(line, 'reason') : undefined;
    const name = reason === undefined ? code : `${code} (${reason})`;
    counts[name] = (counts[name] ?? 0) + 1;
  };
}
