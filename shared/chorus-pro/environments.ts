import type { Environment } from '../connection/settings.ts';

export interface ChorusProUrls {
  /** Base of `/cpro/<api>/v1/<operation>`, without a slash at the end. */
  api: string;
  token: string;
}

/** [V-LIVE] several working clients, 2026. */
const chorusProUrls: Readonly<Record<Environment, ChorusProUrls>> = {
  production: { api: 'https://api.piste.gouv.fr', token: 'https://oauth.piste.gouv.fr/api/oauth/token' },
  qualification: {
    api: 'https://sandbox-api.piste.gouv.fr',
    token: 'https://sandbox-oauth.piste.gouv.fr/api/oauth/token',
  },
};

/** The environment's own addresses, unless the deployment points at another server that follows AIFE's contract. */
export function urlsFor(
  environment: Environment,
  override: { CHORUS_PRO_URL?: string | undefined; PISTE_TOKEN_URL?: string | undefined },
): ChorusProUrls {
  const { api, token } = chorusProUrls[environment];
  return { api: (override.CHORUS_PRO_URL ?? api).replace(/\/$/, ''), token: override.PISTE_TOKEN_URL ?? token };
}
