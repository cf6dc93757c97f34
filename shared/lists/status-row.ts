/** What the lists of invoices say of each record: whether a person must act, and on what. */
import Big from 'big.js';
import { parisDay } from '../chorus-pro/dates.ts';
import { answerTo, meaningOf, type StatusMeaning } from '../chorus-pro/statuses.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { inCents, sum } from '../invoice/amounts.ts';
import { isAboutMessage, isNumberedPerYear, type RecordView, worksFrameworkOf, yearOf } from '../ledger/record.ts';
import type { WorksFramework } from '../works/documents.ts';
import type { Actor } from '../works/parties.ts';
import { states } from '../ledger/states.ts';
import { type Interest, interestOf } from '../tracking/interest.ts';
import { expectedDueOf, paymentTermOf } from '../tracking/lateness.ts';
import { daysBetween, heldOf, releasersOf } from '../tracking/retentions.ts';
import { type Place, placesTaken } from '../tracking/works-series.ts';
import { givenAnswer } from '../tracking/record-status.ts';
import { worksNext, worksOverdue, worksToSubmit, worksUntil } from '../tracking/works-turn.ts';
import { dismissalOf, isPaymentUnknown, needOf } from './needs.ts';
import { answeredSaid } from './status-sentences.ts';
import { worksSaid } from './works-said.ts';

export interface StatusRow {
  /** `message`: a message that was refused without taking the place of an invoice. */
  about: 'invoice' | 'message';
  connection: string;
  /** As the ERP wrote it, with `#<year>` if numbers begin anew each year; a message may have none. */
  number: string | undefined;
  subject: string;
  /** Of its record in the ledger. */
  key: string;
  messageId: string | undefined;
  /** The name of the invoice's own file, if the command has one and nothing could be read. */
  file: string | undefined;
  environment: string | undefined;
  /** SIRET. */
  supplier: string | undefined;
  /** SIRET. */
  recipient: string | undefined;
  recipientName?: string | undefined;
  type: RecordView['type'];
  /** ISO. */
  issueDate: string | undefined;
  /** Amount due: a decimal string in `currency`, negative if it is a credit note. */
  amount: string | undefined;
  currency: string | undefined;
  /** What of it is still to be paid, signed as `amount`: 0.00 if it is paid, refused or rejected. */
  owed: string;
  /** The total with VAT, after a discount, and what is still held back of it, signed as `amount`; absent if unknown. */
  totalWithVat: string | undefined;
  retained?: string | undefined;
  /** What was held back before later invoices released any of it. */
  retainedAtFirst?: string | undefined;
  state: RecordView['state'];
  /** The type of the command about an invoice that was refused. */
  request: string | undefined;
  /** Chorus Pro's code, unchanged. */
  status: string | undefined;
  /** Who must act next in Chorus Pro. */
  actor: StatusMeaning['actor'] | undefined;
  /** ISO instant of the status; without a status, of the record's last change. */
  since: string;
  /** The recipient's words. */
  motive: string | undefined;
  reasons: NonNullable<RecordView['reasons']>;
  /** The last day of the payment term, if it was computed: ISO. */
  dueDate: string | undefined;
  /** Until it is computed: the whole term, counted from the submission. ISO. */
  expectedDue?: string | undefined;
  /** The ERP was told that it is late, and it is not paid. */
  late: boolean;
  /** It was paid after the end of the term. */
  paidLate: boolean;
  /** What the recipient owes for the lateness, until today or until the payment. */
  interest: Interest | undefined;
  /** By how many days whoever must act is late: the recipient with the payment, or a party with its answer. */
  daysOverdue: number | undefined;
  /** The last day on which the supplier must act, ISO; undefined if no day is set, or if it is not for the supplier. */
  until: string | undefined;
  isWorks: boolean;
  /** Who must act next on a works document, and until when: ISO. */
  next: { actor: Actor; until: string | undefined } | undefined;
  /** The works documents that the supplier should deposit next, or may since nobody has answered. */
  toSubmit: WorksFramework[];
  /** When Chorus Pro says that the payment was issued: ISO, in Paris's calendar. */
  paidOn: string | undefined;
  /** Its recipient never reports payments: whether it is paid, nobody tells the relay. */
  paymentUnknown: boolean;
  /** Something is due, and it is not paid. */
  unpaid: boolean;
  needsAction: boolean;
  /** The command that the ERP sends to act on the status. */
  answer: ReturnType<typeof answerTo>;
  /** The connection sends no answers about works documents: it is given on Chorus Pro's portal. */
  isForPortal?: boolean;
  /** Another document or message has taken its place. */
  isReplaced: boolean;
  dismissed: { by: string; at: string; why: string | undefined } | undefined;
  /** What a person reads: the status, each reason, or the relay's state. */
  fr: string[];
  en: string[];
}

