/** The list of `npx relay status` as a person reads it, in either language and on a terminal of any width. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { type Language, shortDay, spokenAmount } from '../../shared/invoice/spoken.ts';
import { explained } from '../../shared/lists/status-explained.ts';
import { labelOf, shownNumber, shownRecipient } from '../../shared/lists/status-label.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { explainedList, type TextColumn } from '../command-line/terminal.ts';
import { hinted } from '../command-line/local-hints.ts';
import { summary, type Asked } from './status-summary.ts';

const texts = {
  en: {
    heads: ['connection', 'invoice', 'recipient', 'due', 'status', 'since'],
    givenUp: (number: string) => `The relay has given it up: docs/runbooks/in-doubt.md, then npx relay retry ${number}`,
    messageId: (id: string) => `Message ${id}: "npx relay dismiss" takes this id.`,
    toDo: (count: number) => `To do today (${count})`,
    rest: (count: number) => `Nothing to do in Chorus Pro (${count})`,
    retained: '"npx relay retentions" says until when.',
    letter: (named: string) => `To claim them from the recipient: npx relay letter ${named}`,
  },
  fr: {
    heads: ['connexion', 'facture', 'destinataire', 'net à payer', 'état', 'depuis le'],
    givenUp: (number: string) =>
      `Le relais l’a abandonnée : docs/fr/procedures/factures-en-doute.md, puis npx relay retry ${number}`,
    messageId: (id: string) => `Message ${id} : « npx relay dismiss » accepte cet identifiant.`,
    toDo: (count: number) => `À faire aujourd’hui (${count})`,
    rest: (count: number) => `Rien à faire dans Chorus Pro (${count})`,
    retained: '« npx relay retentions » dit jusqu’à quand.',
    letter: (named: string) => `Pour les réclamer au destinataire : npx relay letter ${named}`,
  },
} as const;

function columns(language: Language): readonly TextColumn<StatusRow>[] {
  const [connection, invoice, recipient, due, status, since] = texts[language].heads;
  return [
    { head: '', of: ({ needsAction }) => (needsAction ? '!' : ' ') },
    { head: connection, of: (row) => row.connection },
    { head: invoice, of: (row) => shownNumber(row, language), atMost: 50 },
    { head: recipient, of: shownRecipient, atMost: 60 },
    {
      head: due,
      of: ({ amount, currency }) => (amount === undefined ? undefined : spokenAmount(amount, currency, language)),
      align: 'right',
    },
    { head: status, of: (row) => labelOf(row, language), atMost: 60 },
    { head: since, of: (row) => shortDay(parisDay(new Date(row.since)), language) },
  ];
}

/** Below its row, with the commands that tell more. */
function explanation(row: StatusRow, language: Language, local: boolean): string[] {
  const { about, number, messageId } = row;
  const { retained, givenUp, letter, messageId: itsMessage } = texts[language];
  const isUnread = about === 'message' && number === undefined && messageId !== undefined;
  const named = `${row.connection} ${number ?? ''}`;
  const hints = { retained, givenUp: [givenUp(named)], claim: letter(named) };
  const all = [...explained(row, language, hints), ...(isUnread ? [itsMessage(messageId)] : [])];
  return all.map((line) => hinted(line, local));
}

/** Above the first row of those that wait for somebody, and above the first of the others. */
function titles(rows: readonly StatusRow[], language: Language): (row: StatusRow) => string | undefined {
  const waiting = rows.filter(({ needsAction }) => needsAction);
  const others = rows.filter(({ needsAction }) => !needsAction);
  const { toDo, rest } = texts[language];
  return (row) => {
    if (waiting.length === 0) return undefined;
    if (row === waiting[0]) return toDo(waiting.length);
    return row === others[0] ? rest(others.length) : undefined;
  };
}

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenStatus(
  rows: readonly StatusRow[],
  language: Language,
  width = Infinity,
  asked: Asked = {},
): string {
  const end = summary(rows, language, asked).flatMap((line) => wrapped(line, width));
  if (rows.length === 0) return end.join('\n');
  const list = explainedList(columns(language), rows, {
    ...{ language, width },
    explain: (row) => explanation(row, language, asked.local ?? false),
    title: titles(rows, language),
  });
  return [...list, '', ...end].join('\n');
}
