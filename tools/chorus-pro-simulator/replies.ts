/** Every refusal of Chorus Pro with its code, and the replies of operations and of the gateway. */

interface Refusal {
  code: number;
  message: string;
  source: string;
}

const known = (code: number, message: string, source: string): Refusal => ({ code, message, source });

/** No public source has the code and the message: codes from 90001 and messages with SIMULATEUR are ours. */
const ours = (code: number, message: string, source: string): Refusal => known(code, `SIMULATEUR: ${message}`, source);

const NOT_SEEN = '[INF] the rule is public, the code is not';

/** Chorus Pro's refusals. The same code means different things in different services: never read it alone. */
export const REFUSALS = {
  invoiceUnknown: known(20000, 'GDP_MSG_11.008', '[V-3P] consulter and others: the payment request does not exist'),
  notEntitled: known(20001, 'GDP_MSG_11.005', '[V-3P] the user lacks the habilitation; also no raccordement [INF]'),
  fluxTooLarge: known(20001, 'GDP_MSG_11.022', '[V-3P] deposer/flux, citing the API annex V5.00'),
  fluxUnknown: known(20001, 'POQ_MSG_01.003', '[V-3P] consulterCRDetaille: not found, also right after the deposit'),
  notSuspended: known(20002, 'GDP_MSG_11.033', '[V-3P] completer: the invoice is not SUSPENDUE'),
  attachmentTooLarge: ours(20003, 'pièce jointe de plus de 10 Mo', '[V-3P] ajouter/fichier: only the code is known'),
  stateForbids: known(
    90002,
    'GDP_MSG_11.001',
    '[V-3P] the current state forbids the action: only the message is known',
  ),
  malformed: ours(90001, 'requête mal formée', '[V-3P] HTTP 400 with codeRetour and libelle; the code is not known'),
  fieldMissing: ours(90003, 'champ obligatoire absent', NOT_SEEN),
  numberUsed: ours(90004, 'numéro de facture déjà utilisé par ce fournisseur', '[INF] duplicate number refused'),
  recipientUnknown: ours(90010, 'destinataire inconnu', '[V-3P] a message of this kind is shown to users'),
  recipientInactive: ours(90011, 'destinataire inactif', '[V-3P] a message of this kind is shown to users'),
  recipientMoaOnly: ours(90012, 'destinataire uniquement MOA', '[V-AIFE] estMoaUniquement, Swagger Structures'),
  serviceMandatory: ours(90013, 'code service obligatoire pour ce destinataire', '[V-3P] shown to users'),
  serviceUnknown: ours(90014, 'service inconnu du destinataire', NOT_SEEN),
  serviceInactive: ours(90015, 'service inactif', NOT_SEEN),
  serviceReserved: ours(90016, 'service réservé aux factures entre entités publiques', '[V-3P] FACTURES_PUBLIQUES'),
  commitmentMandatory: ours(90017, "numéro d'engagement obligatoire", '[V-AIFE] numeroEJDoitEtreRenseigne'),
  commitmentOrServiceMandatory: ours(
    90018,
    "numéro d'engagement ou code service obligatoire",
    '[V-AIFE] gestionNumeroEJOuCodeService',
  ),
  supplierServiceUnknown: ours(90020, 'service du fournisseur inconnu ou inactif', NOT_SEEN),
  bankDetailsUnknown: ours(90021, 'coordonnées bancaires inconnues', NOT_SEEN),
  validatorMandatory: ours(90022, 'valideur obligatoire pour ce cadre', '[V-AIFE] examples P87 and P88'),
  validatorUnknown: ours(90023, 'valideur inconnu ou inactif', NOT_SEEN),
  attachmentUnknown: ours(90030, 'pièce jointe inexistante', '[V-3P] a message of this kind is shown to users'),
  attachmentUsed: ours(90031, 'pièce jointe principale déjà utilisée', NOT_SEEN),
  attachmentType: ours(90032, 'type de pièce jointe inconnu', NOT_SEEN),
  notPdf: ours(90033, 'le fichier est illisible ou n’est pas un PDF', '[V-3P] "invoice could not be analysed"'),
  totals: ours(90040, 'récapitulatif incohérent', '[V-3P] "header summary incorrect", "consistency checks failed"'),
  creditNoteNegative: ours(90041, 'montants négatifs dans un avoir', '[V-AIFE] every credit note example is positive'),
  vatCode: ours(90042, 'taux de TVA inconnu', NOT_SEEN),
  exemptionReasonUnknown: ours(90046, 'motif d’exonération inconnu', NOT_SEEN),
  frameForbidden: ours(
    90060,
    'cadre de facturation interdit à ce déposant',
    '[INF] the MOE’s and the MOA’s own cadres',
  ),
  worksCreditNote: ours(90061, 'avoir interdit dans un dossier de travaux', '[INF] AIFE’s examples are all 380'),
  wrongFlux: ours(90062, 'cadre de facturation interdit dans ce flux', '[INF] E4 and E5 are for works [V-AIFE]'),
  notInQualification: ours(
    90063,
    'service ne fonctionnant pas en qualification',
    '[V-AIFE] rechercher/demandePaiement, Swagger Factures; how it says so is not known',
  ),
  notForWorks: ours(90064, 'service réservé aux factures', '[INF] FacturesTravaux has services of its own for works'),
  nothingToSign: ours(90065, 'aucun décompte général à signer', NOT_SEEN),
  dateInFuture: ours(90043, 'date de facture postérieure à la date de dépôt', '[R]'),
  paymentMeansMissing: ours(90044, 'mode de paiement absent du flux', '[V-3P] two issues of an existing connector'),
  fluxFileName: ours(90045, 'nom de fichier sans extension attendue', '[V-AIFE] naming faults make a flux irrecevable'),
  validatorType: ours(90060, 'type de valideur inattendu', '[INF] the field is in the Swagger, its values are not'),
  refusalReason: ours(90061, 'motif de refus absent ou inconnu', NOT_SEEN),
  orderUnknown: ours(90070, 'engagement juridique inconnu', NOT_SEEN),
  structureUnknown: ours(90050, 'structure inconnue', NOT_SEEN),
  serviceOfStructureUnknown: ours(90051, 'service inconnu de la structure', NOT_SEEN),
} as const satisfies Record<string, Refusal>;