/**
 * @param today the calendar day in Paris, ISO; without it nobody is overdue
 * @param place what has taken a works document's place
 */
export function statusRow(record: RecordView, today?: string, place?: Place): StatusRow {
  const { connection, subject, environment, supplier, recipient, type, issueDate, currency, state } = record;
  const { status, reasons = [], messageIds, paymentDue, lateToldAt, paidBefore, updatedAt } = record;
  const meaning = status && meaningOf(status.code);
  const given = givenAnswer(record);
  const shown = given ? answeredSaid(given) : meaning;
  const known = [...(shown ? [shown] : []), ...reasons];
  const said = [...(known.length > 0 ? known : [states[state]]), ...worksSaid(record, today, place)];
  const need = needOf(record, today);
  const dismissed = dismissalOf(record, need);
  const open = !states[state].final && !paidBefore;
  const signed = type === 'credit-note' ? credited : (same: string | undefined) => same;
  const amount = signed(record.amount);
  const late = open && lateToldAt !== undefined;
  const unpaid = open && amount !== undefined && !Big(amount).eq(0);
  return {
    about: isAboutMessage(record) ? 'message' : 'invoice',
    ...{ connection, subject, environment, supplier, recipient, type, issueDate, amount, currency, state, reasons },
    number: record.number && isNumberedPerYear(record) ? `${record.number}#${yearOf(issueDate ?? '')}` : record.number,
    owed: unpaid ? amount : '0.00',
    totalWithVat: signed(record.totalWithVat),
    key: record.pk,
    messageId: messageIds[0],
    file: record.file?.name,
    request: record.command,
    status: status?.code,
    actor: meaning?.actor,
    since: dismissed?.since ?? status?.at ?? updatedAt,
    motive: status?.motive,
    dueDate: open ? paymentDue : undefined,
    late,
    paidLate: record.paidLateOn !== undefined,
    interest: today === undefined ? undefined : interestOf(record, today),
    daysOverdue: late ? daysLate(paymentDue, today) : worksOverdue(record, today),
    until: worksUntil(record),
    isWorks: record.works !== undefined,
    next: place ? undefined : worksNext(record),
    toSubmit: worksToSubmit(record, today),
    paidOn: status && meaning?.effect === 'settled' ? parisDay(new Date(status.at ?? status.observedAt)) : undefined,
    paymentUnknown: isPaymentUnknown(record),
    unpaid,
    needsAction: need !== undefined && !dismissed,
    answer: status && !given ? answerTo(status.code, worksFrameworkOf(record)) : undefined,
    isReplaced: false,
    dismissed: dismissed && { by: dismissed.by, at: dismissed.at, why: dismissed.why },
    fr: said.map((one) => one.fr),
    en: said.map((one) => one.en),
  };
}

const daysLate = (due: string | undefined, today: string | undefined): number | undefined =>
  due === undefined || today === undefined ? undefined : daysBetween(due, today);

