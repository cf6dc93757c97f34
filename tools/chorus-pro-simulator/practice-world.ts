/** A world to practise in: the example's recipients, one's own companies, and any other public body. */
import {
  company,
  exampleWorld,
  PROJECT_MANAGERS,
  RECIPIENTS,
  STATE_ORDER,
  stateOrder,
  structure,
} from './example-world.ts';
import type { Structure, World } from './world.ts';

export interface PracticeCompany {
  siret: string;
  name: string;
  /** Codes of its own services. */
  services: readonly string[];
  /** The names of the bank accounts that its invoices may name. */
  bankAccounts: readonly string[];
}

type Special = Exclude<keyof typeof RECIPIENTS, 'nothingMandatory'>;

/** What a recipient or a project manager does, for the person who reads of it. */
interface Does {
  fr: string;
  en: string;
}

/** For the person who practises: all other recipients demand nothing, and pay after 20 days. */
const specialties: Record<Special, Does> = {
  commitmentMandatory: { fr: 'exige un numéro d’engagement', en: 'demands a commitment number' },
  serviceMandatory: {
    fr: 'exige un service : SERVICE_DEST_SERV_OBL',
    en: 'demands a service: SERVICE_DEST_SERV_OBL',
  },
  commitmentOrService: {
    fr: 'exige un numéro d’engagement ou un service : ATELIERS',
    en: 'demands a commitment number or a service: ATELIERS',
  },
  manyServices: {
    fr: 'exige l’un de ses 30 services : SERVICE_01 à SERVICE_27 ; SERVICE_ENGAGEMENT exige aussi un engagement',
    en: 'demands one of its 30 services: SERVICE_01 to SERVICE_27; SERVICE_ENGAGEMENT demands a commitment too',
  },
  rejects: { fr: 'rejette la facture après 2 jours', en: 'rejects after 2 days' },
  toRecycle: {
    fr: 'la renvoie à recycler après 1 jour ; son service est VOIRIE',
    en: 'sends it back to be recycled after 1 day; its service is VOIRIE',
  },
  suspends: {
    fr: 'la suspend après 2 jours, jusqu’à ce qu’elle soit complétée',
    en: 'suspends after 2 days, until it is completed',
  },
  paysLate: {
    fr: 'paie après 75 jours : la facture est en retard avant, quel que soit le délai de paiement',
    en: 'pays after 75 days: the invoice is late before that, whatever its payment term',
  },
  paymentNotReported: { fr: 'ne transmet jamais la mise en paiement', en: 'never reports its payment' },
  state: {
    fr: `exige un service : ${STATE_ORDER.service} ; a notifié le bon de commande ${STATE_ORDER.number}`,
    en: `demands a service: ${STATE_ORDER.service}; has notified the order ${STATE_ORDER.number}`,
  },
  inactive: { fr: 'n’est plus actif', en: 'is no longer active' },
  moaOnly: {
    fr: 'ne reçoit que des factures de travaux : il n’est que maître d’ouvrage',
    en: 'takes no plain invoices: an owner of works only',
  },
};

const isSpecial = (name: string): name is Special => Object.hasOwn(specialties, name);

/** The recipients that differ from others, and how. */
export const PRACTICE_RECIPIENTS: readonly { siret: string; does: Does }[] = Object.keys(specialties)
  .filter(isSpecial)
  .map((name) => ({ siret: RECIPIENTS[name], does: specialties[name] }));

type SpecialManager = Exclude<keyof typeof PROJECT_MANAGERS, 'answers'>;

/** All other project managers answer a draft after 5 to 10 days, and the works owner after them. */
const managers: Record<SpecialManager, Does> = {
  validates: {
    fr: 'répond aussi pour le maître d’ouvrage (A16, A18)',
    en: 'answers for the works owner too (A16, A18)',
  },
  refuses: {
    fr: 'refuse après 3 jours le premier projet d’un marché, et accepte celui qui le remplace',
    en: 'refuses the first draft of a contract after 3 days, and accepts the one that replaces it',
  },
  wantsMore: { fr: 'demande après 3 jours de compléter le projet', en: 'wants a draft completed after 3 days' },
  sendsBack: { fr: 'renvoie le projet à recycler après 3 jours', en: 'sends a draft back to be recycled after 3 days' },
  wrongOne: {
    fr: 'répond qu’il n’est pas le maître d’œuvre du marché',
    en: 'says that it is not the project manager of the contract',
  },
  silent: {
    fr: 'ne répond jamais : reste la procédure tacite (A22, A23)',
    en: 'never answers: the tacit procedure is left (A22, A23)',
  },
};

const isSpecialManager = (name: string): name is SpecialManager => Object.hasOwn(managers, name);

/** The project managers that differ from others, and how. */
export const PRACTICE_PROJECT_MANAGERS: typeof PRACTICE_RECIPIENTS = Object.keys(managers)
  .filter(isSpecialManager)
  .map((name) => ({ siret: PROJECT_MANAGERS[name], does: managers[name] }));

/** 424 days [V-AIFE]. */
const passwordLifetime = 424 * 86_400_000;

/** The example account may send for these companies, and for no others; its password was set just now. */
export function practiceWorld(companies: readonly PracticeCompany[], now: number): World {
  const world = exampleWorld();
  const own = companies.map((one) => joined(world, one).id);
  const set = { structures: [...new Set(own)], passwordExpiresAt: now + passwordLifetime };
  const accounts = world.accounts.map((account) => ({ ...account, ...set }));
  const newcomer = (siret: string) =>
    isSiret(siret) ? structure({ siret, name: `Organisme public ${siret}` }) : undefined;
  const [supplier] = companies;
  const orders = supplier ? [stateOrder({ supplierSiret: supplier.siret, notifiedAt: now })] : [];
  return { ...world, accounts, newcomer, orders };
}

/** A company of that SIRET, which may be there already, with its services and bank accounts. */
function joined({ structures }: World, { siret, name, services, bankAccounts }: PracticeCompany): Structure {
  const known = structures.find((one) => one.siret === siret);
  const one = known ?? company({ siret, name, validates: 'answers' });
  if (!known) structures.push(one);
  for (const code of services.filter((wanted) => one.services.every((service) => service.code !== wanted)))
    one.services.push(newService(one, code));
  for (const account of bankAccounts.filter((wanted) => one.bankDetails.every((given) => given.name !== wanted)))
    one.bankDetails.push({ id: one.id * 1000 + 500 + one.bankDetails.length, name: account });
  return one;
}

const newService = ({ id, services }: Structure, code: string): Structure['services'][number] => ({
  id: id * 1000 + services.length + 1,
  code,
  name: code,
  active: true,
  commitmentMandatory: false,
});

/** By Luhn's check digit; La Poste's own establishments have a sum of digits that 5 divides [R]. */
function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (text.startsWith('356000000') && sum(digits) % 5 === 0) return true;
  const doubled = digits.map((digit, i) => (i % 2 === 0 ? digit * 2 - (digit > 4 ? 9 : 0) : digit));
  return sum(doubled) % 10 === 0;
}
