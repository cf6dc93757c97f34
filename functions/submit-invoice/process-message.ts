import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { supplierOf, withholdingReasons } from '../../shared/connection/apply-settings.ts';
import { broughtKey, documentKey } from '../../shared/documents/document-store.ts';
import { readCommand, submits, type Identity, type Reading } from '../../shared/invoice/read-command.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { commandKey } from '../../shared/ledger/record.ts';
import type { Draft } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { publishEvents } from '../../shared/messaging/outbox.ts';
import { claimInvoice, notesOfOrder } from './claim-invoice.ts';
import type { SubmitDependencies } from './dependencies.ts';
import {
  contentOf,
  draftOf,
  keepOriginal,
  type Message,
  partOf,
  type Received,
  routeOf,
  underKnownKey,
} from './draft.ts';
import { asMessage, longestType, refuse, refuseCommand, withhold } from './refuse.ts';
import { resumeInvoice, resumeRecord } from './resume-invoice.ts';
import { sendInvoice } from './send-invoice.ts';
import { validateInvoice } from './validate-invoice.ts';
import { asCommand, isStated, type Made, makeWhole } from './whole-command.ts';

/** Handles one message from the queue. Afterwards its content is in the ledger, on the queue or in the dead letters. */
export async function processMessage(
  received: Message,
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  dependencies.telemetry.measure('Received');
  const message = await asCommand(received);
  if (!message) return { kind: 'done' };
  const reading = readCommand(message.body);
  switch (reading.kind) {
    case 'unreadable':
      return { kind: 'dead-letter', why: reading.why };
    case 'resume':
      return resumeInvoice(reading.resume, dependencies, deadline);
    case 'invoice':
    case 'about-invoice':
    case 'validation':
    case 'invalid':
      return processCommand({ reading, message }, dependencies, deadline);
  }
}

type Command = Extract<Reading, { identity: Identity }>;

/**
 * The order matters. First the original is stored, before any event or record about it. A command that leaves its
 * invoice to the file is then what the file says; nothing of that is told yet. An invoice that was accepted earlier is
 * sent, even if the settings have changed since. A sender without the right to send learns nothing else. The command's
 * content comes last.
 */
async function processCommand(
  { reading: given, message }: { reading: Command; message: Message },
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { ledger, now } = dependencies;
  const { envelope } = given;
  const access = await dependencies.access(envelope.connection);
  // What was refused under the message's own key stays refused, even if the cause has gone since.
  if (message.redelivered && (await answerLeft(message, dependencies))) return { kind: 'done' };
  const type = (typeOf(given) ?? '').slice(0, longestType);
  const said = { type, envelope, settings: access?.settings, file: given.identity.document };
  const [received, ahead] = await Promise.all([
    keepOriginal(message, said, dependencies),
    wholeAhead(given, message, access?.settings, dependencies),
  ]);
  const unidentified = draftOf(received, now(), {});
  if (!access) {
    const { number } = given.identity.invoice ?? {};
    // Its number alone, by which people recognise the invoice.
    const draft = draftOf(received, now(), { number });
    const reasons = [unknownConnection(envelope)];
    const refused = await (submits(type)
      ? refuse(dependencies, draft, reasons)
      : refuseCommand(typeOf(given), dependencies, draft, reasons));
    await answerLeft(message, dependencies);
    return refused;
  }

  const { settings } = access;
  const { reading, made } = await withFile(given, { message, received, settings }, dependencies);
  const { identity } = reading;
  const { invoice } = reading.kind === 'invoice' ? reading.command : {};
  const named = draftOf(received, now(), {
    ...(invoice ? contentOf(invoice) : partOf(identity)),
    supplier: siretOf(identity, settings),
  });
  const draft = await underKnownKey(named, settings, ledger);
  if (reading.kind === 'invoice' && message.redelivered) {
    const known = await ledger.get(draft.pk);
    if (known?.messageIds.includes(message.messageId)) return resumeRecord(known, access, dependencies, deadline);
  }
  if (!maySend(message.senderId, settings, dependencies)) {
    const reasons = [reason('sender-not-allowed', 'connection', { value: settings.name })];
    return refuse(dependencies, asMessage(unidentified), reasons);
  }

  switch (reading.kind) {
    case 'about-invoice': {
      const { commandInvoice } = await import('./command-invoice.ts');
      return commandInvoice(reading.command, { draft, access, asked: received.asked }, dependencies, deadline);
    }
    case 'validation': {
      const { command } = reading;
      const refuseAll = (reasons: readonly Reason[]) => refuseCommand(command.type, dependencies, draft, reasons);
      const answer = { command, messageId: message.messageId, access };
      const { answerValidation } = await import('../validation-answers/answer-validation.ts');
      return answerValidation(answer, { ...dependencies, refuse: refuseAll }, deadline);
    }
    case 'invoice': {
      const held = withholdingReasons({ ...identity.invoice, ...identity }, settings);
      if (held.length > 0) return withhold(dependencies, draft, held);
      const whole = made ?? ahead ?? (await makeWhole(reading.command, { settings, store: dependencies.documents }));
      return submitInvoice(whole, { received, access, draft }, dependencies, deadline);
    }
    case 'invalid': {
      // A faulty command about an invoice, or one that does not say what it is, must not take the invoice's key.
      if (!submits(reading.type)) return refuseCommand(reading.type, dependencies, draft, reading.reasons);
      const held = withholdingReasons({ ...identity.invoice, ...identity }, settings);
      return held.length > 0 ? withhold(dependencies, draft, held) : refuse(dependencies, draft, reading.reasons);
    }
  }
}

