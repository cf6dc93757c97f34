/** The message that is sent of a sample, with its papers in it: so all of it can be checked offline. */
import { basename } from 'node:path';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import { completed } from '../demo/drop.ts';
import { paperMaker } from '../demo/papers.ts';
import { readSample, type InvoiceSample, type RequestSample } from '../demo/sample.ts';
import { inTheNameOf, repeatedBy, settingsForSample } from './sample-in-our-name.ts';

/** @returns undefined if the content of this file is no sample */
export async function messageOfSample(file: string, content: unknown): Promise<string | undefined> {
  const read = readSample(basename(file, '.json'), content);
  if ('fault' in read) return undefined;
  const { sample } = read;
  if ('message' in sample) return sample.message;
  if ('request' in sample) return JSON.stringify(answerTo(sample));
  const invoice = 'command' in sample ? sample : repeatedBy(sample, file);
  const settings = await settingsForSample(invoice);
  const ours = inTheNameOf(settings, withPapersInside(invoice));
  return JSON.stringify(await completed(ours, nowhere, paperMaker(settings)));
}

/** What the ERP sends when it hears of a subcontractor's request. */
function answerTo({ request: { subcontractor, number }, answer }: RequestSample): object {
  const [connection] = deploymentFrom(projectContext()).connections;
  return { type: 'validation.answer', version: 1, connection, request: { subcontractor, number }, ...answer };
}

const withPapersInside = ({ documents, ...sample }: InvoiceSample): InvoiceSample => {
  const attachments = documents.attachments.map((one) => ({ ...one, via: 'inline' as const }));
  return { ...sample, documents: { ...documents, main: 'inline', attachments } };
};

/** What has no room in the message stays named by its key, and is said not to be checked. */
const nowhere = { upload: () => Promise.resolve() };
