import type { ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { Directory } from '../../shared/chorus-pro/directory.ts';
import type { InvoiceStanding } from '../../shared/chorus-pro/invoice-actions.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { KnownStatus } from '../../shared/chorus-pro/statuses.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import type { InvoiceCommand } from '../../shared/invoice/invoice-commands.ts';
import type { Reason } from '../../shared/invoice/reasons.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { CommandEntry } from '../../shared/ledger/life.ts';
import type { InvoiceInChorusPro, Uploads } from '../../shared/ledger/record.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import type { CallJournal } from '../../shared/tracking/call-journal.ts';

/** What it takes to carry out a command: run-command.ts runs such a plan, and the commands make one. */

/** A command, its invoice, and everything needed to carry it out. */
export interface CommandCase {
  command: InvoiceCommand;
  messageId: string;
  /** Who asked for it, and where its original is. */
  asked: CommandEntry;
  record: InvoiceInChorusPro;
  chorusPro: ChorusPro;
  /** What `chorusPro` has changed. */
  journal: CallJournal;
  directory: Directory;
  store: DocumentStore;
  settings: Pick<ConnectionSettings, 'works' | 'paymentTerms'>;
}

/** What carrying out a command depends on. */
export type CommandDependencies = OutboxDependencies & { ledger: Memory };

/** What the event says of a command that was carried out. */
export interface Done {
  document?: { key: string; name: string };
  notes?: Reason[];
}

export type Result = Outcome<Done>;
/** It certainly changes nothing. */
export interface Unfit {
  kind: 'unfit';
  reasons: Reason[];
}
export type Send = () => Promise<Result | Unfit>;
/** The one call that changes something, and what it needs that the next attempt need not upload again. */
export interface Change {
  send: Send;
  uploads?: Uploads;
  /** What it sends, by its hash. */
  papers?: CommandEntry['papers'];
}
export type Prepared = Outcome<Change> | Unfit;

/** Only reads from Chorus Pro: it may be repeated freely. */
export interface ReadingCommand {
  changes: false;
  run: (dependencies: OutboxDependencies) => Promise<Result>;
}

export interface ChangingCommand {
  changes: true;
  /** Does everything that may be repeated, and returns the one call that changes something. */
  prepare: (standing: InvoiceStanding, dependencies: CommandDependencies, target: number) => Promise<Prepared>;
  /** Chorus Pro’s id of what is changed, if it is not the record’s own invoice. */
  target?: () => Promise<Outcome<number> | Unfit>;
  /** One of these statuses follows once the command was carried out. */
  leadsTo: readonly KnownStatus[];
  /** For a command that no status confirms. */
  isDone?: (standing: InvoiceStanding) => boolean;
}
