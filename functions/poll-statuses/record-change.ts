import { isServiceFailure } from '../../shared/aws/failure.ts';
import type { Access } from '../../shared/chorus-pro/access.ts';
import type { FoundInvoice } from '../../shared/chorus-pro/search.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { recordStatus } from '../../shared/tracking/record-status.ts';
import { withHistory } from '../../shared/tracking/with-history.ts';
import { invoiceKey } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/aws/deadline.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import { ownInvoice } from './own-invoice.ts';
import type { PollDependencies } from './dependencies.ts';

/** A few times around a write that another poll or the sender made at the same moment. */
const tries = 3;

interface Bench {
  access: Access;
  dependencies: PollDependencies;
  deadline: Deadline;
}

/** @returns whether the ledger moved. A record that nobody can read must not keep all the others from moving; a service that does not answer ends the poll. */
export async function recordChange(found: FoundInvoice, bench: Bench): Promise<boolean> {
  const { dependencies } = bench;
  try {
    return await record(found, bench);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    tellFault(dependencies.telemetry, error, { subject: found.number });
    return false;
  }
}

async function record(found: FoundInvoice, bench: Bench): Promise<boolean> {
  const { access, dependencies, deadline } = bench;
  const { environment } = access.settings;
  const { ledger, now } = dependencies;
  if (meaningOf(found.status).effect === 'none') return false;
  const key = invoiceKey({ environment, supplier: found.supplierSiret, number: found.number });
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const known = await ledger.get(key);
    // Sent by other means, or in the hands of its sender, who writes the answer itself.
    const followed = known?.chorusProId !== undefined || known?.state === 'in-doubt' || known?.state === 'deposited';
    const held = known?.lease && known.lease.until > now().toISOString();
    // Not of our file: one of the same number that came by other means.
    const foreign = known?.state === 'deposited' && !known.doubt && known.depositId !== found.depositId;
    // In doubt, an invoice that was rejected before the record began is somebody's earlier attempt.
    const earlier = known && known.chorusProId === undefined && !ownInvoice(known, [found]);
    if (!known || !followed || held || foreign || earlier) return false;
    const recorded = await recordStatus(
      dependencies,
      known,
      await withHistory(known, found, { chorusPro: access.chorusPro(deadline), now }),
    );
    if (recorded !== 'conflict') return recorded === 'recorded';
  }
  return false;
}
