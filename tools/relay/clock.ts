/** `npx relay clock`: lets time pass in the local relay and in its simulator of Chorus Pro. */
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { type Language, type Said, spokenInstant } from '../../shared/invoice/spoken.ts';
import { readSpan } from '../chorus-pro-simulator/index.ts';
import { command, common, Failure, notUp, option } from '../command-line/command.ts';
import { progressOn, type Progress } from '../command-line/terminal.ts';
import { awsFor, relayIsNotUp } from './targets.ts';

const spanSchema = z.string().refine((text) => readSpan(text) !== undefined);
const noSpan = {
  fr: 'n’est pas une durée de 400 jours au plus, comme +40j (ou +40d), +12h ou +30m',
  en: 'is no span of at most 400 days, such as +40d (or +40j), +12h or +30m',
} as const;

const minute = 60_000;
/** How much passes with one request: the person sees each day go by, and no request takes so long that it fails. */
const [dayInMinutes, hourInMinutes] = [24 * 60, 60];
/**
 * No alarm looks further back: these hours pass one by one, each with its poll. An alarm that misses polls would ring
 * for the leap itself.
 */
const hoursOfAlarms = 30;
/** Where there is no terminal, a line for each day would be too much. */
const daysInALine = 7;

async function forward(clockUrl: string, minutes: number): Promise<void> {
  const body = JSON.stringify({ forward: `${minutes}m` });
  const response = await fetch(clockUrl, { method: 'POST', body }).catch(() => {
    throw relayIsNotUp();
  });
  if (response.ok) return;
  const why = await response.text();
  throw new Failure({ fr: `l’horloge n’a pas avancé : ${why}`, en: `the clock did not move: ${why}` });
}

const spokenTime = (now: Date): Said => ({
  fr: `Dans le relais local, nous sommes le ${spokenInstant(now.toISOString(), 'fr')}.`,
  en: `It is ${spokenInstant(now.toISOString(), 'en')} in the local relay.`,
});

const spokenInterrupted = (now: Date): Said => ({
  fr: `Interrompu. L’horloge du relais local reste au ${spokenInstant(now.toISOString(), 'fr')}.`,
  en: `Interrupted. The local relay’s clock stays at ${spokenInstant(now.toISOString(), 'en')}.`,
});

const interruption = { code: 130, about: 'interrupted by Ctrl-C: the clock stays where it was' } as const;

/** What has begun in the relay ends first; a second Ctrl-C ends the command at once. */
function untilInterrupted(): { signal: AbortSignal; forget: () => void } {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  return { signal: interrupted.signal, forget: () => process.off('SIGINT', interrupt) };
}

const spokenProgress = (day: number, of: number): Said => ({
  fr: `jour ${day} sur ${of} …`,
  en: `day ${day} of ${of} …`,
});

/** What is being done within a day, where a person watches: so a day that takes long does not stand still. */
const spokenDoing = ({ what, calls, seconds }: Doing): Said => ({
  fr: `${seconds} s${what ? `, ${doings[what].fr}` : ''} : ${calls} ${calls > 1 ? 'appels' : 'appel'} à Chorus Pro`,
  en: `${seconds} s${what ? `, ${doings[what].en}` : ''}: ${calls} ${calls === 1 ? 'call' : 'calls'} to Chorus Pro`,
});

const doings = {
  sending: { fr: 'envoi des factures', en: 'sending' },
  polling: { fr: 'lecture des états', en: 'polling' },
} as const satisfies Record<string, Said>;

interface Doing {
  /** Since the last look; undefined if Chorus Pro was not called. */
  what: keyof typeof doings | undefined;
  /** Both since the command began. */
  calls: number;
  seconds: number;
}

interface Work {
  /** Calls that submit or deposit. */
  sent: number;
  all: number;
}

const workSchema = z.object({ calls: z.record(z.string(), z.number()) });

/** All that the simulator has had to do since it came up. */
async function workOf(clockUrl: string): Promise<Work> {
  const { calls } = workSchema.parse(await (await fetch(clockUrl)).json());
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const sending = Object.entries(calls).filter(([path]) => /soumettre|deposer/.test(path));
  return { sent: sum(sending.map(([, count]) => count)), all: sum(Object.values(calls)) };
}

const chunks = (minutes: number, of: number): number[] => [
  ...Array<number>(Math.floor(minutes / of)).fill(of),
  ...(minutes % of > 0 ? [minutes % of] : []),
];

