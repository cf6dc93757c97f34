/** A list of invoices as a file for a spreadsheet. */
import Big from 'big.js';
import type { Language } from '../invoice/spoken.ts';
import { parisDay } from '../chorus-pro/dates.ts';
import { inCents } from '../invoice/amounts.ts';
import { type Field, spreadsheet, yes } from './spreadsheet.ts';
import { actors } from '../works/parties.ts';
import { fieldName } from './field-names.ts';
import type { StatusRow } from './status-row.ts';
import { sentencesOf } from './status-sentences.ts';
import { labelOf } from './status-label.ts';
import { placeOf, toDoOf } from './to-do.ts';
import { whoHas } from './who-has.ts';

const dayOf = (instant: string | undefined): string | undefined =>
  instant === undefined ? undefined : parisDay(new Date(instant));

/** What makes the amount due of the total with VAT. */
export const deductedOf = ({ totalWithVat, amount }: StatusRow): string | undefined =>
  totalWithVat === undefined || amount === undefined ? undefined : inCents(Big(totalWithVat).minus(amount));

function toDoPlace(row: StatusRow, language: Language): string | undefined {
  const toDo = toDoOf(row);
  return toDo && placeOf(toDo, language);
}

/** The label of a status is no whole sentence. */
const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

const fieldsIn = (reasons: StatusRow['reasons'], language: Language): string =>
  [...new Set(reasons.map(({ path }) => fieldName(path, language) ?? path))].join(', ');

/** First what a person looks for; at the end what a program needs to find the row again. */
export const invoiceFields: readonly Field<StatusRow>[] = [
  ['action attendue', 'needs action', ({ needsAction }, language) => (needsAction ? yes[language] : '')],
  ['facture', 'invoice', ({ number }) => number],
  ['date de facture', 'issue date', ({ issueDate }) => issueDate, 'day'],
  ['destinataire', 'recipient', ({ recipientName }) => recipientName],
  ['net à payer', 'amount due', ({ amount }) => amount, 'amount'],
  ['reste à payer', 'still to be paid', ({ owed }) => owed, 'amount'],
  ['devise', 'currency', ({ currency }) => currency],
  ['état', 'status', (row, language) => labelOf(row, language)],
  ['motif du destinataire', 'reason given by the recipient', ({ motive }) => motive],
  ['chez qui', 'who has it', (row, language) => whoHas(row)[language]],
  ['depuis le', 'since', ({ since }) => dayOf(since), 'day'],
  ['échéance', 'due date', ({ dueDate, expectedDue }) => dueDate ?? expectedDue, 'day'],
  [
    'échéance prévue',
    'expected due date',
    ({ expectedDue }, language) => (expectedDue === undefined ? '' : yes[language]),
  ],
  ['en retard', 'late', ({ late }, language) => (late ? yes[language] : '')],
  ['payée en retard', 'paid late', ({ paidLate }, language) => (paidLate ? yes[language] : '')],
  [
    'jours de retard du paiement',
    'days overdue of the payment',
    ({ late, daysOverdue, paidLate, interest }) =>
      late ? daysOverdue?.toString() : paidLate ? interest?.days.toString() : '',
    'count',
  ],
  ['intérêts moratoires', 'interest', ({ interest }) => interest?.run?.amount, 'amount'],
  ['indemnité forfaitaire', 'fixed indemnity', ({ interest }) => interest?.indemnity, 'amount'],
  ['taux des intérêts (%)', 'interest rate (%)', ({ interest }) => interest?.run?.rate.total, 'amount'],
  ['mise en paiement le', 'payment issued on', ({ paidOn }) => paidOn, 'day'],
  [
    'paiement non communiqué',
    'payment not reported',
    ({ paymentUnknown }, language) => (paymentUnknown ? yes[language] : ''),
  ],
  ['à faire', 'to do', (row, language) => toDoOf(row)?.[language]],
  ['où', 'where', (row, language) => toDoPlace(row, language)],
  ['dernier jour pour le faire', 'last day to do it', ({ until }) => until, 'day'],
  ['explication', 'explanation', (row, language) => sentencesOf(row, language).map(ended).join(' ')],
  ['travaux : qui doit agir', 'works: who must act', ({ next }, language) => next && actors[next.actor][language]],
  ['travaux : jusqu’au', 'works: until', ({ next }) => next?.until, 'day'],
  [
    'travaux : jours de retard',
    'works: days overdue',
    ({ late, daysOverdue }) => (late ? '' : daysOverdue?.toString()),
    'count',
  ],
  ['avoir', 'credit note', ({ type }, language) => (type === 'credit-note' ? yes[language] : '')],
  ['total TTC', 'total with VAT', ({ totalWithVat }) => totalWithVat, 'amount'],
  ['retenues et déductions', 'retentions and deductions', deductedOf, 'amount'],
  ['encore retenu', 'still retained', ({ retained }) => retained, 'amount'],
  ['classée par', 'dismissed by', ({ dismissed }) => dismissed?.by],
  ['classée le', 'dismissed on', ({ dismissed }) => dayOf(dismissed?.at), 'day'],
  ['raison du classement', 'reason for the dismissal', ({ dismissed }) => dismissed?.why],
  ['SIRET du fournisseur', 'supplier’s SIRET', ({ supplier }) => supplier],
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => recipient],
  ['connexion', 'connection', ({ connection }) => connection],
  ['message', 'message', ({ about, messageId }) => (about === 'message' ? messageId : '')],
  ['fichier', 'file', ({ file }) => file],
  ['code Chorus Pro', 'Chorus Pro’s code', ({ status }) => status],
  ['champs', 'fields', ({ reasons }, language) => fieldsIn(reasons, language)],
];

export const csvOf = (rows: readonly StatusRow[], language: Language): string =>
  spreadsheet(invoiceFields, rows, language);
