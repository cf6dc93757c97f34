import { typeOf, type InvoiceEvent } from '../../shared/invoice/events.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import type { InMemoryLedger } from '../support/in-memory-ledger.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import type { ChorusPro } from '../../tools/chorus-pro-simulator/index.ts';
import { commandsAtRest, doneTooOften, type CommandEffect } from './command-invariants.ts';
import { watchDeadlines } from './deadlines.ts';
import type { Erp } from './erp.ts';
import type { SimulatedQueue } from './queue.ts';
import { isReminderDue, wronglyReminded } from './retentions.ts';
import { nextActorUntold, unsigned, worksUntold, worksWronglyTold } from './works-invariants.ts';
import { start, type Drop, type Schedule } from './schedule.ts';

export interface Observed {
  schedule: Schedule;
  model: ChorusPro;
  erp: Erp;
  /** The commands about invoices that Chorus Pro has carried out. */
  commandEffects: readonly CommandEffect[];
  /** How many calls Chorus Pro has handled so far; its files become invoices at such a moment too. */
  handled: () => number;
  ledger: InMemoryLedger;
  queue: SimulatedQueue;
  /** Messages dropped so far. */
  dropped: readonly Drop[];
  published: readonly InvoiceEvent[];
  /** What the ERP was told of documents that others deposited in its billing files. */
  worksTold: readonly WorksDocumentEvent[];
  /** The ids of the reminders of retentions that were sent. */
  reminders: readonly string[];
  /** Messages that were once found in the ledger. Records never disappear, so they need no second search. */
  inLedger: Set<string>;
  /** Calls made with credentials that the ledger had suspended. */
  badCalls: readonly string[];
  /** How many calls each lasting trouble met. */
  met: Readonly<Record<string, number>>;
  now: () => number;
}

/**
 * What must hold after every single step. @returns a check for one run: it lists what does not hold, and looks only at
 * what may have changed since it last ran
 */
export function watch(observed: Observed): () => string[] {
  const { model, published } = observed;
  const notInTime = watchDeadlines(observed);
  let [calls, told, effects, worksTold] = [0, 0, 0, 0];
  return () => {
    const changed = calls !== observed.handled();
    const doneMore = effects !== observed.commandEffects.length;
    const more = told !== published.length;
    const moreOfWorks = worksTold !== observed.worksTold.length;
    worksTold = observed.worksTold.length;
    [calls, told, effects] = [observed.handled(), published.length, observed.commandEffects.length];
    return [
      ...(changed ? [...sentTwice(model), ...tooOften(observed)] : []),
      ...(doneMore ? doneTooOften(observed) : []),
      ...inNoPlace(observed),
      ...notInTime(),
      ...(moreOfWorks ? worksWronglyTold(observed) : []),
      ...(more
        ? [
            ...eventsOutOfOrder(observed),
            ...eventsThatChanged(observed),
            ...statusesGoingBack(observed),
            ...wronglyRefused(observed),
            ...nextActorUntold(observed),
          ]
        : []),
      ...observed.badCalls,
    ];
  };
}

const sentTwice = (model: ChorusPro): string[] =>
  Object.entries(model.effects.invoices)
    .filter(([, times]) => times > 1)
    .map(([key, times]) => `${key} was accepted ${times} times by Chorus Pro`);

const anHour = 3_600_000;

const numbersOf = (route: Drop['route'], drops: readonly Drop[]): number =>
  new Set(drops.filter((drop) => drop.route === route).map(({ number }) => number)).size;

/** Files deposited or uploaded, calls without quota, and failed logins stay within what their pauses allow. */
function tooOften({ schedule, model, erp, met, now }: Observed): string[] {
  const { quota, wrongPassword, rate, drops, outage, closure } = schedule;
  const hoursSince = (from: number) => Math.ceil((now() - from) / anHour);
  const signed = erp.commands.filter(({ type }) => type === 'works.sign-final').length;
  const [files, pdfs] = [numbersOf('flux', drops), numbersOf('pdf', drops) + signed];
  const { completed, failedLogins } = model.effects;
  const deposits = completed['/cpro/factures/v1/deposer/flux'] ?? 0;
  const uploads = completed['/cpro/factures/v1/deposer/pdf'] ?? 0;
  const throttled = met['quota'] ?? 0;
  const losesReplies = rate > 0 || (outage?.illness.endsWith('-after') ?? false);
  return [
    ...(deposits > files * (2 + hoursSince(start)) ? [`${files} files were deposited ${deposits} times`] : []),
    ...(quota?.share === 1 && throttled > 20 + 20 * hoursSince(quota.from)
      ? [`${throttled} calls were made while no quota was left`]
      : []),
    // Only a crash or a doubt loses the id of an upload, which counts for a day.
    ...(rate === 0 && !outage && !closure && uploads > pdfs * Math.ceil(hoursSince(start) / 24)
      ? [`${pdfs} PDFs were uploaded ${uploads} times`]
      : []),
    // A function that dies, or gets no reply, does not tell the others of its failed login.
    ...(wrongPassword && !losesReplies && failedLogins > 5 + Math.ceil(Math.log2(1 + hoursSince(wrongPassword.from)))
      ? [`${failedLogins} logins failed`]
      : []),
  ];
}

