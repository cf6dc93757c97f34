/** The world that tests and the demo use: made up, but for three recipients of AIFE's qualification environment. */
import { VALIDATION_SPACE, WORKS_SPACE, type Order, type Service, type Structure, type World } from './world.ts';

/** The first three recipients exist in AIFE's qualification environment [V-3P]; the rest are made up. */
export const RECIPIENTS = {
  /** Nothing mandatory; every invoice is paid after 20 days. */
  nothingMandatory: '12345678200051',
  /** Commitment number mandatory (numeroEJDoitEtreRenseigne). */
  commitmentMandatory: '12345678200036',
  /** Service code mandatory: `SERVICE_DEST_SERV_OBL`. */
  serviceMandatory: '12345678200028',
  /** Commitment number or service code (gestionNumeroEJOuCodeService); its service is `ATELIERS`. */
  commitmentOrService: '99900100100018',
  /** Rejects every invoice after two days, and says why. */
  rejects: '99900101900010',
  /** Sends every invoice back to be recycled after one day; once recycled it is paid. */
  toRecycle: '99900102700013',
  /** Suspends every invoice after two days, until it is completed. */
  suspends: '99900103500016',
  /** No longer active. */
  inactive: '99900104300010',
  /** Owner of works only (estMoaUniquement): not a recipient of plain invoices. */
  moaOnly: '99900105000015',
  /** Service mandatory, 30 services over several pages; see MANY_SERVICES. */
  manyServices: '99900106800017',
  /** Never reports the payment (statutMiseEnPaiementNestPasRemonte): ends COMPTABILISEE. */
  paymentNotReported: '99900107600010',
  /** Pays after 75 days: past the longest legal term. */
  paysLate: '99900108400014',
  /** The State: one SIRET in all of AIFE's examples, and a service for each of its units. */
  state: '11000201100044',
} as const;

/** The State's services, the one that ordered and another one, and its order. */
export const STATE_ORDER = {
  number: '1501966748',
  service: 'AAASCPV',
  otherService: 'AAASCGE',
  market: '2026-ETAT-044',
  total: 48_000,
  notifiedAt: Date.UTC(2026, 10, 20, 8, 30),
} as const;

/** Companies. */
export const SUPPLIERS = {
  /** The example account's company. */
  company: '99910001900010',
  /** Its agency, with the supplier service `SERVICE_FOURNISSEUR`. */
  agency: '99910001900028',
  /** The example account has no rights on it. */
  stranger: '99910002700013',
  /** Validators of A9 and A12: one accepts, the other says that it is the wrong one. */
  mainContractor: '99910003500016',
  wrongValidator: '99910004300010',
  /** It asks the example's company to validate its invoices. */
  subcontractor: '99910006800017',
} as const;

/** Project managers (MOE) of works contracts, made up: what each does with a draft that names it. */
export const PROJECT_MANAGERS = {
  /** Answers each draft by its own statement, which the works owner validates; then it is paid. */
  answers: '99930001500016',
  /** Validates the instalment itself (A16). */
  validates: '99930002300010',
  /** Refuses the first document of a contract after three days, and accepts the one that replaces it. */
  refuses: '99930003100013',
  /** Wants a draft completed after three days. */
  wantsMore: '99930004900015',
  /** Sends a draft back after three days, to be recycled. */
  sendsBack: '99930005600010',
  /** Says that it is not the project manager of this contract. */
  wrongOne: '99930006400014',
  /** Takes a draft into account, and never answers: after a final draft the tacit procedure is left. */
  silent: '99930007200017',
} as const;

/** The bank accounts of SUPPLIERS.company: its own, and one that belongs to a factor and is named by its IBAN. */
export const BANK_DETAILS = [
  { id: 501, name: 'Compte courant' },
  { id: 503, name: 'Affacturage DE89 3704 0044 0532 0130 00' },
] as const;

/** Services of RECIPIENTS.manyServices. */
export const MANY_SERVICES = {
  /** On the first page of 10, and on the last. */
  first: 'SERVICE_01',
  last: 'SERVICE_27',
  inactive: 'SERVICE_FERME',
  /** Requires a commitment number, although the body itself does not. */
  commitmentMandatory: 'SERVICE_ENGAGEMENT',
  /** Reserved to invoices between public bodies [V-3P]. */
  reserved: 'FACTURES_PUBLIQUES',
} as const;