type RefusalName = keyof typeof REFUSALS;

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The outcome of an operation: done, refused by Chorus Pro, or stopped by the gateway. */
export type Outcome =
  | { kind: 'done'; fields: object }
  | { kind: 'refused'; refusal: RefusalName; detail: string | undefined }
  | { kind: 'too-large' };

export type Refused = Extract<Outcome, { kind: 'refused' }>;

export const done = (fields: object = {}): Outcome => ({ kind: 'done', fields });
export const refused = (refusal: RefusalName, detail?: string): Refused => ({ kind: 'refused', refusal, detail });

const JSON_TYPE = { 'content-type': 'application/json;charset=utf-8' };

export const json = (status: number, content: object, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(content),
});

/** Each service spells the message of a success differently: do not test for it [V-LIVE, V-3P]. */
const SUCCESS_MESSAGES: Record<string, string> = { transverses: 'TRA_MSG_00.000', structures: 'GCU_MSG_01_000' };

export const success = (api: string, fields: object): Reply =>
  json(200, { codeRetour: 0, libelle: SUCCESS_MESSAGES[api] ?? 'GCU_MSG_01.000', ...fields });

/** Chorus Pro's own message stands alone; one of the simulator's names what is wrong. */
export function libelleOf({ refusal: name, detail }: Refused): string {
  const { message } = REFUSALS[name];
  return detail !== undefined && message.startsWith('SIMULATEUR') ? `${message} (${detail})` : message;
}

export const refusal = (status: number, outcome: Refused): Reply =>
  json(status, { codeRetour: REFUSALS[outcome.refusal].code, libelle: libelleOf(outcome) });

/** The shape of the gateway's own errors was seen only in an unverified fixture: never rely on it. */
const gatewayError = (status: number, message: string, more: string) => ({
  httpCode: String(status),
  httpMessage: message,
  moreInformation: more,
});

const BEARER = { 'www-authenticate': 'Bearer realm="PISTE"' };

export const gateway = {
  /**
   * Expired or unknown bearer [V-LIVE]. A wrong cpro-account is a 401 too [V-LIVE]; whether its header differs is not
   * known, so here it is the same: a client must not rely on a difference [INF].
   */
  unauthorized: () => json(401, gatewayError(401, 'Unauthorized', 'The access token is invalid'), BEARER),
  /** The application does not subscribe to this API [V-LIVE]. */
  forbidden: () => json(403, gatewayError(403, 'Forbidden', 'Not registered to this API')),
  /** No such route [V-LIVE]. */
  noRoute: () =>
    json(403, gatewayError(403, 'Forbidden', 'Unknown route'), { 'www-authenticate': 'Bearer realm="DefaultRealm"' }),
  tooLarge: () => json(413, gatewayError(413, 'Request Entity Too Large', 'Payload too large')),
  mediaType: () => json(415, gatewayError(415, 'Unsupported Media Type', 'application/json expected')),
};
