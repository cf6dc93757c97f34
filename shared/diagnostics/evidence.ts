import { createHash } from 'node:crypto';
import * as z from 'zod';
import { passwordEnd } from '../chorus-pro/structures.ts';
import type { Link } from '../chorus-pro/try-credentials.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { FindingCode } from './findings.ts';
import { dated, type Explanation, type Parameters } from './report.ts';

/**
 * What worked at an earlier check. With it we can tell a wrong id from a wrong secret, and a wrong password from an
 * expired one, although PISTE and Chorus Pro give the same reply to both. It contains no credential: only a digest of
 * the client id, and the version of the secret that the password came from.
 */
const evidenceSchema = z.object({
  clientId: z.object({ digest: z.string(), takenAt: z.iso.datetime() }).optional(),
  password: z
    .object({ version: z.string(), takenAt: z.iso.datetime(), expiresAt: z.iso.datetime().optional() })
    .optional(),
});

export type Evidence = z.infer<typeof evidenceSchema>;

const nameOf = (connection: string): string => `checked#${connection}`;

export async function recallEvidence(memory: Memory, connection: string): Promise<Evidence> {
  return evidenceSchema.safeParse(await memory.recall(nameOf(connection))).data ?? {};
}

export const rememberEvidence = (memory: Memory, connection: string, evidence: Evidence): Promise<void> =>
  memory.remember(nameOf(connection), evidence);

const digestOf = (clientId: string): string => createHash('sha256').update(clientId).digest('hex');

/** Adds what a trial of credentials has just shown to work. */
export function learnFrom(passed: ReadonlySet<Link>, { credentials, evidence, now }: Subject): Evidence {
  const takenAt = now.toISOString();
  const { version } = credentials;
  const known = evidence.password?.version === version ? evidence.password : {};
  return {
    ...evidence,
    ...(passed.has('piste-application') ? { clientId: { digest: digestOf(credentials.pisteClientId), takenAt } } : {}),
    ...(passed.has('technical-account') ? { password: { ...known, version, takenAt } } : {}),
  };
}

/** PISTE's client ids and secrets are UUIDs. [V-3P CHP, and an ERP vendor's set-up guide] */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `TECH_<n>_<id>@cpro.fr`, formerly `@cpp2017.fr`. [V-AIFE Swagger, V-3P] */
const technicalLogin = /^TECH_.+@/i;

export interface Subject {
  credentials: VersionedCredentials;
  evidence: Evidence;
  now: Date;
}

interface Possibility {
  /** If this explains the refusal: the parameters of its sentence. */
  holds: (subject: Subject) => Parameters | undefined;
  finding: FindingCode;
}

const when = (condition: boolean): Parameters | undefined => (condition ? {} : undefined);

/** Possible causes of PISTE's `invalid_client`: the first that holds is the explanation. */
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

/** Possible causes of Chorus Pro's 401: the first that holds is the explanation. */
const ofAccount: readonly Possibility[] = [
  { finding: 'login-malformed', holds: ({ credentials }) => when(!technicalLogin.test(credentials.technicalLogin)) },
  {
    finding: 'password-expired',
    holds: (subject) => {
      const expiry = latestExpiry(subject);
      return expiry && expiry <= subject.now ? { date: dated(expiry) } : undefined;
    },
  },
  {
    finding: 'password-changed',
    holds: ({ credentials, evidence: { password } }) =>
      password?.version === credentials.version ? day(password.takenAt) : undefined,
  },
];

/**
 * The latest day on which this password can expire: as Chorus Pro said, or else counted from the recorded date. Without
 * one, the date of the secret's version counts: the password cannot be newer.
 */
function latestExpiry({ credentials, evidence: { password } }: Subject): Date | undefined {
  if (password?.version === credentials.version && password.expiresAt) return new Date(password.expiresAt);
  const set = credentials.technicalPasswordSetAt ?? credentials.versionCreatedAt;
  return set === undefined ? undefined : passwordEnd(new Date(set));
}

const day = (instant: string): Parameters => ({ date: dated(new Date(instant)) });

function explained(possibilities: readonly Possibility[], subject: Subject, otherwise: FindingCode): Explanation {
  for (const { finding, holds } of possibilities) {
    const parameters = holds(subject);
    if (parameters) return { finding, parameters };
  }
  return { finding: otherwise, parameters: {} };
}

export const explainPisteRefusal = (subject: Subject): Explanation => explained(ofPiste, subject, 'piste-refuses');
export const explainAccountRefusal = (subject: Subject): Explanation =>
  explained(ofAccount, subject, 'account-refused');
