/** The links of the chain, in the order in which they are tried, and what each proves when it holds. */
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
      en: 'PISTE knows the application: id and secret',
    },
  },
  'technical-account': {
    fr: 'Compte technique',
    en: 'Technical account',
    proves: {
      fr: 'Chorus Pro accepte le compte technique et son mot de passe',
      en: 'Chorus Pro takes the technical account and its password',
    },
  },
  raccordement: {
    fr: 'Raccordement',
    en: 'Raccordement',
    proves: {
      fr: 'le compte peut agir par cette application PISTE',
      en: 'the account may act through this PISTE application',
    },
  },
  api: {
    fr: 'API',
    en: 'API',
    proves: {
      fr: 'l’application a souscrit à cette API dans cet environnement',
      en: 'the application subscribes to this API in this environment',
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
      en: 'the supplier’s own service exists and is active',
    },
  },
  'payment-means': {
    fr: 'Modes de règlement',
    en: 'Payment means',
    proves: {
      fr: 'Chorus Pro admet chaque mode vers lequel la connexion traduit',
      en: 'Chorus Pro takes each means that the connection translates to',
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
    proves: { fr: 'on sait quand le renouveler', en: 'it is known when to renew it' },
  },
} as const;

export type StepName = keyof typeof steps;
