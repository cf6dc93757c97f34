/** The list of retentions as a file for a spreadsheet. */
import { type Language, shortDay } from '../invoice/spoken.ts';
import type { Releaser, RetentionRow } from './retention-row.ts';
import { amountCell, dayCell, type Field, spreadsheet, yes } from './spreadsheet.ts';

/** The days of those that are paid. */
const paidDays = (by: readonly Releaser[], language: Language): string =>
  by.flatMap(({ paidOn }) => (paidOn === undefined ? [] : [shortDay(paidOn, language)])).join(' ');

const fields: readonly Field<RetentionRow>[] = [
  ['à libérer', 'to be released', ({ isDue }, language) => (isDue ? yes[language] : '')],
  ['connexion', 'connection', ({ connection }) => connection],
  ['facture', 'invoice', ({ number }) => number],
  ['date de facture', 'issue date', ({ since }, language) => dayCell(since, language)],
  ['avoir', 'credit note', ({ type }, language) => (type === 'credit-note' ? yes[language] : '')],
  ['SIRET du fournisseur', 'supplier’s SIRET', ({ supplier }) => supplier],
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => recipient],
  ['destinataire', 'recipient', ({ recipientName }) => recipientName],
  ['marché', 'contract', ({ contract }) => contract],
  ['retenue', 'retention', ({ name }) => name],
  ['montant d’origine', 'amount', ({ amount }, language) => amountCell(amount, language)],
  ['montant libéré', 'released', ({ released }, language) => amountCell(released, language)],
  ['montant retenu', 'held', ({ held }, language) => amountCell(held, language)],
  ['devise', 'currency', ({ currency }) => currency],
  ['jusqu’au', 'until', ({ until }, language) => dayCell(until, language)],
  ['date prévue', 'expected date', ({ expected }, language) => (expected ? yes[language] : '')],
  ['réception du', 'accepted on', ({ accepted }, language) => dayCell(accepted?.on, language)],
  ['réception notée par', 'acceptance noted by', ({ accepted }) => accepted?.by],
  ['versement demandé par', 'payment asked by', ({ releasedBy }) => releasedBy.map(({ number }) => number).join(' ')],
  ['mise en paiement le', 'payment issued on', ({ releasedBy }, language) => paidDays(releasedBy, language)],
];

export const retentionsCsv = (rows: readonly RetentionRow[], language: Language): string =>
  spreadsheet(fields, rows, language);
