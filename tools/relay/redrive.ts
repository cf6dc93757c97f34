/** `npx relay redrive`: moves dead letters back to their queue once the cause of their failure is removed. */
import { cellInstant, instantHead, type Language, type Said } from '../../shared/invoice/spoken.ts';
import { aboutAws, command, common, Failure, flag, textOption } from '../command-line/command.ts';
import { hinted } from '../command-line/local-hints.ts';
import { printable, textTable, type TextColumn } from '../command-line/terminal.ts';
import { redriveConnection, type DeadLetter, type Redriven } from './dead-letter-queue.ts';
import { letterWords, spokenWhy } from './dead-letter-words.ts';
import { awsFor, chosenStage, connectionArgument, knownConnection, queueUrlOf } from './targets.ts';

interface Report extends Redriven {
  connection: string;
  stage: string;
  dryRun: boolean;
}

const columns = (language: Language): readonly TextColumn<DeadLetter>[] => [
  { head: letterWords[language].id, of: ({ messageId }) => messageId },
  { head: letterWords[language].why, of: ({ why }) => spokenWhy(why, language), atMost: 100 },
  { head: letterWords[language].number, of: ({ number }) => number },
  { head: instantHead(letterWords[language].sent, language), of: ({ sentAt }) => cellInstant(sentAt, language) },
];

const outcomes = {
  fr: (count: number, { connection, stage, dryRun }: Report) => {
    const messages = `${count === 0 ? 'Aucun' : count} ${count > 1 ? 'messages' : 'message'} de la connexion ${connection} (${stage})`;
    if (dryRun) return `${messages} à renvoyer dans la file ; rien n’a été déplacé.`;
    return `${messages} ${count > 1 ? 'renvoyés' : 'renvoyé'} dans la file.`;
  },
  en: (count: number, { connection, stage, dryRun }: Report) => {
    const messages = `${count} ${count === 1 ? 'message' : 'messages'} of ${connection} (${stage})`;
    return dryRun
      ? `${messages} would go back to the queue; nothing was moved.`
      : `${messages} went back to the queue.`;
  },
} as const;

/** The command cannot know whether the cause was removed. */
const comesBack: Said = {
  fr: 'Si la cause de l’échec subsiste, ils reviennent parmi les messages en erreur : « npx relay dead-letters ».',
  en: 'If what made them fail is still there, they come back to the dead letters: "npx relay dead-letters".',
};

/** What stays where it is, each kind with its number. */
function remaining({ otherConnections, otherReasons, unreadable, backAgain }: Redriven['left']): Said[] {
  const kinds: (Said & { count: number })[] = [
    ...Object.entries(otherConnections).map(([name, count]) => ({
      ...{ count, fr: `de la connexion ${printable(name)}`, en: `of ${printable(name)}` },
    })),
    { count: otherReasons, fr: 'pour un autre motif', en: 'there for another reason' },
    {
      count: unreadable,
      fr: `${unreadable > 1 ? 'illisibles' : 'illisible'} (« npx relay dead-letters » ${unreadable > 1 ? 'les' : 'le'} montre)`,
      en: `that cannot be read ("npx relay dead-letters" shows ${unreadable === 1 ? 'it' : 'them'})`,
    },
    {
      count: backAgain,
      fr: 'de retour aussitôt : la cause n’est pas levée',
      en: 'that came back at once: the cause is still there',
    },
  ];
  return kinds
    .filter(({ count }) => count > 0)
    .map(({ count, fr, en }) => ({ fr: `${count} ${fr}`, en: `${count} ${en}` }));
}

/** For a person. */
function spoken(report: Report, language: Language): string {
  const { messages, left } = report;
  const remains = remaining(left)
    .map((said) => said[language])
    .join(', ');
  const { otherConnections, ...others } = left;
  const count = [...Object.values(otherConnections), ...Object.values(others)].reduce((sum, more) => sum + more, 0);
  const summary = {
    fr: `${count > 1 ? 'Restent' : 'Reste'} parmi les messages en erreur : ${remains}.`,
    en: `Left among the dead letters: ${remains}.`,
  };
  return [
    ...(messages.length > 0 ? [...textTable(columns(language), messages), ''] : []),
    outcomes[language](messages.length, report),
    ...(messages.length > 0 && !report.dryRun ? [comesBack[language]] : []),
    ...(remains === '' ? [] : [summary[language]]),
  ].join('\n');
}

/** Why a run that finished has not done what was wanted. */
export function troubleOf({ messages, left }: Redriven, reason: string | undefined): Said | undefined {
  if (left.backAgain > 0)
    return {
      fr: 'certains sont revenus aussitôt : la cause de leur échec n’est pas levée',
      en: 'some came back at once: what made them fail is still there',
    };
  if (reason !== undefined && messages.length === 0 && left.otherReasons > 0)
    return {
      fr: `aucun message n’est là pour le motif « ${printable(reason)} » : --dry-run sans --reason énumère les motifs`,
      en: `no message is there for the reason "${printable(reason)}": a --dry-run without --reason lists the reasons`,
    };
  return undefined;
}

const interrupted: Said = { fr: 'interruption demandée', en: 'interrupted' };

export const redrive = command({
  about: `Moves the messages of a connection from the dead-letter queue back to the queue of invoices. First remove what made
them fail: docs/runbooks/dead-letters.md. What belongs to other connections or cannot be read stays where it is.`,
  takes: {
    connection: connectionArgument(),
    'dry-run': flag('list them and move nothing'),
    reason: textOption('R', 'only those that are there for this reason, as the list names it'),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: { 0: 'done', 1: 'some came back at once, or none has the reason' },
  run: async ({ connection, reason, language, stage: askedStage, json, 'dry-run': dryRun, local }) => {
    knownConnection(connection);
    const stage = chosenStage(askedStage, connection);
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort(new Failure(interrupted)));
    const aws = await awsFor({ local });
    const sqs = aws.sqs();
    const redriven = await redriveConnection({
      sqs,
      s3: aws.s3(),
      deadLetters: await queueUrlOf(sqs, stage, 'invoices-dead-letters'),
      invoices: await queueUrlOf(sqs, stage, 'invoices'),
      connection,
      reason,
      dryRun,
      signal: stopping.signal,
    });
    const report = { connection, stage, dryRun, ...redriven };
    console.log(json ? JSON.stringify(report, undefined, 2) : hinted(spoken(report, language), local));
    const trouble = troubleOf(redriven, reason);
    if (trouble !== undefined) console.error(trouble[language]);
    return trouble === undefined ? 0 : 1;
  },
});
