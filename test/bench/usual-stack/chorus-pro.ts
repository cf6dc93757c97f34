import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import axios, { type AxiosInstance } from 'axios';
import * as z from 'zod';
import type { Message } from './message.ts';

const secretSchema = z.object({
  ...{ pisteClientId: z.string(), pisteClientSecret: z.string() },
  ...{ technicalLogin: z.string(), technicalPassword: z.string() },
});
const tokenSchema = z.object({ access_token: z.string(), expires_in: z.coerce.number() });
const suppliersSchema = z.object({
  listeStructures: z.array(z.object({ identifiant: z.string(), idStructureCPP: z.int() })),
});
const uploadedSchema = z.object({ pieceJointeId: z.int() });
const submittedSchema = z.object({ identifiantFactureCPP: z.int(), statutFacture: z.string() });
export type Submitted = z.infer<typeof submittedSchema>;

const vatRegimes = { 'on-debits': 'TVA_SUR_DEBIT', 'on-receipts': 'TVA_SUR_ENCAISSEMENT' };
const paymentMeans = { 'credit-transfer': 'VIREMENT', 'direct-debit': 'PRELEVEMENT' };
const types = { invoice: 'FACTURE', 'credit-note': 'AVOIR' };

interface Settings {
  url: string;
  tokenUrl: string;
  secretId: string;
}

/** Chorus Pro by axios, with one token and one list of suppliers for as long as the token is valid. */
export class ChorusPro {
  private readonly secrets = new SecretsManagerClient({});
  private readonly settings: Settings;
  private session: { client: Promise<AxiosInstance>; until: number } | undefined;
  private suppliers: Promise<z.infer<typeof suppliersSchema>> | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  async upload(name: string, bytes: Uint8Array): Promise<number> {
    const fichierFacture = Buffer.from(bytes).toString('base64');
    const body = { fichierFacture, nomFichier: name, formatDepot: 'PDF_NON_SIGNE' };
    return uploadedSchema.parse(await this.call('factures/v1/deposer/pdf', body)).pieceJointeId;
  }

  async submit({ invoice }: Message, supplier: string, pdfId: number): Promise<Submitted> {
    const { recipient, lines, vatBreakdown, totals } = invoice;
    const body = {
      modeDepot: 'DEPOT_PDF_API',
      numeroFactureSaisi: invoice.number,
      dateFacture: invoice.issueDate,
      destinataire: { codeDestinataire: recipient.siret, codeServiceExecutant: recipient.service },
      fournisseur: { idFournisseur: await this.idOf(supplier) },
      cadreDeFacturation: { codeCadreFacturation: 'A1_FACTURE_FOURNISSEUR' },
      references: {
        deviseFacture: 'EUR',
        typeFacture: types[invoice.type],
        typeTva: vatRegimes[invoice.vatRegime],
        modePaiement: paymentMeans[invoice.payment.means],
      },
      lignePoste: lines.map((line) => ({
        lignePosteNumero: line.number,
        lignePosteReference: String(line.number),
        lignePosteDenomination: line.name,
        lignePosteQuantite: Number(line.quantity),
        lignePosteUnite: 'U',
        lignePosteMontantUnitaireHT: Number(line.unitPrice),
        lignePosteMontantRemiseHT: 0,
        lignePosteTauxTvaManuel: Number(line.vatRate),
      })),
      ligneTva: vatBreakdown.map((vat) => ({
        ligneTvaTauxManuel: Number(vat.rate),
        ligneTvaMontantBaseHtParTaux: Number(vat.base),
        ligneTvaMontantTvaParTaux: Number(vat.amount),
      })),
      montantTotal: {
        montantHtTotal: Number(totals.taxExclusive),
        montantTVA: Number(totals.vat),
        montantTtcTotal: Number(totals.taxInclusive),
        montantAPayer: Number(totals.due),
      },
      pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: 'facture', pieceJointePrincipaleId: pdfId }],
    };
    return submittedSchema.parse(await this.call('factures/v1/soumettre', body));
  }

  private async idOf(siret: string): Promise<number> {
    this.suppliers ??= this.call('transverses/v1/recuperer/structures/actives/fournisseur', {}).then((body) =>
      suppliersSchema.parse(body),
    );
    const { listeStructures } = await this.suppliers;
    const found = listeStructures.find(({ identifiant }) => identifiant === siret);
    if (!found) throw new Error(`${siret} is no supplier of this account`);
    return found.idStructureCPP;
  }

  private async call(path: string, body: object): Promise<unknown> {
    if (!this.session || this.session.until < Date.now()) this.session = this.open();
    const { data } = await (await this.session.client).post<{ codeRetour: number }>(`/cpro/${path}`, body);
    if (data.codeRetour !== 0) throw new Error(`Chorus Pro refused: ${data.codeRetour}`);
    return data;
  }

  private open(): { client: Promise<AxiosInstance>; until: number } {
    const session = { client: this.signIn(), until: Date.now() + 50 * 60_000 };
    session.client.catch(() => (this.session = undefined));
    return session;
  }

  private async signIn(): Promise<AxiosInstance> {
    const { url, tokenUrl, secretId } = this.settings;
    const { SecretString = '' } = await this.secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    const secret = secretSchema.parse(JSON.parse(SecretString));
    const form = new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: 'openid' },
      ...{ client_id: secret.pisteClientId, client_secret: secret.pisteClientSecret },
    });
    const { data } = await axios.post<unknown>(tokenUrl, form);
    const account = Buffer.from(`${secret.technicalLogin}:${secret.technicalPassword}`).toString('base64');
    return axios.create({
      baseURL: url,
      timeout: 30_000,
      maxBodyLength: Infinity,
      headers: {
        authorization: `Bearer ${tokenSchema.parse(data).access_token}`,
        'cpro-account': account,
        'content-type': 'application/json;charset=utf-8',
        accept: 'application/json;charset=utf-8',
      },
    });
  }
}
