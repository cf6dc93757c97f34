/** What `npx relay validations` shows: the requests that the relay knows to wait, and when it last read them. */
import type { Memory } from '../../shared/ledger/ledger.ts';
import { isRetryReason, retryTexts } from '../../shared/messaging/retry-texts.ts';
import { dayOn, isAtRisk, untilOf } from '../../shared/validations/deadline.ts';
import { type KnownRequest, ValidationNotes } from '../../shared/validations/notes.ts';
import type { Language } from '../command-line/command.ts';
import {
  explainedList,
  shortDay,
  spokenAmount,
  spokenInstant,
  type TextColumn,
  wrapped,
} from '../command-line/terminal.ts';

interface WaitingRequest extends KnownRequest {
  connection: string;
  /** The day of the fifteen: 0 on the day of the deposit. */
  day: number;
  /** The last day to answer: the fifteenth, ISO. */
  until: string;
  /** From day 13 on. */
  atRisk: boolean;
}

export interface Waiting {
  connection: string;
  /** When the list was read last (ISO instant), and why it could not be read to its end; absent if it never was. */
  read: { at: string; stopped?: string | undefined } | undefined;
  /** The oldest first. */
  requests: WaitingRequest[];
}

/** @param today ISO day in Paris's calendar */
export async function waitingIn(memory: Memory, connection: string, today: string): Promise<Waiting> {
  const notes = new ValidationNotes(memory, connection);
  const { entries, read } = await notes.list();
  const open = entries.filter(({ endedUntil }) => endedUntil === undefined);
  const found = await Promise.all(open.map(({ key }) => notes.find(key)));
  const requests = found.flatMap((note): WaitingRequest[] => {
    if (!note || note.end) return [];
    const { request } = note;
    const day = dayOn(request.deposited, today);
    return [{ ...request, connection, day, until: untilOf(request.deposited), atRisk: isAtRisk(day) }];
  });
  return { connection, read, requests: requests.sort((a, b) => (a.deposited < b.deposited ? -1 : 1)) };
}

const texts = {
  en: {
    heads: [
      'connection',
      'from',
      'document',
      'contract',
      'amount due',
      'recipient',
      'deposited',
      'day',
      'last day to answer',
    ],
    never: (connection: string) => `${connection} has not been read: has it the setting "validations"?`,
    read: (connection: string, at: string) => `${connection} was last read on ${at}.`,
    stopped: (why: string) => ` That reading did not reach its end: ${why}.`,
    nothing: 'Nothing waits for a validation.',
    summary: (count: number, risky: number) =>
      `${count} ${count === 1 ? 'request waits' : 'requests wait'}${risky === 0 ? '' : `, ${risky} of them on day 13 or later (!)`}.`,
  },
  fr: {
    heads: [
      'connexion',
      'de',
      'document',
      'marché',
      'net à payer',
      'destinataire',
      'déposée',
      'jour',
      'dernier jour pour répondre',
    ],
    never: (connection: string) => `${connection} n’a pas été lue : a-t-elle le réglage « validations » ?`,
    read: (connection: string, at: string) => `${connection} : dernière lecture le ${at}.`,
    stopped: (why: string) => ` Cette lecture n’est pas allée à son terme : ${why}.`,
    nothing: 'Aucune demande de validation en attente.',
    summary: (count: number, risky: number) =>
      `${count} ${count === 1 ? 'demande en attente' : 'demandes en attente'}${risky === 0 ? '' : `, dont ${risky} au treizième jour ou au-delà (!)`}.`,
  },
} as const;

function columns(language: Language): readonly TextColumn<WaitingRequest>[] {
  const [connection, from, document, contract, due, recipient, deposited, day, before] = texts[language].heads;
  const named = ({ name, siret }: KnownRequest['subcontractor']) => name ?? siret;
  return [
    { head: '', of: ({ atRisk }) => (atRisk ? '!' : ' ') },
    { head: connection, of: (row) => row.connection },
    { head: from, of: ({ subcontractor }) => named(subcontractor), atMost: 50 },
    { head: document, of: ({ number }) => number, atMost: 30 },
    { head: contract, of: (row) => row.contract, atMost: 30 },
    { head: due, of: (row) => row.due && spokenAmount(row.due, row.currency, language), align: 'right' },
    { head: recipient, of: (row) => named(row.recipient), atMost: 50 },
    { head: deposited, of: (row) => shortDay(row.deposited, language) },
    { head: day, of: (row) => String(row.day), align: 'right' },
    { head: before, of: ({ until }) => shortDay(until, language) },
  ];
}

/** The missing tick, where one is missing; else a reason to wait in words, or Chorus Pro's own code. */
function spokenReason(stopped: string, language: Language): string {
  if (stopped === 'api-not-subscribed') return ticks.api[language];
  if (isRetryReason(stopped)) return `${retryTexts[stopped][language]} (${retryTexts[stopped].todo[language]})`;
  return stopped.includes('GDP_MSG_11.005') ? ticks.space[language] : stopped;
}

const ticks = {
  api: {
    fr: 'l’application PISTE n’a pas droit à l’API « Factures » (403) : sélectionnez-la dans la console PISTE, pour cet environnement, et acceptez ses CGU',
    en: 'the PISTE application has no right to the API "Factures" (403): select it in PISTE’s console, in this environment, and accept its CGU',
  },
  space: {
    fr: 'le compte technique n’a pas l’espace « Factures à valider » d’une des sociétés : donnez-le-lui sur le portail (20001)',
    en: 'the technical account lacks the space "Factures à valider" of one of the companies: give it that space on the portal (20001)',
  },
} as const;

/** @param width of the terminal: a table that does not fit becomes a block for each row */
export function spokenValidations(found: readonly Waiting[], language: Language, width = Infinity): string {
  const { nothing, summary, never, read: lastRead, stopped } = texts[language];
  const rows = found.flatMap(({ requests }) => requests).sort((a, b) => (a.deposited < b.deposited ? -1 : 1));
  const readings = found.flatMap(({ connection, read }) => {
    if (!read) return wrapped(never(connection), width);
    const why = read.stopped === undefined ? '' : stopped(spokenReason(read.stopped, language));
    return wrapped(`${lastRead(connection, spokenInstant(read.at, language) ?? read.at)}${why}`, width);
  });
  if (rows.length === 0) return [nothing, '', ...readings].join('\n').trimEnd();
  const lines = explainedList(columns(language), rows, { language, width, explain: () => [] });
  const end = summary(rows.length, rows.filter(({ atRisk }) => atRisk).length);
  return [...lines, '', ...wrapped(end, width), ...readings].join('\n');
}
