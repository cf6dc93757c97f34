/** `npx relay send`: puts a sample, or a command of one's own, on the local relay's queue. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Said } from '../../shared/invoice/spoken.ts';
import { incomingPrefix } from '../../shared/documents/document-store.ts';
import { projectRoot } from '../../infra/deployment.ts';
import { command, common, flag, notUp, option, textOption, WrongUsage } from '../command-line/command.ts';
import { completed, noConnection, waits } from '../demo/drop.ts';
import { Erp } from '../demo/erp.ts';
import { paperMaker } from '../demo/papers.ts';
import { readSample, readSamples, type InvoiceSample, type Sample } from '../demo/sample.ts';
import { ask, deposited, requestOf, type Request } from './ask-validation.ts';
import { cannotRead } from './read-credentials.ts';
import { inTheNameOf, repeatedBy, settingsForSample, withChanges, type SampleChanges } from './sample-in-our-name.ts';
import { leftOut } from './samples-left-out.ts';
import { localEndpoints } from './targets.ts';

interface Changes extends SampleChanges {
  document?: string | undefined;
}

interface Message {
  body: string;
  /** The connection; without one, the group of messages that name none. */
  group: string;
  number?: string | undefined;
}

/** As much of one's own command as is looked at here: to find faults in it is the relay's job. */
const ownSchema = z.looseObject({
  connection: z.string().optional(),
  invoice: z.looseObject({ number: z.string().optional() }).optional(),
  document: z.looseObject({ key: z.string().optional() }).optional(),
});

async function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch(() => {
    throw new WrongUsage(cannotRead(file));
  });
}

/** Under the key that the command names, or else under its own name. */
async function uploaded(file: string, { group, number = '', key }: Omit<Message, 'body'> & { key?: string }, erp: Erp) {
  const name = basename(file);
  const named = key ?? `${incomingPrefix(group)}${number}/${name}`;
  await erp.upload(named, await contentOf(file));
  return { name, key: named };
}

/** With its papers. */
async function messageOfSample(sample: InvoiceSample, changes: Changes, erp: Erp): Promise<Message> {
  const settings = await settingsForSample(sample, changes);
  const ours = inTheNameOf(settings, sample, changes);
  const message = await completed(ours, erp, paperMaker(settings));
  const about = { group: settings.name, number: ours.command.invoice.number };
  const { document: file } = changes;
  const document = file === undefined ? {} : { document: await uploaded(file, about, erp) };
  return { ...about, body: JSON.stringify({ ...message, ...document }) };
}

