import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';

export interface WatchDependencies {
  connections: readonly string[];
  credentials: CredentialsSource;
  telemetry: Telemetry;
  now: () => Date;
}

export interface CredentialAge {
  connection: string;
  /** Whole days since the PISTE client secret was made; absent when the connection has no credentials. */
  pisteSecretAgeDays?: number;
}

const dayMs = 24 * 3_600_000;

/** Measures, for each connection, how old its PISTE client secret is: PISTE advises a new one every three months. */
export function watchCredentials(dependencies: WatchDependencies): Promise<CredentialAge[]> {
  return Promise.all(dependencies.connections.map((connection) => watch(connection, dependencies)));
}

async function watch(connection: string, { credentials, telemetry, now }: WatchDependencies): Promise<CredentialAge> {
  const found = await credentials(connection, 'fresh');
  // The date kept with the secret, else that of the secret's version.
  const made = found?.pisteSecretCreatedAt ?? found?.versionCreatedAt?.toISOString();
  if (!made) {
    telemetry.error('CREDENTIALS_MISSING', { connection });
    return { connection };
  }
  const days = Math.floor((now().getTime() - Date.parse(made)) / dayMs);
  telemetry.measure('PisteSecretAgeDays', days, { connection });
  telemetry.info('CREDENTIALS_WATCHED', { connection, days });
  return { connection, pisteSecretAgeDays: days };
}
