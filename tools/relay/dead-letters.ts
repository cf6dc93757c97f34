/** `npx relay dead-letters`: lists the dead letters, and shows, sends back or deletes one of them. */
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { aboutAws, command, common, Failure, option, textOption, WrongUsage } from '../command-line/command.ts';
import { type HeldLetter, moveBack, readLetters, type Redriving } from './dead-letter-queue.ts';
import { explained, type ExplainedLetter, spokenGone, spokenLetter, spokenList } from './dead-letter-text.ts';
import { awsFor, chosenStage, queueUrlOf } from './targets.ts';

const noSuchLetter = { code: 4, about: 'there is no such message' } as const;

type Queues = Pick<Redriving, 'sqs' | 's3' | 'deadLetters' | 'invoices'>;

/** What is done with one message, and how that is said. */
const changes = {
  'send-back': {
    act: async (held: HeldLetter, queues: Queues): Promise<unknown> => {
      mayGoBack(explained(held));
      return moveBack(held, queues);
    },
    fr: 'est de retour dans la file',
    en: 'went back to the queue',
  },
  delete: {
    act: ({ receiptHandle }: HeldLetter, { sqs, deadLetters: QueueUrl }: Queues): Promise<unknown> =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle })),
    fr: 'a été supprimé',
    en: 'is deleted',
  },
} as const;

/** @throws Failure if the relay would give it up again at once, or its body is gone */
function mayGoBack({ faults, why, messageId, bodyGone }: ExplainedLetter): void {
  if (bodyGone) {
    const { fr, en } = spokenGone(bodyGone);
    throw new Failure({
      fr: `${messageId} ne peut pas être renvoyé : ${fr}`,
      en: `${messageId} cannot go back: ${en}`,
    });
  }
  const [first] = faults;
  if (first && (why === 'not-json' || why === 'not-a-command'))
    throw new Failure({
      fr: `${messageId} reviendrait aussitôt : ${first.fr} Supprimez-le, et faites envoyer une commande correcte.`,
      en: `${messageId} would come back at once: ${first.en} Delete it, and have a correct command sent.`,
    });
}

/** Looks at every message until it has seen them all: SQS finds none by its id. */
async function findLetter(
  queues: Queues,
  id: string,
  act?: (held: HeldLetter, queues: Queues) => Promise<unknown>,
): Promise<HeldLetter | undefined> {
  const found: HeldLetter[] = [];
  await readLetters(queues, async (held) => {
    if (found.length > 0 || (held.messageId !== id && held.originalMessageId !== id)) return 'stays';
    found.push(held);
    await act?.(held, queues);
    return act ? 'gone' : 'stays';
  });
  return found[0];
}

const actions = ['show', 'send-back', 'delete'] as const;

export const deadLetters = command({
  about: `Lists the messages that the relay has given up, of all connections, each with the field at fault; shows one of
them, sends it back to the queue of invoices, or deletes it. First read docs/runbooks/dead-letters.md.`,
  takes: {
    action: option('action', z.enum(actions).optional(), `${actions.join(', ')}; without it, all are listed`, {
      fr: `n’est pas parmi ${actions.join(', ')}`,
      en: `is none of ${actions.join(', ')}`,
    }),
    id: textOption('id', 'the message’s id, as the list or the log has it'),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['action', 'id'],
  notes: `A message is shown with its body, which may have names and prices in it. "npx relay redrive" sends back all those
of a connection. ${aboutAws}`,
  exitCodes: { 0: 'done', [noSuchLetter.code]: noSuchLetter.about },
  run: async ({ action, id, language, stage: askedStage, local, json }) => {
    if (action !== undefined && id === undefined) throw new WrongUsage({ fr: 'il manque <id>', en: '<id> is missing' });
    const stage = chosenStage(askedStage);
    const aws = await awsFor({ local });
    const sqs = aws.sqs();
    const queues = {
      sqs,
      s3: aws.s3(),
      deadLetters: await queueUrlOf(sqs, stage, 'invoices-dead-letters'),
      invoices: await queueUrlOf(sqs, stage, 'invoices'),
    };
    const say = (data: object, text: string) => console.log(json ? JSON.stringify(data, undefined, 2) : text);
    if (action === undefined || id === undefined) {
      const all: ExplainedLetter[] = [];
      await readLetters(queues, (held) => {
        all.push(explained(held));
        return 'stays';
      });
      say(all, spokenList(all, stage, language));
      return 0;
    }
    const change = action === 'show' ? undefined : changes[action];
    const found = await findLetter(queues, id, change?.act);
    if (!found)
      throw new Failure(
        {
          fr: `il n’y a pas de message « ${id} » parmi les messages en erreur (${stage})`,
          en: `there is no message "${id}" among the dead letters (${stage})`,
        },
        { exitCode: noSuchLetter.code },
      );
    const { messageId, group, body } = found;
    if (change) say({ action, messageId }, `${messageId} ${change[language]}.`);
    else say({ ...explained(found), group, body }, spokenLetter(found, language));
    return 0;
  },
});
