/** `npx relay status`: lists the invoices of the ledger for a person. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Said } from '../../shared/invoice/spoken.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { type ConnectionSettings, issuersOf } from '../../shared/connection/settings.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { withNames } from '../../shared/lists/recipient-names.ts';
import { retentionRows } from '../../shared/lists/retention-row.ts';
import { csvOf } from '../../shared/lists/status-csv.ts';
import { inOrder, rowsOf } from '../../shared/lists/status-row.ts';
import { besideUnpaid, isWanted, noRecipient } from '../../shared/lists/status-wanted.ts';
import { waitingIn } from '../../shared/lists/validation-rows.ts';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { aboutAws, command, common, dayOption, flag, textOption, WrongUsage } from '../command-line/command.ts';
import { progressOn, widthOf } from '../command-line/terminal.ts';
import { hinted } from '../command-line/local-hints.ts';
import { heldUp, saidHeldUp } from './held-up.ts';
import { ledgerTable, listExitCodes, readLedger, readSoFar, warnOfUnreadable } from './read-ledger.ts';
import type { Asked } from './status-summary.ts';
import { spokenStatus } from './status-text.ts';
import { awsFor, chosenStage, connectionNames, knownConnection, optionalConnection, queueUrlOf } from './targets.ts';
import { messagesOn } from './under-way.ts';

/** Of those connections whose files are here and right: a fault in a file must not hide the invoices. */
async function knownSettings(): Promise<ConnectionSettings[]> {
  const read = connectionNames().map((name) => readConnectionFiles([name]).catch(() => []));
  return (await Promise.all(read)).flat();
}

/** How many messages are on a queue: a hint only, so that who may not ask the queue still has the list. */
const hintOf = async (sqs: SQSClient, stage: string, queue: 'invoices' | 'invoices-dead-letters'): Promise<number> => {
  try {
    return await messagesOn(sqs, await queueUrlOf(sqs, stage, queue));
  } catch {
    return 0;
  }
};

/** How many requests to validate wait, and until when the first must be answered. */
async function toValidate(
  memory: Memory,
  connections: readonly string[],
  today: string,
): Promise<Asked['validations']> {
  const found = await Promise.all(connections.map((name) => waitingIn(memory, name, today)));
  const days = found.flatMap(({ requests }) => requests.map(({ until }) => until)).sort();
  return days[0] === undefined ? undefined : { count: days.length, until: days[0] };
}

const nothingHeldUp: Said = {
  fr: 'D’après les dernières lectures, rien ne retient les factures.',
  en: 'By the last readings, nothing holds invoices up.',
};

export const status = command({
  about: `Lists the invoices of the ledger, and the messages that were refused before they became one: those that wait for a
person first, marked !, each with what to do, where and until when. What else waits is named below the list.`,
  takes: {
    connection: optionalConnection(),
    'needs-action': flag('only those that wait for a person'),
    late: flag('only those that are late'),
    interest: flag('only those on which interest is owed: late, or paid late'),
    unpaid: flag('only invoices that are still to be paid'),
    recipient: textOption('R', 'only this recipient: a SIREN or SIRET, or a part of its name'),
    from: dayOption('only invoices issued on this day or later'),
    to: dayOption('only invoices issued on this day or earlier'),
    'due-before': dayOption('only unpaid invoices whose due date is this day or earlier'),
    'paid-from': dayOption('only invoices whose payment was issued on this day or later'),
    'paid-to': dayOption('only invoices whose payment was issued on this day or earlier'),
    text: textOption(
      'T',
      'only those where this text is in the number, the recipient, the status, the motive or an explanation',
    ),
    language: common.language,
    stage: common.stage,
    table: textOption('T', 'the ledger’s table, if it is not the stage’s own (a restored one)'),
    local: common.local,
    outages: flag('no list: only what holds invoices up, by the last readings; with --json, for a program'),
    csv: flag('a file for a spreadsheet: npx relay status --csv > invoices.csv'),
    json: flag('the rows as JSON, for a program'),
  },
  positionals: ['connection'],
  notes: `"npm run status" prints npm’s own lines first: for --json and --csv, call "npx relay status" or "npm run -s status --".
The mark ! goes when the ERP answers, when the invoice is sent again or moves on, or with "npx relay dismiss".
It reads the whole table (a scan): it is for people. A program, such as an ERP, has its events.
${aboutAws}`,
  exitCodes: listExitCodes,
  run: async (given) => {
    const { connection, language, stage, table: askedTable, local, csv, json } = given;
    const wanted = {
      ...given,
      needsAction: given['needs-action'],
      dueBefore: given['due-before'],
      paidFrom: given['paid-from'],
      paidTo: given['paid-to'],
    };
    if (csv && json)
      throw new WrongUsage({ fr: '--csv et --json s’excluent', en: '--csv and --json do not go together' });
    if (connection !== undefined) knownConnection(connection);
    const { endpoints, now, dynamodb, sqs } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? askedTable ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const memory = new DynamoDbMemory({ client, table });
    const connections = connection === undefined ? connectionNames() : [connection];
    if (given.outages) {
      const outages = await heldUp(memory, connections, now());
      client.destroy();
      const said = outages.length === 0 ? [nothingHeldUp] : outages.map(saidHeldUp);
      const lines = said.map((one) => hinted(one[language], local)).join('\n');
      console.log(json ? JSON.stringify({ outages }, undefined, 2) : lines);
      return 0;
    }
    const progress = progressOn(process.stderr);
    const records: LedgerRecord[] = [];
    const unreadable: string[] = [];
    const asked: WorksAsked[] = [];
    for await (const page of readLedger(client, { table, connection })) {
      records.push(...page.records);
      unreadable.push(...page.unreadable);
      asked.push(...page.asked);
      progress.update(readSoFar(records.length)[language]);
    }
    const today = parisDay(now());
    const settings = await knownSettings();
    const named = await withNames(rowsOf(records, settings, today), memory);
    const elsewhere = {
      works: asked,
      validations: await toValidate(memory, connections, today),
      heldUp: await heldUp(memory, connections, now()),
      retentionsDue: retentionRows(records, today).filter(({ isDue }) => isDue).length,
    };
    progress.clear();
    client.destroy();
    const shown = inOrder(named.filter((row) => isWanted(row, wanted)));
    if (csv) process.stdout.write(csvOf(shown, language));
    else if (json) console.log(JSON.stringify(shown, undefined, 2));
    else {
      const [queues, its] = [sqs(), chosenStage(stage, connection)];
      const beside = {
        ...{ local, ...elsewhere },
        noRecipient: noRecipient(named, wanted.recipient, settings.flatMap(issuersOf)),
        besideUnpaid: besideUnpaid(named, wanted),
        isOfPaid: (wanted.paidFrom ?? wanted.paidTo) !== undefined,
        deadLetters: await hintOf(queues, its, 'invoices-dead-letters'),
        onQueue: await hintOf(queues, its, 'invoices'),
      };
      queues.destroy();
      console.log(spokenStatus(shown, language, widthOf(process.stdout), beside));
    }
    return warnOfUnreadable(unreadable, language);
  },
});
