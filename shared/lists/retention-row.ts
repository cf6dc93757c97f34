/** What the list of retentions says of each in the ledger. */
import Big from 'big.js';
import { isNumberedPerYear, type RecordView, yearOf } from '../ledger/record.ts';
import { heldOf, releasersOf, releasesOf } from '../tracking/retentions.ts';
import { statusRow } from './status-row.ts';
import { isTo } from './status-wanted.ts';

export interface Releaser {
  /** The key of its record, unless it is another connection's. */
  key: string | undefined;
  number: string;
  /** The day on which its payment was issued: ISO. */
  paidOn: string | undefined;
  /** Its recipient never reports payments: whether it is paid, nobody tells the relay. */
  paymentUnknown: boolean;
}

export interface RetentionRow {
  /** The key of the invoice's record. */
  key: string;
  connection: string;
  /** The invoice's, as the ERP wrote it, with `#<year>` if numbers begin anew each year. */
  number: string | undefined;
  subject: string;
  environment: string | undefined;
  /** SIRET. */
  supplier: string | undefined;
  /** SIRET: who holds it. */
  recipient: string | undefined;
  recipientName?: string | undefined;
  contract: string | undefined;
  type: RecordView['type'];
  /** As on the invoice: "Retenue de garantie". */
  name: string;
  currency: string | undefined;
  /** Decimal strings in `currency`, negative if the invoice gives it back or is a credit note. */
  amount: string;
  released: string;
  held: string;
  /** The invoice's issue date, ISO. */
  since: string | undefined;
  /** When it should be released, ISO. */
  until: string | undefined;
  /** The command did not say until when: it is counted by the connection's settings. */
  expected: boolean;
  /** The works were accepted on that day (ISO), from which it is counted: who said so. */
  accepted?: { on: string; by: string } | undefined;
  /** Its day has come, and it is not released. */
  isDue: boolean;
  /** The invoices that release it, which is to ask for the money: it has come once they are paid. */
  releasedBy: Releaser[];
}

const shownNumber = (record: RecordView): string | undefined =>
  record.number && isNumberedPerYear(record) ? `${record.number}#${yearOf(record.issueDate ?? '')}` : record.number;

/** Another connection's invoice counts, and is not named: who sees this connection may not see that one. */
function releaserOf(record: RecordView, { connection }: RecordView): Releaser {
  const { paidOn, paymentUnknown } = statusRow(record);
  if (record.connection !== connection) return { key: undefined, number: '–', paidOn, paymentUnknown };
  return { key: record.pk, number: shownNumber(record) ?? record.subject, paidOn, paymentUnknown };
}

/** @param today the calendar day in Paris, ISO */
export function retentionRows(records: readonly RecordView[], today: string): RetentionRow[] {
  const releasing = releasersOf(records);
  return records.flatMap((record) => {
    const by = releasing.get(record.pk) ?? [];
    const { connection, subject, environment, supplier, recipient, type, currency, issueDate: since } = record;
    const about = { connection, subject, environment, supplier, recipient, type, currency, since };
    return heldOf(record, by).map(({ name, amount, released, held, until, expected, accepted }) => ({
      ...about,
      key: record.pk,
      number: shownNumber(record),
      contract: record.corrected?.contract ?? record.contract,
      ...{ name, amount, released, held, until },
      expected: expected ?? false,
      accepted: accepted && { on: accepted.on, by: accepted.by },
      isDue: until !== undefined && until <= today && Big(held).gt(0),
      releasedBy: by
        .filter((one) => releasesOf(record.pk, one).some((release) => release.name === name))
        .map((one) => releaserOf(one, record)),
    }));
  });
}

/** The earliest day first; at the end those without a day. */
export const byDay = <Row extends RetentionRow>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => {
    const [one, other] = [a, b].map(({ until = '9999', number = '' }) => `${until} ${number}`);
    return (one ?? '') < (other ?? '') ? -1 : 1;
  });

export interface WantedRetentions {
  /** Those too of which nothing is held any more. */
  all?: boolean;
  /** A SIRET, its beginning, or a part of the name. */
  recipient?: string | undefined;
  contract?: string | undefined;
  /** As on the invoice. */
  name?: string | undefined;
  /** To be released on this day or earlier: ISO. */
  dueBefore?: string | undefined;
}

/** Whether a row is wanted: whatever is asked must hold. */
export const isWantedRetention = (
  row: RetentionRow,
  { all, recipient, contract, name, dueBefore }: WantedRetentions,
): boolean =>
  [
    (all ?? false) || !Big(row.held).eq(0),
    recipient === undefined || isTo(row, recipient),
    contract === undefined || row.contract === contract,
    name === undefined || row.name === name,
    dueBefore === undefined || (row.until !== undefined && row.until <= dueBefore),
  ].every(Boolean);
