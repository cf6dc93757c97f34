/** What the simulator's tests of works contracts share: a contract, its documents, and what a supplier sees of them. */
import * as z from 'zod';
import { createChorusPro, drivenClock, PROJECT_MANAGERS } from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, type ExampleClient } from '../../tools/chorus-pro-simulator/example-client.ts';
import { cii, type FluxSample } from '../../tools/chorus-pro-simulator/example-flux.ts';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export interface WorksSample extends FluxSample {
  syntax?: string;
}

export function worksContract(options: Parameters<typeof createChorusPro>[0]['options'] = {}) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, options: { errorStatus: 200, tokenLifetimeSeconds: 1e9, ...options } });
  const client = exampleClient(model);
  /** Deposits, and waits until the flux has ended. @returns its report */
  const works = ({ syntax = 'IN_DP_E1_CII_16B', ...sample }: WorksSample = {}) => {
    const document = cii({ frame: 'A4', invoicee: PROJECT_MANAGERS.answers, market: 'M-2026-1', ...sample });
    const fichierFlux = Buffer.from(document).toString('base64');
    const given = { fichierFlux, nomFichier: 'flux.xml', syntaxeFlux: syntax };
    const { numeroFluxDepot } = client.call('factures/deposer/flux', given).body;
    clock.advance(5 * MINUTE);
    return client.call('transverses/consulterCRDetaille', { numeroFluxDepot }).body;
  };
  return { clock, model, client, works };
}

const paymentRequests = z.object({
  total: z.int(),
  listeDemandePaiement: z.array(
    z.looseObject({
      idDemandePaiement: z.int(),
      numeroDemandePaiement: z.string(),
      cadreFacturation: z.string(),
      etatCourant: z.string(),
      idDossierFacturation: z.int().nullable(),
      nombreResultatTotal: z.string(),
    }),
  ),
});

/** What rechercher/demandePaiement shows a supplier. */
export const requests = (client: ExampleClient, filters: object = {}) =>
  paymentRequests.parse(
    client.call('factures/rechercher/demandePaiement', { roleUtilisateur: 'FOURNISSEUR', ...filters }).body,
  );

/** `S-1 A4 DEPOSEE`, for each. */
export const brief = (client: ExampleClient, filters: object = {}) =>
  requests(client, filters).listeDemandePaiement.map(
    (row) => `${row.numeroDemandePaiement} ${row.cadreFacturation.split('_')[0]} ${row.etatCourant}`,
  );

/** Chorus Pro's id of the document with this number. */
export const idOf = (client: ExampleClient, numeroFacture: string): number =>
  requests(client, { numeroFacture }).listeDemandePaiement[0]?.idDemandePaiement ?? 0;
