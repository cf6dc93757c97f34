/** One click at the desk: who did it is written first, then the very command that an ERP would send goes its way. */
import type { ConnectionSettings } from '../../../shared/connection/settings.ts';
import type { DocumentStore } from '../../../shared/documents/document-store.ts';
import { wasRefused } from '../../../shared/aws/runtime.ts';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import type { Reason } from '../../../shared/invoice/reasons.ts';
import type { Ledger, Memory } from '../../../shared/ledger/ledger.ts';
import { tellFault, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { ValidationNotes } from '../../../shared/validations/notes.ts';
import type { Person } from '../identity.ts';
import { answerTo, type Asked, commandAbout, isDecision, keyOfFile } from './asked.ts';
import { aboutValidation, type DeskRequest, note, noteEnd } from './requests.ts';

export interface AskDependencies {
  ledger: Pick<Ledger, 'get'> & Memory;
  documents: Pick<DocumentStore, 'put'>;
  /** Puts a command on the queue of invoices, by one try. @returns the id of its message */
  send: (body: string, connection: string) => Promise<string>;
  now: () => Date;
  telemetry: Telemetry;
}

export type Answer =
  | { kind: 'asked'; request: DeskRequest; about: string }
  /** The command would be refused: nothing is sent. */
  | { kind: 'faulty'; reasons: readonly Reason[] }
  | { kind: 'unknown' };

/** A command, and the name under which it is written who asked for it. */
interface Command {
  about: string;
  body: string;
}

async function commandOf(
  asked: Asked,
  settings: ConnectionSettings,
  { ledger }: Pick<AskDependencies, 'ledger'>,
): Promise<Command | undefined> {
  const { type, key, connection } = asked;
  if (isDecision(type)) {
    const found = await new ValidationNotes(ledger, connection).find(key);
    if (!found) return undefined;
    return { about: aboutValidation(connection, key), body: JSON.stringify(answerTo(found.request, type, asked)) };
  }
  const record = await ledger.get(key);
  if (record?.connection !== connection) return undefined;
  return { about: key, body: JSON.stringify(commandAbout(record, type, asked, settings)) };
}

/**
 * A second click of the same form sends nothing, unless the first one certainly sent nothing. If the queue does not
 * answer, nobody knows: that is what is said.
 * @param settings of the connection, in which the person may act
 */
export async function ask(
  asked: Asked,
  { person, settings }: { person: Person; settings: ConnectionSettings },
  dependencies: AskDependencies,
): Promise<Answer> {
  const command = await commandOf(asked, settings, dependencies);
  if (!command) return { kind: 'unknown' };
  const reading = readCommand(command.body);
  if (reading.kind === 'invalid' || reading.kind === 'unreadable') return { kind: 'faulty', reasons: reading.reasons };
  const { ledger, documents, send, now, telemetry } = dependencies;
  const { about } = command;
  const { id, type, connection } = asked;
  const request: DeskRequest = { id, at: now().toISOString(), by: person.id, name: person.name, type };
  const earlier = await note(ledger, about, request);
  if (earlier) return { kind: 'asked', request: earlier, about };
  const isNotSent = async (error: unknown): Promise<never> => {
    await noteEnd(ledger, about, request, { failed: true });
    throw error;
  };
  const put = asked.files.map((file) => documents.put(keyOfFile(asked, file), Buffer.from(file.content, 'base64')));
  await Promise.all(put).catch(isNotSent);
  const end = await send(command.body, connection).then(
    (messageId) => ({ messageId }),
    (error: unknown) => {
      if (wasRefused(error)) return isNotSent(error);
      tellFault(telemetry, error, { connection });
      return { unsure: true as const };
    },
  );
  // It is or may be sent: if that cannot be noted, nobody may be told to send it again.
  await noteEnd(ledger, about, request, end).catch((error: unknown) => tellFault(telemetry, error, {}));
  return { kind: 'asked', request: { ...request, ...end }, about };
}
