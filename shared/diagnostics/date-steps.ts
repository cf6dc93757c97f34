import { parisDay } from '../chorus-pro/dates.ts';
import { passwordEnd } from '../chorus-pro/structures.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import type { Checked } from './report.ts';
import { unhopedFor, type Say, type Walk } from './walk.ts';

const dayMs = 86_400_000;
/** So early a renewal is asked for: the first of the reminders. */
const soonDays = 14;

const wholeDays = (ms: number): number => Math.floor(ms / dayMs);

export interface ExpiryStep {
  step: Checked;
  expiresAt?: Date;
}

/**
 * As Chorus Pro says, else reckoned from the recorded date.
 * @param structureId one of one's own: every one of them tells
 */
export async function checkPassword(
  { chorusPro, say }: Walk,
  structureId: number,
  { technicalPasswordSetAt: setAt, now }: { technicalPasswordSetAt?: string | undefined; now: Date },
): Promise<ExpiryStep> {
  const outcome = await chorusPro.passwordExpiry(structureId);
  if (outcome.kind !== 'accepted') {
    const { finding, parameters } = unhopedFor(outcome);
    return { step: say('password-expiry', finding, parameters) };
  }
  const expiresAt = outcome.value ?? (setAt === undefined ? undefined : passwordEnd(new Date(setAt)));
  if (!expiresAt) return { step: say('password-expiry', 'password-undated') };
  const left = expiresAt.getTime() - now.getTime();
  const finding = left <= 0 ? 'password-past' : wholeDays(left) <= soonDays ? 'password-soon' : 'password-valid';
  return { step: say('password-expiry', finding, { date: parisDay(expiresAt), days: wholeDays(left) }), expiresAt };
}

export function checkSecretAge(say: Say, credentials: VersionedCredentials, limit: number, now: Date): Checked {
  const made = credentials.pisteSecretCreatedAt ?? credentials.versionCreatedAt?.toISOString();
  if (!made) return say('secret-age', 'secret-undated');
  const days = wholeDays(now.getTime() - Date.parse(made));
  return say('secret-age', days < limit ? 'secret-young' : 'secret-old', { days, limit });
}
