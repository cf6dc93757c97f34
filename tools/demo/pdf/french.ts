/** What is printed in French: amounts, dates and numbers, and the names and addresses of the parties. */
import Big from 'big.js';

/** The space that French puts between thousands and before €, in a form that every PDF font has. */
const space = '\u00a0';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, space);

/** "14976.5" → "14 976,50" */
export function amount(value: string): string {
  const [whole = '', cents = ''] = Big(value).toFixed(2).split('.');
  return `${grouped(whole)},${cents}`;
}

export const euros = (value: string): string => `${amount(value)}${space}€`;

/** As many decimals as it has: "46.75" → "46,75", "1240" → "1 240". */
export function quantity(value: string): string {
  const [whole = '', decimals] = Big(value).toFixed().split('.');
  return grouped(whole) + (decimals === undefined ? '' : `,${decimals}`);
}

export const rate = (value: string): string => `${Big(value).toFixed().replace('.', ',')}${space}%`;

const months = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** "2026-11-05" → "5 novembre 2026" */
export function day(isoDate: string): string {
  const [year = '', month = '', date = ''] = isoDate.split('-');
  return `${Number(date)}${date === '01' ? 'er' : ''} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** By groups of four, as printed. */
export const iban = (value: string): string => value.replace(/(.{4})(?=.)/g, `$1${space}`);

/** 14 digits as people read them: SIREN by threes, then the establishment. */
export const siret = (value: string): string =>
  value.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, `$1${space}$2${space}$3${space}$4`);

/** A party as it is printed. All are made up, as is the simulator's world. */
interface Party {
  name: string;
  address: readonly string[];
}

const companyAddresses: Readonly<Record<string, readonly string[]>> = {
  '99910001900010': ['Zone artisanale des Quatre Chemins', '6 rue des Tailleurs de pierre', '61100 Saint-Exemple'],
  '99910001900028': ['Agence de Caen', '14 quai des Bâtisseurs', '14000 Caen'],
};

export const letterhead = {
  name: 'Constructions Duval',
  trades: 'Maçonnerie  ·  Gros œuvre  ·  Voirie et réseaux',
  legal: 'SAS au capital de 120 000 €  ·  RCS Alençon 999 100 019  ·  APE 4399C',
  insurance: 'Assurance décennale : Mutuelle fictive du bâtiment, contrat n° 000-EX-2026, France métropolitaine.',
  addressOf: (siret: string): readonly string[] => companyAddresses[siret] ?? [],
} as const;

const recipients: Readonly<Record<string, Party>> = {
  '12345678200051': { name: 'Commune sans obligation', address: ['Mairie', '1 place de l’Église', '14999 Exemple'] },
  '12345678200036': { name: 'Commune à engagement', address: ['Mairie', '3 rue de la République', '14999 Exemple'] },
  '12345678200028': { name: 'Commune à services', address: ['Hôtel de ville', 'Place du Marché', '14999 Exemple'] },
  '99900100100018': { name: 'Syndicat mixte fictif', address: ['Ateliers', '22 route de Falaise', '14999 Exemple'] },
  '99900101900010': { name: 'Commune qui rejette', address: ['Mairie', '8 Grande Rue', '61999 Exemple'] },
  '99900102700013': { name: 'Commune qui fait recycler', address: ['Mairie', '2 rue Haute', '61999 Exemple'] },
  '99900103500016': { name: 'Commune qui suspend', address: ['Mairie', '17 rue du Lavoir', '61999 Exemple'] },
  '99900106800017': {
    name: 'Département aux nombreux services',
    address: ['Direction des routes', '9 boulevard du Conseil', '50999 Exemple'],
  },
  '99900107600010': { name: 'Établissement discret', address: ['Pavillon B', '40 rue de l’Hôpital', '50999 Exemple'] },
};

/** The customer as the ERP knows it, right or wrong. */
export const recipientOf = (siret: string): Party =>
  recipients[siret] ?? { name: 'Commune d’Exemple', address: ['Mairie', '14999 Exemple'] };
