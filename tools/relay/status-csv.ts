/** The list of `npx relay status` as a file for a spreadsheet. A program reads --json. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Language, Said } from '../command-line/command.ts';
import type { StatusRow } from './status-row.ts';
import { labelOf, shortDay } from './status-text.ts';

const day = (iso: string | undefined, language: Language): string => (iso === undefined ? '' : shortDay(iso, language));
const dayOf = (instant: string | undefined, language: Language): string =>
  instant === undefined ? '' : shortDay(parisDay(new Date(instant)), language);
const yes = { fr: 'oui', en: 'yes' } as const;

/** Written in groups, a spreadsheet takes it for a text; 14 digits would become 9.99E+13. */
const siret = (digits: string | undefined): string =>
  digits?.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4') ?? '';

const actors: Readonly<Record<NonNullable<StatusRow['actor']>, Said>> = {
  supplier: { fr: 'fournisseur', en: 'supplier' },
  recipient: { fr: 'destinataire', en: 'recipient' },
  validator: { fr: 'valideur', en: 'validator' },
  'project-manager': { fr: 'maître d’œuvre', en: 'project manager' },
  'works-owner': { fr: 'maître d’ouvrage', en: 'works owner' },
  'chorus-pro': { fr: 'Chorus Pro', en: 'Chorus Pro' },
  none: { fr: '', en: '' },
};

/** A column: its head in French and in English, and its cell. */
type Field = readonly [fr: string, en: string, of: (row: StatusRow, language: Language) => string | undefined];

const fields: readonly Field[] = [
  ['action attendue', 'needs action', ({ needsAction }, language) => (needsAction ? yes[language] : '')],
  ['connexion', 'connection', ({ connection }) => connection],
  ['facture', 'invoice', ({ number }) => number],
  ['message', 'message', ({ about, messageId }) => (about === 'message' ? messageId : '')],
  ['date de facture', 'issue date', ({ issueDate }, language) => day(issueDate, language)],
  ['avoir', 'credit note', ({ type }, language) => (type === 'credit-note' ? yes[language] : '')],
  ['SIRET du fournisseur', 'supplier’s SIRET', ({ supplier }) => siret(supplier)],
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => siret(recipient)],
  ['destinataire', 'recipient', ({ recipientName }) => recipientName],
  ['net à payer', 'amount due', ({ amount }, language) => (language === 'fr' ? amount?.replace('.', ',') : amount)],
  ['devise', 'currency', ({ currency }) => currency],
  ['état', 'status', (row, language) => labelOf(row, language)],
  ['code Chorus Pro', 'Chorus Pro’s code', ({ status }) => status],
  ['chez qui', 'who must act', ({ actor }, language) => actor && actors[actor][language]],
  ['depuis le', 'since', ({ since }, language) => dayOf(since, language)],
  ['échéance', 'due date', ({ dueDate, expectedDue }, language) => day(dueDate ?? expectedDue, language)],
  [
    'échéance prévue',
    'expected due date',
    ({ expectedDue }, language) => (expectedDue === undefined ? '' : yes[language]),
  ],
  ['en retard', 'late', ({ late }, language) => (late ? yes[language] : '')],
  ['mise en paiement le', 'payment issued on', ({ paidOn }, language) => day(paidOn, language)],
  [
    'paiement non communiqué',
    'payment not reported',
    ({ paymentUnknown }, language) => (paymentUnknown ? yes[language] : ''),
  ],
  ['motif du destinataire', 'reason given by the recipient', ({ motive }) => motive],
  ['explication', 'explanation', (row, language) => row[language].join(' ')],
  ['champs', 'fields', ({ reasons }) => reasons.map(({ path }) => path).join(' ')],
  ['réponse possible', 'possible answer', ({ answer }) => answer],
  ['classée par', 'dismissed by', ({ dismissed }) => dismissed?.by],
  ['classée le', 'dismissed on', ({ dismissed }, language) => dayOf(dismissed?.at, language)],
];

/** What is first in a cell that a spreadsheet would run as a formula, unless it is an amount. */
const formula = /^[=+\-@\t\r](?!\d+[.,]\d+$)/;

function quoted(cell: string, separator: string): string {
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  const mustBeQuoted = harmless.includes(separator) || /["\n\r]/.test(harmless);
  return mustBeQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * In French with semicolons and decimal commas, in English with commas and points, as the spreadsheets of each language
 * expect it. It begins with a byte order mark: without it, Excel spoils accents.
 */
export function csvOf(rows: readonly StatusRow[], language: Language): string {
  const separator = language === 'fr' ? ';' : ',';
  const heads = fields.map(([fr, en]) => (language === 'fr' ? fr : en));
  const lines = [heads, ...rows.map((row) => fields.map(([, , of]) => of(row, language) ?? ''))];
  return `\uFEFF${lines.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n')}\r\n`;
}
