import { accessTo } from '../../../shared/chorus-pro/chorus-pro.ts';
import type { HttpRequest, Sending } from '../../../shared/chorus-pro/transport.ts';
import { Timeline } from '../../simulation/timeline.ts';
import { exampleConnectionsWith, heldConnections } from '../../support/example-connection.ts';
import { InMemoryLedger } from '../../support/in-memory-ledger.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

import { response, version } from './session-fixture.ts';

const start = Date.UTC(2026, 10, 23, 9);
export const minute = 60_000;
export const suppliers = response(200, { codeRetour: 0, libelle: '', listeStructures: [] });

type Play = (at: number, request: HttpRequest) => Sending;

export const tokenFor = (seconds: number) => response(200, { access_token: 'a', expires_in: seconds });
export const invalidClient = response(400, { error: 'invalid_client' });

interface World {
  count?: number;
  play: Play;
  /** Plays PISTE's token endpoint. */
  piste?: Play;
  settings?: object;
  /** Calls take from 100 ms up to this. */
  longestMs?: number;
}

/** Many running functions in virtual time, over one ledger, against one Chorus Pro. */
export function functions({ count = 8, play, piste = () => tokenFor(3600), settings = {}, longestMs = 4_000 }: World) {
  const timeline = new Timeline(start);
  const now = () => new Date(timeline.now());
  const ledger = new InMemoryLedger(now);
  const secret = { current: version('v1') };
  const telemetry = recordedTelemetry();
  const calls: { at: number; status: number }[] = [];
  const tokens: { at: number; status: number }[] = [];
  let writes = 0;
  let inFlight = 0;
  let most = 0;
  const slowly = async <T>(ms: number, work: () => T | Promise<T>): Promise<T> => {
    await timeline.wait(ms);
    const value = await work();
    await timeline.wait(ms);
    return value;
  };
  const transport = async (request: HttpRequest): Promise<Sending> => {
    const isToken = request.url.endsWith('/token');
    inFlight += 1;
    most = Math.max(most, inFlight);
    const ms = 50 + ((calls.length * 7_919) % (longestMs / 2));
    const sending = await slowly(ms, () => {
      const at = timeline.now() - start;
      const played = (isToken ? piste : play)(at, request);
      (isToken ? tokens : calls).push({ at, status: played.kind === 'response' ? played.status : 0 });
      return played;
    });
    inFlight -= 1;
    return sending;
  };
  const memory = {
    recall: (name: string) => slowly(5, () => ledger.recall(name)),
    remember: (...given: Parameters<InMemoryLedger['remember']>) => slowly(5, () => ledger.remember(...given)),
    swap: (...given: Parameters<InMemoryLedger['swap']>) => {
      writes += 1;
      return slowly(5, () => ledger.swap(...given));
    },
  };
  const outcomes: string[] = [];
  const running = Array.from({ length: count }, () => {
    const access = accessTo({
      connections: heldConnections(exampleConnectionsWith(settings)),
      credentials: () => Promise.resolve(secret.current),
      ...{ transport, memory, telemetry, now, urls: {} },
      wait: (ms) => timeline.wait(ms),
    });
    return async (): Promise<boolean> => {
      const endsAt = timeline.now() + 57_000;
      const deadline = { remainingMs: () => endsAt - timeline.now() };
      const outcome = await (await access('example'))?.chorusPro(deadline).suppliers();
      outcomes.push(outcome?.kind === 'not-done' ? outcome.reason : (outcome?.kind ?? 'none'));
      return true;
    };
  });
  const untilDone = (finished: readonly Promise<unknown>[], until: number) => {
    let done = 0;
    for (const one of finished) void one.then(() => (done += 1));
    return timeline.run(
      until,
      () => undefined,
      () => done === finished.length,
    );
  };
  /** Each function makes calls side by side, one after the other in each lane, with a pause between. */
  const work = (until: number, { lanes = 5, pauseMs = 500 } = {}) => {
    const finished = running.flatMap((call) =>
      Array.from({ length: lanes }, async () => {
        do await timeline.wait(pauseMs);
        while (timeline.now() - start < until && (await call()));
      }),
    );
    return untilDone(finished, start + until + 5 * minute);
  };
  /** One function makes so many calls at once, and is frozen. */
  const burst = (nth: number, length: number) => {
    const calls = Array.from({ length }, async () => {
      await timeline.wait(0);
      return running[nth]?.();
    });
    return untilDone(calls, timeline.now() + 5 * minute);
  };
  return {
    ...{ start, work, burst, calls, tokens, outcomes, secret, telemetry, timeline },
    most: () => most,
    writes: () => writes,
  };
}
