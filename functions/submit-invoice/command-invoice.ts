import type { Deadline } from '../../shared/aws/runtime.ts';
import type { Access } from '../../shared/chorus-pro/chorus-pro.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { isNumberedAnew, type Supplier, supplierOf } from '../../shared/connection/apply-settings.ts';
import { frenchDate } from '../../shared/invoice/amounts.ts';
import type { InvoiceCommand } from '../../shared/invoice/invoice-commands.ts';
import { reason } from '../../shared/invoice/reasons.ts';
import type { CommandEntry } from '../../shared/ledger/life.ts';
import { invoiceKey, isInChorusPro, type LedgerRecord, yearOf } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import type { Draft } from '../../shared/ledger/transition.ts';
import type { Disposition } from '../../shared/messaging/batch-runner.ts';
import { CallJournal } from '../../shared/tracking/call-journal.ts';
import { runCommand } from '../invoice-commands/run-command.ts';
import type { SubmitDependencies } from './dependencies.ts';
import { refuseCommand } from './refuse.ts';

/** Runs a command about an invoice that the relay has sent through the same connection. */
export async function commandInvoice(
  command: InvoiceCommand,
  { draft, access, asked }: { draft: Draft; access: Access; asked: CommandEntry },
  dependencies: SubmitDependencies,
  deadline: Deadline,
): Promise<Disposition> {
  const { documents: store } = dependencies;
  const supplier = supplierOf(access.settings, command.supplier);
  const { type } = command;
  if ('reason' in supplier) return refuseCommand(type, dependencies, draft, [supplier.reason]);
  const named = await recordsNamed(command, supplier, access, dependencies);
  if (named.length > 1) {
    const days = named.map(({ issueDate = '' }) => issueDate);
    const dates = { fr: days.map(frenchDate).join(', '), en: days.join(', ') };
    const parameters = { value: command.invoice.number, dates };
    return refuseCommand(type, dependencies, draft, [reason('invoice-ambiguous', 'invoice.issueDate', parameters)]);
  }
  const [own] = named;
  // What answers it may be told before: the relay asks for no other command so early.
  if (own && !isInChorusPro(own) && type === 'works.sign-final' && !states[own.state].final)
    return { kind: 'retry', reason: 'draft-awaited' };
  if (!own || !isInChorusPro(own)) {
    const parameters = { value: command.invoice.number, ...(own ? { state: states[own.state] } : {}) };
    return refuseCommand(type, dependencies, draft, [reason('invoice-not-there', 'invoice.number', parameters)]);
  }
  const [messageId = ''] = draft.messageIds;
  const journal = new CallJournal();
  const doubted = own.pendingCommand?.messageId === messageId;
  const chorusPro = access.chorusPro(deadline, { doubted, made: journal.made });
  const directory = access.directory(deadline);
  const { settings } = access;
  const kept = { ...asked, key: draft.commandKey };
  const disposition = await runCommand(
    { command, messageId, asked: kept, record: own, store, settings, chorusPro, journal, directory },
    dependencies,
    deadline,
  );
  await journal.keep(dependencies, own.subject);
  return disposition;
}

/** In how many years a command without a date looks for its invoice, this year included. */
const yearsBack = 5;

/**
 * The records that a command may mean: several only if the supplier's numbers begin anew each year, and the command
 * does not say the issue date.
 */
async function recordsNamed(
  { connection, invoice }: InvoiceCommand,
  { siret }: Supplier,
  { settings }: Access,
  { ledger, now }: SubmitDependencies,
): Promise<LedgerRecord[]> {
  const { environment } = settings;
  const { number, issueDate } = invoice;
  const thisYear = Number(yearOf(parisDay(now())));
  const recent = Array.from({ length: yearsBack }, (_, i) => String(thisYear - i));
  const years = issueDate === undefined ? recent : [yearOf(issueDate)];
  const dated = years.map((year) => invoiceKey({ environment, supplier: siret, number, year }));
  const keys = [
    invoiceKey({ environment, supplier: siret, number }),
    ...(issueDate !== undefined || isNumberedAnew(settings, siret) ? dated : []),
  ];
  const found = await Promise.all(keys.map((pk) => ledger.get(pk)));
  return found.flatMap((record) => {
    const isOfYear = issueDate === undefined || record?.issueDate?.startsWith(yearOf(issueDate));
    return record?.connection === connection && isOfYear ? [record] : [];
  });
}
