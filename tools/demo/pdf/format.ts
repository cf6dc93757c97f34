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
