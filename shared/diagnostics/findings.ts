/**
 * Where to fix what a check finds: which portal, which menu. The menus are those of an ERP vendor's set-up guide of
 * 2020 [V-3P]: screens may have moved.
 */
export const places = {
  'piste-oauth': {
    fr: 'PISTE (piste.gouv.fr), Applications → votre application → « Identifiants Oauth » ; puis npx relay credentials {connection}',
    en: 'PISTE (piste.gouv.fr), Applications → your application → "Identifiants Oauth"; then npx relay credentials {connection}',
  },
  'piste-apis': {
    fr: 'PISTE (piste.gouv.fr), « Consentement CGU API » (lignes {rows}), puis Applications → votre application → « Sélectionner les API »',
    en: 'PISTE (piste.gouv.fr), "Consentement CGU API" (rows {rows}), then Applications → your application → "Sélectionner les API"',
  },
  'technical-account': {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → crayon « Modifier la fiche structure » (utilisateur technique) ; puis npx relay credentials {connection}',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → pencil "Modifier la fiche structure" (technical user); then npx relay credentials {connection}',
  },
  raccordement: {
    fr: 'Chorus Pro, Raccordement EDI et API → Gérer raccordement API → « Déclarer un raccordement PISTE » : l’état doit être « Actif »',
    en: 'Chorus Pro, Raccordement EDI et API → Gérer raccordement API → "Déclarer un raccordement PISTE": its state must be "Actif"',
  },
  spaces: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → crayon → « Liste des espaces de la structure » → « Ajouter des espaces »',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → pencil → "Liste des espaces de la structure" → "Ajouter des espaces"',
  },
  structure: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures ; ou le SIRET dans connections/{connection}.json',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures; or the SIRET in connections/{connection}.json',
  },
  service: {
    fr: 'Chorus Pro, Activités du gestionnaire → Mes structures → la fiche de la structure ; ou le service dans connections/{connection}.json',
    en: 'Chorus Pro, Activités du gestionnaire → Mes structures → the structure; or "service" in connections/{connection}.json',
  },
  settings: {
    fr: 'le fichier connections/{connection}.json ; puis : npx relay connect {connection}',
    en: 'connections/{connection}.json, then npx relay connect {connection}',
  },
  deployment: {
    fr: 'npx cdk deploy --all, puis : npx relay connect {connection}',
    en: 'npx cdk deploy --all, then npx relay connect {connection}',
  },
  credentials: {
    fr: 'npx relay credentials {connection}',
    en: 'npx relay credentials {connection}',
  },
  later: {
    fr: 'rien à corriger chez vous : recommencez plus tard',
    en: 'nothing for you to fix: try again later',
  },
} as const;

type Place = keyof typeof places;

/** ✓, ✗ and –. A step is not tried if it depends on one that fails, or if a date that it needs is unknown. */
export type StepVerdict = 'holds' | 'fails' | 'not-tried';

interface Finding {
  verdict: StepVerdict;
  fr: string;
  en: string;
  /** Where to fix it, or what to do soon. */
  mend?: Place;
}

const holds = (fr: string, en: string, mend?: Place): Finding => ({ verdict: 'holds', fr, en, ...(mend && { mend }) });
const fails = (mend: Place, fr: string, en: string): Finding => ({ verdict: 'fails', fr, en, mend });
const notTried = (fr: string, en: string, mend?: Place): Finding => ({
  verdict: 'not-tried',
  fr,
  en,
  ...(mend && { mend }),
});

/**
 * Everything that a check can find; `{…}` is a parameter. PISTE gives the same reply to a wrong id and a wrong secret
 * (`invalid_client`), and Chorus Pro to a wrong password and an expired one (401) [V-LIVE]. We tell them apart by what
 * we know ourselves (evidence.ts); if that is not enough, the sentence says so.
 */
