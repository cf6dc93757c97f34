import type { Sending, Transport } from '../../shared/chorus-pro/transport.ts';
import { createChorusPro, type ChorusPro } from '../../tools/chorus-pro-simulator/index.ts';
import type { Chance, Weights } from './chance.ts';
import type { Host, HostDependencies } from './host.ts';
import { faultsLast, type Schedule } from './schedule.ts';
import type { Story, Timeline } from './timeline.ts';
import { readsChanges, troubleOf } from './troubles.ts';

/** Chorus Pro as the schedule sets it up: its checks, its delays, and the files that it loses. */
export function platformOf(
  schedule: Schedule,
  { timeline, chance, story }: { timeline: Timeline; chance: Chance; story: Story },
): ChorusPro {
  const { searchLagMs, duplicateCheck, fluxProcessingMs, incidentResolvesAfterMs, paymentRequestCeiling } = schedule;
  const fluxOutcome = ({ at }: { at: number }) => {
    const place = chance.next('file');
    const rate = faultsLast(schedule, at) ? schedule.rate : 0;
    if (!chance.fault(place, { incident: 1 }, rate)) return undefined;
    story.tell(`${place}: lost by an incident in Chorus Pro`);
    return 'IN_INCIDENTE' as const;
  };
  return createChorusPro({
    clock: timeline,
    options: {
      searchLagMs,
      duplicateCheck,
      fluxProcessingMs,
      fluxOutcome,
      incidentResolvesAfterMs,
      paymentRequestCeiling,
    },
  });
}

/** What may happen to a call on its way to Chorus Pro and back. */
const networkFaults: Weights = {
  'not-connected': 0.1,
  'reset-before': 0.1,
  'reset-after': 0.15,
  'hang-before': 0.08,
  'hang-after': 0.12,
  'late-effect': 0.08,
  'html-before': 0.07,
  'html-after': 0.08,
  truncated: 0.05,
  unauthorized: 0.04,
  'too-many-requests': 0.05,
  'invalid-client': 0.04,
  crash: 0.04,
  'unauthorized-after': 0.03,
  'forbidden-after': 0.03,
  'too-many-requests-after': 0.03,
};

/**
 * A request that timed out may still arrive, but within the settling window: any later, and no connector could be safe.
 */
const latestEffectMs = 10 * 60_000;

/** The poll reads the last hour again, so the index may be behind by no more than that, its usual lag included. */
const staleByMs = ({ searchLagMs }: Schedule): number => Math.min(18 * 60_000, 57 * 60_000 - searchLagMs);

/** A function makes many calls to AWS for one to Chorus Pro; the calls that matter most get their share of faults. */
const networkShare = 1.5;

interface NetworkDependencies extends HostDependencies {
  model: ChorusPro;
  schedule: Schedule;
  /** Called for each call that Chorus Pro handles, whatever becomes of its reply. */
  handled: (call: { path: string; body: string; reply: string }) => void;
  /** Called for each call that a lasting trouble meets. */
  met: (trouble: string) => void;
}

/** The network between one function and Chorus Pro: latency, losses at every point, and the platform's closures. */
export function networkOf(host: Host, dependencies: NetworkDependencies): Transport {
  const { timeline, chance, story, rate, model, schedule } = dependencies;
  return ({ method, url, headers, body = '', timeoutMs }) => {
    const path = new URL(url).pathname;
    const place = chance.next(`${host.name} ${path.replace(/^\/cpro\/|\/api\//, '')}`);
    const drawn = chance.fault(place, networkFaults, Math.min(1, rate() * networkShare));
    const fault = drawn === 'invalid-client' && !path.endsWith('token') ? 'unauthorized' : drawn;
    const [outMs, backMs] = [chance.between(`${place} out`, 20, 400), chance.between(`${place} back`, 20, 400)];
    // A list of changes may come from a copy of the index that is behind the others.
    const stale = readsChanges(body) && chance.fault(`${place} index`, { stale: 1 }, rate());
    if (stale) story.tell(`${place}: a list from a stale index`);
    const handle = (): Sending => {
      model.options.searchLagMs = schedule.searchLagMs + (stale ? staleByMs(schedule) : 0);
      const reply = model.handle({ method, path, headers, body });
      dependencies.handled({ path, body, reply: reply.body });
      return { kind: 'response', ...reply };
    };
    if (fault) story.tell(`${place}: ${fault}`);

    return new Promise<Sending>((resolve) => {
      const later = (ms: number, sending: Sending) => {
        timeline.after(ms, () => {
          if (!host.dead) resolve(sending);
        });
      };
      const givesUp = () => later(timeoutMs - outMs, { kind: 'lost', why: 'TimeoutError' });
      timeline.after(outMs, () => {
        const { closure } = schedule;
        if (closure && timeline.now() >= closure.from && timeline.now() < closure.to) {
          later(backMs, closure.silent ? { kind: 'not-connected', why: 'ECONNREFUSED' } : unavailable);
          return;
        }
        const trouble = troubleOf(schedule, { path, body }, { now: timeline.now(), place, chance });
        if (trouble) story.tell(`${place}: ${trouble}, as for everybody`);
        if (trouble) dependencies.met(trouble);
        arrivals[trouble ?? fault ?? 'none']?.({ later, givesUp, handle, backMs, host, place, dependencies });
      });
    });
  };
}

