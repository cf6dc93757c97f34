import middy from '@middy/core';
import { wireCommon } from '../../shared/aws/wiring.ts';
import { watchCredentials, type CredentialAge, type WatchDependencies } from './watch-credentials.ts';

const wiring = wireCommon(process.env['LAMBDA_TASK_ROOT']);

const dependencies: WatchDependencies = { ...wiring, connections: [...wiring.connections.keys()] };

export const handler = middy<unknown, CredentialAge[]>().handler(() => watchCredentials(dependencies));
