/** What a deployment of a certain size demands, by the quantities of the page on costs. */
import { watchedAtOnce } from '../../functions/watch-credentials/watch-credentials.ts';
import { slots } from '../../shared/chorus-pro/shared-slots.ts';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { dollarsOf, eachMonth, forThousand, sum, thousandInvoices } from './cost-page.ts';
import { prices, type PriceName } from './prices.ts';

/** `invoices` a month. */
export interface Size {
  connections: number;
  invoices: number;
}

/** What we assume: nothing of it was measured in a deployment. */
export const assumed = {
  /** Builders bill at the end of the month: this part of its invoices comes within so many hours of office time. */
  peak: { part: 0.5, days: 2, hoursADay: 8 },
  /** Seconds of a turn that reads a connection; of one that only looks into the ledger. */
  openTurn: 1,
  quietTurn: 0.1,
  /** One connection in so many hangs at each turn, or is in another trouble. */
  inTrouble: 50,
  /** Seconds of a call to Chorus Pro. */
  call: 0.3,
  /** Seconds that the look at one connection's credentials takes: a login, and a call. */
  credentialsLook: 1,
  /** Of the morning mail of a connection. */
  addressees: 2,
  /** Bytes that DynamoDB adds to each item that it stores, as we remember it. */
  itemOverhead: 100,
  years: 10,
} as const;

/** What one PDF invoice takes besides `unitsOfInvoice`; a test measures it in the same way. */
export const oneInvoice = {
  /** To Chorus Pro, if its recipient was read that day; two more if not. */
  calls: 2,
  events: 6,
  /** Of its record in the end, as DynamoDB counts them. */
  bytes: 1517,
  /** Of its entry in the index `list`, the only one that has it then. */
  entry: 104,
};

/** `watch-credentials`: how many connections it looks at beside each other, and for how long it may run. */
export const credentialsRun = { atOnce: watchedAtOnce, seconds: timings.credentialsRun.ms / 1_000 };
/** Of a connection in one of the sixteen items of the roster. */
export const rosterEntry = { bytes: 150, shards: 16 };

const bytesKept = oneInvoice.bytes + assumed.itemOverhead;
const entryKept = oneInvoice.entry + assumed.itemOverhead;
export const monthsKept = assumed.years * 12;
export const pollingMinutes = connectionSettingsSchema.shape.pollingIntervalMinutes.parse(undefined);
const secondsOfMonth = 365.25 * 2 * 3_600;

/** From the deposit of an invoice until it is paid, and for as long as its connection is then not quiet. */
export const daysRead = timings.paymentTerm.amount + timings.quietAfter.amount;

/** Those that are read at each turn. */
export const openConnections = ({ connections, invoices }: Size): number =>
  Math.min(connections, (invoices * daysRead * 24 * 3_600) / secondsOfMonth);

export const turnsAMinute = ({ connections }: Size): number => connections / pollingMinutes;

/** Functions that take turns beside each other. */
export function turnsAtOnce(size: Size): number {
  const open = openConnections(size) / size.connections;
  const hanging = (timings.connectionTurn.ms - timings.reserveAfterTurn.ms) / 1_000;
  const usual = open * assumed.openTurn + (1 - open) * assumed.quietTurn;
  return (turnsAMinute(size) / 60) * (hanging / assumed.inTrouble + usual * (1 - 1 / assumed.inTrouble));
}

/** In the hours in which most come. */
export const invoicesASecond = ({ invoices }: Pick<Size, 'invoices'>): number =>
  (invoices * assumed.peak.part) / (assumed.peak.days * assumed.peak.hoursADay * 3_600);

const eachInvoice = (price: PriceName): number =>
  sum(thousandInvoices.map((one) => (one.price === price ? one.count : 0))) / 1_000;

/** Functions that send invoices beside each other. The price of `compute` is for seconds in 1 GB. */
export const invoicesAtOnce = (size: Pick<Size, 'invoices'>): number => invoicesASecond(size) * eachInvoice('compute');

const besides = (price: PriceName, size: Size): number =>
  eachMonth(price, { connections: size.connections, open: openConnections(size) });

/** In the hours in which most come, as if each invoice had all its statuses in the same second. */
export const aSecond = (price: PriceName, size: Size): number =>
  besides(price, size) / secondsOfMonth + invoicesASecond(size) * eachInvoice(price);

/** A turn of an open connection asks for a token, and searches once. */
const callsOfTurn = 2;
/** The last days are read again several times a day, in windows. */
const searchesAgain =
  (dayMs / timings.secondReadingInterval.ms) * (timings.secondReadingReach.ms / timings.longestPollWindow.ms + 1);
const callsOfDay = ((24 * 60) / pollingMinutes) * callsOfTurn + searchesAgain;

export const callsASecond = (size: Size): number =>
  (openConnections(size) * callsOfDay) / (24 * 3_600) + invoicesASecond(size) * oneInvoice.calls;

/** Invoices of one connection, if all have as many. */
export const paceOfEach = (size: Size): number => invoicesASecond(size) / size.connections;
export const paceAtMost = slots / assumed.call / oneInvoice.calls;

/** Of one connection on a day of the peak, if all have as many invoices. */
export const callsADay = (size: Size): number =>
  callsOfDay + paceOfEach(size) * assumed.peak.hoursADay * 3_600 * oneInvoice.calls;

export const eventsASecond = (size: Size): number => invoicesASecond(size) * oneInvoice.events;

export const ledgerGb = ({ invoices }: Pick<Size, 'invoices'>): number => (invoices * monthsKept * bytesKept) / 1e9;
/** Of the index `list`. */
export const listGb = ({ invoices }: Pick<Size, 'invoices'>): number => (invoices * monthsKept * entryKept) / 1e9;
export const documentTb = ({ invoices }: Pick<Size, 'invoices'>): number =>
  (invoices * monthsKept * eachInvoice('storage')) / 1_000;

const names = Object.keys(prices).filter((name): name is PriceName => name in prices);

/** Of a month, when so many months are kept. */
export function dollarsAMonth(size: Size, months: number): number {
  const kept = size.invoices * (months - 1) * eachInvoice('storage') * prices.storage.value;
  const records = (size.invoices * months) / 1e9;
  // Point-in-time recovery is paid for the table alone.
  const ledger = records * (prices.table.value * (bytesKept + entryKept) + prices.backup.value * bytesKept);
  return (
    sum(names.map((name) => dollarsOf(besides(name, size), name))) +
    (size.invoices / 1_000) * forThousand +
    kept +
    ledger
  );
}
