/** `npx relay dismiss`: takes the mark ! from an invoice, and keeps in the record who did so, and when. */
import { userInfo } from 'node:os';
import * as z from 'zod';
import type { Said } from '../../shared/invoice/spoken.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { move, type Write } from '../../shared/ledger/transition.ts';
import { needOf } from '../../shared/lists/needs.ts';
import { placeOf } from '../../shared/lists/places.ts';
import { statusRow } from '../../shared/lists/status-row.ts';
import { aboutAws, command, common, Failure, option } from '../command-line/command.ts';
import { ledgerTable, readLedger, warnOfUnreadable } from './read-ledger.ts';
import { anEmptyOne, awsFor, chosenStage, connectionArgument, knownConnection } from './targets.ts';

const nothingToDismiss = { code: 4, about: 'nothing with this number waits for a person' } as const;

/** @returns undefined if the record asks nothing of a person */
export function dismissal(
  record: LedgerRecord,
  said: { by: string; why?: string | undefined },
  now: Date,
): Write | undefined {
  const today = parisDay(now);
  const need = needOf(record, today);
  const isMovable =
    record.state === 'in-doubt' ||
    record.state === 'followed' ||
    record.state === 'rejected' ||
    record.state === 'refused';
  const { needsAction, since } = statusRow(record, today);
  if (need === undefined || !isMovable || !needsAction) return undefined;
  return move(
    record,
    { name: 'dismiss', changes: { dismissed: { ...said, at: now.toISOString(), need, since } } },
    now,
  );
}

/** @param named the subjects of what has this name, whether it waits or not */
function nothingDone(named: readonly string[], number: string): Said {
  if (named.length === 0)
    return {
      fr: `Rien dans le registre ne porte le nom ${number} : « npx relay status --text ${number} » cherche partout.`,
      en: `Nothing in the ledger is named ${number}: "npx relay status --text ${number}" searches everywhere.`,
    };
  return {
    fr: `${named.join(', ')} : rien à classer, aucune action n’est attendue (pas de !).`,
    en: `${named.join(', ')}: nothing to dismiss, no action is awaited (no !).`,
  };
}

/** A number may be that of several suppliers: then its subject names one. A message may have its id alone. */
const isNamed = (record: LedgerRecord, name: string): boolean => {
  const { subject, number, messageId } = statusRow(record);
  return [subject, number, record.number, messageId].includes(name);
};

const noReason = { fr: 'doit avoir de 1 à 200 caractères', en: 'must have 1 to 200 characters' } as const;
const noPerson = { fr: 'doit avoir de 1 à 100 caractères', en: 'must have 1 to 100 characters' } as const;

export const dismiss = command({
  about: `Says that an invoice, or a message that was refused, needs no action any more: "npx relay status" takes its mark !
away. Who did so, when and why is kept in the ledger. If the invoice asks for something new, the mark comes back.`,
  takes: {
    connection: connectionArgument(),
    number: option(
      'number',
      z.string().min(1),
      'the invoice’s number, its subject, or the id of the message',
      anEmptyOne,
    ),
    by: option(
      'NAME',
      z
        .string()
        .min(1)
        .max(100)
        .default(() => userInfo().username),
      'who says so; by default, you',
      noPerson,
    ),
    why: option('TEXT', z.string().min(1).max(200).optional(), 'the reason, which "npx relay status" shows', noReason),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection', 'number'],
  notes: `It changes nothing in Chorus Pro, and the ERP is not told. What is still to be paid stays so in the list: only
Chorus Pro says that an invoice is paid or rejected.
${aboutAws}`,
  exitCodes: { 0: 'dismissed', [nothingToDismiss.code]: nothingToDismiss.about },
  run: async ({ connection, number, by, why, language, stage, local, json }) => {
    knownConnection(connection);
    const { endpoints, now, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const writes: Write[] = [];
    const known: string[] = [];
    for await (const { records, unreadable } of readLedger(client, { table, connection })) {
      warnOfUnreadable(unreadable, language);
      const named = records.filter((one) => isNamed(one, number));
      known.push(...named.map(({ subject }) => subject));
      writes.push(...named.flatMap((one) => dismissal(one, { by, why }, now()) ?? []));
    }
    const subjects = writes.map(({ record }) => record.subject);
    const [only, other] = writes;
    if (other)
      throw new Failure({
        fr: `Plusieurs factures attendent une action : nommez l’une d’elles.\n${subjects.join('\n')}`,
        en: `Several wait for a person: name one of them.\n${subjects.join('\n')}`,
      });
    const result = only && (await new DynamoDbLedger({ client, table, placeOf }).write(only));
    client.destroy();
    if (result === 'conflict')
      throw new Failure({
        fr: `${subjects.join()} vient de changer d’état : regardez-la de nouveau.`,
        en: `${subjects.join()} has just moved: look at it again.`,
      });
    const subject = only?.record.subject;
    const said: Said =
      subject === undefined
        ? nothingDone(known, number)
        : { fr: `${subject} : classée par ${by}.`, en: `${subject}: dismissed by ${by}.` };
    console.log(json ? JSON.stringify(subject === undefined ? {} : { subject, by }) : said[language]);
    return only ? 0 : nothingToDismiss.code;
  },
});
