import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { meaningOfRefusal, type Outcome, type Refusal } from '../chorus-pro/outcome.ts';
import type { NoVerdict } from '../chorus-pro/try-credentials.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { FindingCode } from './findings.ts';
import { checked, type Checked, type Parameters, type Said } from './report.ts';
import type { StepName } from './steps.ts';

export type Say = (step: StepName, finding: FindingCode, parameters?: Parameters, subject?: string) => Checked;

/** One check on its way, with credentials that work so far. */
export interface Walk {
  settings: ConnectionSettings;
  chorusPro: ChorusPro;
  say: Say;
}

/** PISTE lists each API twice: a row for each environment. */
const rows = { production: 'PROD', qualification: 'SANDBOX' } as const;

export function sayer({ name, environment }: Pick<ConnectionSettings, 'name' | 'environment'>): Say {
  const always = { connection: name, environment, rows: rows[environment] };
  return (step, finding, parameters, subject) => checked(step, finding, { ...always, ...parameters }, subject);
}

const troubles: Partial<Record<NoVerdict, FindingCode>> = {
  'no-connection': 'unreachable',
  throttled: 'throttled',
  'no-time-left': 'no-time-left',
  'api-not-subscribed': 'api-not-subscribed',
};

export const troubleOf = (why: NoVerdict): FindingCode => troubles[why] ?? 'platform-down';

export type Unaccepted = Exclude<Outcome<unknown>, { kind: 'accepted' }>;

/** An answer that a step did not hope for. */
export function unhopedFor(outcome: Unaccepted): { finding: FindingCode; parameters: Parameters } {
  if (outcome.kind === 'refused')
    return { finding: 'refused-otherwise', parameters: { said: quoted(outcome.refusal) } };
  return { finding: troubleOf(outcome.kind === 'not-done' ? outcome.reason : 'no-answer'), parameters: {} };
}

/** What it means, and what was said, which support will ask for. */
export function quoted(refusal: Refusal): Said {
  const { fr, en } = meaningOfRefusal(refusal);
  const { code, message } = refusal;
  const cited = `${code} ${message}`;
  const whole = (meaning: string): string => (meaning === message ? cited : `${meaning} – ${cited}`);
  return { fr: whole(fr), en: whole(en) };
}