/** By days, and the last ones by hours. */
function stepsOf(minutes: number): number[] {
  const byHours = Math.min(minutes, hoursOfAlarms * hourInMinutes);
  return [...chunks(minutes - byHours, dayInMinutes), ...chunks(byHours, hourInMinutes)];
}

interface Passing {
  /** Ends it after the step that has begun. */
  signal?: AbortSignal;
  forward: (minutes: number) => Promise<void>;
  progress: Progress;
  language: Language;
  /** How much was done so far; only where somebody watches. */
  work?: () => Promise<Work>;
  /** Until the next look at it. */
  pause?: () => Promise<void>;
}

const second = () => delay(1000, undefined, { ref: false });

interface Watching extends Required<Pick<Passing, 'work' | 'pause'>> {
  show: (doing: Doing) => void;
}

/** Tells what is being done until it is, and how much it was. A look that fails is only not told. */
async function watched(
  moving: Promise<void>,
  first: Work & { at: number },
  { work, pause, show }: Watching,
): Promise<void> {
  let isOver = false;
  const over = moving.finally(() => {
    isOver = true;
  });
  const done = over.catch(() => undefined);
  const look = async (last: Work): Promise<void> => {
    await Promise.race([done, pause()]);
    if (isOver) return;
    const now = await work().catch(() => last);
    const what = now.sent > last.sent ? 'sending' : now.all > last.all ? 'polling' : undefined;
    show({ what, calls: now.all - first.all, seconds: Math.round((performance.now() - first.at) / 1000) });
    return look(now);
  };
  await look(await work().catch(() => first));
  await over;
}

/** Lets this many minutes pass, day by day, and says which day it is. */
export async function letPass(minutes: number, passing: Passing): Promise<void> {
  const { forward, progress, language, signal, work, pause = second } = passing;
  const days = Math.ceil(minutes / dayInMinutes);
  const first = work && { ...(await work()), at: performance.now() };
  let [passed, told] = [0, 0];
  for (const step of stepsOf(minutes)) {
    if (signal?.aborted) break;
    const day = Math.floor(passed / dayInMinutes) + 1;
    const which = spokenProgress(day, days)[language];
    if (day > told) progress.update(which, day % daysInALine === 0);
    told = day;
    const show = (doing: Doing) => progress.update(`${which} ${spokenDoing(doing)[language]}`);
    await (work && first ? watched(forward(step), first, { work, pause, show }) : forward(step));
    passed += step;
  }
  progress.clear();
}

export const clock = command({
  about: `Lets time pass in the relay that "npx relay local" has brought up, and in its simulator of Chorus Pro. On the way the
statuses are read twice a day. Without a span it says what time it is there.`,
  takes: {
    span: option('span', spanSchema.optional(), 'how much: +40d, +12h, +30m; at most 400 days', noSpan),
    language: common.language,
    json: common.json,
  },
  positionals: ['span'],
  notes: `Time goes forward only; a relay that comes up begins at the machine's own time. To see an
invoice be late, send one to the recipient that pays late, then let 70 days pass.

By hand: curl ADDRESS/simulator/clock --json '{"forward":"40d"}'`,
  exitCodes: { 0: 'done', [notUp.code]: notUp.about, [interruption.code]: interruption.about },
  run: async ({ span, language, json }) => {
    const { endpoints } = await awsFor({ local: true });
    const clockUrl = endpoints?.clockUrl;
    if (clockUrl === undefined)
      throw new Failure({
        fr: 'ce relais s’adresse à un vrai serveur, dont l’heure ne nous appartient pas',
        en: 'this relay talks to a real server: its time is not ours to move',
      });
    const { signal, forget } = untilInterrupted();
    await letPass((readSpan(span ?? '0m') ?? 0) / minute, {
      signal,
      forward: (minutes) => forward(clockUrl, minutes),
      progress: progressOn(process.stderr),
      language,
      ...(process.stderr.isTTY ? { work: () => workOf(clockUrl) } : {}),
    });
    forget();
    const now = (await awsFor({ local: true })).now();
    const said = (signal.aborted ? spokenInterrupted : spokenTime)(now);
    console.log(json ? JSON.stringify({ now: now.toISOString() }) : said[language]);
    return signal.aborted ? interruption.code : 0;
  },
});