async function messageOfCommand(text: string, content: unknown, changes: Changes, erp: Erp): Promise<Message> {
  const { data: own } = ownSchema.safeParse(content);
  const isChanged = Object.values(changes).some((change) => change !== undefined);
  if (own === undefined && isChanged)
    throw new WrongUsage({
      fr: 'seule une commande peut être modifiée, et ce fichier n’en est pas une',
      en: 'only a command can be changed, and this is none',
    });
  const group = changes.connection ?? own?.connection ?? noConnection;
  const invoice = own?.invoice && withChanges(own.invoice, changes);
  const about = { group, number: invoice?.number };
  if (!isChanged) return { ...about, body: text };
  const { document: file } = changes;
  const key = own?.document?.key;
  const document = file === undefined ? own?.document : await uploaded(file, { ...about, ...(key && { key }) }, erp);
  return { ...about, body: JSON.stringify({ ...own, connection: group, invoice, document }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function messageOf(file: string, changes: Changes, erp: Erp): Promise<Message | Request> {
  const text = (await contentOf(file)).toString('utf8');
  const content = parseJson(text);
  const read = readSample(basename(file, '.json'), content);
  if ('fault' in read) return messageOfCommand(text, content, changes, erp);
  const { sample } = read;
  if ('message' in sample) return { body: sample.message, group: noConnection };
  if ('command' in sample) return messageOfSample(sample, changes, erp);
  if ('request' in sample) return { request: await requestOf(sample, changes) };
  return messageOfSample(repeatedBy(sample, file), changes, erp);
}

/** In place of a file: all samples. */
const allSamples = 'samples';

/** A file to send, or a pause until the relay has taken what is on its queue. */
type Step = { file: string } | 'pause';

/**
 * What names another sample's invoice comes after that one. What waits for another one's status is sent by hand, when
 * that is there.
 */
function stepsFor(files: readonly string[]): Step[] {
  const folder = join(projectRoot, 'samples');
  return files.flatMap((file): Step[] => {
    if (file !== allSamples) return [{ file }];
    const ours = readSamples(folder).filter((sample) => !waits(sample));
    const isLater = (sample: Sample) => 'repeats' in sample || ('after' in sample && sample.after !== undefined);
    const stepOf = ({ name }: Sample): Step => ({ file: join(folder, `${name}.json`) });
    const later = ours.filter(isLater).map(stepOf);
    return [...ours.filter((sample) => !isLater(sample)).map(stepOf), 'pause', ...later];
  });
}

function onlyOnesOwn(files: readonly string[], { number, document }: Changes): void {
  if ((files.length > 1 || files.includes(allSamples)) && (number ?? document) !== undefined)
    throw new WrongUsage({
      fr: '--number et --document ne valent que pour un seul fichier',
      en: '--number and --document are for one file alone',
    });
}

export const send = command({
  about: `Puts messages on the queue of the relay that "npx relay local" has brought up: samples of samples/, whose PDFs and
attachments are made for them, or commands of your own, as they are.`,
  takes: {
    files: option(
      'files',
      z.array(z.string()).min(1),
      'samples, or commands; the word "samples" means all of samples/',
    ),
    connection: textOption('NAME', 'another connection than the one that it names'),
    number: textOption('N', 'another invoice number: a number serves once'),
    recipient: textOption('SIRET', 'another recipient, without a service'),
    document: textOption('PDF', 'the invoice’s own document, uploaded under the key that the command names, if any'),
    language: common.language,
    print: flag('print the message, for the AWS CLI or your ERP to send; its documents are uploaded'),
    json: flag('what was sent, one JSON object a line: {"messageId", "connection", "number"}'),
  },
  positionals: ['files'],
  rest: 'files',
  notes: `A sample goes in the name of the first connection of cdk.json and of its first company, if it names others that the
relay does not have.`,
  exitCodes: { 0: 'sent', [notUp.code]: notUp.about },
  run: async ({ files, language, print, json, ...changes }) => {
    onlyOnesOwn(files, changes);
    const endpoints = await localEndpoints();
    const erp = new Erp(endpoints);
    try {
      for (const step of stepsFor(files)) {
        if (step === 'pause') {
          await erp.untilTaken();
          continue;
        }
        const made = await messageOf(step.file, changes, erp);
        if ('request' in made) {
          if (!print) await ask(made.request, endpoints);
          const { number, validator } = made.request;
          const asks = deposited(number, step.file)[language];
          console.log(print || json ? JSON.stringify(print ? made.request : { request: number, validator }) : asks);
          continue;
        }
        const { body, group, number } = made;
        if (print) {
          console.log(body);
          continue;
        }
        const messageId = await erp.send(body, group);
        const what = number === undefined ? step.file : `${number} (${step.file})`;
        const spoken: Said = {
          fr: `${what} : message ${messageId} dans la file.`,
          en: `${what} is on the queue, as message ${messageId}.`,
        };
        console.log(json ? JSON.stringify({ messageId, connection: group, number }) : spoken[language]);
      }
      if (!print && !json) {
        if (files.includes(allSamples)) for (const line of leftOut(readSamples(), language)) console.log(line);
        console.log(whatBecame[language]);
      }
      return 0;
    } finally {
      erp.close();
    }
  },
});

const whatBecame: Said = {
  fr: '« npx relay status --local » dit ce que les factures deviennent, et combien de messages n’ont pas pu être lus.',
  en: '"npx relay status --local" says what becomes of invoices, and how many messages nobody could read.',
};
