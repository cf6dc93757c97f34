import * as z from 'zod';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** The secret `chorus-relay/<connection>`: our logins at PISTE and Chorus Pro. Never logged, never in an event. */
const credentialsSchema = z.object({
  pisteClientId: z.string().min(1),
  pisteClientSecret: z.string().min(1),
  technicalLogin: z.string().min(1),
  technicalPassword: z.string().min(1),
  /** When the client secret was made at PISTE; without it, the date of the secret's version counts. */
  pisteSecretCreatedAt: z.iso.datetime().optional(),
  /** When the technical password was set; it counts only where Chorus Pro does not say when the password ends. */
  technicalPasswordSetAt: z.iso.datetime().optional(),
});

export type Credentials = z.infer<typeof credentialsSchema>;

/** What a secret holds; undefined when it does not fit. Never throws: an error from JSON.parse would quote the secret. */
export function readCredentials(text: string | undefined): Credentials | undefined {
  try {
    return credentialsSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/** Credentials with the version of the secret they came from: a new version is a new chance. */
export interface VersionedCredentials extends Credentials {
  version: string;
  versionCreatedAt?: Date;
}

/** `fresh` reads the secret again whatever is cached. Absent: the secret has no value yet, or one that does not fit. */
export type CredentialsSource = (
  connection: string,
  how?: 'cached' | 'fresh',
) => Promise<VersionedCredentials | undefined>;

/** Nothing can be sent until an operator stores credentials: an alarm rings. */
export function tellMissing(telemetry: Telemetry, connection: string): void {
  telemetry.error('CREDENTIALS_MISSING', { connection });
  telemetry.measure('CredentialsMissing', 1, { connection });
}
