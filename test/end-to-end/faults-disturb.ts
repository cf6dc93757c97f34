import type { LocalCloud, LogLine } from '../../tools/local-cloud/index.ts';
import type { FaultPlan, FaultRule } from '../../tools/chorus-pro-simulator/index.ts';
import { seededRandom } from '../../tools/chorus-pro-simulator/faults.ts';

/**
 * Together they strike one call in five; `strikes: 'after'` has its effect at Chorus Pro although the answer is an
 * error.
 */
const faults: readonly FaultRule[] = [
  { kind: 'reset-before', probability: 0.05 },
  { kind: 'reset-after', probability: 0.06 },
  { kind: 'server-error', probability: 0.02 },
  { kind: 'server-error', probability: 0.04, strikes: 'after' },
  { kind: 'gateway-timeout', probability: 0.003, strikes: 'after' },
  { kind: 'unavailable', probability: 0.002 },
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

/** A call takes a moment, so that a function can be killed in it. */
const latencyMs = 20;

export interface Disturbance {
  /** While faults last: calls to Chorus Pro and to PISTE, those that met a fault, and faults by kind. */
  calls: number;
  disturbed: number;
  kinds: Record<string, number>;
  stop: () => void;
}

/** Orders the faults, and counts for itself: a call may draw several, of which the first strikes. */
export function disturb(plan: FaultPlan, onCall: () => void): Disturbance {
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
    onCall();
    if (!struck) return drawn;
    disturbance.disturbed += 1;
    const name = struck.strikes === 'after' ? `${struck.kind}, effect done` : struck.kind;
    disturbance.kinds[name] = (disturbance.kinds[name] ?? 0) + 1;
    return drawn;
  };
  for (const rule of [{ kind: 'latency', milliseconds: latencyMs } as const, ...silences, ...faults]) plan.add(rule);
  return disturbance;
}

export interface Killer {
  armed: boolean;
  killed: Record<string, number>;
  onCall: () => void;
}

/** Kills a busy function in the middle of one call in so many: before Chorus Pro has answered, or shortly after. */
export function killerOf(cloud: LocalCloud, share: number): Killer {
  const random = seededRandom(Date.now());
  const killer: Killer = {
    armed: false,
    killed: {},
    onCall: () => {
      if (killer.armed && random() < share) setTimeout(kill, random() * 2 * latencyMs);
    },
  };
  const kill = () => {
    const name = killer.armed ? cloud.killRandom(random)?.replace(/^chorus-relay-[a-z0-9]+-/, '') : undefined;
    if (name !== undefined) killer.killed[name] = (killer.killed[name] ?? 0) + 1;
  };
  return killer;
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
