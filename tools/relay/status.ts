/** `npx relay status`: lists the invoices of the ledger for a person. */
import { commandKey, isNumberedPerYear, yearOf, type RecordView, type State } from '../../shared/ledger/record.ts';
import { aboutAws, command, common, flag, textOption, type Language } from '../command-line/command.ts';
import { progressOn, printable, textTable, type TextColumn } from '../command-line/terminal.ts';
import { ledgerTable, readLedger } from './read-ledger.ts';
import { awsFor, chosenStage, knownConnection, optionalConnection } from './targets.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { isStuck } from '../../shared/tracking/own-invoice.ts';
import { givenAnswer } from '../../shared/tracking/record-status.ts';
import { states } from '../../shared/ledger/states.ts';

/** States in which a person must act, whatever the status at Chorus Pro. */
const waitsForPerson: Readonly<Record<State, boolean>> = {
  accepted: false,
  sending: false,
  'in-doubt': false,
  deposited: false,
  followed: false,
  settled: false,
  rejected: true,
  refused: true,
  withheld: false,
};

export interface StatusRow {
  connection: string;
  number: string | undefined;
  subject: string;
  recipient: string | undefined;
  /** Amount due. */
  amount: string | undefined;
  state: State;
  /** Chorus Pro's code, unchanged. */
  status: string | undefined;
  /** ISO instant of the status; without a status, of the record's last change. */
  since: string;
  needsAction: boolean;
  /** The command that the ERP sends to act on the status. */
  answer: string | undefined;
  /** What a person reads: the status, each reason, or the relay's state. */
  fr: string[];
  en: string[];
}

export function statusRow(record: RecordView): StatusRow {
  const { connection, subject, recipient, amount, state, status, reasons, updatedAt } = record;
  const meaning = status && meaningOf(status.code);
  const followed = state === 'followed' ? meaning : undefined;
  const isAnswered = givenAnswer(record) !== undefined;
  const said = followed ? [followed] : (reasons ?? [meaning ?? states[state]]);
  const fr = said.map((one) => one.fr);
  const en = said.map((one) => one.en);
  return {
    number:
      record.number && isNumberedPerYear(record) ? `${record.number}#${yearOf(record.issueDate ?? '')}` : record.number,
    ...{ connection, subject, recipient, amount, state, fr, en },
    status: status?.code,
    since: status?.at ?? updatedAt,
    needsAction: waitsForPerson[state] || (followed?.actor === 'supplier' && !isAnswered) || isStuck(record),
    answer: isAnswered ? undefined : meaning?.command,
  };
}

const heads = {
  en: {
    connection: 'connection',
    invoice: 'invoice',
    recipient: 'recipient',
    amount: 'due',
    relay: 'relay',
    since: 'since',
  },
  fr: {
    connection: 'connexion',
    invoice: 'facture',
    recipient: 'destinataire',
    amount: 'à payer',
    relay: 'relais',
    since: 'depuis',
  },
} as const;

const columns = (language: Language): readonly TextColumn<StatusRow>[] => [
  { head: '', of: ({ needsAction }) => (needsAction ? '!' : ' ') },
  { head: heads[language].connection, of: ({ connection }) => connection },
  { head: heads[language].invoice, of: ({ number }) => number },
  { head: heads[language].recipient, of: ({ recipient }) => recipient },
  { head: heads[language].amount, of: ({ amount }) => amount, align: 'right' },
  { head: heads[language].relay, of: ({ state }) => state },
  { head: 'Chorus Pro', of: ({ status }) => status },
  { head: heads[language].since, of: ({ since }) => since.slice(0, 10) },
];

/** Below its row, uncut: what it means, each reason, and the command that the ERP sends. */
const explanation = (row: StatusRow, language: Language): string[] =>
  [...row[language], ...(row.answer ? [`→ ${row.answer}`] : [])].map((line) => `    ${printable(line)}`);

/** Invoices that wait for a person come first, the oldest first. */
export const inOrder = (rows: readonly StatusRow[]): StatusRow[] =>
  [...rows].sort((a, b) => Number(b.needsAction) - Number(a.needsAction) || (a.since < b.since ? -1 : 1));

export function spokenStatus(rows: readonly StatusRow[], language: Language): string {
  const waiting = rows.filter(({ needsAction }) => needsAction).length;
  const summary = {
    en: `${rows.length} ${rows.length === 1 ? 'invoice' : 'invoices'}, ${waiting} waiting for somebody (!).`,
    fr: `${rows.length} ${rows.length === 1 ? 'facture' : 'factures'}, dont ${waiting} en attente d’une action (!).`,
  };
  if (rows.length === 0) return summary[language];
  const [head = '', ...lines] = textTable(columns(language), rows);
  const explained = rows.flatMap((row, i) => [lines[i] ?? '', ...explanation(row, language)]);
  return [head, ...explained, '', summary[language]].join('\n');
}

export const status = command({
  about:
    'Lists the invoices of the ledger: those that wait for a person first, marked !, and of those the oldest first.',
  takes: {
    connection: optionalConnection(),
    'needs-action': flag('only those that wait for a person'),
    language: common.language,
    stage: common.stage,
    table: textOption('T', 'the ledger’s table, if it is not the stage’s own (a restored one)'),
    local: common.local,
    json: flag('the rows as JSON'),
  },
  positionals: ['connection'],
  notes: `It reads the whole table (a scan): it is for people. A program, such as an ERP, has its events.
${aboutAws}`,
  exitCodes: { 0: 'done' },
  run: async ({ connection, language, stage, table: askedTable, local, json, 'needs-action': onlyWaiting }) => {
    if (connection !== undefined) knownConnection(connection);
    const { endpoints, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? askedTable ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const progress = progressOn(process.stderr);
    const rows: StatusRow[] = [];
    for await (const records of readLedger(client, { table, connection })) {
      // A record about a message that was refused is not an invoice: the ERP has its event.
      rows.push(...records.filter(({ pk }) => !pk.startsWith(commandKey(''))).map(statusRow));
      progress.update(`${rows.length} read`);
    }
    progress.clear();
    client.destroy();
    const shown = inOrder(rows.filter(({ needsAction }) => needsAction || !onlyWaiting));
    console.log(json ? JSON.stringify(shown, undefined, 2) : spokenStatus(shown, language));
    return 0;
  },
});
