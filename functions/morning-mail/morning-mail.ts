import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Connections } from '../../shared/connection/connections.ts';
import { addresseesOn, markOf } from '../../shared/connection/morning-mail.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { dayMs } from '../../shared/facts/fact.ts';
import type { Mailbox } from '../../shared/messaging/mailbox.ts';
import { tellFault, type Telemetry } from '../../shared/telemetry/telemetry.ts';
import { noteMailTurn } from '../../shared/tracking/morning-mail.ts';
import { type DayNote, recallDay, writeDay } from './day-note.ts';
import { gather, type GatherDependencies } from './gather.ts';
import { type Morning, paidSince } from './morning.ts';
import { isQuiet, mailOf } from './morning-text.ts';

export interface MailDependencies extends GatherDependencies {
  connections: Connections;
  mailbox: Mailbox;
  telemetry: Telemetry;
  /** Where the desk is, if there is one. */
  deskUrl?: string | undefined;
}

/** What became of the mail to one addressee, and whether somebody misses it. */
const endings = {
  sent: false,
  quiet: false,
  /** By an earlier turn of the day. */
  before: false,
  /** Nobody has confirmed the address, or its topic is not deployed. */
  closed: true,
  /** It has certainly not left: the next turn tries again. */
  refused: true,
  /** Nobody knows whether it has left: it is not sent again, and the next one says what it said. */
  unsure: true,
} as const satisfies Record<string, boolean>;
type Ending = keyof typeof endings;

export interface MailReport {
  connection: string;
  /** How many addressees. */
  endings: Partial<Record<Ending, number>>;
}

/**
 * Sends the morning mail of one connection to each addressee who wants it on this day of the week. It may be called
 * again on the same day: who had a mail, or had nothing to hear, is left in peace.
 * @throws Error if a mail was refused that another turn may send
 */
export async function sendMorningMail(connection: string, dependencies: MailDependencies): Promise<MailReport> {
  const settings = await dependencies.connections.get(connection);
  if (!settings) return { connection, endings: {} };
  const at = dependencies.now();
  const found = await mailAll(settings, at, dependencies);
  const report: MailReport = { connection, endings: {} };
  for (const ending of found) report.endings[ending] = (report.endings[ending] ?? 0) + 1;
  await noteMailTurn(connection, { day: parisDay(at), isMissed: found.some(isTrouble) }, dependencies.memory);
  tell(report, dependencies.telemetry);
  if (report.endings.refused) throw new Error(`${report.endings.refused} morning mails were refused`);
  return report;
}

const isTrouble = (ending: Ending): boolean => endings[ending];

function tell({ connection, endings: found }: MailReport, telemetry: Telemetry): void {
  for (const reason of Object.keys(endings).filter(isEnding)) {
    const count = found[reason] ?? 0;
    if (count === 0) continue;
    if (isTrouble(reason)) telemetry.warn('MORNING_MAIL_MISSED', { connection, reason, count });
    else telemetry.info('MORNING_MAIL', { connection, reason, count });
  }
}

const isEnding = (name: string): name is Ending => Object.hasOwn(endings, name);

interface Addressed {
  address: string;
  /** The name of the note. */
  name: string;
  note: DayNote | undefined;
  /** Payments that were noticed later are new to this addressee: ISO. */
  since: string;
}

async function mailAll(settings: ConnectionSettings, at: Date, dependencies: MailDependencies): Promise<Ending[]> {
  const { mailbox, memory } = dependencies;
  const { name: connection, morningMail } = settings;
  const today = parisDay(at);
  const wanted = new Set(addresseesOn(morningMail, today).map(({ to }) => to));
  const found: Ending[] = [];
  const left: Addressed[] = [];
  for (const { to: address } of morningMail) {
    // Looked for every day: who has a mail on Mondays hears on Tuesday that nobody has confirmed the address.
    if (!(await mailbox.isOpen(connection, address))) {
      found.push('closed');
      continue;
    }
    const name = `morning-mail#${connection}#${markOf(address)}`;
    const note = await recallDay(memory, name);
    const since = note?.toldUntil ?? new Date(at.getTime() - dayMs).toISOString();
    if (note?.day === today) found.push(note.isUnsure ? 'unsure' : 'before');
    else if (wanted.has(address)) left.push({ address, name, note, since });
  }
  const [first] = left.map(({ since }) => since).sort();
  if (first === undefined) return found;
  const morning = await gather(settings, { today, since: first }, dependencies);
  for (const one of left) found.push(await mailTo(one, paidSince(morning, one.since), { ...dependencies, at }));
  return found;
}

/** What is told counts as told once the mail has certainly left. */
async function mailTo(
  { address, name, note, since }: Addressed,
  morning: Morning,
  { memory, mailbox, telemetry, deskUrl, at }: MailDependencies & { at: Date },
): Promise<Ending> {
  const { connection, today: day } = morning;
  const told = { day, toldUntil: at.toISOString() };
  if (isQuiet(morning)) return (await writeDay(memory, name, told, note)) ? 'quiet' : 'before';
  const begun = await writeDay(memory, name, { day, toldUntil: since, isUnsure: true }, note);
  if (!begun) return 'before';
  try {
    const outcome = await mailbox.send(connection, address, mailOf(morning, deskUrl));
    await writeDay(memory, name, outcome === 'sent' ? told : { day: note?.day, toldUntil: since }, begun);
    return outcome;
  } catch (error) {
    tellFault(telemetry, error, { connection });
    return 'unsure';
  }
}
