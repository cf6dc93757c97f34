import { setTimeout as wait } from 'node:timers/promises';
import middy from '@middy/core';
import * as z from 'zod';
import { secretsManagerClient, snsClient, deadlineOf } from '../../shared/aws/runtime.ts';
import { wireCommon } from '../../shared/wiring.ts';
import { urlsFor } from '../../shared/chorus-pro/piste.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import { tryCredentials } from '../../shared/chorus-pro/try-credentials.ts';
import { secretVersions } from '../../shared/connection/secrets-manager.ts';
import { connectionOfSecret } from '../../shared/connection/settings.ts';
import { operationsTopic } from '../../shared/messaging/senders.ts';
import { rotateCredentialsEnvironment, readEnvironment } from '../environments.ts';
import { rotateCredentials, rotationSteps, type RotationStep } from './rotate-credentials.ts';

interface RotationReport {
  step: RotationStep;
  stopped?: 'unknown-connection';
}

/** Secrets Manager's event; `SecretId` is the secret's ARN. */
const eventSchema = z.object({
  Step: z.enum(rotationSteps),
  SecretId: z.string(),
  ClientRequestToken: z.string(),
});

const environment = readEnvironment(rotateCredentialsEnvironment, process.env);
const { connections, telemetry, now } = wireCommon(environment, process.env);
const client = secretsManagerClient();
const tell = operationsTopic(snsClient(), environment.OPERATIONS_TOPIC_ARN);

export const handler = middy<unknown, RotationReport>().handler(async (event, context) => {
  const { Step: step, SecretId, ClientRequestToken: version } = eventSchema.parse(event);
  const connection = await connections.get(connectionOfSecret(SecretId) ?? '');
  // The secret of a connection that was taken out is none of ours, and its rotation no fault: no alarm rings.
  if (!connection) {
    telemetry.warn('CREDENTIALS_UNTRIED', { reason: 'unknown-connection' });
    return { step, stopped: 'unknown-connection' };
  }
  const urls = urlsFor(connection.environment, environment);
  await rotateCredentials(
    { connection: connection.name, step, version },
    {
      secret: secretVersions(client, SecretId),
      tryOut: (credentials) =>
        tryCredentials(credentials, { urls, transport: nodeTransport, now, wait }, deadlineOf(context)),
      tell,
      telemetry,
      now,
    },
  );
  return { step };
});
