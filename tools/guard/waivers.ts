/** Exceptions from the guard. Each is for one deployment in the near future, with a reason and an expiry date. */
import * as z from 'zod';
import { dangers, type Loss } from './losses.ts';

const longestDays = 90;
const dayMs = 86_400_000;

const waiverSchema = z.strictObject({
  resource: z.string().min(1),
  danger: z.enum(dangers),
  reason: z.string().min(20, 'say why, in a sentence'),
  expires: z.iso.date(),
});
const waiversSchema = z.strictObject({ waivers: z.array(waiverSchema) });

type Waiver = z.infer<typeof waiverSchema>;

/** @throws ZodError for a waiver without a reason or an expiry date */
export const readWaivers = (value: unknown): Waiver[] => waiversSchema.parse(value).waivers;

export interface Judgement {
  /** Losses without a waiver: they stop the change. */
  refused: Loss[];
  waived: { loss: Loss; waiver: Waiver }[];
  /** What is wrong with the waivers themselves. */
  remarks: string[];
}

/** A waiver holds until the end of its last day, UTC. */
export function applyWaivers(losses: readonly Loss[], waivers: readonly Waiver[], now: Date): Judgement {
  const today = now.toISOString().slice(0, 10);
  const latest = new Date(now.getTime() + longestDays * dayMs).toISOString().slice(0, 10);
  const covers = (waiver: Waiver, loss: Loss) =>
    waiver.resource === loss.resource &&
    waiver.danger === loss.danger &&
    waiver.expires >= today &&
    waiver.expires <= latest;
  const result: Judgement = { refused: [], waived: [], remarks: [] };
  for (const loss of losses) {
    const waiver = waivers.find((one) => covers(one, loss));
    if (waiver) result.waived.push({ loss, waiver });
    else result.refused.push(loss);
  }
  for (const waiver of waivers) {
    const name = `the waiver for ${waiver.resource} (${waiver.danger})`;
    if (waiver.expires < today) result.remarks.push(`${name} expired on ${waiver.expires}`);
    else if (waiver.expires > latest) result.remarks.push(`${name} is for more than ${longestDays} days`);
  }
  return result;
}
