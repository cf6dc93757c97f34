import { isServiceFailure } from '../../shared/aws/runtime.ts';
import type { FoundInvoice } from '../../shared/chorus-pro/search.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { invoiceKey } from '../../shared/ledger/record.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import { isTracked, ownInvoiceAmong } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll } from './dependencies.ts';

/** How many times to try, in case another poll or the sender writes at the same moment. */
const tries = 3;

/**
 * Records one row of the search. A record that cannot be read does not stop the others; a service that does not respond
 * ends the poll.
 * @returns whether the ledger moved
 */
export async function recordChange(found: FoundInvoice, environment: string, poll: Poll): Promise<boolean> {
  try {
    return await record(found, environment, poll);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    tellFault(poll.dependencies.telemetry, error, { subject: found.number });
    return false;
  }
}

async function record(found: FoundInvoice, environment: string, { dependencies, chorusPro }: Poll): Promise<boolean> {
  const { ledger, now } = dependencies;
  if (meaningOf(found.status).effect === 'none') return false;
  const key = invoiceKey({ environment, supplier: found.supplierSiret, number: found.number });
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const known = await ledger.get(key);
    // Not sent by the relay, or still being sent by a function that will record the outcome, or not ours despite its
    // number.
    if (!known || !isTracked(known) || !ownInvoiceAmong(known, [found])) return false;
    const seen = await withHistory(known, found, chorusPro, now());
    const recorded = await recordStatus(dependencies, known, seen);
    if (recorded !== 'conflict') return recorded === 'recorded';
  }
  return false;
}
