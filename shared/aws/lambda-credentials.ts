import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for the AWS SDK's chain of credential providers in a function's bundle (infra/build.ts): Lambda gives a function
 * its role's credentials in the environment, always. The chain would bring clients of SSO and STS along, a seventh of the
 * bundle, and look for files that are not there.
 */
export const defaultProvider = fromEnv;
