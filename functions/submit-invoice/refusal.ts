import { meaningOfRefusal, type Refusal } from '../../shared/chorus-pro/outcome.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';

/** Chorus Pro's no as a reason: the sentence of each language has its meaning in that language. */
export function reasonsOf(refusal: Refusal): Reason[] {
  const { fr, en } = meaningOfRefusal(refusal);
  const told = (message: string) => reason('refused-by-chorus-pro', '', { message, code: refusal.code });
  return [{ ...told(fr), en: told(en).en }];
}
