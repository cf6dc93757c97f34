/** `npx relay retentions`: lists what recipients keep back of invoices, for a person. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { placeOf } from '../../shared/lists/places.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { withNames } from '../../shared/lists/recipient-names.ts';
import { byDay, isWantedRetention, retentionRows } from '../../shared/lists/retention-row.ts';
import { retentionsCsv } from '../../shared/lists/retention-csv.ts';
import { aboutAws, command, common, dayOption, flag, textOption, WrongUsage } from '../command-line/command.ts';
import { progressOn, widthOf } from '../command-line/terminal.ts';
import { spokenAcceptance } from './acceptance-text.ts';
import { acceptanceOf, askedAcceptance, noteAcceptance, nothingToNote } from './acceptance.ts';
import { ledgerTable, listExitCodes, readLedger, readSoFar, warnOfUnreadable } from './read-ledger.ts';
import { spokenRetentions } from './retention-text.ts';
import { awsFor, chosenStage, knownConnection, optionalConnection } from './targets.ts';

export const retentions = command({
  about: `Lists what recipients keep back of invoices for a time (retenue de garantie, compte prorata and the like): on
which invoice, since when and until when, and what later invoices release. What is to be released today or earlier is
marked !.`,
  takes: {
    connection: optionalConnection(),
    all: flag('those too that were released'),
    recipient: textOption('R', 'only this recipient: a SIREN or SIRET, or a part of its name'),
    contract: textOption('C', 'only this contract (numéro de marché)'),
    name: textOption('N', 'only the retentions of this name, such as "Retenue de garantie"'),
    'due-before': dayOption('only those to be released on this day or earlier'),
    accepted: dayOption(
      'notes that the works of the contract were accepted on this day: their retentions count from it',
    ),
    by: textOption('NAME', 'with --accepted: who says so; by default, you'),
    language: common.language,
    stage: common.stage,
    table: textOption('T', 'the ledger’s table, if it is not the stage’s own (a restored one)'),
    local: common.local,
    csv: flag('a file for a spreadsheet: npx relay retentions --csv > retentions.csv'),
    json: flag('the rows as JSON, for a program'),
  },
  positionals: ['connection'],
  notes: `A retention is a deduction of the kind "retention" in the ERP’s command; a later invoice releases it by naming
its invoice. The ERP has an event 30 days before the day of release, and on that day.
--accepted changes the day only where the command did not say it; say it again to correct it. The ERP is not told.
It reads the whole table (a scan): it is for people.
${aboutAws}`,
  exitCodes: { ...listExitCodes, [nothingToNote.code]: nothingToNote.about },
  run: async (given) => {
    const { connection, language, stage, table: askedTable, local, csv, json } = given;
    if (csv && json)
      throw new WrongUsage({ fr: '--csv et --json s’excluent', en: '--csv and --json do not go together' });
    if (connection !== undefined) knownConnection(connection);
    const { endpoints, now, dynamodb } = await awsFor({ local });
    const acceptance = await askedAcceptance(given, parisDay(now()));
    const client = dynamodb();
    const table = endpoints?.table ?? askedTable ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const progress = progressOn(process.stderr);
    const records: LedgerRecord[] = [];
    const unreadable: string[] = [];
    for await (const page of readLedger(client, { table, connection })) {
      records.push(...page.records);
      unreadable.push(...page.unreadable);
      progress.update(readSoFar(records.length)[language]);
    }
    if (acceptance) {
      const accepted = acceptanceOf(records, acceptance, now());
      const noted = await noteAcceptance(accepted, new DynamoDbLedger({ client, table, placeOf }));
      progress.clear();
      client.destroy();
      console.log(json ? JSON.stringify(noted) : spokenAcceptance(noted, acceptance)[language]);
      return warnOfUnreadable(unreadable, language) || (noted.noted.length > 0 ? 0 : nothingToNote.code);
    }
    const rows = retentionRows(records, parisDay(now()));
    const named = await withNames(rows, new DynamoDbMemory({ client, table }));
    progress.clear();
    client.destroy();
    const wanted = { ...given, dueBefore: given['due-before'] };
    const shown = byDay(named.filter((row) => isWantedRetention(row, wanted)));
    if (csv) process.stdout.write(retentionsCsv(shown, language));
    else
      console.log(
        json ? JSON.stringify(shown, undefined, 2) : spokenRetentions(shown, language, widthOf(process.stdout)),
      );
    return warnOfUnreadable(unreadable, language);
  },
});
