import { apiNames } from '../chorus-pro/chorus-pro.ts';
import { codeListNames } from '../chorus-pro/lists.ts';
import { orderFacts } from '../chorus-pro/orders.ts';
import { type ConnectionSettings, issuersOf } from '../connection/settings.ts';

/** Every kind of step of a check, in the order in which they are tried, and what each proves when it holds. */
export const steps = {
  credentials: {
    fr: 'Identifiants enregistrés',
    en: 'Credentials stored',
    proves: { fr: 'les quatre identifiants sont là', en: 'the four credentials are there' },
  },
  'piste-token': {
    fr: 'Jeton PISTE',
    en: 'PISTE token',
    proves: {
      fr: 'PISTE reconnaît l’application : identifiant et secret',
      en: 'PISTE recognises the application: id and secret',
    },
  },
  'technical-account': {
    fr: 'Compte technique',
    en: 'Technical account',
    proves: {
      fr: 'Chorus Pro accepte le compte technique et son mot de passe',
      en: 'Chorus Pro accepts the technical account and its password',
    },
  },
  raccordement: {
    fr: 'Raccordement',
    en: 'Raccordement',
    proves: {
      fr: 'le compte peut agir via cette application PISTE',
      en: 'the account may act through this PISTE application',
    },
  },
  api: {
    fr: 'API',
    en: 'API',
    proves: {
      fr: 'l’application a souscrit à cette API dans cet environnement',
      en: 'the application has subscribed to this API in this environment',
    },
  },
  attached: {
    fr: 'Rattachements',
    en: 'Attached to',
    proves: {
      fr: 'les structures et services auxquels le compte technique est rattaché sont visibles',
      en: 'we see which structures and services the technical account is attached to',
    },
  },
  supplier: {
    fr: 'Structure',
    en: 'Structure',
    proves: {
      fr: 'le SIRET est connu, actif et rattaché au compte technique',
      en: 'the SIRET is known, active and attached to the technical account',
    },
  },
  'supplier-service': {
    fr: 'Service',
    en: 'Service',
    proves: {
      fr: 'le service du fournisseur existe et est actif',
      en: 'the supplier’s service exists and is active',
    },
  },
  'works-right': {
    fr: 'Marchés de travaux',
    en: 'Works contracts',
    proves: {
      fr: 'le compte peut agir sur les factures de travaux de cette structure',
      en: 'the account may act on this structure’s works documents',
    },
  },
  'works-space': {
    fr: 'Espace de travaux',
    en: 'Works space',
    proves: {
      fr: 'l’espace « Factures de travaux » est ouvert sur cette structure',
      en: 'the space "Factures de travaux" is open on this structure',
    },
  },
  'works-letterhead': {
    fr: 'Pièces de travaux',
    en: 'Works documents',
    proves: {
      fr: 'les réglages ont ce que le fichier d’une pièce dit du fournisseur : raison sociale, adresse, numéro de TVA',
      en: 'the settings have what the file of a document says of the supplier: legal name, address, VAT number',
    },
  },
  'validation-space': {
    fr: 'Espace de validation',
    en: 'Validation space',
    proves: {
      fr: 'l’espace « Factures à valider » est ouvert sur cette structure',
      en: 'the space "Factures à valider" is open on this structure',
    },
  },
  'payment-means': {
    fr: 'Modes de règlement',
    en: 'Payment means',
    proves: {
      fr: 'Chorus Pro accepte chaque mode de règlement prévu par la connexion',
      en: 'Chorus Pro accepts each means that the connection translates to',
    },
  },
  'code-list': {
    fr: 'Liste de codes',
    en: 'List of codes',
    proves: {
      fr: 'les codes d’une commande sont vérifiés avant l’envoi',
      en: 'a command’s codes are checked before it is sent',
    },
  },
  'bank-accounts': {
    fr: 'Comptes bancaires',
    en: 'Bank accounts',
    proves: {
      fr: 'le compte à créditer est transmis avec la facture',
      en: 'the account to pay is sent with the invoice',
    },
  },
  'password-expiry': {
    fr: 'Mot de passe technique',
    en: 'Technical password',
    proves: { fr: 'il n’a pas expiré', en: 'it has not expired' },
  },
  'secret-age': {
    fr: 'Secret PISTE',
    en: 'PISTE secret',
    proves: { fr: 'on sait quand le renouveler', en: 'we know when to renew it' },
  },
} as const;

export type StepName = keyof typeof steps;

export interface PlannedStep {
  step: StepName;
  subject?: string;
}

/** A SIRET in the settings. Companies and agencies that share it are one structure in Chorus Pro. */
export interface OwnStructure {
  siret: string;
  /** The SIRET and the names, for people. */
  subject: string;
}

export interface OwnService {
  siret: string;
  code: string;
  subject: string;
}

/** What the lists of codes are called beside their step. */
export const codeLists: Readonly<Partial<Record<string, { fr: string; en: string }>>> = {
  'exemption-reasons': { fr: ': motifs d’exonération', en: 'exemption-reasons' },
  'attachment-types': { fr: ': types de pièces jointes', en: 'attachment-types' },
  'vat-rates': { fr: ': taux de TVA', en: 'vat-rates' },
} satisfies Record<(typeof codeListNames)[number], object>;

export const structuresOf = (settings: ConnectionSettings): OwnStructure[] =>
  [...Map.groupBy(issuersOf(settings), ({ siret }) => siret)].map(([siret, issuers]) => ({
    siret,
    subject: `${siret} (${issuers.map(({ name }) => name).join(', ')})`,
  }));

export function servicesOf(settings: ConnectionSettings): OwnService[] {
  const services = issuersOf(settings).flatMap(({ siret, service }) =>
    service === undefined ? [] : [{ siret, code: service, subject: `${service} (${siret})` }],
  );
  return [...new Map(services.map((one) => [one.subject, one])).values()];
}

const worksStepsOf = (settings: ConnectionSettings): PlannedStep[] =>
  settings.works
    ? (['works-right', 'works-space', 'works-letterhead'] as const).flatMap((step) =>
        structuresOf(settings).map(({ subject }) => ({ step, subject })),
      )
    : [];

const validationStepsOf = (settings: ConnectionSettings): PlannedStep[] =>
  settings.validations
    ? structuresOf(settings).map(({ subject }) => ({ step: 'validation-space' as const, subject }))
    : [];

/** All the steps that a check of this connection reports, in order. */
export const stepsOf = (settings: ConnectionSettings): PlannedStep[] => [
  { step: 'credentials' },
  { step: 'piste-token' },
  { step: 'technical-account' },
  { step: 'raccordement' },
  ...apiNames.map((subject) => ({ step: 'api' as const, subject })),
  ...(settings.orders ? [{ step: 'api' as const, subject: orderFacts.ordersApi.value }] : []),
  { step: 'attached' },
  ...structuresOf(settings).map(({ subject }) => ({ step: 'supplier' as const, subject })),
  ...servicesOf(settings).map(({ subject }) => ({ step: 'supplier-service' as const, subject })),
  ...worksStepsOf(settings),
  ...validationStepsOf(settings),
  { step: 'payment-means' },
  ...codeListNames.map((subject) => ({ step: 'code-list' as const, subject })),
  { step: 'bank-accounts' },
  { step: 'password-expiry' },
  { step: 'secret-age' },
];