interface Arrival {
  later: (ms: number, sending: Sending) => void;
  givesUp: () => void;
  handle: () => Sending;
  backMs: number;
  host: Host;
  place: string;
  dependencies: NetworkDependencies;
}

const html = '<html><body><h1>Service Unavailable</h1></body></html>';
const gateway = (status: number, type: string, body: string): Sending => ({
  kind: 'response',
  status,
  headers: { 'content-type': type },
  body,
});
/** What the gateway replies in place of Chorus Pro. */
const unavailable = gateway(503, 'text/html', html);
const unauthorized = gateway(401, 'application/json', '{}');
const tooManyRequests = gateway(429, 'application/json', '{}');
const invalidClient = gateway(400, 'application/json', '{"error":"invalid_client"}');

const garbage = gateway(200, 'application/json', '{"codeRetour":0,');
const forbidden = gateway(403, 'application/json', '{}');
/** The gateway's own, so certainly nothing was done. */
const overQuota = (retryAfterSeconds: number): Sending => ({
  kind: 'response',
  status: 429,
  headers: retryAfterSeconds === 0 ? {} : { 'retry-after': String(retryAfterSeconds) },
  body: '{"httpCode":"429"}',
});

const reset: Sending = { kind: 'lost', why: 'ECONNRESET' };

/** The reply says that the call was turned away or failed, though Chorus Pro took it. */
const afterEffect =
  (reply: Sending) =>
  ({ later, handle, backMs }: Arrival): void => {
    handle();
    later(backMs, reply);
  };
const without =
  (reply: Sending) =>
  ({ later, backMs }: Arrival): void =>
    later(backMs, reply);

/** What happens when the request would reach Chorus Pro. */
const arrivals: Readonly<Record<string, (arrival: Arrival) => void>> = {
  none: ({ later, handle, backMs }) => later(backMs, handle()),
  'not-connected': ({ later, backMs }) => later(backMs, { kind: 'not-connected', why: 'ECONNREFUSED' }),
  'reset-before': without(reset),
  'reset-after': afterEffect(reset),
  'hang-before': ({ givesUp }) => givesUp(),
  'hang-after': ({ handle, givesUp }) => {
    handle();
    givesUp();
  },
  'late-effect': ({ handle, givesUp, place, dependencies: { timeline, chance, story } }) => {
    givesUp();
    timeline.after(chance.between(`${place} late`, 0, latestEffectMs), () => {
      handle();
      story.tell(`${place}: arrives after all`);
    });
  },
  'html-before': ({ later, backMs }) => later(backMs, unavailable),
  'html-after': afterEffect(unavailable),
  truncated: ({ later, handle, backMs }) => {
    const reply = handle();
    later(backMs, reply.kind === 'response' ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) } : reply);
  },
  unauthorized: without(unauthorized),
  'too-many-requests': without(tooManyRequests),
  'invalid-client': without(invalidClient),
  'unauthorized-after': afterEffect(unauthorized),
  'forbidden-after': afterEffect(forbidden),
  'too-many-requests-after': afterEffect(tooManyRequests),
  'gateway-timeout': without(gateway(504, 'text/html', html)),
  'server-error': without(gateway(500, 'text/html', html)),
  garbage: without(garbage),
  quota: ({ later, backMs, dependencies: { schedule } }) =>
    later(backMs, overQuota(schedule.quota?.retryAfterSeconds ?? 0)),
  crash: ({ handle, host }) => {
    handle();
    host.crash();
  },
};