/** Every invoice of a schedule is valid, and a file that is rejected is the second one of an invoice that lives. */
const wronglyRefused = ({ published, ledger }: Observed): string[] =>
  published
    .filter(
      ({ type, data }) =>
        type === typeOf('refused') || (type === typeOf('rejected') && data.reasons?.[0]?.code === 'rejected-report'),
    )
    .filter(({ id }) => ledger.records().some(({ pk }) => pk.startsWith('invoice#') && id.startsWith(`${pk}#`)))
    .map(({ id, type }) => `event ${id} says ${type} of a valid invoice`);

/** Each message is on the queue, in the dead letters, or its content is in the ledger. */
function inNoPlace({ dropped, queue, ledger, inLedger }: Observed): string[] {
  const missing = dropped.filter(
    ({ messageId }) => !queue.messages.has(messageId) && !queue.deadLetters.has(messageId) && !inLedger.has(messageId),
  );
  if (missing.length === 0) return [];
  const records = ledger.records();
  for (const drop of missing) if (records.some((record) => accountsFor(record, drop))) inLedger.add(drop.messageId);
  return missing
    .filter(({ messageId }) => !inLedger.has(messageId))
    .map(({ messageId }) => `message ${messageId} is neither on the queue, nor in the dead letters, nor in the ledger`);
}

const accountsFor = (record: RecordView, { messageId, number, other }: Drop): boolean =>
  record.messageIds.includes(messageId) || (!other && record.number === number && record.pk.startsWith('invoice#'));

/** Seen for the first time, the events of a record come as 1, 2, 3 … without a gap. */
function eventsOutOfOrder({ published }: Observed): string[] {
  const last = new Map<string, number>();
  return published.flatMap(({ id, data: { sequence } }) => {
    const record = id.slice(0, id.lastIndexOf('#'));
    const before = last.get(record) ?? 0;
    if (sequence <= before) return [];
    last.set(record, sequence);
    return sequence === before + 1 ? [] : [`event ${id} came before event ${before + 1} of its record`];
  });
}

/** An event that is published again is the same event: consumers drop it by its id. */
function eventsThatChanged({ published }: Observed): string[] {
  const first = new Map<string, string>();
  return published.flatMap(({ id, type }) => {
    const before = first.get(id) ?? type;
    first.set(id, before);
    return before === type ? [] : [`event ${id} was ${before} first and ${type} then`];
  });
}

/** What the ERP is told of a status never goes back in time. */
function statusesGoingBack({ published }: Observed): string[] {
  const last = new Map<string, string>();
  return published.flatMap(({ id, data: { status, sequence } }) => {
    const record = id.slice(0, id.lastIndexOf('#'));
    const before = last.get(record) ?? '';
    // An event that is published again is compared once only.
    const order = `${String(sequence).padStart(6, '0')} ${status?.at ?? ''}`;
    if (!status?.at || order <= before) return [];
    last.set(record, order);
    return status.at >= before.slice(7) ? [] : [`event ${id} tells a status older than the one before it`];
  });
}

/** What must hold once everything has come to rest. */
export function restViolationsOf(observed: Observed): string[] {
  const { queue, ledger, published, schedule, model } = observed;
  const records = ledger.records();
  const seen = new Set(published.map(({ id }) => id));
  return [
    ...[...queue.deadLetters].map(([id, { why }]) => `message ${id} ended in the dead letters: ${why}`),
    ...records.filter(({ outbox }) => outbox.length > 0).map(({ pk }) => `events of ${pk} were never published`),
    ...records.flatMap(({ pk, sequence }) =>
      Array.from({ length: sequence }, (_, i) => `${pk}#${i + 1}`)
        .filter((id) => !seen.has(id))
        .map((id) => `event ${id} was lost`),
    ),
    ...commandsAtRest(observed),
    ...worksUntold(observed),
    ...unsigned(observed),
    ...wronglyReminded(observed),
    ...schedule.drops
      .filter(({ other }) => !other)
      .filter(({ number }) => !records.some((record) => record.number === number && isAtRest(record)))
      .map(({ number }) => `${number} is not followed`),
    ...records
      .filter(({ state, number }) => state === 'followed' && !model.accepted().some((one) => one.number === number))
      .map(({ pk }) => `${pk} is followed and unknown to Chorus Pro`),
  ];
}

const ends: ReadonlySet<string> = new Set(['followed', 'settled', 'rejected']);

/** Every invoice of a schedule is valid, so each must reach Chorus Pro, whatever happens to it there. */
const isAtRest = ({ state, chorusProId }: RecordView): boolean => ends.has(state) && chorusProId !== undefined;

/**
 * Nothing is left to do: no message, no event, and every invoice has ended or is followed, with Chorus Pro's own
 * status.
 */
export function isQuiet(observed: Observed): boolean {
  const { schedule, dropped, erp, queue, ledger, model } = observed;
  if (worksUntold(observed).length > 0 || isReminderDue(observed)) return false;
  if (erp.toSend > 0 || dropped.length < schedule.drops.length || queue.messages.size > 0) return false;
  return ledger
    .records()
    .every(
      ({ state, outbox, chorusProId, status }) =>
        outbox.length === 0 &&
        (ends.has(state) || state === 'refused') &&
        (chorusProId === undefined || model.invoice(chorusProId)?.status === status?.code),
    );
}
