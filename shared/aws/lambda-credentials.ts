import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces the AWS SDK's chain of credential providers in a function's bundle (infra/build.ts): Lambda always puts the
 * credentials of a function's role into the environment. The chain would add clients for SSO and STS, a seventh of the
 * bundle, and would look for files that do not exist.
 */
export const defaultProvider = fromEnv;
