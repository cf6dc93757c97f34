import { parisDay } from '../chorus-pro/dates.ts';
import { passwordEnd } from '../chorus-pro/structures.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import { digestOf, type Evidence } from './evidence.ts';
import type { FindingCode } from './findings.ts';
import type { Parameters } from './report.ts';

/** PISTE's client ids and secrets are UUIDs. [V-3P CHP, and an ERP vendor's set-up guide] */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `TECH_<n>_<id>@cpro.fr`, formerly `@cpp2017.fr`. [V-AIFE Swagger, V-3P] */
const technicalLogin = /^TECH_.+@/i;

interface Subject {
  credentials: VersionedCredentials;
  evidence: Evidence;
  now: Date;
}

interface Explanation {
  finding: FindingCode;
  parameters: Parameters;
}

interface Possibility {
  /** What the sentence needs to know, if this explains it. */
  holds: (subject: Subject) => Parameters | undefined;
  finding: FindingCode;
}

const when = (condition: boolean): Parameters | undefined => (condition ? {} : undefined);

/** PISTE says `invalid_client` for both: the first that holds. */
const ofPiste: readonly Possibility[] = [
  { finding: 'client-id-malformed', holds: ({ credentials }) => when(!uuid.test(credentials.pisteClientId)) },
  {
    finding: 'client-id-changed',
    holds: ({ credentials, evidence: { clientId } }) =>
      clientId && clientId.digest !== digestOf(credentials.pisteClientId) ? day(clientId.takenAt) : undefined,
  },
  { finding: 'secret-malformed', holds: ({ credentials }) => when(!uuid.test(credentials.pisteClientSecret)) },
  { finding: 'secret-refused', holds: ({ evidence: { clientId } }) => clientId && day(clientId.takenAt) },
];

/** Chorus Pro says 401 for all of these: the first that holds. */
const ofAccount: readonly Possibility[] = [
  { finding: 'login-malformed', holds: ({ credentials }) => when(!technicalLogin.test(credentials.technicalLogin)) },
  {
    finding: 'password-expired',
    holds: (subject) => {
      const expiry = latestExpiry(subject);
      return expiry && expiry <= subject.now ? { date: parisDay(expiry) } : undefined;
    },
  },
  {
    finding: 'password-changed',
    holds: ({ credentials, evidence: { password } }) =>
      password?.version === credentials.version ? day(password.takenAt) : undefined,
  },
];

/** The date that Chorus Pro gave for this very password; else the recorded one: it is at least as old as its secret. */
function latestExpiry({ credentials, evidence: { password } }: Subject): Date | undefined {
  if (password?.version === credentials.version && password.expiresAt) return new Date(password.expiresAt);
  const set = credentials.technicalPasswordSetAt ?? credentials.versionCreatedAt;
  return set === undefined ? undefined : passwordEnd(new Date(set));
}

const day = (instant: string): Parameters => ({ date: parisDay(new Date(instant)) });

function explained(possibilities: readonly Possibility[], subject: Subject, otherwise: FindingCode): Explanation {
  for (const { finding, holds } of possibilities) {
    const parameters = holds(subject);
    if (parameters) return { finding, parameters };
  }
  return { finding: otherwise, parameters: {} };
}

export const whyPisteRefuses = (subject: Subject): Explanation => explained(ofPiste, subject, 'piste-refuses');
export const whyAccountIsRefused = (subject: Subject): Explanation => explained(ofAccount, subject, 'account-refused');
