/** Has the deployed relay check a connection, from where its functions are. Signed by hand: there is no SDK for it. */
import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { steps, type StepName } from '../../shared/diagnostics/steps.ts';
import { physicalName } from '../../infra/names.ts';
import { Failure } from '../command-line/command.ts';
import type { Owner } from './connection-secret.ts';
import { notDeployed, type Aws } from './targets.ts';

const sentence = z.object({ fr: z.string(), en: z.string() });
const stepName = z.custom<StepName>((given) => typeof given === 'string' && Object.hasOwn(steps, given));

const reportSchema = z.object({
  established: z.boolean(),
  conclusion: sentence,
  steps: z.array(
    z.object({
      step: stepName,
      subject: z.string().exactOptional(),
      verdict: z.enum(['holds', 'fails', 'not-tried']),
      // Another version may find what this one does not know.
      finding: z.string(),
      said: sentence,
      mend: sentence.exactOptional(),
    }),
  ),
});
export type CheckReport = z.infer<typeof reportSchema>;

/** @param settings as the connection's file has them, not yet stored @throws Failure with what Lambda replied */
export async function askCheck(
  { signing }: Pick<Aws, 'signing'>,
  { stage, connection }: Owner,
  settings: Record<string, unknown>,
): Promise<CheckReport> {
  const { endpoint, region, credentials } = await signing('lambda');
  const client = new AwsClient({ ...credentials, service: 'lambda', region });
  const name = physicalName(stage, 'check-connection');
  const url = new URL(`/2015-03-31/functions/${name}/invocations`, endpoint);
  const reply = await client.fetch(url.href, { method: 'POST', body: JSON.stringify({ connection, settings }) });
  const content: unknown = await reply.json().catch(() => undefined);
  if (reply.status === 404) throw notDeployed('function', name);
  const { data } = z.tuple([reportSchema]).safeParse(content);
  if (!data || reply.headers.has('x-amz-function-error'))
    throw new Failure({
      fr: `la fonction ${name} n’a pas pu contrôler la connexion (HTTP ${reply.status}) : cherchez UNEXPECTED dans son journal`,
      en: `the function ${name} could not check the connection (HTTP ${reply.status}): look for UNEXPECTED in its log`,
    });
  return data[0];
}
