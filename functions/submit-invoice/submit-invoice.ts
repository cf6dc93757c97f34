import type { SQSRecord } from 'aws-lambda';
import type { Access } from '../../shared/chorus-pro/access.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { supplierOf, withholdingReasons } from '../../shared/connection/apply-settings.ts';
import { documentKey, receivedKey } from '../../shared/documents/document-store.ts';
import type { InvoiceCommand } from '../../shared/invoice/invoice-commands.ts';
import { readCommand, type Envelope, type Identity } from '../../shared/invoice/command.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { Draft } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { answer } from './answer.ts';
import { claim } from './claim.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { deposit } from './deposit.ts';
import { asMessage, refuse, refuseAnswer, withhold } from './decline.ts';
import { draftOf, type Received } from './draft.ts';
import { judge } from './judge.ts';
import { resume, resumeRecord } from './resume.ts';

/**
 * @property senderId AWS's unique id of who sent it: `AIDA…` of a user, `AROA…:<session>` of a role
 * @property redelivered it was received before: what it was then is in the ledger, and is not judged again
 */
export type Message = Pick<SQSRecord, 'messageId' | 'body'> & { redelivered: boolean; senderId: string };

/** What one message of the queue comes to. Nothing is lost: whatever it says is in the ledger or the dead letters after it. */
export async function submitInvoice(
  message: Message,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { access, documents, telemetry, now } = dependencies;
  telemetry.measure('Received');
  const reading = readCommand(message.body);
  if (reading.kind === 'unreadable') return { kind: 'dead-letter', why: reading.why };
  if (reading.kind === 'resume') return resume(reading.resume, dependencies, deadline);

  const envelope = reading.kind === 'invalid' ? reading.envelope : reading.command;
  const opened = access(envelope.connection);
  const day = parisDay(now());
  const key = receivedKey({ connection: opened?.settings.name ?? 'unknown', day, messageId: message.messageId });
  await documents.put(key, message.body);
  const received: Received = { messageId: message.messageId, commandKey: key, envelope, settings: opened?.settings };

  if (!opened) return refuse(dependencies, draftOf(received, now()), [unknownConnection(envelope, dependencies)]);
  const { settings } = opened;
  const { identity } = reading;
  const found = { number: identity.invoice?.number, supplier: siretOf(identity, settings) };
  const draft = draftOf(received, now(), reading.kind === 'command' ? reading.command : undefined, found);
  if (reading.kind === 'command' && message.redelivered) {
    // What was accepted is not judged again, whatever the settings say by now.
    const known = await dependencies.ledger.get(draft.pk);
    if (known?.messageIds.includes(message.messageId)) return resumeRecord(known, opened, dependencies, deadline);
  }
  if (!maySend(message.senderId, settings)) {
    const reasons = [reason('sender-not-allowed', 'connection', { value: settings.name })];
    return refuse(dependencies, asMessage(draftOf(received, now())), reasons);
  }
  if (reading.kind === 'answer') return answerAbout(reading.command, { draft, opened }, dependencies, deadline);
  // Only an invoice takes an invoice's key; a question about one never does.
  if (envelope.type !== 'invoice.submit' && reading.kind === 'invalid')
    return refuseAnswer(envelope.type, dependencies, draft, reading.reasons);
  const held = withholdingReasons({ ...identity.invoice, ...identity }, settings);
  if (held.length > 0) return withhold(dependencies, draft, held);
  if (reading.kind === 'invalid') return refuse(dependencies, draft, reading.reasons);
  return submitValid(reading.command, { received, opened, day }, dependencies, deadline);
}

/** A role's id comes with the name of its session. */
const maySend = (senderId: string, { allowedSenders }: ConnectionSettings): boolean =>
  allowedSenders?.includes(senderId.split(':')[0] ?? '') ?? true;

function siretOf({ supplier }: Identity, settings: ConnectionSettings): string | undefined {
  const named = supplier && supplierOf(settings, supplier);
  return named && 'siret' in named ? named.siret : undefined;
}

interface Context {
  received: Received;
  opened: Access;
  day: string;
}

async function submitValid(
  command: SubmitInvoice,
  { received, opened, day }: Context,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { documents: store, now } = dependencies;
  const verdict = await judge(command, { access: opened, store, today: day }, deadline);
  if (verdict.kind === 'retry') return verdict;
  const draft = draftOf(received, now(), command, verdict);
  if (verdict.kind === 'refused') return refuse(dependencies, draft, verdict.reasons);

  await Promise.all(verdict.documents.map(({ sha256, bytes }) => store.put(documentKey(sha256), bytes)));
  const claimed = await claim(dependencies, draft, deadline);
  if (claimed.kind !== 'claimed') return claimed;
  return deposit(claimed.record, { command, ...verdict, access: opened }, dependencies, deadline);
}

/** A command about an invoice that the relay has sent, by the same connection. */
async function answerAbout(
  command: InvoiceCommand,
  { draft, opened }: { draft: Draft; opened: Access },
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { documents: store, ledger } = dependencies;
  const supplier = supplierOf(opened.settings, command.supplier);
  const { type } = command;
  if ('reason' in supplier) return refuseAnswer(type, dependencies, draft, [supplier.reason]);
  const record = await ledger.get(draft.pk);
  const { chorusProId } = record ?? {};
  if (record?.connection !== command.connection || chorusProId === undefined) {
    const state = record?.connection === command.connection ? record.state : '–';
    const value = command.invoice.number;
    return refuseAnswer(type, dependencies, draft, [reason('invoice-not-there', 'invoice.number', { value, state })]);
  }
  const [messageId = ''] = draft.messageIds;
  const question = { command, messageId, record: { ...record, chorusProId }, access: opened, store };
  return answer(question, dependencies, deadline);
}

const unknownConnection = ({ connection }: Envelope, { connections }: SubmitDependencies): Reason =>
  reason('unknown-connection', 'connection', { value: connection, known: connections.join(', ') });
