import type { LocalCloud } from '../local-cloud/cloud.ts';

const hour = 3_600_000;
const longestDays = 40;

/**
 * When the ERP looks, in hours: the first day closely, since most of the routing happens in it; then twice a day. The
 * relay polls at its own schedule's last turn before each look.
 */
function* lookHours(): Generator<number> {
  yield* [0.75, 4, 16, 24.5, 28];
  for (let hours = 40; hours <= longestDays * 24; hours += 12) yield hours;
}

interface Watching<View> {
  look: () => Promise<View>;
  isOver: (view: View, day: number) => boolean;
  signal?: AbortSignal | undefined;
}

/** Moves the cloud, and Chorus Pro with it, through time. @returns the last view and how many virtual days it took */
export async function untilEnded<View>(
  cloud: Pick<LocalCloud, 'advance'>,
  { look, isOver, signal }: Watching<View>,
): Promise<{ view: View; days: number }> {
  let at = 0;
  let view = await look();
  for (const hours of lookHours()) {
    if (isOver(view, at / 24)) break;
    signal?.throwIfAborted();
    await cloud.advance((hours - at) * hour, { catchUp: 'last' });
    at = hours;
    view = await look();
  }
  return { view, days: at / 24 };
}
