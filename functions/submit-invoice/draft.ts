import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Envelope } from '../../shared/invoice/read-command.ts';
import { inCents } from '../../shared/invoice/amounts.ts';
import type { Document, Terms } from '../../shared/invoice/terms.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { commandKey, invoiceKey } from '../../shared/ledger/record.ts';
import type { Draft } from '../../shared/ledger/transition.ts';

/** A message as it came: who sent it, and where its original is kept. */
export interface Received {
  messageId: string;
  commandKey: string;
  envelope: Envelope;
  settings: ConnectionSettings | undefined;
}

const routeOf = ({ document }: SubmitInvoice): 'pdf' | 'flux' => (document.format === 'pdf' ? 'pdf' : 'flux');

/** What the checks found out, as far as they came. */
export interface Findings {
  supplier?: string | undefined;
  /** Of a command whose other fields are faulty. */
  number?: string | undefined;
  digest?: string | undefined;
  terms?: Terms | undefined;
  paymentNotReported?: boolean;
  documents?: readonly Document[];
}

/** What is written of an invoice before anything is called. Without supplier and number its key is the message. */
export function draftOf(
  { messageId, commandKey: original, envelope, settings }: Received,
  now: Date,
  command?: SubmitInvoice,
  { supplier, number: stated, digest, terms, paymentNotReported, documents = [] }: Findings = {},
): Draft {
  const environment = settings?.environment;
  const { number = stated, type, recipient, totals, currency, issueDate } = command?.invoice ?? {};
  const named = environment && supplier && number ? { environment, supplier, number } : undefined;
  return {
    pk: named ? invoiceKey(named) : commandKey(messageId),
    connection: envelope.connection,
    environment,
    subject: [envelope.connection, supplier ?? '-', number ?? `message ${messageId}`].join('/'),
    supplier,
    number,
    type,
    recipient: recipient?.siret,
    amount: totals && inCents(totals.due),
    currency,
    issueDate,
    digest,
    terms,
    paymentNotReported,
    commandKey: original,
    route: command && routeOf(command),
    documents: documents.map(({ name, sha256 }) => ({ name, sha256 })),
    messageIds: [messageId],
    attempts: 0,
    createdAt: now.toISOString(),
  };
}

/** What a command says of an invoice anew, when its number is taken up again in a record that exists. */
export const contentOfDraft = (draft: Draft) => {
  const { connection, subject, supplier, number, type, recipient, amount, currency, issueDate } = draft;
  const { digest, terms, paymentNotReported, route, documents, commandKey: original } = draft;
  return {
    ...{
      paymentNotReported,
      connection,
      subject,
      supplier,
      number,
      type,
      recipient,
      amount,
      currency,
      issueDate,
      digest,
      terms,
      route,
      documents,
    },
    commandKey: original,
  };
};

/** The last messages that a record remembers to have answered. */
export const rememberedMessages = (...messageIds: readonly string[]): string[] => [...new Set(messageIds)].slice(0, 10);
