import * as z from 'zod';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { exampleClient } from '../../../tools/chorus-pro-simulator/example-client.ts';
import { cii, type FluxSample } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { PROJECT_MANAGERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';

export const day = 24 * 60;

/** A relay whose connection has works, where both lists are what they are in that environment. */
export function worksRelay(
  environment: 'production' | 'qualification',
  { model, ...options }: RelayOptions = {},
): Relay {
  return relay({
    connections: exampleConnectionsWith({ environment, works: { answers: 'inferred' } }),
    model: { qualification: environment === 'qualification', ...model },
    ...options,
  });
}

/** A works document that somebody deposits on the portal, without the relay. */
export function depositByHand(world: Relay, sample: FluxSample): void {
  const document = cii({ frame: 'A4', invoicee: PROJECT_MANAGERS.answers, market: 'M-2026-1', ...sample });
  const fichierFlux = Buffer.from(document).toString('base64');
  const given = { fichierFlux, nomFichier: 'flux.xml', syntaxeFlux: 'IN_DP_E1_CII_16B' };
  exampleClient(world.model).call('factures/deposer/flux', given);
  world.advance(5);
}

const answerSchema = z.looseObject({
  listeDemandePaiement: z.array(z.looseObject({ numeroDemandePaiement: z.string() })),
});
function only(numbers: readonly string[], body: string): string {
  const answer = answerSchema.parse(JSON.parse(body));
  const shown = answer.listeDemandePaiement.filter((row) => numbers.includes(row.numeroDemandePaiement));
  return JSON.stringify({ ...answer, listeDemandePaiement: shown, total: shown.length });
}

/** The list of payment requests shows a supplier the documents with these numbers, and hides all others. */
export const showsOnly =
  (...numbers: string[]) =>
  (wire: Transport): Transport =>
  async (request) => {
    const sending = await wire(request);
    return sending.kind === 'response' && request.url.endsWith('rechercher/demandePaiement')
      ? { ...sending, body: only(numbers, sending.body) }
      : sending;
  };

/** Polls twice a day. */
export async function pollFor(world: Relay, days: number): Promise<void> {
  for (let half = 0; half < days * 2; half += 1) {
    world.advance(day / 2);
    await world.poll();
  }
}
