import type { ScenarioName, ValidatorHabit } from './lifecycle.ts';

/** A service of a public body (service exécutant), or of a supplier. */
export interface Service {
  id: number;
  code: string;
  name: string;
  active: boolean;
  /** consulter/service: parametres.numeroEngagement [V-AIFE]. */
  commitmentMandatory: boolean;
}

/** A structure of Chorus Pro's directory; the flags carry the names of structures/consulter beside them. */
export interface Structure {
  id: number;
  siret: string;
  name: string;
  kind: 'PUBLIQUE' | 'PRIVEE';
  active: boolean;
  services: Service[];
  /** codeServiceDoitEtreRenseigne */
  serviceMandatory: boolean;
  /** numeroEJDoitEtreRenseigne */
  commitmentMandatory: boolean;
  /** gestionNumeroEJOuCodeService */
  commitmentOrService: boolean;
  /** estMoaUniquement */
  moaOnly: boolean;
  /** statutMiseEnPaiementNestPasRemonte: the scenario of such a body ends COMPTABILISEE. */
  paymentNotReported: boolean;
  bankDetails: { id: number; name: string }[];
  /** What becomes of the invoices that this body receives. */
  scenario: ScenarioName;
  /** What this company does when it is the validator of somebody's invoice. */
  validates: ValidatorHabit;
}

export interface Account {
  login: string;
  password: string;
  /** The structures that it may deposit for, the first being its main one. */
  structures: number[];
  /** The raccordement: PISTE applications declared on the portal for it. */
  applications: string[];
  /** dateExpirationMotPasseCompteTech: 424 days after its renewal [V-AIFE]. */
  passwordExpiresAt: number;
}

/** An application at PISTE: several secrets may be valid at a time [R], as during a renewal. */
export interface Application {
  clientId: string;
  clientSecrets: string[];
  /** The APIs whose terms were accepted and that the application selected. */
  apis: string[];
}

/** What the world may consider when it chooses a scenario for an invoice. */
interface ScenarioSubject {
  number: string;
  supplierSiret: string;
  recipientSiret: string;
}

export interface World {
  structures: Structure[];
  accounts: Account[];
  applications: Application[];
  /** Overrides what the recipient would decide, for one invoice. */
  scenarioOf?: ((invoice: ScenarioSubject) => ScenarioName | undefined) | undefined;
}

const ALL_APIS = ['factures', 'facturesTravaux', 'structures', 'transverses', 'utilisateurs'];

/** The SIRET makes the id of a structure that has none of its own. */
const idOfSiret = (siret: string) => 20_000_000 + (Number(siret) % 10_000_019);

const service = (structure: string, given: Partial<Service>, rank: number): Service => ({
  id: idOfSiret(structure) * 1000 + rank,
  code: `SERVICE_${rank}`,
  name: `Service ${rank}`,
  active: true,
  commitmentMandatory: false,
  ...given,
});

export type GivenStructure = Partial<Omit<Structure, 'services'>> & {
  siret: string;
  services?: Partial<Service>[];
};

export function structure({ services = [], ...given }: GivenStructure): Structure {
  return {
    id: idOfSiret(given.siret),
    name: `Structure ${given.siret}`,
    kind: 'PUBLIQUE',
    active: true,
    services: services.map((one, index) => service(given.siret, one, index + 1)),
    serviceMandatory: false,
    commitmentMandatory: false,
    commitmentOrService: false,
    moaOnly: false,
    paymentNotReported: false,
    bankDetails: [],
    scenario: given.paymentNotReported ? 'never-reports-payment' : 'default',
    validates: 'accepts',
    ...given,
  };
}

export const company = (given: GivenStructure): Structure => structure({ kind: 'PRIVEE', ...given });

interface GivenWorld {
  recipients?: Structure[];
  suppliers?: Structure[];
  accounts?: (Partial<Account> & { login: string })[];
  applications?: (Partial<Application> & { clientId: string })[];
  scenarioOf?: World['scenarioOf'];
}

/**
 * A world for a test: what is not said follows from what is. Accounts may deposit for every supplier and are connected
 * to every application; passwords and secrets are `password` and `secret`.
 */
export function worldWith({ recipients = [], suppliers = [], accounts, applications, scenarioOf }: GivenWorld): World {
  const clients = applications ?? [{ clientId: 'client' }];
  return {
    structures: [...recipients, ...suppliers],
    accounts: (accounts ?? [{ login: 'TECH_1_1@cpro.fr' }]).map((account) => ({
      password: 'password',
      structures: suppliers.map(({ id }) => id),
      applications: clients.map(({ clientId }) => clientId),
      passwordExpiresAt: Number.MAX_SAFE_INTEGER,
      ...account,
    })),
    applications: clients.map((application) => ({ clientSecrets: ['secret'], apis: ALL_APIS, ...application })),
    scenarioOf,
  };
}
