import type { EInvoiceChecks } from '../../shared/connection/apply-settings.ts';
import { checkDocument, inspectDocument } from '../../shared/documents/inspect-document.ts';
import type { Stated } from '../../shared/e-invoice/differences.ts';
import type { DocumentFormat } from '../../shared/invoice/submit-command.ts';
import { exampleSettings } from './example-connection.ts';

/** Checks a file as what its command calls it, and as that it is sent. */
export async function checkFile(
  file: { name: string; bytes: Uint8Array },
  as: DocumentFormat,
  stated: Stated,
  checks: EInvoiceChecks = exampleSettings,
) {
  const inspected = await inspectDocument(file, as);
  return checkDocument({ name: file.name, inspected, sentAs: as }, stated, checks);
}
