/** `npx relay status`: the invoices of the ledger, for a person. */
import { commandKey } from '../../shared/ledger/record.ts';
import { aboutAws, command, common, flag, notUp, textOption } from '../command-line/command.ts';
import { progressOn } from '../command-line/terminal.ts';
import { ledgerTable, readLedger } from './read-ledger.ts';
import { inOrder, spokenStatus, statusRow, type StatusRow } from './status-report.ts';
import { awsFor } from './targets.ts';
import { chosenStage, knownConnection, optionalConnection } from './connection-and-stage.ts';

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
  exitCodes: { 0: 'done', 1: 'could not finish', [notUp.code]: notUp.about },
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
