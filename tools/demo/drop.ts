/** Drops the samples on the queue, with their documents. */
import { incomingPrefix } from '../../shared/documents/document-store.ts';
import { inCents } from '../../shared/invoice/amounts.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import type { Erp } from './erp.ts';
import type { PaperMaker } from './papers.ts';
import type { InvoiceSample, RequestSample, Sample } from './sample.ts';

/** A sample and the message it was sent as. */
export interface Dropped {
  sample: Sample;
  messageId: string;
  /** Absent if it is not an invoice. */
  invoice?: InvoiceSample['command']['invoice'];
}

/** The limit of SQS for one message, less some room for the command itself. */
const inlineLimitBytes = 900_000;

/** The message's group when the message names no connection. */
export const noConnection = 'unknown';

interface Sending {
  erp: Erp;
  papers: PaperMaker;
}

interface Dropping extends Sending {
  /** Waits until the relay has nothing left to do: a repeated message comes after its original. */
  settled: () => Promise<void>;
  /** Lets a subcontractor deposit its request; without it there are none. */
  ask?: ((request: RequestSample['request']) => void) | undefined;
}

type NamedInvoice = InvoiceSample & { name: string };

/** Whether the ERP sends it only when it hears something of another one: whoever lets time go by drops it. */
export const waits = (sample: Sample): sample is NamedInvoice => 'command' in sample && sample.once !== undefined;

/** Those of which the ERP has heard what it waits for: Chorus Pro’s status of the invoice before. */
export const ripeAmong = (
  waiting: Iterable<NamedInvoice>,
  { dropped, records }: { dropped: readonly Dropped[]; records: readonly RecordView[] },
): NamedInvoice[] =>
  [...waiting].filter(({ after, once }) => {
    const messageId = dropped.find(({ sample }) => sample.name === after)?.messageId;
    const record = records.find(({ messageIds }) => messageId !== undefined && messageIds.includes(messageId));
    return record?.status?.code === once;
  });

export async function dropInvoice(
  sample: NamedInvoice,
  { erp, papers }: Sending,
): Promise<{ body: string; dropped: Dropped }> {
  const { command } = sample;
  const body = JSON.stringify(await completed(sample, erp, papers));
  const messageId = await erp.send(body, command.connection);
  return { body, dropped: { sample, messageId, invoice: command.invoice } };
}

/**
 * Uploads the documents and drops every sample that does not wait on the queue.
 * @throws Error when one repeats an unknown sample
 */
export async function dropSamples(
  given: readonly Sample[],
  { erp, papers, settled, ask }: Dropping,
): Promise<Dropped[]> {
  const sent = new Map<string, { body: string; command: InvoiceSample['command'] }>();
  const dropped: Dropped[] = [];
  const samples = given.filter((sample) => !waits(sample));
  const drop = async (sample: NamedInvoice) => {
    const { body, dropped: one } = await dropInvoice(sample, { erp, papers });
    sent.set(sample.name, { body, command: sample.command });
    dropped.push(one);
  };
  for (const sample of samples) {
    if ('message' in sample) dropped.push({ sample, messageId: await erp.send(sample.message, noConnection) });
    if ('request' in sample && ask) dropped.push(asked(sample, ask));
    if ('command' in sample && sample.after === undefined) await drop(sample);
  }
  await settled();
  for (const sample of samples) if ('command' in sample && sample.after !== undefined) await drop(sample);
  await settled();
  for (const sample of samples) {
    if (!('repeats' in sample)) continue;
    const original = sent.get(sample.repeats);
    if (!original) throw new Error(`${sample.name} repeats ${sample.repeats}, which is no invoice among the samples`);
    const { body, command } = original;
    dropped.push({ sample, messageId: await erp.send(body, command.connection), invoice: command.invoice });
  }
  await settled();
  return dropped;
}

/** What a subcontractor asks, as it is followed. */
function asked(sample: RequestSample & { name: string }, ask: (request: RequestSample['request']) => void): Dropped {
  const { request } = sample;
  ask(request);
  const { number, recipient: siret, net, vat } = request;
  const invoice = { number, recipient: { siret }, totals: { due: inCents(String(net + vat)) } };
  return { sample, messageId: `the request ${number}`, invoice };
}

/** The command with its documents, inline or by a key of what was uploaded. */
export async function completed(sample: InvoiceSample, erp: Pick<Erp, 'upload'>, papers: PaperMaker): Promise<object> {
  const { command, documents } = sample;
  const { main, attachments } = await papers(sample);
  let room = inlineLimitBytes;
  const reference = async (paper: { name: string; bytes: Uint8Array }, via: 'inline' | 's3') => {
    const content = Buffer.from(paper.bytes).toString('base64');
    if (via === 'inline' && content.length <= room) {
      room -= content.length;
      return { name: paper.name, content };
    }
    const key = `${incomingPrefix(command.connection)}${command.invoice.number}/${paper.name}`;
    await erp.upload(key, paper.bytes);
    return { name: paper.name, key };
  };
  const { none, format } = documents;
  const document = none ? undefined : { ...(await reference(main, documents.main)), ...(format ? { format } : {}) };
  const references: object[] = [];
  for (const [i, { via, typeCode }] of documents.attachments.entries()) {
    const paper = attachments[i];
    if (paper) references.push({ ...(await reference(paper, via)), typeCode });
  }
  const { supplier, invoice, ...rest } = command;
  const said = documents.alone ? rest : { ...rest, supplier, invoice };
  return { ...said, document, ...(references.length > 0 ? { attachments: references } : {}) };
}
