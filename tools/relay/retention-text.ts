/** The list of `npx relay retentions` for a person. */
import { type Language, shortDay, spokenAmount, spokenDay, spokenSum } from '../../shared/invoice/spoken.ts';
import type { RetentionRow } from '../../shared/lists/retention-row.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { explainedList, type TextColumn } from '../command-line/terminal.ts';

const texts = {
  en: {
    heads: ['connection', 'invoice', 'recipient', 'contract', 'retention', 'held', 'since', 'until'],
    creditNote: ' (credit note)',
    expected: ' (expected)',
    asked: (amount: string, of: string, by: string) => `Payment of ${amount} of ${of} asked by ${by}.`,
    accepted: (day: string, by: string) => `Works accepted on ${day}, noted by ${by}.`,
    paid: (day: string) => `payment issued on ${day}`,
    notPaid: 'not paid yet',
    paymentUnknown: 'its recipient reports no payments',
    nothing: 'No retention.',
    summary: (count: number, held: string, due: number, heldDue: string) =>
      `${count} ${count === 1 ? 'retention' : 'retentions'}. Held: ${held}${due === 0 ? '' : `, of which to be released (!): ${heldDue}`}.`,
  },
  fr: {
    heads: ['connexion', 'facture', 'destinataire', 'marché', 'retenue', 'montant retenu', 'depuis le', 'jusqu’au'],
    creditNote: ' (avoir)',
    expected: ' (prévu)',
    asked: (amount: string, of: string, by: string) => `Versement de ${amount} sur ${of} demandé par ${by}.`,
    accepted: (day: string, by: string) => `Réception du ${day}, notée par ${by}.`,
    paid: (day: string) => `mise en paiement le ${day}`,
    notPaid: 'pas encore mise en paiement',
    paymentUnknown: 'paiement non communiqué par le destinataire',
    nothing: 'Aucune retenue.',
    summary: (count: number, held: string, due: number, heldDue: string) =>
      `${count} ${count === 1 ? 'retenue' : 'retenues'}. Montant retenu : ${held}${due === 0 ? '' : `, dont à libérer (!) : ${heldDue}`}.`,
  },
} as const;

function columns(language: Language): readonly TextColumn<RetentionRow>[] {
  const { heads, creditNote, expected: mark } = texts[language];
  const [connection, invoice, recipient, contract, retention, held, since, until] = heads;
  return [
    { head: '', of: ({ isDue }) => (isDue ? '!' : ' ') },
    { head: connection, of: (row) => row.connection },
    {
      head: invoice,
      of: ({ number, type }) => `${number ?? ''}${type === 'credit-note' ? creditNote : ''}`,
      atMost: 50,
    },
    {
      head: recipient,
      of: ({ recipient: siret, recipientName: name }) => (name ? `${name} (${siret ?? ''})` : siret),
      atMost: 60,
    },
    { head: contract, of: (row) => row.contract },
    { head: retention, of: ({ name }) => name, atMost: 60 },
    { head: held, of: (row) => spokenAmount(row.held, row.currency, language), align: 'right' },
    { head: since, of: (row) => row.since && shortDay(row.since, language) },
    { head: until, of: ({ until: day, expected }) => day && `${shortDay(day, language)}${expected ? mark : ''}` },
  ];
}

function explanation(row: RetentionRow, language: Language): string[] {
  const { released, amount, currency, accepted, releasedBy } = row;
  const spoken = (decimal: string) => spokenAmount(decimal, currency, language);
  const text = texts[language];
  const since = accepted ? [text.accepted(spokenDay(accepted.on, language), accepted.by)] : [];
  if (releasedBy.length === 0) return since;
  const by = releasedBy.map(({ number, paidOn, paymentUnknown }) => {
    const unpaid = paymentUnknown ? text.paymentUnknown : text.notPaid;
    return `${number} (${paidOn === undefined ? unpaid : text.paid(spokenDay(paidOn, language))})`;
  });
  return [...since, text.asked(spoken(released), spoken(amount), by.join(', '))];
}

const heldIn = (rows: readonly RetentionRow[], language: Language): string =>
  spokenSum(
    rows.map(({ held: amount, currency }) => ({ amount, currency })),
    language,
  );

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenRetentions(rows: readonly RetentionRow[], language: Language, width = Infinity): string {
  const { nothing, summary } = texts[language];
  if (rows.length === 0) return nothing;
  const due = rows.filter(({ isDue }) => isDue);
  const end = summary(rows.length, heldIn(rows, language), due.length, heldIn(due, language));
  const lines = explainedList(columns(language), rows, {
    language,
    width,
    explain: (row) => explanation(row, language),
  });
  return [...lines, '', ...wrapped(end, width)].join('\n');
}
