/** How a day, an instant and an amount are said to a person, in either language. */
import Big from 'big.js';
import { frenchAmount, frenchDate } from './french.ts';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** What a person reads, in either language. */
export type Said = Readonly<Record<Language, string>>;

const parisTime = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** Sweden's dates are ISO's: 2026-11-26 08:42. */
const parisMoment = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

const paris: Readonly<Record<Language, string>> = { fr: 'heure de Paris', en: 'Paris time' };

/** @param instant ISO; in Paris's time, for a column whose head says so: 26/11/2026 08:42, 2026-11-26 08:42 */
export const cellInstant = (instant: string | undefined, language: Language): string | undefined =>
  instant === undefined ? undefined : (language === 'fr' ? parisTime : parisMoment).format(new Date(instant));

/** The head of such a column. */
export const instantHead = (head: string, language: Language): string => `${head} (${paris[language]})`;

/** @param instant ISO: 26/11/2026 08:42 (heure de Paris), 2026-11-26 08:42 (Paris time) */
export const spokenInstant = (instant: string, language: Language): string =>
  `${cellInstant(instant, language) ?? ''} (${paris[language]})`;

/** @param instant ISO; in Paris's time: « 26 novembre 2026 à 08:42 », 2026-11-26 08:42 */
export function spokenMoment(instant: string, language: Language): string {
  const moment = parisMoment.format(new Date(instant));
  const [day = '', time = ''] = moment.split(' ');
  return language === 'fr' ? `${frenchDate(day)} à ${time}` : moment;
}

/** @param day ISO: 2026-11-01, in French « 1er novembre 2026 » */
export const spokenDay = (day: string, language: Language): string => (language === 'fr' ? frenchDate(day) : day);

/** @param day ISO: 2026-11-01, in French 01/11/2026 */
export const shortDay = (day: string, language: Language): string =>
  language === 'fr' ? day.split('-').reverse().join('/') : day;

const wholeNumbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat('fr'),
  en: new Intl.NumberFormat('en'),
};

/** « 1 815 », 1,815 */
export const spokenCount = (count: number, language: Language): string => wholeNumbers[language].format(count);

export const spokenAmount = (amount: string, currency: string | undefined, language: Language): string =>
  language === 'fr' ? frenchAmount(amount, currency) : `${amount} ${currency ?? ''}`;

/** What amounts add up to, by currency: `1 200,00 €, 50,00 USD`. */
export function spokenSum(
  amounts: readonly { amount: string; currency: string | undefined }[],
  language: Language,
): string {
  const sums = new Map<string, Big>();
  for (const { amount, currency = '' } of amounts) sums.set(currency, (sums.get(currency) ?? Big(0)).plus(amount));
  if (sums.size === 0) return spokenAmount('0.00', 'EUR', language);
  return [...sums].map(([currency, sum]) => spokenAmount(sum.toFixed(2), currency, language)).join(', ');
}
