/** The smallest client of the simulator: for its own tests, and to show what a call looks like. */
import * as z from 'zod';
import { EXAMPLE_CREDENTIALS, RECIPIENTS, SUPPLIERS } from './example-world.ts';
import type { Reply } from './replies.ts';
import type { Request } from './gateway.ts';
import { TOKEN_PATH, type OperationName } from './operation.ts';

interface Parsed {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

interface Identity {
  clientId?: string;
  clientSecret?: string;
  login?: string;
  password?: string;
}

const jsonBody = z.record(z.string(), z.unknown());

const parsed = ({ status, headers, body }: Reply): Parsed => ({
  status,
  headers,
  body: jsonBody.parse(JSON.parse(body)),
});

export const tokenRequest = (fields: Record<string, string> = {}): Request => ({
  path: TOKEN_PATH,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: EXAMPLE_CREDENTIALS.clientId,
    client_secret: EXAMPLE_CREDENTIALS.clientSecret,
    scope: 'openid',
    ...fields,
  }).toString(),
});

const ownStructures = 'transverses/recuperer/structures/actives/fournisseur';

interface Callable {
  handle(request: Request): Reply;
}

/** Signs in. @returns a way to call: `call('factures/soumettre', {…})`. */
export function exampleClient(model: Callable, identity: Identity = {}) {
  const { clientId, clientSecret, technicalAccount, technicalPassword } = EXAMPLE_CREDENTIALS;
  const given = { clientId, clientSecret, login: technicalAccount, password: technicalPassword, ...identity };
  const signedIn = model.handle(tokenRequest({ client_id: given.clientId, client_secret: given.clientSecret }));
  const { access_token: token } = z.object({ access_token: z.string() }).parse(JSON.parse(signedIn.body));
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'cpro-account': Buffer.from(`${given.login}:${given.password}`).toString('base64'),
    'content-type': 'application/json;charset=utf-8',
    accept: 'application/json;charset=utf-8',
  };
  const request = (operation: OperationName, body: unknown): Request => ({
    path: `/cpro/${operation.replace('/', '/v1/')}`,
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return {
    headers,
    request,
    call: (operation: OperationName, body: unknown = {}) => parsed(model.handle(request(operation, body))),
    raw: (changes: Partial<Request>, operation: OperationName = ownStructures) =>
      parsed(model.handle({ ...request(operation, {}), ...changes })),
  };
}
export type ExampleClient = ReturnType<typeof exampleClient>;

export const EXAMPLE_PDF = Buffer.from('%PDF-1.4\n% a small invoice\n%%EOF\n').toString('base64');

export function depositPdf(client: ExampleClient, fichierFacture = EXAMPLE_PDF): number {
  const body = { fichierFacture, nomFichier: 'facture.pdf', formatDepot: 'PDF_NON_SIGNE' };
  return z.object({ pieceJointeId: z.number() }).parse(client.call('factures/deposer/pdf', body).body).pieceJointeId;
}

export function supplierId(client: ExampleClient, siret: string = SUPPLIERS.company): number {
  const schema = z.object({
    listeStructures: z.array(z.object({ idStructureCPP: z.number(), identifiant: z.string() })),
  });
  const { listeStructures } = schema.parse(client.call(ownStructures).body);
  return listeStructures.find(({ identifiant }) => identifiant === siret)?.idStructureCPP ?? 0;
}

interface Sample {
  number?: string;
  supplier?: string;
  recipient?: string;
  service?: string;
  commitment?: string;
  frame?: string;
  validator?: string;
  document?: number;
}

/** A valid submission in DEPOT_PDF_API: 100 € plus 20 % VAT. */
export function submission(client: ExampleClient, sample: Sample = {}) {
  const { number = 'F-2026-001', recipient = RECIPIENTS.nothingMandatory, document = depositPdf(client) } = sample;
  return {
    modeDepot: 'DEPOT_PDF_API',
    numeroFactureSaisi: number,
    dateFacture: '2026-11-20',
    destinataire: { codeDestinataire: recipient, codeServiceExecutant: sample.service ?? null },
    fournisseur: { idFournisseur: supplierId(client, sample.supplier), idServiceFournisseur: null },
    cadreDeFacturation: {
      codeCadreFacturation: sample.frame ?? 'A1_FACTURE_FOURNISSEUR',
      codeStructureValideur: sample.validator ?? null,
    },
    references: {
      deviseFacture: 'EUR',
      typeFacture: 'FACTURE',
      typeTva: 'TVA_SUR_DEBIT',
      modePaiement: 'VIREMENT',
      numeroBonCommande: sample.commitment ?? null,
    },
    ligneTva: [{ ligneTvaTauxManuel: 20, ligneTvaMontantBaseHtParTaux: 100, ligneTvaMontantTvaParTaux: 20 }],
    montantTotal: { montantHtTotal: 100, montantTVA: 20, montantTtcTotal: 120, montantAPayer: 120 },
    pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: 'facture', pieceJointePrincipaleId: document }],
  };
}

/** Deposits a PDF and submits its invoice. @returns the id of the accepted invoice */
export function submitInvoice(client: ExampleClient, sample: Sample = {}): number {
  const { body } = client.call('factures/soumettre', submission(client, sample));
  return z.object({ identifiantFactureCPP: z.number() }).parse(body).identifiantFactureCPP;
}
