/** When the works of a contract were accepted: from then on its retentions are counted. */
import { userInfo } from 'node:os';
import Big from 'big.js';
import { spokenDay } from '../../shared/invoice/spoken.ts';
import type { LedgerRecord, RecordIn, RecordView } from '../../shared/ledger/record.ts';
import type { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { move, type Write } from '../../shared/ledger/transition.ts';
import { fromAcceptance, heldOf, releasersOf, type SaidAcceptance } from '../../shared/tracking/retentions.ts';
import { Failure, WrongUsage } from '../command-line/command.ts';
import { settingsOf } from './targets.ts';

export interface Acceptance extends Omit<SaidAcceptance, 'at'> {
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
      fr: `--accepted : le ${spokenDay(on, 'fr')} n’est pas encore arrivé`,
      en: `--accepted: ${on} has not come yet`,
    });
  const { retentions: counted } = await settingsOf(connection);
  return { ...{ contract, name, on }, by: by ?? userInfo().username, months: counted.months };
}

/** A retention whose day stays as it is: the command said it, or the same acceptance is noted already. */
interface Kept {
  number: string;
  name: string;
  /** ISO day. */
  until: string;
  by: 'command' | 'acceptance';
}

/** What there is, for whoever asked for a contract or a name that there is not. */
interface Known {
  /** The contracts of which something is held. */
  contracts: string[];
  /** What is held of the contract that was asked for. */
  names: string[];
}

interface Accepted {
  writes: Write<RecordIn<'followed' | 'settled'>>[];
  /** The numbers of invoices whose sender may be writing: they are not changed. */
  waiting: string[];
  kept: Kept[];
  known: Known;
}

/** What is noted in the records of a contract. A day that a command said stays, and so does what was released. */
export function acceptanceOf(
  records: readonly LedgerRecord[],
  { contract, name, ...said }: Acceptance,
  now: Date,
): Accepted {
  const releasing = releasersOf(records);
  const accepted: Accepted = { writes: [], waiting: [], kept: [], known: { contracts: [], names: [] } };
  const contracts = new Set<string>();
  const names = new Set<string>();
  for (const record of records) {
    const { corrected, contract: ordered }: RecordView = record;
    const own = corrected?.contract ?? ordered;
    const held = heldOf(record, releasing.get(record.pk) ?? []).map((one) => Big(one.held).gt(0));
    if (own !== undefined && held.includes(true)) contracts.add(own);
    if (own !== contract) continue;
    const number = record.number ?? record.subject;
    const counted = (record.retentions ?? []).map((retention, i) => {
      if (!held[i]) return undefined;
      names.add(retention.name);
      if (name !== undefined && retention.name !== name) return undefined;
      const { until, accepted: before } = retention;
      const changed = fromAcceptance(retention, { ...said, at: now });
      if (!changed && until !== undefined)
        accepted.kept.push({ number, name: retention.name, until, by: before ? 'acceptance' : 'command' });
      return changed;
    });
    if (counted.every((one) => one === undefined)) continue;
    if (record.state === 'followed' || record.state === 'settled') {
      const retentions = (record.retentions ?? []).map((retention, i) => counted[i] ?? retention);
      accepted.writes.push(move(record, { name: 'note-acceptance', changes: { retentions } }, now));
    } else accepted.waiting.push(number);
  }
  return { ...accepted, known: { contracts: [...contracts].sort(), names: [...names].sort() } };
}

export interface Noted extends Omit<Accepted, 'writes'> {
  /** The numbers of the invoices. */
  noted: string[];
}

/** @throws Failure if a record moved at that moment: the others are written, and the same command writes it too */
export async function noteAcceptance(
  { writes, ...others }: Accepted,
  ledger: Pick<DynamoDbLedger, 'write'>,
): Promise<Noted> {
  const noted: string[] = [];
  const moved: string[] = [];
  for (const write of writes) {
    const { number } = write.record;
    if ((await ledger.write(write)) === 'conflict') moved.push(number);
    else noted.push(number);
  }
  if (moved.length === 0) return { noted, ...others };
  throw new Failure({
    fr: `Ces factures viennent de changer d’état : ${moved.join(', ')}. Relancez la même commande.`,
    en: `These have just moved: ${moved.join(', ')}. Run the same command again.`,
  });
}
