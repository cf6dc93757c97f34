/** What the page asks for, and the command that an ERP would send for it. */
import * as z from 'zod';
import { issuerOf } from '../../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../../shared/connection/settings.ts';
import { incomingPrefix } from '../../../shared/documents/document-store.ts';
import type { InvoiceCommandType } from '../../../shared/invoice/invoice-commands.ts';
import { languages } from '../../../shared/invoice/spoken.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import type { KnownRequest } from '../../../shared/validations/notes.ts';

/**
 * The bytes of all files of one request. Lambda takes 6 MB, in which a file is a third larger, and the rest of the
 * request is beside it. [AWS: Lambda quotas, invocation payload]
 */
export const mostFileBytes = 4_000_000;

/** The commands about an invoice that the desk sends; whoever wants a file fetched is shown it otherwise. */
export type RecordCommand = Exclude<InvoiceCommandType, 'invoice.fetch'>;
const recordCommands = [
  ...(['invoice.complete', 'invoice.recycle', 'invoice.acknowledge-rejection', 'invoice.correct-validator'] as const),
  ...(['invoice.status', 'works.complete', 'works.recycle', 'works.sign-final'] as const),
] as const satisfies readonly RecordCommand[];

const decisions = { 'validation.accept': 'accept', 'validation.refuse': 'refuse' } as const;
export type Decision = keyof typeof decisions;

const text = z
  .string()
  .max(1000)
  .transform((given) => given.trim() || undefined);

const fileSchema = z.strictObject({ name: z.string().min(1).max(255), content: z.base64() });
export type GivenFile = z.infer<typeof fileSchema>;

const bytesIn = (files: readonly GivenFile[]): number =>
  files.reduce((sum, { content }) => sum + Buffer.byteLength(content, 'base64'), 0);

export const askedSchema = z.strictObject({
  /** Of the form as it was shown: a second click of it has the same. */
  id: z.uuid(),
  language: z.enum(languages),
  connection: z.string().max(100),
  /** Of the record, or of the request to validate. */
  key: z.string().min(1).max(1024),
  type: z.enum([...recordCommands, 'validation.accept', 'validation.refuse']),
  /** The inputs of the form by name. */
  fields: z
    .object({
      ...{ comment: text, siret: text, service: text, commitment: text, contract: text },
      ...{ account: text, number: text, issueDate: text, reason: text },
    })
    .partial(),
  files: z
    .array(fileSchema)
    .max(50)
    .refine((files) => bytesIn(files) <= mostFileBytes, 'too-large')
    .default([]),
});
export type Asked = z.infer<typeof askedSchema>;
export type AskedType = Asked['type'];

const types: readonly string[] = askedSchema.shape.type.options;
export const isAskedType = (type: string): type is AskedType => types.includes(type);
export const decisionOf = (type: Decision): 'accept' | 'refuse' => decisions[type];
export const isDecision = (type: AskedType): type is Decision => Object.hasOwn(decisions, type);

/** Where the relay finds a file that was given at the desk. */
export const keyOfFile = ({ connection, id }: Pick<Asked, 'connection' | 'id'>, { name }: GivenFile): string =>
  `${incomingPrefix(connection)}desk/${id}/${name}`;

/** What was given in the form, with the files where they are now. */
type Given = Asked['fields'] & { files: readonly { name: string; key: string }[] };

const completing = ({ comment, files }: Given) => ({ comment, attachments: files });

/** A service alone is one of the same recipient. */
const rightRecipient = ({ siret, service }: Given, { recipient }: RecordView) =>
  siret === undefined && service === undefined ? undefined : { siret: siret ?? recipient, service };

/** What each command says beside its invoice. */
const contents: Readonly<Record<RecordCommand, (given: Given, record: RecordView) => object>> = {
  'invoice.complete': completing,
  'works.complete': completing,
  'invoice.recycle': (given, record) => {
    const { commitment, contract, comment } = given;
    return { recipient: rightRecipient(given, record), commitment, contract, comment };
  },
  'works.recycle': (given, record) => ({
    recipient: rightRecipient(given, record),
    commitment: given.commitment,
  }),
  'invoice.acknowledge-rejection': () => ({}),
  'invoice.correct-validator': ({ siret }) => ({ validator: { siret } }),
  'invoice.status': () => ({}),
  'works.sign-final': ({ account, number, issueDate, files: [document] }) => ({
    account: { number: account },
    signed: { number, issueDate },
    document,
  }),
};

/** A command about an invoice, not checked yet. */
export function commandAbout(
  record: RecordView,
  type: RecordCommand,
  asked: Asked,
  settings: ConnectionSettings,
): object {
  const { number, issueDate, supplier = '' } = record;
  const files = asked.files.map((file) => ({ name: file.name, key: keyOfFile(asked, file) }));
  return {
    ...{ type, version: 1, connection: asked.connection },
    supplier: issuerOf(settings, supplier),
    invoice: { number, issueDate },
    ...contents[type]({ ...asked.fields, files }, record),
  };
}

/** The answer to a request to validate, not checked yet. */
export const answerTo = (
  { subcontractor, number, chorusProId }: KnownRequest,
  type: Decision,
  { fields: { reason, comment }, connection }: Asked,
): object => ({
  ...{ type: 'validation.answer', version: 1, connection },
  request: { subcontractor: subcontractor.siret, number, chorusProId },
  ...{ decision: decisionOf(type), reason, comment },
});
