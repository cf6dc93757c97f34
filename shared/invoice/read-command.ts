/** Reads a message's body: which command it is, and everything that is wrong with its form. */
import * as z from 'zod';
import { tidy } from './characters.ts';
import { fault, isNamedOnce, supplierSchema } from './fields.ts';
import { invoiceCommandSchemas, type InvoiceCommand } from './invoice-commands.ts';
import { reasonsOf } from './issue-reasons.ts';
import { reason, type Reason } from './reasons.ts';
import { invoiceSchema, submitInvoiceSchema, type GivenInvoice } from './submit-command.ts';
import { validationCommandSchemas, type ValidationAnswer } from './validation-command.ts';
import { submitWorksSchema } from './works-command.ts';

const totals = invoiceSchema.shape.totals.shape;

/** Which invoice, as far as even a faulty command says it, so that the ERP can match the reply to its own invoice. */
const identitySchema = z.object({
  supplier: z.object(supplierSchema.shape).refine(isNamedOnce).optional().catch(undefined),
  invoice: z
    .object({
      number: invoiceSchema.shape.number.optional().catch(undefined),
      issueDate: invoiceSchema.shape.issueDate.optional().catch(undefined),
      contract: invoiceSchema.shape.contract.catch(undefined),
      type: invoiceSchema.shape.type.optional().catch(undefined),
      /** As it was given, even if no recipient has that SIRET: a person finds the customer by it. */
      recipient: z
        .object({ siret: z.string().regex(/^[0-9A-Za-z ]{1,20}$/) })
        .optional()
        .catch(undefined),
      currency: invoiceSchema.shape.currency.catch('EUR'),
      totals: z
        .object({
          due: totals.due,
          taxInclusive: totals.taxInclusive.optional().catch(undefined),
          discount: totals.discount.catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  customer: submitInvoiceSchema.shape.customer.catch(undefined),
  worksite: submitInvoiceSchema.shape.worksite.catch(undefined),
  /** The file: of an invoice whose number nobody could read, nothing else tells which it was. */
  document: z
    .object({ name: z.string().max(1024), key: z.string().max(1024).optional() })
    .optional()
    .catch(undefined),
});
export type Identity = z.infer<typeof identitySchema>;

/** @param given a command, however faulty */
export const identityOf = (given: unknown): Identity => identitySchema.parse(given);

/**
 * What a message must have so that a reply to it is possible; the command's own schema checks the rest. The reply is
 * stored under the connection's name, and an index of the ledger accepts neither an empty nor a very long name.
 */
const envelopeSchema = z.looseObject({ connection: z.string().min(1).max(100) }, fault('not-an-object'));
export type Envelope = z.infer<typeof envelopeSchema>;

/** What says which schema a command has. */
const typedSchema = z.looseObject({ type: z.string(), version: z.unknown().optional() });

/** Commands by type and version: the schema is the documentation (docs/schemas/ is generated from it). */
export const commandSchemas = {
  'invoice.submit': { 1: submitInvoiceSchema },
  'works.submit': { 1: submitWorksSchema },
  ...invoiceCommandSchemas,
  ...validationCommandSchemas,
} as const;

/** The commands that bring an invoice, and not one about an invoice. */
export const submits = (type: string | undefined): type is GivenInvoice['type'] =>
  type === 'invoice.submit' || type === 'works.submit';

/**
 * The relay's message to itself: send what is parked in the ledger. It is harmless if an ERP sends it: only an invoice
 * that is waiting to be sent is sent.
 */
const resumeSchema = z.strictObject({
  type: z.literal('relay.resume'),
  version: z.literal(1),
  connection: z.string(),
  /** The record's key in the ledger. */
  pk: z.string().min(1).max(1024),
});
export type Resume = z.infer<typeof resumeSchema>;

export type Reading =
  | { kind: 'invoice'; command: GivenInvoice; envelope: Envelope; identity: Identity }
  | { kind: 'about-invoice'; command: InvoiceCommand; envelope: Envelope; identity: Identity }
  | { kind: 'validation'; command: ValidationAnswer; envelope: Envelope; identity: Identity }
  | { kind: 'resume'; resume: Resume }
  | { kind: 'invalid'; type?: string; envelope: Envelope; identity: Identity; reasons: Reason[] }
  /** Nothing says whom to tell: the reasons are for whoever looks at the dead letters. */
  | { kind: 'unreadable'; why: 'not-json' | 'not-a-command'; reasons: Reason[] };

/** Never guesses: whatever it does not know becomes a reason, with its path. */
export function readCommand(body: string): Reading {
  const read = parseJson(body);
  if ('fault' in read) return { kind: 'unreadable', why: 'not-json', reasons: [read.fault] };
  const resume = resumeSchema.safeParse(read.json);
  if (resume.success) return { kind: 'resume', resume: resume.data };
  const given = tidied(read.json) ?? null;
  const parsed = envelopeSchema.safeParse(given, { reportInput: true });
  if (!parsed.success)
    return { kind: 'unreadable', why: 'not-a-command', reasons: reasonsOf(parsed.error, envelopeSchema) };
  const envelope = parsed.data;
  const identity = identityOf(given);
  const typed = typedSchema.safeParse(given, { reportInput: true });
  if (!typed.success) {
    const known = { known: list(commandSchemas) };
    const isMissing = envelope['type'] === undefined;
    const reasons = isMissing ? [reason('missing-field', 'type', known)] : reasonsOf(typed.error, typedSchema);
    return { kind: 'invalid', envelope, identity, reasons };
  }
  const { type, version } = typed.data;
  const invalid = (...reasons: Reason[]): Reading => ({ kind: 'invalid', type, envelope, identity, reasons });

  const versions = schemasOf(type);
  if (!versions) return invalid(reason('unknown-command', 'type', { value: type, known: list(commandSchemas) }));
  const schema = schemaOf(versions, version);
  if (!schema) return invalid(reason('unknown-version', 'version', { value: String(version), known: list(versions) }));

  const command = schema.safeParse(given, { reportInput: true });
  if (!command.success) return invalid(...reasonsOf(command.error, schema));
  const { data } = command;
  if (isSubmission(data)) return { kind: 'invoice', command: data, envelope, identity };
  if (data.type === 'validation.answer') return { kind: 'validation', command: data, envelope, identity };
  return { kind: 'about-invoice', command: data, envelope, identity };
}

type AnyCommand = GivenInvoice | InvoiceCommand | ValidationAnswer;

const isSubmission = (command: AnyCommand): command is GivenInvoice => submits(command.type);

type Versions = Readonly<Record<string, z.ZodType<AnyCommand>>>;

/** By version. Looked up among the entries, since "constructor" is a property of every object. */
const schemasOf = (type: string): Versions | undefined =>
  Object.entries(commandSchemas).find(([known]) => known === type)?.[1];

/** Without a number, the newest: it tells what is wrong with the version, and with everything else. */
const schemaOf = (versions: Versions, version: unknown) =>
  typeof version === 'number'
    ? Object.entries(versions).find(([known]) => known === String(version))?.[1]
    : Object.values(versions).at(-1);

/** Some ERPs put a byte order mark first. */
function parseJson(body: string): { json: unknown } | { fault: Reason; place: Place | undefined } {
  try {
    return { json: JSON.parse(body.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const [, line, column] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
    const place = line && column ? { line: Number(line), column: Number(column) } : undefined;
    return { fault: reason('not-json', '', { ...place }), place };
  }
}

/** Both from 1. */
interface Place {
  line: number;
  column: number;
}

/** Where a body stops being JSON, without a byte order mark; undefined if it is JSON, or if nothing says where. */
export function faultyPlace(body: string): Place | undefined {
  const read = parseJson(body);
  return 'place' in read ? read.place : undefined;
}

/** No command is deeper: what is, is refused, without being walked through. */
const deepest = 10;

/**
 * The gate for all values of all commands: every text is trimmed and composed; what is blank or `null` is not there. A
 * blank item of a list stays as a gap, and is reported as missing. A key stays as it is: S3 compares bytes.
 */
function tidied(value: unknown, field = '', depth = 0): unknown {
  if (value === null) return undefined;
  if (typeof value === 'string') return tidy(value) === '' ? undefined : field === 'key' ? value : tidy(value);
  if (typeof value !== 'object' || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((item) => tidied(item, field, depth + 1));
  const fields = Object.entries(value).map(([name, part]): [string, unknown] => [name, tidied(part, name, depth + 1)]);
  return Object.fromEntries(fields.filter(([, part]) => part !== undefined));
}

const list = (known: object): string => Object.keys(known).join(', ');