function retainedOf(
  record: RecordView,
  by: readonly RecordView[],
): Pick<StatusRow, 'retained' | 'retainedAtFirst'> | undefined {
  const all = heldOf(record, by);
  if (all.length === 0) return undefined;
  return {
    retained: inCents(sum(all.map(({ held }) => held))),
    retainedAtFirst: inCents(sum(all.map(({ amount }) => amount))),
  };
}

/** A credit note takes away from what is owed. */
const credited = (amount: string | undefined): string | undefined =>
  amount === undefined || Big(amount).eq(0) ? amount : Big(amount).neg().toFixed(2);

const invoiceOf = ({ supplier, number }: RecordView): string => `${supplier ?? ''}#${number ?? ''}`;

/** When an invoice last took a command of the ERP's: it began, was sent, or was answered. */
const lastTaken = ({ createdAt, submittedAt = '', answered }: RecordView): string =>
  [createdAt, submittedAt, answered?.at ?? ''].sort().at(-1) ?? '';

/** Until it is known when an invoice must be paid: as its connection's settings let expect. */
function expected(record: RecordView, row: StatusRow, settings: ConnectionSettings | undefined): string | undefined {
  const isOwed = row.unpaid && row.type !== 'credit-note' && row.dueDate === undefined;
  if (!isOwed || !settings || record.recipient === undefined) return undefined;
  return expectedDueOf(record, paymentTermOf(settings, record.recipient).days);
}

/** Answers to a works document are sent only if the connection allows the paths that no public source confirms. */
const isForPortal = ({ answer }: StatusRow, settings: ConnectionSettings | undefined): boolean =>
  answer !== undefined &&
  answer.startsWith('works.') &&
  settings !== undefined &&
  settings.works?.answers !== 'inferred';

/** Of a works document that another one answers: its money is counted there. */
const askedElsewhere = {
  ...{ owed: '0.00', unpaid: false, late: false, paidLate: false, needsAction: false },
  ...{ dueDate: undefined, expectedDue: undefined, paidOn: undefined, interest: undefined },
  ...{ daysOverdue: undefined, until: undefined },
} as const satisfies Partial<StatusRow>;

/**
 * A row for each record. A refused message asks for nothing once its invoice has taken a later one.
 * @param settings of the connections, as far as their files are here
 * @param today the calendar day in Paris, ISO; without it nobody is overdue
 */
export function rowsOf(
  records: readonly RecordView[],
  settings: readonly ConnectionSettings[] = [],
  today?: string,
): StatusRow[] {
  const settingsOf = new Map(settings.map((one) => [one.name, one]));
  const invoices = records.filter((record) => !isAboutMessage(record) && record.state !== 'refused');
  const sentSince = new Map(invoices.map((record) => [invoiceOf(record), lastTaken(record)]));
  const releasing = releasersOf(records);
  const place = placesTaken(records);
  return records.map((record) => {
    const taken = place(record);
    // Whoever has the next document of the file in hand needs no reminder of this one.
    const known = statusRow(record, taken?.is === 'answered' ? undefined : today, taken);
    const row = {
      ...known,
      expectedDue: expected(record, known, settingsOf.get(record.connection)),
      isForPortal: isForPortal(known, settingsOf.get(record.connection)),
      ...retainedOf(record, releasing.get(record.pk) ?? []),
    };
    const isReplaced =
      taken?.is === 'replaced' ||
      (row.about === 'message' && (sentSince.get(invoiceOf(record)) ?? '') > record.createdAt);
    if (taken?.is === 'answered') return { ...row, ...askedElsewhere, isReplaced: true };
    return isReplaced ? { ...row, needsAction: false, isReplaced } : row;
  });
}

/** Invoices that wait for a person come first, the oldest first. */
export const inOrder = (rows: readonly StatusRow[]): StatusRow[] =>
  [...rows].sort((a, b) => Number(b.needsAction) - Number(a.needsAction) || (a.since < b.since ? -1 : 1));
