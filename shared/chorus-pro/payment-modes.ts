import * as z from 'zod';
import type { Terms } from '../invoice/terms.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';
import { paymentMeans } from './submission.ts';

const readModes: Operation<{ listeModePaiement?: { modePaiement: string }[] | null | undefined }> = {
  path: 'transverses/v1/recuperer/modereglements',
  effect: 'none',
  answer: z.looseObject({ listeModePaiement: z.array(z.looseObject({ modePaiement: z.string() })).nullish() }),
};

/** Which of these ways of paying Chorus Pro does not take, by Chorus Pro's own list. [V-3P GO] */
export async function meansNotTaken(
  call: Call,
  means: readonly Terms['paymentMeans'][],
  deadline: Deadline,
): Promise<Outcome<Terms['paymentMeans'][]>> {
  const outcome = await call(readModes, {}, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const taken = new Set(outcome.value.listeModePaiement?.map(({ modePaiement }) => modePaiement));
  return { kind: 'accepted', value: means.filter((one) => !taken.has(paymentMeans[one])) };
}
