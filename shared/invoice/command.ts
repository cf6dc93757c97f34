import * as z from 'zod';
import { isReasonCode, reason, type Reason, type ReasonCode } from './reasons.ts';
import { invoiceCommandSchemas, type InvoiceCommand } from './invoice-commands.ts';
import { fieldPlaces } from './field-places.ts';
import { invoiceSchema, submitInvoiceSchema, type SubmitInvoice } from './submit-command.ts';

/** Whose invoice and which, as far as even a faulty command says it: so that the answer finds its invoice in the ERP. */
const identitySchema = z.object({
  supplier: z.object({ company: z.string(), agency: z.string().optional() }).optional().catch(undefined),
  invoice: z
    .object({
      number: invoiceSchema.shape.number.optional().catch(undefined),
      issueDate: invoiceSchema.shape.issueDate.optional().catch(undefined),
      contract: z.string().trim().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  customer: submitInvoiceSchema.shape.customer.catch(undefined),
  worksite: z.string().trim().optional().catch(undefined),
});
export type Identity = z.infer<typeof identitySchema>;

/**
 * What every message must have to be answered at all; the rest is judged by the command's own schema. The answer is kept
 * under its connection: no index takes an empty name, nor one without end.
 */
const envelopeSchema = z.looseObject({
  type: z.string(),
  version: z.int(),
  connection: z.string().min(1).max(100),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Commands by type and version: the schema is the documentation (docs/schemas/ is generated from it). */
export const commandSchemas = { 'invoice.submit': { 1: submitInvoiceSchema }, ...invoiceCommandSchemas } as const;

/** The relay to itself: send again what the ledger has parked. An ERP that sends it moves nothing that was not to move. */
const resumeSchema = z.strictObject({
  type: z.literal('relay.resume'),
  version: z.literal(1),
  connection: z.string(),
  /** The record's key in the ledger. */
  pk: z.string().min(1).max(1024),
});
export type Resume = z.infer<typeof resumeSchema>;

export type Reading =
  | { kind: 'invoice'; command: SubmitInvoice; envelope: Envelope; identity: Identity }
  | { kind: 'about-invoice'; command: InvoiceCommand; envelope: Envelope; identity: Identity }
  | { kind: 'resume'; resume: Resume }
  | { kind: 'invalid'; envelope: Envelope; identity: Identity; reasons: Reason[] }
  | { kind: 'unreadable'; why: 'not-json' | 'not-a-command' };

/** Reads a message's body. Nothing is guessed: what is not known is said, with its path. */
export function readCommand(body: string): Reading {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'unreadable', why: 'not-json' };
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) return { kind: 'unreadable', why: 'not-a-command' };
  const envelope = parsed.data;
  const resume = resumeSchema.safeParse(json);
  if (resume.success) return { kind: 'resume', resume: resume.data };
  const identity = identitySchema.parse(json);
  const invalid = (...reasons: Reason[]): Reading => ({ kind: 'invalid', envelope, identity, reasons });

  const versions = schemasOf(envelope.type);
  if (!versions)
    return invalid(reason('unknown-command', 'type', { value: envelope.type, known: list(commandSchemas) }));
  const schema = Object.entries(versions).find(([version]) => version === String(envelope.version))?.[1];
  if (!schema) return invalid(reason('unknown-version', 'version', { value: envelope.version, known: list(versions) }));

  const command = schema.safeParse(json, { reportInput: true });
  if (!command.success) return invalid(...reasonsOf(command.error, schema));
  return command.data.type === 'invoice.submit'
    ? { kind: 'invoice', command: command.data, envelope, identity }
    : { kind: 'about-invoice', command: command.data, envelope, identity };
}

/** By version; what every object has by inheritance is no type. */
function schemasOf(type: string): Readonly<Record<string, z.ZodType<SubmitInvoice | InvoiceCommand>>> | undefined {
  return Object.entries(commandSchemas).find(([known]) => known === type)?.[1];
}

/** Some ERPs write the mark of UTF-8 before it. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

const list = (known: object): string => Object.keys(known).join(', ');

/** Each zod issue becomes one reason; a schema whose message is a code of the catalogue speaks with that code's sentence. */
function reasonsOf(error: z.ZodError, schema: z.ZodType): Reason[] {
  const places = fieldPlaces(schema);
  return error.issues.flatMap((issue) => reasonsOfIssue(issue, places));
}

/** A field whose absence says something of its own. */
const absences: Readonly<Record<string, ReasonCode>> = { 'invoice.recipient.siret': 'recipient-siret-missing' };

function reasonsOfIssue(issue: z.ZodError['issues'][number], places: ReturnType<typeof fieldPlaces>): Reason[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((field) => {
      const known = places.get(field);
      const at = path ? `${path}.${field}` : field;
      return reason('unknown-field', at, { field, ...(known ? { places: known.join(', ') } : {}) });
    });
  if (issue.input === undefined) return [reason(absences[path] ?? 'missing-field', path)];
  if (isReasonCode(issue.message)) return [reason(issue.message, path)];
  if (issue.code === 'too_big') return [reason('too-long', path, { maximum: String(issue.maximum) })];
  if (issue.code === 'too_small') return [reason('too-short', path, { minimum: String(issue.minimum) })];
  return [reason('invalid-value', path, { expected: issue.message.replace(/^Invalid [a-z]+: (expected )?/, '') })];
}

/** `invoice.lines[0].net`. Our own three lines: zod's function of that purpose brings all its languages into the bundle. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('');
