import * as z from 'zod';
import { dangers, type Finding } from './stateful.ts';

/** A waiver is for one deployment that is near. */
const longestDays = 90;
const dayMs = 86_400_000;

const waiverSchema = z.strictObject({
  resource: z.string().min(1),
  danger: z.enum(dangers),
  reason: z.string().min(20, 'say why, in a sentence'),
  expires: z.iso.date(),
});
const waiversSchema = z.strictObject({ waivers: z.array(waiverSchema) });

export type Waiver = z.infer<typeof waiverSchema>;

/** @throws ZodError for a waiver without a reason or an expiry */
export const readWaivers = (value: unknown): Waiver[] => waiversSchema.parse(value).waivers;

export interface Judgement {
  /** What stops the deployment. */
  refused: Finding[];
  waived: { finding: Finding; waiver: Waiver }[];
  /** What is wrong with the waivers themselves. */
  remarks: string[];
}

/** Whole days: a waiver holds until the end of its last day, UTC. */
export function judge(findings: readonly Finding[], waivers: readonly Waiver[], now: Date): Judgement {
  const today = now.toISOString().slice(0, 10);
  const latest = new Date(now.getTime() + longestDays * dayMs).toISOString().slice(0, 10);
  const holds = ({ expires }: Waiver) => expires >= today && expires <= latest;
  const concerns = (waiver: Waiver, finding: Finding) =>
    waiver.resource === finding.resource && waiver.danger === finding.danger;
  const judgement: Judgement = { refused: [], waived: [], remarks: [] };
  for (const finding of findings) {
    const waiver = waivers.find((one) => holds(one) && concerns(one, finding));
    if (waiver) judgement.waived.push({ finding, waiver });
    else judgement.refused.push(finding);
  }
  for (const waiver of waivers) {
    const named = `the waiver for ${waiver.resource} (${waiver.danger})`;
    if (waiver.expires < today) judgement.remarks.push(`${named} expired on ${waiver.expires}`);
    else if (waiver.expires > latest) judgement.remarks.push(`${named} is for more than ${longestDays} days`);
  }
  return judgement;
}
