import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { inCents } from '../../shared/invoice/amounts.ts';
import type { Envelope } from '../../shared/invoice/read-command.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import { commandKey, type Content, invoiceKey, type LedgerRecord } from '../../shared/ledger/record.ts';
import type { Draft, Ended } from '../../shared/ledger/transition.ts';

/** A record before its first write, and how it compares with what the ledger already has under its key. */

/** A received message: its connection's settings, and where its original is kept. */
export interface Received {
  messageId: string;
  commandKey: string;
  envelope: Envelope;
  settings: ConnectionSettings | undefined;
}

/** What a command says about its invoice. */
export const contentOf = ({ invoice, document }: SubmitInvoice) => ({
  number: invoice.number,
  type: invoice.type,
  recipient: invoice.recipient.siret,
  amount: inCents(invoice.totals.due),
  currency: invoice.currency,
  issueDate: invoice.issueDate,
  route: document.format === 'pdf' ? ('pdf' as const) : ('flux' as const),
});

type Known = { [Field in keyof Content]?: Content[Field] | undefined } & { paymentNotReported?: boolean | undefined };

/**
 * @param known what the command and its checks say about the invoice. Without supplier or number, the message is the
 * key
 */
export function draftOf<Told extends Known>(
  { messageId, commandKey: original, envelope, settings }: Received,
  now: Date,
  known: Told,
  documents: readonly Document[] = [],
) {
  const environment = settings?.environment;
  const { supplier, number } = known;
  const named = environment && supplier && number ? { environment, supplier, number } : undefined;
  return {
    environment,
    ...known,
    pk: named ? invoiceKey(named) : commandKey(messageId),
    connection: envelope.connection,
    subject: [envelope.connection, supplier ?? '-', number ?? `message ${messageId}`].join('/'),
    commandKey: original,
    documents: documents.map(({ name, sha256 }) => ({ name, sha256 })),
    messageIds: [messageId],
    attempts: 0,
    createdAt: now.toISOString(),
  };
}

/** The last messages that a record remembers. */
export const rememberedMessages = (...messageIds: readonly string[]): string[] => [...new Set(messageIds)].slice(0, 10);

/**
 * What a command finds under its key. `free`: the number can be claimed. `abandoned`: the function that sent the
 * invoice died before it recorded the outcome.
 */
type Comparison = 'known' | 'other-content' | 'being-sent' | 'abandoned' | 'free';

export function compareWithExisting(
  existing: LedgerRecord,
  draft: Pick<Draft, 'digest' | 'messageIds'>,
  now: string,
): Comparison {
  const sameContent = existing.digest === draft.digest;
  const sameMessage = draft.messageIds.some((id) => existing.messageIds.includes(id));
  switch (existing.state) {
    case 'refused':
    case 'withheld':
      return sameMessage ? 'known' : 'free';
    case 'rejected':
      // If Chorus Pro rejected an invoice, its number is used up; if it rejected a file, no invoice was created.
      if (existing.chorusProId === undefined) return sameMessage ? 'known' : 'free';
      return sameContent ? 'known' : 'other-content';
    case 'accepted':
      return sameContent ? 'free' : 'other-content';
    case 'sending':
      if (!sameContent) return 'other-content';
      return existing.lease.until > now ? 'being-sent' : 'abandoned';
    case 'in-doubt':
    case 'deposited':
    case 'followed':
    case 'settled':
      return sameContent ? 'known' : 'other-content';
  }
}

export const isEnded = (record: LedgerRecord): record is Ended =>
  record.state === 'refused' || record.state === 'withheld' || record.state === 'rejected';