/** The type of a command, as far as it says one. */
const typeOf = (given: Command): string | undefined => (given.kind === 'invalid' ? given.type : given.command.type);

interface Opened {
  reading: Command;
  made?: Made;
}

/** Loads the file of most commands while their original is being stored. What the file has is told only afterwards. */
async function wholeAhead(
  given: Command,
  { redelivered, senderId }: Message,
  settings: ConnectionSettings | undefined,
  dependencies: SubmitDependencies,
): Promise<Made | undefined> {
  if (!settings || given.kind !== 'invoice' || !isStated(given.command) || redelivered) return undefined;
  if (!maySend(senderId, settings, dependencies)) return undefined;
  return makeWhole(given.command, { settings, store: dependencies.documents });
}

/** A command that leaves its invoice or its supplier to the file, as the file says it; any other as it is. */
async function withFile(
  reading: Command,
  { message, received, settings }: { message: Message; received: Received; settings: ConnectionSettings },
  { documents: store }: SubmitDependencies,
): Promise<Opened> {
  if (reading.kind !== 'invoice' || isStated(reading.command)) return { reading };
  const { command, envelope } = reading;
  const noted = message.redelivered ? await store.get(broughtKey(received.commandKey), 100) : undefined;
  const brought = noted?.kind === 'found' ? Buffer.from(noted.bytes).toString('utf8') : undefined;
  const made = await makeWhole(command, { settings, store, brought, version: message.version });
  const { identity } = made;
  if (made.kind === 'whole') return { reading: { ...reading, command: made.command, identity }, made };
  return { reading: { kind: 'invalid', type: command.type, envelope, identity, reasons: made.reasons } };
}

/**
 * Whether a message was refused under its own key. Publishes what is left of that answer: no poll does it for a
 * connection that is not deployed, so the message comes again until its answer has left.
 */
async function answerLeft({ messageId }: Message, dependencies: SubmitDependencies): Promise<boolean> {
  const answer = await dependencies.ledger.get(commandKey(messageId));
  if (answer) await publishEvents(dependencies, answer);
  return answer !== undefined;
}

/** For a role, the session's name follows the id. The desk sends for every connection: it asks who may act for it. */
function maySend(
  senderId: string | undefined,
  { allowedSenders }: ConnectionSettings,
  { deskRole }: SubmitDependencies,
): boolean {
  const [sender = ''] = senderId?.split(':') ?? [];
  if (senderId === undefined || allowedSenders === undefined) return true;
  return sender === deskRole || allowedSenders.includes(sender);
}

function siretOf({ supplier }: Pick<Identity, 'supplier'>, settings: ConnectionSettings): string | undefined {
  const named = supplier && supplierOf(settings, supplier);
  return named && 'siret' in named ? named.siret : undefined;
}

/** It names no other connection: those are other people's. */
const unknownConnection = ({ connection }: Received['envelope']): Reason =>
  reason('unknown-connection', 'connection', { value: connection });

/** Validates an invoice, claims it for this attempt, and sends it. */
async function submitInvoice(
  made: Made,
  { received, access, draft: named }: { received: Received; access: Access; draft: Draft },
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  if (made.kind === 'faulty') return refuse(dependencies, named, made.reasons);
  const { command, main } = made;
  const { documents: store, ledger, now } = dependencies;
  const context = { access, store, main, ledger, pk: named.pk, today: parisDay(now()) };
  const validated = await validateInvoice(command, context, deadline);
  if (validated.kind === 'retry') return validated;
  const { documents } = validated;
  const said = { ...contentOf(command.invoice), route: routeOf(command.sentAs) };
  if (validated.kind === 'refused') {
    const known = { ...said, supplier: validated.supplier };
    const draft = await underKnownKey(draftOf(received, now(), known, documents), access.settings, ledger);
    return refuse(dependencies, draft, validated.reasons);
  }

  const asked = { access, invoice: command.invoice, service: validated.content.terms.recipientService };
  const [ofOrder] = await Promise.all([
    notesOfOrder(asked, dependencies, deadline),
    ...documents.map(({ sha256, bytes }) => store.put(documentKey(sha256), bytes)),
  ]);
  if (made.leftToFile && main.document) await store.put(broughtKey(received.commandKey), main.document.sha256);
  const { content, supplierId } = validated;
  const notes = [...validated.notes, ...ofOrder];
  const complete = draftOf(received, now(), { ...said, ...content }, documents);
  const draft = await underKnownKey(complete, access.settings, ledger);
  const claimed = await claimInvoice(dependencies, { draft, command, notes }, deadline);
  if (claimed.kind !== 'claimed') return claimed;
  return sendInvoice(claimed.record, { command, documents, supplierId, access }, dependencies, deadline);
}
