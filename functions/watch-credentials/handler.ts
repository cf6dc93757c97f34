import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import middy from '@middy/core';
import { secretsManagerClient } from '../../shared/aws/clients.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager-credentials.ts';
import { readConnections } from '../../shared/connection/settings.ts';
import { powertoolsTelemetry } from '../../shared/telemetry/powertools-telemetry.ts';
import { watchCredentials, type CredentialAge } from './watch-credentials.ts';

const connections = readConnections(
  readFileSync(join(process.env['LAMBDA_TASK_ROOT'] ?? '', 'connections.json'), 'utf8'),
);
const now = () => new Date();

const dependencies = {
  connections: [...connections.keys()],
  credentials: secretsManagerCredentials(secretsManagerClient(), now),
  telemetry: powertoolsTelemetry(),
  now,
};

export const handler = middy<unknown, CredentialAge[]>().handler(() => watchCredentials(dependencies));
