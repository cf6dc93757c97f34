/** Reads samples/*.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { eventTypes } from '../../shared/invoice/events.ts';
import { isReasonCode } from '../../shared/invoice/reasons.ts';
import { states } from '../../shared/ledger/states.ts';
import { askedSchema } from '../chorus-pro-simulator/index.ts';
import { isValidationEventType } from '../../shared/validations/event.ts';

const travels = z.enum(['inline', 's3']);

const attachmentSchema = z.strictObject({
  name: z.string(),
  typeCode: z.string(),
  via: travels,
  /** Which of our own documents it is: papers.ts makes them. */
  content: z.enum(['purchase-order', 'measurements']),
});

const otherFileSchema = z.strictObject({
  /** The fields of the invoice that are others in the file. */
  says: z.looseObject({}).default({}),
  /** The agency whose SIRET the file has. */
  agency: z.string().optional(),
  /** What became of its bytes: `page` is a web page in its place. */
  spoilt: z.enum(['page', 'cut-off', 'utf-16']).optional(),
});

const inLedgerSchema = z.strictObject({
  where: z.literal('ledger'),
  state: z.string().refine((state) => Object.hasOwn(states, state), 'a state of the ledger'),
  /** Chorus Pro's status; null if it never received the invoice. */
  status: z.string().nullable(),
  /** The recipient's motive for that status. */
  motive: z.string().optional(),
  reasons: z.array(z.string().refine(isReasonCode, 'a code of the catalogue')).optional(),
  /** What is told with `accepted`, if the sample is about that. */
  notes: z.array(z.string().refine(isReasonCode, 'a code of the catalogue')).optional(),
  /** What the ERP receives, in order; several of one type in a row count as one. */
  events: z.array(z.string().refine((type) => Object.hasOwn(eventTypes, type), 'a type of event')),
});

/** How a subcontractor's request ends, and what the ERP receives of it, in order. */
const inRequestSchema = z.strictObject({
  where: z.literal('request'),
  outcome: z.enum(['accepted', 'refused']),
  events: z.array(z.string().refine(isValidationEventType, 'a type of event about a request')),
});

const inDeadLettersSchema = z.strictObject({ where: z.literal('dead-letters'), reason: z.string() });

/** Only what is needed to show it: to find faults in it is the relay's job. */
const commandSchema = z.looseObject({
  connection: z.string(),
  supplier: z.strictObject({ company: z.string(), agency: z.string().optional() }),
  invoice: z.looseObject({
    number: z.string(),
    recipient: z.looseObject({ siret: z.string() }),
    totals: z.looseObject({ due: z.string() }),
  }),
});

const shows = z.strictObject({ fr: z.string(), en: z.string() });

const sampleSchema = z.union([
  z.strictObject({
    shows,
    /** Without its documents: they are made and added when it is dropped. */
    command: commandSchema,
    /** The sample after which it is dropped, since it names that one's invoice. */
    after: z.string().optional(),
    /** Chorus Pro’s status of that invoice at which the ERP sends this one; without it, at once. */
    once: z.string().optional(),
    documents: z.strictObject({
      main: travels,
      /** As what the invoice's own document is made. */
      as: z.enum(['pdf', 'factur-x', 'cii']).default('pdf'),
      /** There is none: the relay makes it. */
      none: z.boolean().default(false),
      /** The file is all that is sent: the command says nothing of what is in it. */
      alone: z.boolean().default(false),
      /** What the command calls it, if it does. */
      format: z.enum(['pdf', 'factur-x', 'cii', 'ubl']).optional(),
      /** How the file is another than the command says. */
      file: otherFileSchema.default({ says: {} }),
      attachments: z.array(attachmentSchema).default([]),
    }),
    ends: inLedgerSchema,
  }),
  /** The message of another sample, sent again after that one. */
  z.strictObject({ shows, repeats: z.string(), ends: inLedgerSchema }),
  /** A subcontractor's request; the ERP answers when it hears of it. */
  z.strictObject({
    shows,
    request: askedSchema,
    /** Beside its type, its connection and the request. */
    answer: z.looseObject({ decision: z.enum(['accept', 'refuse']) }),
    ends: inRequestSchema,
  }),
  /** A text that is not a command. */
  z.strictObject({ shows, message: z.string(), ends: inDeadLettersSchema }),
]);

export type Sample = z.infer<typeof sampleSchema> & { name: string };
export type InvoiceSample = Extract<Sample, { command: unknown }>;
export type RequestSample = Extract<Sample, { request: unknown }>;
export type AttachmentPaper = z.infer<typeof attachmentSchema>;

/** Files that are others than their commands say: the tests play them, `npm start` does not. */
export const otherFiles = join(projectRoot, 'samples', 'other-files');

/** Every sample of a folder, in the order of the names. @throws Error that names the file at fault */
export function readSamples(folder: string = join(projectRoot, 'samples')): Sample[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const read = readSample(basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8')));
    if ('fault' in read) throw new Error(`samples/${file}: ${read.fault}`);
    return read.sample;
  });
}

/** @param content what is in its file */
export function readSample(name: string, content: unknown): { sample: Sample } | { fault: string } {
  const read = sampleSchema.safeParse(content);
  return read.success ? { sample: { ...read.data, name } } : { fault: z.prettifyError(read.error) };
}
