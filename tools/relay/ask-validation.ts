/** Lets a subcontractor of the simulator ask one of our companies for a validation: a sample that `send` takes too. */
import * as z from 'zod';
import type { Said } from '../../shared/invoice/spoken.ts';
import { issuersOf } from '../../shared/connection/settings.ts';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import type { Asked } from '../chorus-pro-simulator/index.ts';
import { Failure } from '../command-line/command.ts';
import type { RequestSample } from '../demo/sample.ts';
import type { Endpoints } from '../local-cloud/endpoints.ts';
import { settingsOf } from './targets.ts';

/** A subcontractor's request, which Chorus Pro gets and not the relay. */
export interface Request {
  request: Asked;
}

interface Changed {
  connection?: string | undefined;
  number?: string | undefined;
  recipient?: string | undefined;
}

/** To our own first company, if it names one that the connection does not have. */
export async function requestOf(
  { request }: RequestSample,
  { connection, number, recipient }: Changed,
): Promise<Asked> {
  const { connections } = deploymentFrom(projectContext());
  const issuers = issuersOf(await settingsOf(connection ?? connections[0] ?? ''));
  const validator = issuers.some(({ siret }) => siret === request.validator) ? request.validator : issuers[0]?.siret;
  return {
    ...request,
    ...(validator ? { validator } : {}),
    ...(number ? { number } : {}),
    ...(recipient ? { recipient } : {}),
  };
}

/** @throws Failure if the relay talks to a real server, or if the simulator does not know one of the parties */
export async function ask(request: Asked, { chorusProUrl }: Endpoints): Promise<void> {
  const reply =
    chorusProUrl === undefined
      ? undefined
      : await fetch(`${chorusProUrl}/simulator/request`, { method: 'POST', body: JSON.stringify(request) });
  if (reply?.ok) return;
  const { error } = errorSchema.parse(reply ? await reply.json() : {});
  throw new Failure({
    fr: `le simulateur n’accepte pas la demande ${request.number} : ${error}`,
    en: `the simulator does not take the request ${request.number}: ${error}`,
  });
}

const errorSchema = z.object({ error: z.string().default('–') });

/** What is told of it. */
export const deposited = (number: string, file: string): Said => ({
  fr: `${number} (${file}) : déposée dans Chorus Pro par le sous-traitant. Le relais la lit dans l’heure : « npx relay clock +1h », puis « npx relay validations --local ».`,
  en: `${number} (${file}) was deposited in Chorus Pro by the subcontractor. The relay reads it within the hour: "npx relay clock +1h", then "npx relay validations --local".`,
});
