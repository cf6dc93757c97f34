/** How a dead letter is explained: in a row of the list, or by itself with its body. */
import { faultyPlace, readCommand } from '../../shared/invoice/read-command.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import { cellInstant, instantHead, type Language, spokenInstant } from '../../shared/invoice/spoken.ts';
import { printable, textTable, type TextColumn } from '../command-line/terminal.ts';
import { commandIn, type DeadLetter, type HeldLetter } from './dead-letter-queue.ts';
import { explanationOf, letterWords, placeOf, spokenWhy } from './dead-letter-words.ts';

/** A dead letter, explained. */
export interface ExplainedLetter extends DeadLetter {
  connection: string | undefined;
  /** What is wrong with the message itself, with the field at fault: empty if it is not the cause. */
  faults: Reason[];
  /** The id that it had on the queue, if the relay moved it. */
  originalMessageId: string | undefined;
  /** Why its stored body could not be read. */
  bodyGone: string | undefined;
}

export function explained({
  messageId,
  why,
  number,
  type,
  sentAt,
  connection,
  originalMessageId,
  body,
  bodyGone,
}: HeldLetter): ExplainedLetter {
  const reading = readCommand(commandIn(body));
  const faults = 'reasons' in reading && bodyGone === undefined ? reading.reasons : [];
  return { messageId, why, connection, type, number, sentAt, faults, originalMessageId, bodyGone };
}

export const spokenGone = (why: string): Readonly<Record<Language, string>> => ({
  fr: `son contenu n’est pas dans l’espace de documents : ${why}`,
  en: `its body is not in the document store: ${why}`,
});

const columns = (language: Language): readonly TextColumn<ExplainedLetter>[] => [
  { head: letterWords[language].id, of: ({ messageId }) => messageId },
  { head: letterWords[language].why, of: ({ why }) => spokenWhy(why, language), atMost: 100 },
  { head: letterWords[language].connection, of: ({ connection }) => connection },
  { head: letterWords[language].type, of: ({ type }) => type },
  { head: letterWords[language].number, of: ({ number }) => number },
  {
    head: letterWords[language].fault,
    of: ({ bodyGone, faults: [first] }) => bodyGone ?? (first && placeOf(first, language)),
  },
  { head: instantHead(letterWords[language].sent, language), of: ({ sentAt }) => cellInstant(sentAt, language) },
];

export function spokenList(letters: readonly ExplainedLetter[], stage: string, language: Language): string {
  const count = letters.length;
  const summary = {
    fr: `${count} ${count > 1 ? 'messages' : 'message'} en erreur (${stage}).`,
    en: `${count} dead ${count === 1 ? 'letter' : 'letters'} (${stage}).`,
  };
  return [...(count > 0 ? [...textTable(columns(language), letters), ''] : []), summary[language]].join('\n');
}

/** On each side of a fault, of its line. */
const shownAround = 40;

/** What stands where a body stops being JSON: `"number": "F-1" ▶ "type": …` */
function aroundFault(body: string): string | undefined {
  const place = faultyPlace(body);
  if (!place) return undefined;
  const line = body.replace(/^\uFEFF/, '').split(/\r?\n/)[place.line - 1] ?? '';
  const [before, after] = [line.slice(0, place.column - 1), line.slice(place.column - 1)];
  return `${before.slice(-shownAround)} ▶ ${after.slice(0, shownAround)}`.trim();
}

/** A body may hold a document: --json has all of it. */
const shownBody = 2_000;

export function spokenLetter(held: HeldLetter, language: Language): string {
  const { body, group } = held;
  const letter = explained(held);
  const named = letterWords[language];
  const { fr, en, todo } = explanationOf(letter.why);
  const rows: [string, string | undefined][] = [
    [named.id, letter.messageId],
    [language === 'fr' ? 'à l’origine' : 'at first', letter.originalMessageId],
    [named.connection, letter.connection],
    [language === 'fr' ? 'groupe' : 'group', group],
    [named.type, letter.type],
    [named.number, letter.number],
    [named.sent, letter.sentAt && spokenInstant(letter.sentAt, language)],
    [named.why, language === 'fr' ? `${fr} (${letter.why})` : `${letter.why} – ${en}`],
    [named.fault, letter.bodyGone && spokenGone(letter.bodyGone)[language]],
    ...letter.faults.map((fault): [string, string] => [
      named.fault,
      `${placeOf(fault, language)} – ${fault[language]}`,
    ]),
    [language === 'fr' ? 'à cet endroit' : 'there', aroundFault(commandIn(body))],
    [language === 'fr' ? 'à faire' : 'to do', todo[language]],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const cut = body.length > shownBody ? `${body.slice(0, shownBody)}…` : body;
  return [
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(width)}  ${printable(value)}`])),
    '',
    ...cut.split(/\r?\n/).map(printable),
  ].join('\n');
}
