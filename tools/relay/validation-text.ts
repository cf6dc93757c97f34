/** The list of `npx relay validations` for a person. */
import { type Language, shortDay, spokenAmount, spokenDay, spokenInstant } from '../../shared/invoice/spoken.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { validationFacts } from '../../shared/chorus-pro/validations.ts';
import { timings } from '../../shared/facts/timings.ts';
import { isRetryReason, retryTexts } from '../../shared/messaging/retry-texts.ts';
import type { KnownRequest } from '../../shared/validations/notes.ts';
import type { EndedRequest, Waiting, WaitingRequest } from '../../shared/lists/validation-rows.ts';
import { listed, outcomes } from '../../shared/lists/validation-words.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { explainedList, type TextColumn } from '../command-line/terminal.ts';

const { value: space } = validationFacts.validationSpace;
const { amount: keptDays } = timings.validationKept;

const texts = {
  en: {
    heads: ['connection', 'document', 'from', 'contract', 'amount due', 'recipient', 'deposited', 'last day to answer'],
    left: 'time left',
    result: 'result',
    days: (left: number) =>
      left < 0 ? 'time is over' : left === 0 ? 'last day' : `${left} ${left === 1 ? 'day' : 'days'} left`,
    toDo: (until: string) =>
      `→ accept or refuse, in your software (validation.answer) or on the Chorus Pro portal, space “${space}” (by ${until}). Silence accepts.`,
    reasons: (listed: string) => `Reasons for a refusal: ${listed}.`,
    reasonsElsewhere: 'Reasons for a refusal: the portal shows them when you refuse. The relay has not read them yet.',
    refused: (day: string, what: string, why: string) => `The answer of ${day} (${what}) was not given: ${why}`,
    decisions: { accept: 'accept', refuse: 'refuse' },
    on: (outcome: string, day: string) => `${outcome} on ${day}`,
    ended: (count: number) => `Ended in the last ${keptDays} days (${count})`,
    older: `Older ones are not in this list any more: your software was told how each ended, and the Chorus Pro portal has them, space “${space}”.`,
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
      'document',
      'demandeur',
      'marché',
      'net à payer',
      'destinataire',
      'déposée le',
      'dernier jour pour répondre',
    ],
    left: 'délai restant',
    result: 'suite donnée',
    days: (left: number) =>
      left < 0 ? 'délai expiré' : left === 0 ? 'dernier jour' : `il reste ${left} ${left === 1 ? 'jour' : 'jours'}`,
    toDo: (until: string) =>
      `→ valider ou refuser, par votre logiciel (validation.answer) ou sur le portail Chorus Pro, espace « ${space} » (au plus tard le ${until}). Votre silence vaut acceptation.`,
    reasons: (listed: string) => `Motifs de refus possibles : ${listed}.`,
    reasonsElsewhere:
      'Motifs de refus possibles : le portail les propose au moment du refus. Le relais ne les a pas encore lus.',
    refused: (day: string, what: string, why: string) =>
      `La réponse du ${day} (${what}) n’a pas été transmise : ${why}`,
    decisions: { accept: 'validation', refuse: 'refus' },
    on: (outcome: string, day: string) => `${outcome} le ${day}`,
    ended: (count: number) => `Terminées depuis moins de ${keptDays} jours (${count})`,
    older: `Les plus anciennes ne sont plus dans cette liste : votre logiciel a reçu la suite de chacune, et le portail Chorus Pro les conserve, espace « ${space} ».`,
    never: (connection: string) => `${connection} n’a pas été lue : a-t-elle le réglage « validations » ?`,
    read: (connection: string, at: string) => `${connection} : dernière lecture le ${at}.`,
    stopped: (why: string) => ` Cette lecture n’est pas allée à son terme : ${why}.`,
    nothing: 'Aucune demande de validation en attente.',
    summary: (count: number, risky: number) =>
      `${count} ${count === 1 ? 'demande en attente' : 'demandes en attente'}${risky === 0 ? '' : `, dont ${risky} au treizième jour ou au-delà (!)`}.`,
  },
} as const;

const named = ({ name, siret }: KnownRequest['subcontractor']): string | undefined =>
  name === undefined || siret === undefined ? (name ?? siret) : `${name} (${siret})`;

type Named = KnownRequest & { connection: string };

