/** What can be wrong with the example account's set-up at PISTE or Chorus Pro. None of it is a fault of the network. */
import { EXAMPLE_CREDENTIALS } from './example-world.ts';
import { VALIDATION_SPACE, WORKS_SPACE, type Account, type Application, type Structure, type World } from './world.ts';

interface Setting {
  account: Account;
  application: Application;
  /** The last of its structures, and rather one that has a service of its own. */
  agency: Structure;
  now: number;
}

const spacesOf = ({ spaces }: Structure, called: string) => spaces.filter(({ name }) => name === called);

export const TROUBLES = {
  /** PISTE no longer knows the client id: [V-LIVE] 400 invalid_client. */
  'application-deleted': ({ application }) => {
    application.clientId = 'fa4efa4e-0000-4000-8000-0000000000ff';
  },
  /** The client secret was made anew: [V-LIVE] 400 invalid_client, the same as for an unknown client id. */
  'secret-renewed': ({ application }) => {
    application.clientSecrets = ['fa4efa4e-0000-4000-8000-0000000000cc'];
  },
  /** The technical account has another password: [V-LIVE] 401. */
  'password-renewed': ({ account }) => {
    account.password = 'another-password-of-the-simulator';
  },
  /** 424 days have passed: [INF] 401, the same as for a wrong password. */
  'password-expired': ({ account, now }) => {
    account.passwordExpiresAt = now;
  },
  /** The application did not select the API Factures: [V-LIVE] 403. */
  'api-not-subscribed': ({ application }) => {
    application.apis = application.apis.filter((api) => api !== 'factures');
  },
  /** The application did not select the API FacturesTravaux: [V-LIVE] 403. */
  'works-api-not-subscribed': ({ application }) => {
    application.apis = application.apis.filter((api) => api !== 'facturesTravaux');
  },
  /** The space "Factures de travaux" is closed on the agency: [V-AIFE] etatCourant SUPPRIME. */
  'works-space-closed': ({ agency }) => {
    for (const space of spacesOf(agency, WORKS_SPACE)) space.open = false;
  },
  /** It may only be read: [V-AIFE] CONSULTATION_UNIQUEMENT. */
  'works-space-read-only': ({ agency }) => {
    for (const space of spacesOf(agency, WORKS_SPACE)) space.mayChange = false;
  },
  /** The space "Factures à valider" is closed on the agency: [V-AIFE] etatCourant SUPPRIME. */
  'validation-space-closed': ({ agency }) => {
    for (const space of spacesOf(agency, VALIDATION_SPACE)) space.open = false;
  },
  /** It may only be read: [V-AIFE] CONSULTATION_UNIQUEMENT. */
  'validation-space-read-only': ({ agency }) => {
    for (const space of spacesOf(agency, VALIDATION_SPACE)) space.mayChange = false;
  },
  /** No raccordement is declared for the application: [V-3P] codeRetour 20001, GDP_MSG_11.005. */
  'no-raccordement': ({ account }) => {
    account.applications = [];
  },
  /** The agency's SIRET is not in the directory: [V-AIFE] structures/rechercher finds nothing. */
  'structure-unknown': ({ agency }) => {
    agency.siret = '';
  },
  /** The agency is inactive: [V-AIFE] structures/rechercher has statut INACTIVE. */
  'structure-inactive': ({ agency }) => {
    agency.active = false;
  },
  /** The technical account is not attached to the agency: [V-3P] the list of its structures leaves it out. */
  'structure-detached': ({ account, agency }) => {
    account.structures = account.structures.filter((one) => one !== agency.id);
  },
  /** The agency's service is closed: [V-AIFE] rechercher/services has estActif false. */
  'service-inactive': ({ agency }) => {
    for (const service of agency.services) service.active = false;
  },
} as const satisfies Record<string, (setting: Setting) => void>;

export type TroubleName = keyof typeof TROUBLES;

const exampleAccount = ({ accounts }: World): Account | undefined =>
  accounts.find(({ login }) => login === EXAMPLE_CREDENTIALS.technicalAccount);

/** What is right now, as a person reads it on the portals. */
export const credentialsNow = (world: World) => ({
  clientSecret: world.applications[0]?.clientSecrets[0],
  technicalPassword: exampleAccount(world)?.password,
});

/** Sets one of them up for the example account. @returns what undoes it */
export function makeTrouble(world: World, name: TroubleName, now: number): () => void {
  const account = exampleAccount(world);
  const [application] = world.applications;
  const own = world.structures.filter(({ id }) => account?.structures.includes(id));
  const agency = own.findLast(({ services }) => services.length > 0) ?? own.at(-1);
  if (!account || !application || !agency) throw new Error('not the example’s world');
  const before = structuredClone({ account, application, agency });
  TROUBLES[name]({ account, application, agency, now });
  return () => {
    Object.assign(account, before.account);
    Object.assign(application, before.application);
    Object.assign(agency, before.agency);
  };
}
