import * as z from 'zod';
import { isServiceFailure } from '../../shared/aws/failure.ts';
import type { Access } from '../../shared/chorus-pro/access.ts';
import { changedBetween, type FoundInvoice } from '../../shared/chorus-pro/factures.ts';
import { meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { recordStatus } from '../../shared/following/record-status.ts';
import { invoiceKey } from '../../shared/ledger/record.ts';
import type { Deadline } from '../../shared/retry/deadline.ts';
import { ownInvoice } from './own-invoice.ts';
import type { PollDependencies, PollReport } from './poll-statuses.ts';

const cursorSchema = z.object({ since: z.iso.datetime() });

/**
 * Each poll reads the last hour again: a change that Chorus Pro's search shows late bears its own, earlier date; clocks differ;
 * and an invoice may still have been on its way into the ledger. What is read twice changes nothing twice.
 */
const overlapMs = 60 * 60_000;
/** A connection polled for the first time has followed nothing yet; a day covers what was sent before its first poll. */
const firstReachMs = 24 * 3_600_000;

/** All pages of what changed since the cursor; the cursor moves only after every one of them is in the ledger. */
export async function readChanges(
  { settings, call }: Access,
  dependencies: PollDependencies,
  deadline: Deadline,
): Promise<Pick<PollReport, 'seen' | 'recorded' | 'stopped'>> {
  const { ledger, now } = dependencies;
  const cursorName = `cursor#${settings.name}`;
  const cursor = cursorSchema.safeParse(await ledger.recall(cursorName)).data;
  const to = now();
  const since = cursor ? Date.parse(cursor.since) : to.getTime() - firstReachMs;
  // A first poll that fails must not let the reach slide: Chorus Pro may be closed for longer than it.
  if (!cursor) await ledger.remember(cursorName, { since: new Date(since).toISOString() });
  const period = { from: new Date(since - overlapMs), to };

  let seen = 0;
  let recorded = 0;
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const outcome = await changedBetween(call, period, page, deadline);
    if (outcome.kind !== 'accepted') return { seen, recorded, stopped: stopOf(outcome) };
    pages = outcome.value.pages;
    seen += outcome.value.items.length;
    for (const found of outcome.value.items)
      recorded += (await recordOrSkip(found, settings.environment, dependencies)) ? 1 : 0;
  }
  await ledger.remember(cursorName, { since: to.toISOString() });
  return { seen, recorded };
}

const stopOf = (outcome: { kind: string; reason?: string }): string => outcome.reason ?? outcome.kind;

/** A few times around a write that another poll or the sender made at the same moment. */
const tries = 3;

/** A record that nobody can read must not keep all the others from moving; a service that does not answer ends the poll. */
async function recordOrSkip(
  found: FoundInvoice,
  environment: string,
  dependencies: PollDependencies,
): Promise<boolean> {
  try {
    return await record(found, environment, dependencies);
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    dependencies.telemetry.error('UNEXPECTED', { subject: found.number, error: String(error) });
    return false;
  }
}

async function record(found: FoundInvoice, environment: string, dependencies: PollDependencies): Promise<boolean> {
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
    const recorded = await recordStatus(dependencies, known, found);
    if (recorded !== 'conflict') return recorded === 'recorded';
  }
  return false;
}
