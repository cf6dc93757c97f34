import {
  askParties,
  brokenRecipientRules,
  isSameCompany,
  validatorNotes,
  validatorRules,
  type Wanted,
} from '../../shared/chorus-pro/directory.ts';
import type { InvoiceStanding } from '../../shared/chorus-pro/invoice-actions.ts';
import { mapAccepted, type Outcome } from '../../shared/chorus-pro/outcome.ts';
import type { KnownStatus } from '../../shared/chorus-pro/statuses.ts';
import { fetchedKey } from '../../shared/documents/document-store.ts';
import { sha256 } from '../../shared/invoice/terms.ts';
import type { InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { OutboxDependencies } from '../../shared/messaging/outbox.ts';
import { findOwnInvoice } from '../../shared/tracking/own-invoice.ts';
import { withLateness } from '../../shared/tracking/lateness.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import { prepareCompletion } from './completion.ts';
import type { ChangingCommand, CommandCase, Prepared, ReadingCommand, Result, Send } from './plan.ts';
import { worksPlanOf } from './works-commands.ts';

/** How each of the ERP's commands about an invoice is carried out in Chorus Pro. */

const atOnce = (send: Send, leadsTo: readonly KnownStatus[]): ChangingCommand => ({
  changes: true,
  leadsTo,
  prepare: () => Promise.resolve({ kind: 'accepted', value: { send } }),
});

export function planOf(commandCase: CommandCase): ReadingCommand | ChangingCommand {
  const { command, chorusPro, record } = commandCase;
  const { chorusProId } = record;
  switch (command.type) {
    case 'invoice.complete':
      // The invoice goes back to the recipient: COMPLETEE [V-AIFE], or directly MISE_A_DISPOSITION [V-3P].
      return {
        changes: true,
        leadsTo: ['COMPLETEE', 'MISE_A_DISPOSITION'],
        prepare: (_standing, { now }) =>
          prepareCompletion(
            command,
            commandCase,
            (attachments) => chorusPro.complete(chorusProId, { comment: command.comment, attachments }),
            now(),
          ),
      };
    case 'invoice.recycle':
      return {
        changes: true,
        leadsTo: ['DEPOSEE', 'EN_COURS_ACHEMINEMENT', 'MISE_A_DISPOSITION'],
        prepare: (standing) =>
          ifMet(
            (wanted) => recyclingRules(command, standing, commandCase, wanted),
            () => chorusPro.recycle(chorusProId, command),
          ),
      };
    case 'invoice.acknowledge-rejection':
      return {
        ...atOnce(() => chorusPro.acknowledgeRejection(chorusProId), []),
        isDone: ({ rejectionHandled }) => rejectionHandled,
      };
    case 'invoice.correct-validator':
      return {
        changes: true,
        leadsTo: ['A_VALIDER_1', 'A_VALIDER_2'],
        prepare: (standing) =>
          ifMet(
            (wanted) => correctionRules(command, standing, commandCase, wanted),
            () => correctValidator(command, commandCase),
          ),
      };
    case 'invoice.fetch':
      return { changes: false, run: () => fetchDocument(command, commandCase) };
    case 'invoice.status':
      return { changes: false, run: (dependencies) => lookNow(commandCase, dependencies) };
    case 'works.complete':
    case 'works.recycle':
    case 'works.sign-final':
      return worksPlanOf(command, commandCase);
  }
}

/** A rule that is broken may be out of date: it is read again before the command is refused because of it. */
async function ifMet(askRules: (wanted: Wanted) => Promise<Outcome<Reason[]>>, send: Send): Promise<Prepared> {
  const kept = await askRules('kept');
  const broken = kept.kind === 'accepted' && kept.value.length > 0 ? await askRules('fresh') : kept;
  // A directory that may not be read says nothing about the command: it waits, as an invoice does.
  if (broken.kind === 'refused') return { kind: 'not-done', reason: 'directory-refused' };
  if (broken.kind !== 'accepted') return broken;
  return broken.value.length > 0 ? { kind: 'unfit', reasons: broken.value } : { kind: 'accepted', value: { send } };
}

/** The recipient's rules for the invoice as it will be: what the command leaves out stays as Chorus Pro has it. */
async function recyclingRules(
  command: InvoiceCommandOf<'invoice.recycle'>,
  standing: InvoiceStanding,
  { directory, record }: CommandCase,
  wanted: Wanted,
): Promise<Outcome<Reason[]>> {
  const addressed = {
    recipient: command.recipient ?? {
      siret: standing.recipient.siret ?? record.recipient,
      service: standing.recipient.service,
    },
    commitment: command.commitment ?? standing.commitment,
  };
  const parties = await askParties(directory, addressed, { wanted });
  const { validator: value } = standing;
  const ofValidator =
    value !== undefined && isSameCompany(command.recipient?.siret, value)
      ? [reason('validator-is-recipient', 'recipient.siret', { value })]
      : [];
  return mapAccepted(parties, (known) => [...brokenRecipientRules(addressed, known, ''), ...ofValidator]);
}

async function correctionRules(
  { validator }: InvoiceCommandOf<'invoice.correct-validator'>,
  standing: InvoiceStanding,
  { directory, record }: CommandCase,
  wanted: Wanted,
): Promise<Outcome<Reason[]>> {
  const { siret: value } = validator;
  if (standing.validator === value)
    return { kind: 'accepted', value: [reason('validator-unchanged', 'validator.siret', { value })] };
  const found = await directory.recipient(value, wanted);
  const parties = { supplier: record.supplier, recipient: { siret: record.recipient }, validator };
  return mapAccepted(found, (known) => validatorRules(parties, known, ''));
}

async function correctValidator(
  { validator: { siret } }: InvoiceCommandOf<'invoice.correct-validator'>,
  { chorusPro, directory, record }: CommandCase,
): Promise<Result> {
  const known = await directory.recipient(siret);
  const notes = known.kind === 'accepted' ? validatorNotes(known.value, '') : [];
  const outcome = await chorusPro.correctValidator(record.chorusProId, siret);
  return mapAccepted(outcome, () => (notes.length > 0 ? { notes } : {}));
}

/** Chorus Pro returns a PDF, a ZIP of several files, or XML: the first bytes tell which. */
const extensionOf = (bytes: Uint8Array): string => {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return beginning === '%PDF' ? 'pdf' : beginning.startsWith('PK') ? 'zip' : 'xml';
};

async function fetchDocument(
  command: InvoiceCommandOf<'invoice.fetch'>,
  { chorusPro, record, store }: CommandCase,
): Promise<Result> {
  const outcome = await chorusPro.download(record.chorusProId, command);
  if (outcome.kind !== 'accepted') return outcome;
  const name = `${command.invoice.number.replaceAll('/', '-')}.${extensionOf(outcome.value)}`;
  const key = fetchedKey({ connection: record.connection, name, sha256: sha256(outcome.value) });
  await store.put(key, outcome.value);
  return { kind: 'accepted', value: { document: { key, name } } };
}

export async function lookNow(
  { chorusPro, record, settings }: CommandCase,
  dependencies: OutboxDependencies,
): Promise<Result> {
  const own = await findOwnInvoice(record, chorusPro);
  if (own.kind !== 'accepted') return own;
  if (own.value) {
    const found = await withLateness(record, own.value, { chorusPro, settings });
    const seen = await withHistory(record, found, chorusPro, dependencies.now());
    await recordStatus(dependencies, record, seen);
  }
  return { kind: 'accepted', value: {} };
}
