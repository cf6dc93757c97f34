/** `npx relay letter`: writes the letter that claims interest for a late payment. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { knownRecipient } from '../../shared/chorus-pro/directory-entries.ts';
import { type Language, type Said, spokenAmount } from '../../shared/invoice/spoken.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { type Claim, claimOf, noClaims } from '../../shared/recovery/claim.ts';
import { doubtsAbout } from '../../shared/recovery/doubts.ts';
import { letterOf } from '../../shared/recovery/letter.ts';
import { aboutAws, command, common, Failure, option, textOption } from '../command-line/command.ts';
import { invoiceNamed, noSuchInvoice } from './find-invoice.ts';
import { ledgerTable } from './read-ledger.ts';
import { anEmptyOne, awsFor, chosenStage, connectionArgument, knownConnection, settingsOf } from './targets.ts';

const nothingOwed = { code: 5, about: 'nothing can be claimed' } as const;

const written = ({ interest, total }: Claim, file: string): Said => {
  const amount = (euros: string, language: Language) => spokenAmount(euros, 'EUR', language);
  const said = (language: Language) =>
    [interest.run.amount, interest.indemnity, total].map((one) => amount(one, language));
  const [french, english] = [said('fr'), said('en')];
  return {
    fr: `${file} : intérêts ${french[0]}, indemnité ${french[1]}, total ${french[2]}`,
    en: `${file}: interest ${english[0]}, indemnity ${english[1]}, total ${english[2]}`,
  };
};

/** A number may have a slash. */
const fileOf = (number: string): string => `interets-${number.replaceAll(/[^A-Za-z0-9._-]/g, '-')}.pdf`;

export const letter = command({
  about: `Writes the letter, a PDF in French, that claims interest and the fixed indemnity of the recipient of an invoice that is late
or was paid late: the computation line by line, the invoice's references, the articles. It sends nothing.`,
  takes: {
    connection: connectionArgument(),
    number: option('number', z.string().min(1), 'the invoice’s number, or its subject', anEmptyOne),
    out: textOption('FILE', 'where to write it; by default interets-<number>.pdf in this folder'),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection', 'number'],
  notes: `The letter is dated today. Read it before you send it: what must be checked is said beside the result.
It does not replace a file that is there already.
${aboutAws}`,
  exitCodes: {
    0: 'the letter is written',
    [noSuchInvoice.code]: noSuchInvoice.about,
    [nothingOwed.code]: nothingOwed.about,
  },
  run: async ({ connection, number, out, language, stage, local, json }) => {
    knownConnection(connection);
    const { endpoints, now, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const record = await invoiceNamed(client, { table, connection, number, language });
    const { environment = '', recipient: siret = '' } = record;
    const recipient = await knownRecipient(new DynamoDbMemory({ client, table }), { environment, siret });
    client.destroy();
    const claim = claimOf(record, { settings: await settingsOf(connection), recipient, today: parisDay(now()) });
    if (typeof claim === 'string') {
      const { fr, en } = noClaims[claim];
      const said = { fr: `${record.subject} : ${fr}`, en: `${record.subject}: ${en}` };
      throw new Failure(said, { exitCode: nothingOwed.code });
    }
    const file = out ?? fileOf(claim.invoice.number);
    if (existsSync(file)) throw new Failure({ fr: `${file} existe déjà.`, en: `${file} is there already.` });
    await writeFile(file, await letterOf(claim));
    for (const doubt of doubtsAbout(claim)) console.error(doubt[language]);
    console.log(json ? JSON.stringify({ subject: record.subject, file, ...claim }) : written(claim, file)[language]);
    return 0;
  },
});