export const findings = {
  'credentials-read': holds('les quatre identifiants sont là', 'the four credentials are there'),
  'token-given': holds('PISTE a donné un jeton', 'PISTE gave a token'),
  'account-taken': holds('Chorus Pro accepte le compte', 'Chorus Pro accepts the account'),
  'raccordement-holds': holds('Chorus Pro autorise le compte à agir', 'Chorus Pro lets the account act'),
  'api-answers': holds('souscrite, elle répond', 'subscribed to, and it responds'),
  'api-says-no': holds(
    'souscrite ; Chorus Pro n’autorise pas le compte à la lire ({said}), mais la connexion n’en a pas besoin',
    'subscribed to; Chorus Pro does not let the account read it ({said}), but the connection does not need it',
  ),
  'attached-read': holds('à {list}', '{list}'),
  'attached-missing': holds('à {list} ; pas à {missing}', '{list}; not to {missing}', 'structure'),
  'supplier-attached': holds('connue, active et rattachée', 'known, active and attached'),
  'service-active': holds('connu et actif', 'known and active'),
  'works-attached': holds(
    'le compte peut agir sur ses factures de travaux',
    'the account may act on its works documents',
  ),
  'works-space-open': holds('« {space} » est ouvert, en modification', '"{space}" is open, with the right to change'),
  'works-space-read': holds(
    '« {space} » est ouvert en consultation seulement : cela suffit pour suivre les pièces, mais pas pour y répondre',
    '"{space}" is open for reading only: enough to follow the documents, not to answer them',
    'spaces',
  ),
  'works-letterhead-set': holds(
    'raison sociale, adresse et numéro de TVA sont dans les réglages',
    'legal name, address and VAT number are in the settings',
  ),
  'works-letterhead-missing': holds(
    'réglages manquants : {missing} ; une pièce de travaux en PDF ou sans document est refusée tant qu’ils manquent',
    'missing settings: {missing}; a works document as a PDF, or without a document, is refused until they are set',
    'settings',
  ),
  'validation-space-open': holds(
    '« {space} » est ouvert, en modification',
    '"{space}" is open, with the right to change',
  ),
  'validation-space-read': holds(
    '« {space} » est ouvert en consultation seulement : cela suffit pour signaler les demandes, mais pas pour y répondre (habilitation « Modification »)',
    '"{space}" is open for reading only: enough to tell of requests, not to answer them (right "Modification")',
    'spaces',
  ),
  'means-taken': holds('acceptés par Chorus Pro : {means}', 'accepted by Chorus Pro: {means}'),
  'list-read': holds('lisible : {known}', 'readable: {known}'),
  'list-unread': holds(
    'Chorus Pro n’autorise pas le compte à lire cette liste ({said}) : les factures sont envoyées sans elle',
    'Chorus Pro does not let the account read this list ({said}): invoices are sent without it',
  ),
  'accounts-read': holds(
    'noms à indiquer dans la commande (payment.account) : {known}',
    'to be named in payment.account: {known}',
  ),
  'password-valid': holds('expire le {date}, dans {days}', 'expires on {date}, in {days}'),
  'password-soon': holds(
    'expire le {date}, dans {days} : renouvelez-le',
    'expires on {date}, in {days}: renew it',
    'technical-account',
  ),
  'secret-young': holds('âge : {age} ; à renouveler au bout de {limit}', 'age: {age}; renew it at {limit}'),
  'secret-old': holds(
    'âge : {age} ; il fonctionne encore, mais PISTE conseille d’en changer au bout de {limit}',
    'age: {age}; it still works, but PISTE advises a new one at {limit}',
    'piste-oauth',
  ),

  'connection-unknown': fails(
    'settings',
    'la connexion « {connection} » n’existe pas ici, ou a été déconnectée ; il y a : {known}',
    'there is no connection "{connection}" here, or it was disconnected; there are: {known}',
  ),
  'settings-unreadable': fails(
    'deployment',
    'la version déployée ne connaît pas ces réglages de « {connection} » : {value}',
    'the deployed version does not know these settings of "{connection}": {value}',
  ),
  'credentials-missing': fails(
    'credentials',
    'aucun identifiant enregistré pour « {connection} », ou un secret qui ne les contient pas tous ; si elle a été déconnectée, « npx relay connect {connection} » les rétablit',
    'no credentials are stored for "{connection}", or not all four of them; if it was disconnected, "npx relay connect {connection}" brings them back',
  ),
  'client-id-malformed': fails(
    'piste-oauth',
    'l’identifiant client (Client ID) est faux : PISTE le refuse, et il n’a pas la forme d’un UUID',
    'the client id is wrong: PISTE refuses it, and it does not look like a UUID',
  ),
  'client-id-changed': fails(
    'piste-oauth',
    'l’identifiant client (Client ID) est faux : PISTE le refuse, et ce n’est pas celui qu’elle acceptait le {date}',
    'the client id is wrong: PISTE refuses it, and it is not the one that it accepted on {date}',
  ),
  'secret-refused': fails(
    'piste-oauth',
    'le secret (Client Secret) est faux ou a été renouvelé, ou l’application a été supprimée : PISTE acceptait cet identifiant client le {date}',
    'the client secret is wrong or was renewed, or the application was deleted: PISTE accepted this client id on {date}',
  ),
  'secret-malformed': fails(
    'piste-oauth',
    'le secret (Client Secret) est faux : PISTE le refuse, et il n’a pas la forme d’un UUID',
    'the client secret is wrong: PISTE refuses it, and it does not look like a UUID',
  ),
  'piste-refuses': fails(
    'piste-oauth',
    'PISTE refuse l’identifiant client ou le secret, sans dire lequel : comparez d’abord l’identifiant (il reste lisible sur PISTE), puis le secret ; vérifiez aussi que c’est l’application de l’environnement « {environment} »',
    'PISTE refuses the client id or the secret and does not say which: compare the id first (PISTE still shows it), then the secret; check too that it is the application of the environment "{environment}"',
  ),
  'login-malformed': fails(
    'technical-account',
    'l’identifiant du compte est faux : Chorus Pro le refuse, et ce n’est pas celui d’un compte technique (TECH_…)',
    'the login is wrong: Chorus Pro refuses it, and it is not the login of a technical account (TECH_…)',
  ),
  'password-expired': fails(
    'technical-account',
    'le mot de passe du compte technique a expiré ({date}) : créez-en un nouveau',
    'the technical account’s password has expired ({date}): create a new one',
  ),
  'password-changed': fails(
    'technical-account',
    'le mot de passe du compte technique n’est plus le bon : Chorus Pro l’acceptait le {date}, et sa date d’expiration n’était pas atteinte ; il a été renouvelé, il a expiré entre-temps, ou le compte est verrouillé',
    'the technical account’s password is no longer right: Chorus Pro accepted it on {date}, and it was not due to expire yet; it was renewed, it has expired since, or the account is locked',
  ),
  'account-refused': fails(
    'technical-account',
    'Chorus Pro refuse le compte technique ou son mot de passe, sans dire lequel (sa réponse est la même pour un mot de passe expiré et pour un compte créé il y a moins de 30 minutes)',
    'Chorus Pro refuses the technical account or its password and does not say which (it replies the same for an expired password, and for an account created less than 30 minutes ago)',
  ),
  'no-raccordement': fails(
    'raccordement',
    'le compte est reconnu mais n’a aucun droit via cette application ({said}) : le raccordement n’est pas déclaré, ou pas avec le nom exact de l’application',
    'the account is known but has no rights through this application ({said}): the raccordement is not declared, or not with the application’s exact name',
  ),
  'api-not-subscribed': fails(
    'piste-apis',
    'l’application PISTE n’a pas souscrit à cette API dans cet environnement',
    'the PISTE application has not subscribed to this API in this environment',
  ),
  'api-refused': fails(
    'spaces',
    'souscrite, mais Chorus Pro refuse au compte un accès dont la connexion a besoin : {said}',
    'subscribed to, but Chorus Pro refuses the account something that the connection needs: {said}',
  ),
  'supplier-unknown': fails(
    'structure',
    'ce SIRET n’est pas dans l’annuaire de Chorus Pro de cet environnement',
    'this SIRET is not in Chorus Pro’s directory in this environment',
  ),
  'supplier-inactive': fails(
    'structure',
    'cette structure est inactive dans Chorus Pro',
    'this structure is inactive in Chorus Pro',
  ),
  'supplier-detached': fails(
    'structure',
    'cette structure existe, mais le compte technique n’y est pas rattaché',
    'this structure exists, but the technical account is not attached to it',
  ),
  'service-unknown': fails(
    'service',
    'cette structure n’a pas de service portant ce code',
    'this structure has no service with this code',
  ),
  'service-inactive': fails('service', 'ce service n’est plus actif', 'this service is no longer active'),
  'works-detached': fails(
    'spaces',
    'le compte ne peut pas agir sur les factures de travaux de cette structure',
    'the account may not act on this structure’s works documents',
  ),
  'works-space-missing': fails(
    'spaces',
    '« {space} » n’est pas ouvert ; espaces ouverts : {known}',
    '"{space}" is not open; these are: {known}',
  ),
  'works-space-read-only': fails(
    'spaces',
    '« {space} » est ouvert en consultation seulement : répondre aux pièces de travaux demande l’habilitation « Modification »',
    '"{space}" is open for reading only: to answer works documents it needs the right "Modification"',
  ),
  'validation-space-missing': fails(
    'spaces',
    '« {space} » n’est pas ouvert : aucune demande de validation ne peut être lue ; espaces ouverts : {known}',
    '"{space}" is not open: no request to validate can be read; these are open: {known}',
  ),
  'means-refused': fails('settings', 'Chorus Pro n’accepte pas : {means}', 'Chorus Pro does not accept: {means}'),
  'accounts-missing': fails(
    'settings',
    'les réglages (bankAccounts) nomment des comptes absents de Chorus Pro : {missing} ; comptes connus : {known}',
    'the settings (bankAccounts) name accounts that Chorus Pro does not have: {missing}; it has: {known}',
  ),
  'password-past': fails(
    'technical-account',
    'expiré le {date} : créez-en un nouveau',
    'expired on {date}: create a new one',
  ),

  unreachable: fails(
    'later',
    'le serveur ne répond pas (réseau, adresse)',
    'the server does not respond (network, address)',
  ),
  'platform-down': fails(
    'later',
    'la plateforme répond mal en ce moment : impossible de conclure',
    'the platform is not working properly right now: no result',
  ),
  throttled: fails('later', 'le quota PISTE est atteint (429)', 'the PISTE quota is used up (429)'),
  'no-time-left': fails('later', 'plus assez de temps : impossible de conclure', 'not enough time left: no result'),
  'refused-otherwise': fails('later', 'Chorus Pro refuse : {said}', 'Chorus Pro refuses: {said}'),

  'after-a-failure': notTried(
    'pas essayé : une étape dont celle-ci dépend a échoué',
    'not tried: a step that this one depends on failed',
  ),
  'password-undated': notTried(
    'Chorus Pro ne donne pas de date d’expiration : notez sa date de création avec le secret (technicalPasswordSetAt) ; il est valable {days}',
    'Chorus Pro gives no expiry date: note the creation date with the secret (technicalPasswordSetAt), a password lasts {days}',
  ),
  'secret-undated': notTried(
    'date de création inconnue : notez-la avec le secret (pisteSecretCreatedAt)',
    'creation date unknown: note it with the secret (pisteSecretCreatedAt)',
    'credentials',
  ),
} as const satisfies Record<string, Finding>;

export type FindingCode = keyof typeof findings;
