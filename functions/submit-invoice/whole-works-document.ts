import { wayOf } from '../../shared/connection/apply-settings.ts';
import { inspectDocument } from '../../shared/documents/inspect-document.ts';
import { loadMain } from '../../shared/documents/load-documents.ts';
import { identityOf } from '../../shared/invoice/read-command.ts';
import { reason } from '../../shared/invoice/reasons.ts';
import type { GivenInvoice } from '../../shared/invoice/submit-command.ts';
import { withWorks } from '../../shared/works/as-invoice.ts';
import { type Context, isStated, type Made, type Original } from './whole-command.ts';

/**
 * A command of a works contract becomes whole: an invoice with a framework, which goes as a file. The relay makes that
 * file, a CII with the document's PDF and papers in it, unless the ERP gives an e-invoice of its own. Loaded only for
 * such a command.
 */
export async function makeWorksWhole(
  command: GivenInvoice,
  { store, ...which }: Omit<Context, 'settings'>,
): Promise<Made> {
  const given = withWorks(command);
  const identity = identityOf(command);
  if (!isStated(given)) return { kind: 'faulty', reasons: [reason('missing-field', 'invoice')], identity };
  const whole = { kind: 'whole', leftToFile: false, identity } as const;
  const made = { format: 'cii', sentAs: 'cii-with-pdf', isMade: true } as const;
  const asMade = (name: string) => ({ ...given, ...made, document: { name: `${name}.xml`, format: made.format } });
  const { document: reference } = given;
  if (!reference) {
    const main = { format: made.format, kind: made.sentAs, faults: [] };
    return { ...whole, main, command: asMade(given.invoice.number.replaceAll('/', '-')) };
  }
  const loaded = await loadMain(store, { connection: given.connection, document: reference }, which);
  const { sentAs } = wayOf(loaded.kind, 'flux', reference.name);
  if (sentAs === 'pdf' && loaded.document && loaded.faults.length === 0) {
    const main = { document: loaded.document, format: loaded.format, kind: loaded.kind, faults: [] };
    return { ...whole, main, command: asMade(reference.name.replace(/\.pdf$/i, '')) };
  }
  const format = loaded.format === 'pdf' && sentAs !== 'pdf' ? 'factur-x' : loaded.format;
  const document = { ...reference, format };
  return { ...whole, main: loaded, command: { ...given, document, sentAs, isMade: false } };
}

/** What was sent of such a command: its file says in which form. */
export async function makeWorksWholeAgain(
  command: GivenInvoice,
  readMain: () => Promise<Uint8Array | undefined>,
): Promise<Original | undefined> {
  const { invoice, attachments, works } = withWorks(command);
  const bytes = await readMain();
  if (!bytes || !invoice) return undefined;
  const name = `${invoice.number}.xml`;
  const { kind } = await inspectDocument({ name, bytes }, undefined);
  return { invoice, attachments, works, sentAs: wayOf(kind, 'flux', name).sentAs };
}