/** Made up ("fa4e" is "fake"), worth nothing anywhere but here. */
export const EXAMPLE_CREDENTIALS = {
  clientId: 'fa4efa4e-0000-4000-8000-000000000001',
  clientSecret: 'fa4efa4e-0000-4000-8000-0000000000aa',
  /** A second secret of the same application, as there is during a renewal. */
  nextClientSecret: 'fa4efa4e-0000-4000-8000-0000000000bb',
  technicalAccount: 'TECH_1_00001@cpro.fr',
  technicalPassword: 'fake-password-of-the-simulator',
  passwordExpiresAt: Date.UTC(2027, 10, 23, 11),
  /** An account that is not connected to the application: every call is refused with GDP_MSG_11.005. */
  unconnectedAccount: 'TECH_1_00002@cpro.fr',
} as const;

const manyServices = [
  ...Array.from({ length: 27 }, (_, index) => ({
    code: `SERVICE_${String(index + 1).padStart(2, '0')}`,
    name: `Direction ${index + 1}`,
  })),
  { code: MANY_SERVICES.inactive, name: 'Service fermé', active: false },
  { code: MANY_SERVICES.commitmentMandatory, name: 'Service avec engagement', commitmentMandatory: true },
  { code: MANY_SERVICES.reserved, name: 'Factures entre entités publiques' },
];

const ALL_APIS = [
  ...['engagementsJuridiques', 'factures', 'facturesTravaux', 'structures', 'transverses', 'utilisateurs'],
];

/** An id that follows from the SIRET. */
const idOfSiret = (siret: string) => 20_000_000 + (Number(siret) % 10_000_019);

type GivenStructure = Partial<Omit<Structure, 'services'>> & {
  siret: string;
  name: string;
  services?: (Partial<Service> & { code: string; name: string })[];
};

/** The portal names its spaces so [V-3P]; which of them a structure has, its manager chooses. */
const SPACES = ['Factures émises', WORKS_SPACE, VALIDATION_SPACE, 'Engagements'];

/** A public body that demands nothing and pays after 20 days, but for what is given. */
export const structure = ({ services = [], ...given }: GivenStructure): Structure => ({
  id: idOfSiret(given.siret),
  kind: 'PUBLIQUE',
  active: true,
  services: services.map((service, index) => ({
    id: idOfSiret(given.siret) * 1000 + index + 1,
    active: true,
    commitmentMandatory: false,
    ...service,
  })),
  serviceMandatory: false,
  commitmentMandatory: false,
  commitmentOrService: false,
  moaOnly: false,
  paymentNotReported: false,
  bankDetails: [],
  spaces: SPACES.map((name) => ({ name, open: true, mayChange: true })),
  scenario: given.paymentNotReported ? 'never-reports-payment' : 'default',
  validates: 'accepts',
  manages: 'answers',
  ...given,
});

export const company = (given: GivenStructure): Structure => structure({ kind: 'PRIVEE', ...given });

/** An order of the State to the example's company. */
export const stateOrder = (given: Partial<Order>): Order => ({
  id: 40_000_001,
  number: STATE_ORDER.number,
  supplierSiret: SUPPLIERS.company,
  recipientSiret: RECIPIENTS.state,
  service: { code: STATE_ORDER.service, name: 'Service qui a commandé' },
  market: STATE_ORDER.market,
  notifiedAt: STATE_ORDER.notifiedAt,
  total: STATE_ORDER.total,
  ...given,
});

const projectManagers = () => [
  company({ siret: PROJECT_MANAGERS.answers, name: 'Maîtrise d’œuvre Diligente' }),
  company({ siret: PROJECT_MANAGERS.validates, name: 'Maîtrise d’œuvre mandatée', manages: 'validates' }),
  company({ siret: PROJECT_MANAGERS.refuses, name: 'Maîtrise d’œuvre qui refuse', manages: 'refuses' }),
  company({ siret: PROJECT_MANAGERS.wantsMore, name: 'Maîtrise d’œuvre qui fait compléter', manages: 'wants-more' }),
  company({ siret: PROJECT_MANAGERS.sendsBack, name: 'Service technique qui renvoie', manages: 'sends-back' }),
  company({ siret: PROJECT_MANAGERS.wrongOne, name: 'Maîtrise d’œuvre par erreur', manages: 'is-the-wrong-one' }),
  company({ siret: PROJECT_MANAGERS.silent, name: 'Service technique muet', manages: 'is-silent' }),
];

