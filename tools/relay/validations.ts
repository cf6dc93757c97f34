/** `npx relay validations`: lists what waits for the companies' validation, for a person. */
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { validationsCsv } from '../../shared/lists/validation-csv.ts';
import { waitingIn } from '../../shared/lists/validation-rows.ts';
import { aboutAws, command, common, flag, WrongUsage } from '../command-line/command.ts';
import { widthOf } from '../command-line/terminal.ts';
import { ledgerTable } from './read-ledger.ts';
import { awsFor, chosenStage, connectionNames, knownConnection, optionalConnection } from './targets.ts';
import { spokenValidations } from './validation-text.ts';

export const validations = command({
  about: `Lists what subcontractors and co-contractors ask the companies to validate: the oldest first, each with the
last day to answer and how to do it. From day 13 on it is marked !: once the fifteenth day is over, silence accepts it.
Below them are those that ended in the last 30 days.`,
  takes: {
    connection: optionalConnection(),
    language: common.language,
    stage: common.stage,
    local: common.local,
    csv: flag('a file for a spreadsheet: npx relay validations --csv > validations.csv'),
    json: flag('the requests as JSON, for a program'),
  },
  positionals: ['connection'],
  notes: `It shows what the last reading found, and when that was: take-turns reads every hour, for connections with
the setting "validations". The answer is the command validation.answer, or a click on the portal.
Chorus Pro may count the fifteen days to the hour: better answer on the day before the last.
${aboutAws}`,
  exitCodes: { 0: 'none is marked !', 4: 'at least one request is marked !' },
  run: async ({ connection, language, stage, local, csv, json }) => {
    if (csv && json)
      throw new WrongUsage({ fr: '--csv et --json s’excluent', en: '--csv and --json do not go together' });
    const names = connection === undefined ? connectionNames() : [knownConnection(connection)];
    const { endpoints, now, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const memory = new DynamoDbMemory({ client, table });
    const found = await Promise.all(names.map((name) => waitingIn(memory, name, parisDay(now()))));
    client.destroy();
    const read = found.filter((one) => one.read !== undefined || connection !== undefined);
    if (csv) process.stdout.write(validationsCsv(read, language));
    else if (json) console.log(JSON.stringify(read, undefined, 2));
    else console.log(spokenValidations(read, language, widthOf(process.stdout)));
    return read.some(({ requests }) => requests.some(({ atRisk }) => atRisk)) ? 4 : 0;
  },
});
