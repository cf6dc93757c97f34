import { EXAMPLE_CREDENTIALS, SUPPLIERS } from './example-world.ts';
import type { Account, Application, Structure, World } from './world.ts';

interface Setting {
  account: Account;
  application: Application;
  /** The example's agency, which has a service of its own. */
  agency: Structure;
  now: number;
}

interface TroubleRow {
  /** What was done, or left undone, on the portals. */
  what: string;
  source: string;
  changes: (setting: Setting) => void;
}

/** What can be wrong with the example's set-up, on PISTE's or Chorus Pro's side: nothing here is a fault of the wire. */
export const TROUBLES = {
  'application-deleted': {
    what: 'PISTE no longer knows the client id',
    source: '[V-LIVE] 400 invalid_client',
    changes: ({ application }) => {
      application.clientId = 'fa4efa4e-0000-4000-8000-0000000000ff';
    },
  },
  'secret-renewed': {
    what: 'the client secret was made anew',
    source: '[V-LIVE] 400 invalid_client, the same as for an unknown client id',
    changes: ({ application }) => {
      application.clientSecrets = ['fa4efa4e-0000-4000-8000-0000000000cc'];
    },
  },
  'password-renewed': {
    what: 'the technical account has another password',
    source: '[V-LIVE] 401',
    changes: ({ account }) => {
      account.password = 'another-password-of-the-simulator';
    },
  },
  'password-expired': {
    what: '424 days have passed',
    source: '[INF] 401, the same as for a wrong password',
    changes: ({ account, now }) => {
      account.passwordExpiresAt = now;
    },
  },
  'api-not-subscribed': {
    what: 'the application did not select the API Factures',
    source: '[V-LIVE] 403',
    changes: ({ application }) => {
      application.apis = application.apis.filter((api) => api !== 'factures');
    },
  },
  'no-raccordement': {
    what: 'no raccordement is declared for the application',
    source: '[V-3P] codeRetour 20001, GDP_MSG_11.005',
    changes: ({ account }) => {
      account.applications = [];
    },
  },
  'structure-unknown': {
    what: 'the agency’s SIRET is not in the directory',
    source: '[V-AIFE] structures/rechercher finds nothing',
    changes: ({ agency }) => {
      agency.siret = SUPPLIERS.agency.replace(/\d{5}$/, '00036');
    },
  },
  'structure-inactive': {
    what: 'the agency is inactive',
    source: '[V-AIFE] structures/rechercher: statut INACTIVE',
    changes: ({ agency }) => {
      agency.active = false;
    },
  },
  'structure-detached': {
    what: 'the technical account is not attached to the agency',
    source: '[V-3P] recuperer/structures/actives/fournisseur leaves it out',
    changes: ({ account, agency }) => {
      account.structures = account.structures.filter((one) => one !== agency.id);
    },
  },
  'service-inactive': {
    what: 'the agency’s service is closed',
    source: '[V-AIFE] rechercher/services: estActif false',
    changes: ({ agency }) => {
      for (const service of agency.services) service.active = false;
    },
  },
} as const satisfies Record<string, TroubleRow>;

export type TroubleName = keyof typeof TROUBLES;

/** Sets one of them up in the example's world. @returns what mends it */
export function makeTrouble(world: World, name: TroubleName, now: number): () => void {
  const account = world.accounts.find(({ login }) => login === EXAMPLE_CREDENTIALS.technicalAccount);
  const [application] = world.applications;
  const agency = world.structures.find(({ siret }) => siret === SUPPLIERS.agency);
  if (!account || !application || !agency) throw new Error('not the example’s world');
  const before = structuredClone({ account, application, agency });
  TROUBLES[name].changes({ account, application, agency, now });
  return () => {
    Object.assign(account, before.account);
    Object.assign(application, before.application);
    Object.assign(agency, before.agency);
  };
}
