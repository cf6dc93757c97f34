import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { frenchAmount, frenchDate } from '../../shared/invoice/amounts.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import type { RetentionDue } from '../../shared/messaging/retention-event.ts';
import { addDueHolders } from '../../shared/tracking/due-retentions.ts';
import { daysBetween, type Held, heldOf, inTheMorning, releasersIn } from '../../shared/tracking/retentions.ts';
import type { PollDependencies } from './dependencies.ts';

/** Reminds the ERP of retentions: some weeks before the day of release, and on that day, until it is released. */

type Holding = RecordIn<'followed' | 'settled'>;

/**
 * Publishes each reminder that is due, then notes it. If it cannot be noted, the next poll publishes it again, with the
 * same id.
 * @returns the record as it is now; undefined if another writer was faster
 */
export async function remindOfRetentions(
  record: Holding,
  dependencies: PollDependencies,
): Promise<Holding | undefined> {
  const { ledger, remind, telemetry, now } = dependencies;
  const at = now();
  const today = parisDay(at);
  const held = heldOf(record, await releasersIn(record, ledger));
  const due = held.flatMap((one, i) => reminderOf(record, { ...one, at: i }, at));
  if (due.length > 0) {
    // For the morning mail, which looks at these alone.
    if (due.some(({ data }) => data.daysLeft <= 0)) await addDueHolders(record.connection, [record.pk], ledger);
    await remind(due);
    telemetry.info('RETENTION_REMINDED', { subject: record.subject, count: due.length });
  }
  const retentions = (record.retentions ?? []).map(({ remindAt, ...retention }) => {
    if (remindAt === undefined || remindAt > at.toISOString()) return { ...retention, remindAt };
    const { until } = retention;
    return until !== undefined && until > today ? { ...retention, remindAt: inTheMorning(until) } : retention;
  });
  return applyMove(dependencies, record, { name: 'note-reminder', changes: { retentions } });
}

/** Nothing, if it is not due or is released. */
function reminderOf(
  record: Holding,
  { until, remindAt, held, ...rest }: Held & { at: number },
  now: Date,
): RetentionDue[] {
  if (until === undefined || remindAt === undefined || remindAt > now.toISOString() || !Big(held).gt(0)) return [];
  const { connection, environment, supplier, number, issueDate, recipient, currency } = record;
  const daysLeft = daysBetween(parisDay(now), until);
  const contract = record.corrected?.contract ?? record.contract;
  const data = {
    ...{ connection, environment, supplier, number, issueDate, recipient },
    ...(contract === undefined ? {} : { contract }),
    ...{ retention: rest.name, amount: rest.amount, held, currency, until, daysLeft },
    expected: rest.expected ?? false,
    actionNeeded: true,
  } as const;
  return [
    {
      specversion: '1.0',
      id: `${record.pk}#retention ${rest.at}#${until}#${daysLeft > 0 ? 'before' : 'on the day'}`,
      source: `chorus-relay/${connection}`,
      type: 'chorus-relay.retention.due.v1',
      subject: record.subject,
      time: now.toISOString(),
      datacontenttype: 'application/json',
      data: { ...data, message: sentencesOf(data) },
    },
  ];
}

function sentencesOf({
  retention,
  number,
  held,
  currency,
  until,
  expected,
  daysLeft,
}: Omit<RetentionDue['data'], 'message'>) {
  const isPast = daysLeft <= 0;
  return {
    fr: [
      `« ${retention} » sur la facture ${number} : ${frenchAmount(held, currency)} encore retenus, `,
      `${isPast ? 'à libérer depuis' : 'à libérer'} le ${frenchDate(until)}${expected ? ' (date prévue)' : ''}.`,
      ' Demandez-en le versement par une facture qui désigne celle-ci.',
    ].join(''),
    en: [
      `"${retention}" on the invoice ${number}: ${held} ${currency} is still held, `,
      `${isPast ? 'to be released since' : 'to be released on'} ${until}${expected ? ' (expected)' : ''}.`,
      ' Ask for it by an invoice that names this one.',
    ].join(''),
  };
}