/** A new world for each call, so that a test may change its own. */
export function exampleWorld(): World {
  const recipients = [
    structure({ siret: RECIPIENTS.nothingMandatory, name: 'Commune sans obligation' }),
    structure({ siret: RECIPIENTS.commitmentMandatory, name: 'Commune à engagement', commitmentMandatory: true }),
    structure({
      siret: RECIPIENTS.serviceMandatory,
      name: 'Commune à services',
      serviceMandatory: true,
      services: [{ code: 'SERVICE_DEST_SERV_OBL', name: 'Service destinataire' }],
    }),
    structure({
      siret: RECIPIENTS.commitmentOrService,
      name: 'Syndicat mixte fictif',
      commitmentOrService: true,
      services: [{ code: 'ATELIERS', name: 'Ateliers' }],
    }),
    structure({ siret: RECIPIENTS.rejects, name: 'Commune qui rejette', scenario: 'rejected' }),
    structure({
      siret: RECIPIENTS.toRecycle,
      name: 'Commune qui fait recycler',
      scenario: 'to-recycle',
      services: [{ code: 'VOIRIE', name: 'Voirie' }],
    }),
    structure({ siret: RECIPIENTS.suspends, name: 'Commune qui suspend', scenario: 'suspended' }),
    structure({ siret: RECIPIENTS.inactive, name: 'Commune dissoute', active: false }),
    structure({ siret: RECIPIENTS.moaOnly, name: "Maître d'ouvrage seulement", moaOnly: true }),
    structure({
      siret: RECIPIENTS.manyServices,
      name: 'Département aux nombreux services',
      serviceMandatory: true,
      services: manyServices,
    }),
    structure({ siret: RECIPIENTS.paymentNotReported, name: 'Établissement discret', paymentNotReported: true }),
    structure({ siret: RECIPIENTS.paysLate, name: 'Commune qui paie tard', scenario: 'pays-late' }),
    structure({
      siret: RECIPIENTS.state,
      name: 'État (exemple)',
      serviceMandatory: true,
      services: [
        { code: STATE_ORDER.service, name: 'Service qui a commandé' },
        { code: STATE_ORDER.otherService, name: 'Autre service de l’État' },
      ],
    }),
  ];
  const own = [
    company({
      siret: SUPPLIERS.company,
      name: 'Constructions Duval (exemple)',
      bankDetails: [...BANK_DETAILS],
      validates: 'answers',
    }),
    company({
      siret: SUPPLIERS.agency,
      name: 'Constructions Duval, agence (exemple)',
      validates: 'answers',
      services: [{ code: 'SERVICE_FOURNISSEUR', name: 'Facturation' }],
      bankDetails: [{ id: 502, name: 'Compte de l’agence' }],
    }),
  ];
  const others = [
    company({ siret: SUPPLIERS.stranger, name: 'Entreprise tierce' }),
    company({ siret: SUPPLIERS.subcontractor, name: 'Charpentes Morel (sous-traitant)' }),
    company({ siret: SUPPLIERS.mainContractor, name: 'Titulaire du marché' }),
    company({ siret: SUPPLIERS.wrongValidator, name: 'Valideur désigné par erreur', validates: 'wrong' }),
  ];
  const { clientId, clientSecret, nextClientSecret, technicalPassword, passwordExpiresAt } = EXAMPLE_CREDENTIALS;
  const account = { password: technicalPassword, structures: own.map(({ id }) => id), passwordExpiresAt };
  return {
    structures: [...recipients, ...own, ...others, ...projectManagers()],
    orders: [stateOrder({})],
    applications: [{ clientId, clientSecrets: [clientSecret, nextClientSecret], apis: ALL_APIS }],
    accounts: [
      { ...account, login: EXAMPLE_CREDENTIALS.technicalAccount, applications: [clientId] },
      { ...account, login: EXAMPLE_CREDENTIALS.unconnectedAccount, applications: [] },
    ],
  };
}
