import type { ChorusPro } from '../../shared/chorus-pro/chorus-pro.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { ValidationAnswer } from '../../shared/invoice/validation-command.ts';
import type { Retry } from '../../shared/messaging/retry-reasons.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import type { Entry, Note, ValidationNotes } from '../../shared/validations/notes.ts';
import { readWaiting } from '../../shared/validations/read-waiting.ts';

type Wanted = ValidationAnswer['request'];

interface Search {
  settings: ConnectionSettings;
  notes: ValidationNotes;
  telemetry: Telemetry;
  now: () => Date;
}

type Found = { kind: 'found'; note: Note } | Retry | { kind: 'refused'; reasons: Reason[] };

/** Finds the request that a command names: among those that are known, or else in Chorus Pro's list as it is now. */
export async function findRequest(
  wanted: Wanted,
  { settings, notes, telemetry, now }: Search,
  chorusPro: Pick<ChorusPro, 'requestsFor'>,
): Promise<Found> {
  const known = await among(wanted, notes);
  if (known) return known;
  const waiting = await readWaiting(settings, chorusPro, telemetry);
  await notes.register(waiting.requests, now());
  const found = await among(wanted, notes);
  if (found) return found;
  // It may be in a list that could not be read.
  if (waiting.retry) return waiting.retry;
  const { subcontractor, number } = wanted;
  return { kind: 'refused', reasons: [reason('request-unknown', 'request', { subcontractor, number })] };
}

const isWanted =
  ({ subcontractor, number, chorusProId }: Wanted) =>
  (entry: Entry): boolean =>
    entry.subcontractor === subcontractor &&
    entry.number === number &&
    (chorusProId === undefined || entry.chorusProId === chorusProId);

/** Those that still wait go before those that have ended; of these the last one counts. */
async function among(wanted: Wanted, notes: ValidationNotes): Promise<Found | undefined> {
  const { entries } = await notes.list();
  const all = entries.filter(isWanted(wanted));
  const open = all.filter(({ endedUntil }) => endedUntil === undefined);
  if (open.length > 1) {
    const { subcontractor, number } = wanted;
    const ids = open.map(({ chorusProId }) => chorusProId).join(', ');
    const parameters = { subcontractor, number, ids };
    return { kind: 'refused', reasons: [reason('request-ambiguous', 'request.chorusProId', parameters)] };
  }
  const one = open[0] ?? all.at(-1);
  const note = one && (await notes.find(one.key));
  return note && { kind: 'found', note };
}