function firstColumns(language: Language): [TextColumn<Named>, TextColumn<Named>, TextColumn<Named>] {
  const [connection, document, from] = texts[language].heads;
  return [
    { head: connection, of: (row) => row.connection },
    { head: document, of: ({ number }) => number, atMost: 30 },
    { head: from, of: ({ subcontractor }) => named(subcontractor), atMost: 60 },
  ];
}

function amountColumns(language: Language): TextColumn<Named>[] {
  const [, , , contract, due] = texts[language].heads;
  return [
    { head: contract, of: (row) => row.contract, atMost: 30 },
    { head: due, of: (row) => row.due && spokenAmount(row.due, row.currency, language), align: 'right' },
  ];
}

function columns(language: Language): readonly TextColumn<WaitingRequest>[] {
  const { heads, left, days } = texts[language];
  const [, , , , , recipient, deposited, before] = heads;
  return [
    { head: '', of: ({ atRisk }) => (atRisk ? '!' : ' ') },
    ...firstColumns(language),
    ...amountColumns(language),
    { head: recipient, of: (row) => row.recipient.name ?? row.recipient.siret, atMost: 50 },
    { head: deposited, of: (row) => shortDay(row.deposited, language) },
    { head: before, of: ({ until }) => shortDay(until, language) },
    { head: left, of: ({ daysLeft }) => days(daysLeft) },
  ];
}

function endedColumns(language: Language): readonly TextColumn<EndedRequest>[] {
  const { result, on } = texts[language];
  return [
    { head: '', of: () => ' ' },
    ...firstColumns(language),
    ...amountColumns(language),
    { head: result, of: ({ outcome, endedOn }) => on(outcomes[outcome][language], shortDay(endedOn, language)) },
  ];
}

/** Why the last answer was not given, how to answer, and with which reasons a refusal may be given. */
function explanation(row: WaitingRequest, language: Language): string[] {
  const { toDo } = texts[language];
  return [...refusedIn(row, language), toDo(spokenDay(row.until, language)), reasonsIn(row.refusalReasons, language)];
}

function refusedIn({ refusedAnswer }: Pick<WaitingRequest, 'refusedAnswer'>, language: Language): string[] {
  if (!refusedAnswer) return [];
  const { at, why } = refusedAnswer;
  const day = spokenDay(parisDay(new Date(at)), language);
  return [texts[language].refused(day, answerIn(refusedAnswer, language), why.map((one) => one[language]).join(' '))];
}

function reasonsIn(offered: WaitingRequest['refusalReasons'] = [], language: Language): string {
  const { reasons, reasonsElsewhere } = texts[language];
  return offered.length === 0 ? reasonsElsewhere : reasons(listed(offered));
}

const answerIn = ({ decision, reason }: NonNullable<WaitingRequest['refusedAnswer']>, language: Language): string =>
  [texts[language].decisions[decision], ...(reason === undefined ? [] : [reason])].join(', ');

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
  const { nothing, summary, never, read: lastRead, stopped, ended: endedHead, older } = texts[language];
  const rows = found.flatMap(({ requests }) => requests).sort((a, b) => (a.deposited < b.deposited ? -1 : 1));
  const ended = found.flatMap((one) => one.ended).sort((a, b) => (a.endedOn > b.endedOn ? -1 : 1));
  const readings = found.flatMap(({ connection, read }) => {
    if (!read) return wrapped(never(connection), width);
    const why = read.stopped === undefined ? '' : stopped(spokenReason(read.stopped, language));
    return wrapped(`${lastRead(connection, spokenInstant(read.at, language))}${why}`, width);
  });
  const explain = (row: WaitingRequest) => explanation(row, language);
  const list = rows.length === 0 ? [] : [...explainedList(columns(language), rows, { language, width, explain }), ''];
  const atRisk = rows.filter((row) => row.atRisk).length;
  const end = rows.length === 0 ? nothing : summary(rows.length, atRisk);
  const late = (row: EndedRequest) => refusedIn(row, language);
  const over = explainedList(endedColumns(language), ended, { language, width, explain: late });
  const past = ended.length === 0 ? [] : ['', endedHead(ended.length), ...over, ...wrapped(older, width)];
  return [...list, ...wrapped(end, width), ...past, '', ...readings].join('\n').trimEnd();
}
