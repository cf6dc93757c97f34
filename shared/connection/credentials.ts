import * as z from 'zod';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Copying and editors leave spaces, line breaks and byte order marks around a value: none of them belongs to it. */
const value = z.string().trim().min(1);

/** The secret `chorus-relay/<stage>/<connection>`: our logins to PISTE and Chorus Pro. Never in a log or an event. */
const credentialsSchema = z.object({
  pisteClientId: value,
  pisteClientSecret: value,
  technicalLogin: value,
  technicalPassword: value,
  /** When the client secret was created at PISTE; without it, the date of the secret's version counts. */
  pisteSecretCreatedAt: z.iso.datetime().optional(),
  /** When the technical password was set; used only if Chorus Pro does not say when the password expires. */
  technicalPasswordSetAt: z.iso.datetime().optional(),
});

export type Credentials = z.infer<typeof credentialsSchema>;

/**
 * Reads a secret's value; undefined if it is not valid. Never throws: an error from JSON.parse would quote the secret.
 */
export function readCredentials(text: string | undefined): Credentials | undefined {
  try {
    return credentialsSchema.safeParse(JSON.parse((text ?? '').trim())).data;
  } catch {
    return undefined;
  }
}

/** Credentials with the version of the secret that they came from: a suspension ends with a new version. */
export interface VersionedCredentials extends Credentials {
  version: string;
  versionCreatedAt?: Date;
}

/** `fresh` reads the secret again, without the cache. Undefined: the secret has no value yet, or no valid one. */
export type CredentialsSource = (
  connection: string,
  how?: 'cached' | 'fresh',
) => Promise<VersionedCredentials | undefined>;

/** Logs and counts that a connection has no credentials: nothing can be sent until an operator stores them. */
export function tellMissing(telemetry: Telemetry, connection: string): void {
  telemetry.error('CREDENTIALS_MISSING', { connection });
  telemetry.measure('CredentialsMissing', 1, { connection });
}
