/** The list of retentions as a file for a spreadsheet. */
import { type Language, shortDay } from '../invoice/spoken.ts';
import type { Releaser, RetentionRow } from './retention-row.ts';
import { type Field, spreadsheet, yes } from './spreadsheet.ts';

/** The days of those that are paid. */
const paidDays = (by: readonly Releaser[], language: Language): string =>
  by.flatMap(({ paidOn }) => (paidOn === undefined ? [] : [shortDay(paidOn, language)])).join(' ');

export const retentionFields: readonly Field<RetentionRow>[] = [
  ['à libérer', 'to be released', ({ isDue }, language) => (isDue ? yes[language] : '')],
  ['connexion', 'connection', ({ connection }) => connection],
  ['facture', 'invoice', ({ number }) => number],
  ['date de facture', 'issue date', ({ since }) => since, 'day'],
  ['avoir', 'credit note', ({ type }, language) => (type === 'credit-note' ? yes[language] : '')],
  ['SIRET du fournisseur', 'supplier’s SIRET', ({ supplier }) => supplier],
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => recipient],
  ['destinataire', 'recipient', ({ recipientName }) => recipientName],
  ['marché', 'contract', ({ contract }) => contract],
  ['retenue', 'retention', ({ name }) => name],
  ['montant d’origine', 'amount', ({ amount }) => amount, 'amount'],
  ['montant libéré', 'released', ({ released }) => released, 'amount'],
  ['montant retenu', 'held', ({ held }) => held, 'amount'],
  ['devise', 'currency', ({ currency }) => currency],
  ['jusqu’au', 'until', ({ until }) => until, 'day'],
  ['date prévue', 'expected date', ({ expected }, language) => (expected ? yes[language] : '')],
  ['réception du', 'accepted on', ({ accepted }) => accepted?.on, 'day'],
  ['réception notée par', 'acceptance noted by', ({ accepted }) => accepted?.by],
  ['versement demandé par', 'payment asked by', ({ releasedBy }) => releasedBy.map(({ number }) => number).join(' ')],
  ['mise en paiement le', 'payment issued on', ({ releasedBy }, language) => paidDays(releasedBy, language)],
];

export const retentionsCsv = (rows: readonly RetentionRow[], language: Language): string =>
  spreadsheet(retentionFields, rows, language);
