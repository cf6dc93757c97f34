/** When the works of a contract were accepted: from then on its retentions are counted. */
import { userInfo } from 'node:os';
import Big from 'big.js';
import type { LedgerRecord, RecordIn, RecordView } from '../../shared/ledger/record.ts';
import type { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { move, type Write } from '../../shared/ledger/transition.ts';
import {
  fromAcceptance,
  heldOf,
  monthsAfter,
  releasersOf,
  type SaidAcceptance,
} from '../../shared/tracking/retentions.ts';
import { Failure, type Said, WrongUsage } from '../command-line/command.ts';
import { spokenDay } from '../command-line/terminal.ts';
import { settingsOf } from './targets.ts';

interface Acceptance extends Omit<SaidAcceptance, 'at'> {
  contract: string;
  /** As on the invoices: "Retenue de garantie". Absent: all of them. */
  name?: string | undefined;
}

export const nothingToNote = { code: 4, about: 'with --accepted: no retention to count from that day' } as const;

interface Given {
  connection?: string | undefined;
  contract?: string | undefined;
  name?: string | undefined;
  accepted?: string | undefined;
  by?: string | undefined;
}

/**
 * What is to be noted, if anything is.
 * @throws WrongUsage if it is not clear whose works, or if the day has not come
 */
export async function askedAcceptance(
  { connection, contract, name, accepted: on, by }: Given,
  today: string,
): Promise<Acceptance | undefined> {
  if (on === undefined) {
    if (by === undefined) return undefined;
    throw new WrongUsage({ fr: '--by va avec --accepted', en: '--by goes with --accepted' });
  }
  if (connection === undefined || contract === undefined)
    throw new WrongUsage({
      fr: '--accepted demande une connexion et --contract',
      en: '--accepted needs a connection and --contract',
    });
  if (on > today)
    throw new WrongUsage({
      fr: `--accepted : le ${spokenDay(on, 'fr')} n’est pas encore venu`,
      en: `--accepted: ${on} has not come yet`,
    });
  const { retentions: counted } = await settingsOf(connection);
  return { ...{ contract, name, on }, by: by ?? userInfo().username, months: counted.months };
}

interface Accepted {
  writes: Write<RecordIn<'followed' | 'settled'>>[];
  /** The numbers of invoices whose sender may be writing: they are not changed. */
  waiting: string[];
}

/** What is noted in the records of a contract. A day that a command said stays, and so does what was released. */
export function acceptanceOf(
  records: readonly LedgerRecord[],
  { contract, name, ...said }: Acceptance,
  now: Date,
): Accepted {
  const releasing = releasersOf(records);
  const accepted: Accepted = { writes: [], waiting: [] };
  for (const record of records) {
    const { corrected, contract: own }: RecordView = record;
    if ((corrected?.contract ?? own) !== contract) continue;
    const held = heldOf(record, releasing.get(record.pk) ?? []);
    const counted = (record.retentions ?? []).map((retention, i) => {
      const isWanted = Big(held[i]?.held ?? 0).gt(0) && (name === undefined || retention.name === name);
      return isWanted ? fromAcceptance(retention, { ...said, at: now }) : undefined;
    });
    if (counted.every((one) => one === undefined)) continue;
    if (record.state === 'followed' || record.state === 'settled') {
      const retentions = (record.retentions ?? []).map((retention, i) => counted[i] ?? retention);
      accepted.writes.push(move(record, { name: 'note-acceptance', changes: { retentions } }, now));
    } else accepted.waiting.push(record.number ?? record.subject);
  }
  return accepted;
}

interface Noted {
  /** The numbers of the invoices, and of those that must wait. */
  noted: string[];
  waiting: string[];
}

/** @throws Failure if a record moved at that moment: the others are written, and the same command writes it too */
export async function noteAcceptance(
  { writes, waiting }: Accepted,
  ledger: Pick<DynamoDbLedger, 'write'>,
): Promise<Noted> {
  const noted: string[] = [];
  const moved: string[] = [];
  for (const write of writes) {
    const { number } = write.record;
    if ((await ledger.write(write)) === 'conflict') moved.push(number);
    else noted.push(number);
  }
  if (moved.length === 0) return { noted, waiting };
  throw new Failure({
    fr: `Ces factures viennent de changer d’état : ${moved.join(', ')}. Relancez la même commande.`,
    en: `These have just moved: ${moved.join(', ')}. Run the same command again.`,
  });
}

export function spokenAcceptance({ noted, waiting }: Noted, { contract, on, by, months }: Acceptance): Said {
  const until = monthsAfter(on, months);
  const done =
    noted.length === 0
      ? {
          fr: `Marché ${contract} : aucune retenue dont la date reste à compter d’une réception.`,
          en: `Contract ${contract}: no retention whose day is still to be counted from an acceptance.`,
        }
      : {
          fr: `Marché ${contract} : réception du ${spokenDay(on, 'fr')} notée par ${by}. À libérer le ${spokenDay(until, 'fr')} : ${noted.join(', ')}.`,
          en: `Contract ${contract}: accepted on ${spokenDay(on, 'en')}, noted by ${by}. To be released on ${spokenDay(until, 'en')}: ${noted.join(', ')}.`,
        };
  if (waiting.length === 0) return done;
  return {
    fr: `${done.fr}\nPas encore dans Chorus Pro : ${waiting.join(', ')}. Relancez la commande plus tard.`,
    en: `${done.en}\nThese are not in Chorus Pro yet: ${waiting.join(', ')}. Run the command again later.`,
  };
}
