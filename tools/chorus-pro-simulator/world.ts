/** What is set up at PISTE and at Chorus Pro: structures, technical accounts, applications. */
import type { Status } from './enumerations.ts';
import type { ScenarioName, ValidatorHabit } from './lifecycle.ts';
import type { ManagerHabit } from './works-course.ts';

/** A service of a public body (service exécutant), or of a supplier. */
export interface Service {
  id: number;
  code: string;
  name: string;
  active: boolean;
  /** consulter/service: parametres.numeroEngagement [V-AIFE]. */
  commitmentMandatory: boolean;
}

/** No list shows the IBAN: only its id and the name that the company gave it [V-3P]. */
interface BankDetails {
  id: number;
  name: string;
}

/** A space (espace) that is open on a structure, and whether its users may change anything there. */
interface Space {
  name: string;
  open: boolean;
  mayChange: boolean;
}

export const WORKS_SPACE = 'Factures de travaux';
/** In which a company validates what its subcontractors ask. */
export const VALIDATION_SPACE = 'Factures à valider';

/** A structure of Chorus Pro's directory; beside each flag stands its name in structures/consulter. */
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
  /** The bank accounts that invoices may name, a factor's included: codeCoordonneesBancairesFournisseur [V-AIFE]. */
  bankDetails: BankDetails[];
  /** The spaces of the portal on it: rechercher/espaces. */
  spaces: Space[];
  /** What happens to the invoices that this body receives. */
  scenario: ScenarioName;
  /** What this company does when an invoice names it as validator. */
  validates: ValidatorHabit;
  /** What it does when a works document names it as project manager (MOE). */
  manages: ManagerHabit;
}

/** An order of the State (engagement juridique), as its supplier finds it. */
export interface Order {
  id: number;
  /** Ten digits, leading zeros kept [V-AIFE]. */
  number: string;
  supplierSiret: string;
  /** The body that invoices on it go to, and its service. */
  recipientSiret: string;
  service: { code: string; name: string };
  /** numeroMarche: a filter of the search; no row shows it [V-AIFE]. */
  market?: string;
  /** When the supplier was notified of it. */
  notifiedAt: number;
  /** In euros, with VAT. */
  total: number;
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

/** An application at PISTE. Several secrets may be valid at a time [R], as during a renewal. */
export interface Application {
  clientId: string;
  clientSecrets: string[];
  /** The APIs whose terms were accepted and that the application selected. */
  apis: string[];
}

/** What the choice of a scenario for an invoice may depend on. */
interface ScenarioSubject {
  number: string;
  supplierSiret: string;
  recipientSiret: string;
}

export interface World {
  structures: Structure[];
  /** What the directory has for a SIRET that is not among the structures, and that is one of them from then on. */
  newcomer?: ((siret: string) => Structure | undefined) | undefined;
  orders: Order[];
  accounts: Account[];
  applications: Application[];
  /** Overrides what the recipient would decide, for one invoice. */
  scenarioOf?: ((invoice: ScenarioSubject) => ScenarioName | undefined) | undefined;
  /** What the search and the history call a status, if not by its own name: as if AIFE had renamed it. */
  shownStatus?: ((status: Status) => string) | undefined;
}
