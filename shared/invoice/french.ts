/** How French people read numbers, amounts and dates: "5 498,86", "5 498,86 €" and "1er novembre 2026". */

/** @param decimal a decimal string: "5498.86"; a negative one gets a true minus sign, which is no hyphen */
export function frenchNumber(decimal: string): string {
  const [whole = '', cents] = decimal.replace(/^-/, '\u2212').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return cents === undefined ? grouped : `${grouped},${cents}`;
}

/** @param currency three capital letters; without it, the number alone is written */
export const frenchAmount = (decimal: string, currency?: string): string =>
  currency === undefined
    ? frenchNumber(decimal)
    : `${frenchNumber(decimal)}\u00a0${currency === 'EUR' ? '€' : currency}`;

/** @param iso a day: "2026-11-01" */
export function frenchDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return `${Number(day) === 1 ? '1er' : Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** « 123 456 782 00051 », never broken over two lines; what is no SIRET stays as it is. */
export const spacedSiret = (siret: string): string =>
  siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00a0$2\u00a0$3\u00a0$4');

/** Where a line may end: not before or after French punctuation, nor between a number and its sign. */
export const breaks = /(?<!«|n°) (?![»:;?!%€])/;

/** A sentence that breaks nowhere else, where whatever shows it breaks lines at its spaces. */
export const unbroken = (text: string): string => text.replaceAll(/(?<=«|n°) | (?=[»:;?!%€])/g, '\u00a0');

const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];
