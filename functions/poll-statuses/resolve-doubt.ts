import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { RecordIn } from '../../shared/ledger/record.ts';
import { applyMove } from '../../shared/messaging/outbox.ts';
import { findOwnInvoice, isStuck } from '../../shared/tracking/own-invoice.ts';
import { recordStatus, withHistory } from '../../shared/tracking/record-status.ts';
import type { Poll, PollDependencies } from './dependencies.ts';
import { requeue } from './requeue.ts';

type Doubted = RecordIn<'in-doubt'>;

/** Until this time has passed, an invoice that the search does not show may still exist. */
const settlingMs = { pdf: timings.settlingAfterPdf.ms, flux: timings.settlingAfterFile.ms } as const;

/** After each further incident with its file the window doubles, up to the longest. */
function windowOf({ route, doubt }: Doubted): number {
  if (doubt.turnedAway) return timings.settlingAfterTurnedAway.ms;
  if (doubt.refusal) return timings.settlingAfterRefusal.ms;
  const incidents = doubt.deposits?.length ?? 0;
  return Math.min(settlingMs[route] * 2 ** Math.max(0, incidents - 1), timings.settlingAfterRefusal.ms);
}

/** Looks for an invoice in doubt. It is sent again only if it is certainly absent. */
export async function resolveDoubt(record: Doubted, { dependencies, chorusPro }: Poll): Promise<void> {
  const { telemetry, now } = dependencies;
  const own = await findOwnInvoice(record, chorusPro);
  // No reply does not mean absent: the record stays due and the next poll looks again.
  if (own.kind !== 'accepted') return;
  if (own.value) {
    telemetry.info('DOUBT_FOUND', { subject: record.subject, attempt: record.attempts });
    await recordStatus(dependencies, record, await withHistory(record, own.value, chorusPro, now()));
    return;
  }
  const windowEnd = Date.parse(record.doubt.since) + windowOf(record);
  await (now().getTime() >= windowEnd
    ? concludeAbsence(record, dependencies)
    : lookWithinWindow(record, dependencies, windowEnd));
}

async function lookWithinWindow(record: Doubted, dependencies: PollDependencies, windowEnd: number): Promise<void> {
  const next = Math.min(windowEnd, dependencies.now().getTime() + timings.lookInterval.ms);
  const nextStepAt = new Date(next).toISOString();
  await applyMove(dependencies, record, { name: 'look-again', changes: { nextStepAt } });
}

async function concludeAbsence(record: Doubted, dependencies: PollDependencies): Promise<void> {
  const { telemetry, now } = dependencies;
  const { subject, connection, attempts: attempt, doubt } = record;
  const at = now();
  if (doubt.refusal) {
    const reasons = doubt.refusal;
    const events = [{ type: 'refused', reasons }] as const;
    await applyMove(dependencies, record, { name: 'refuse', changes: { reasons }, events });
  } else if (isStuck(record)) {
    telemetry.error('DOUBT_STUCK', { subject, attempt });
    telemetry.measure('DoubtStuck', 1, { connection });
    const changes = { nextStepAt: after(at, timings.stuckPause) };
    await applyMove(dependencies, record, {
      name: 'look-again',
      changes,
      events: [{ type: 'failed', message: givenUp }],
    });
  } else {
    telemetry.warn('DOUBT_ABSENT', { subject, attempt });
    const lasts = mustBeTold(doubt, at);
    if (lasts) {
      telemetry.error('DOUBT_LASTS', { subject, attempt });
      telemetry.measure('DoubtStuck', 1, { connection });
    }
    // The doubt stays in the record: if Chorus Pro refuses the next attempt, the relay looks again before it believes
    // that.
    const parked = await applyMove(dependencies, record, {
      name: 'resend',
      changes: {
        nextStepAt: after(at, timings.requeuedOverdue),
        ...(lasts ? { doubt: { ...doubt, toldAt: at.toISOString() } } : {}),
      },
      events: lasts ? [{ type: 'failed', message: lasting }] : [],
    });
    if (parked) await requeue(parked, dependencies);
  }
}

/** The relay goes on trying. But the ERP hears of a long doubt that came back, and is reminded once a day. */
function mustBeTold({ since, began = since, toldAt }: Doubted['doubt'], at: Date): boolean {
  if (began === since) return false;
  const from = toldAt ? Date.parse(toldAt) + timings.stuckPause.ms : Date.parse(began) + timings.longDoubt.ms;
  return at.getTime() >= from;
}

const givenUp = {
  fr:
    'Plusieurs envois de cette facture sont restés sans réponse certaine, et Chorus Pro ne l’affiche pas. Le relais ne ' +
    'l’envoie plus. Une fois la cause trouvée, renvoyez le même message : le relais vérifie, puis envoie.',
  en:
    'This invoice was sent several times without a certain reply, and Chorus Pro does not show it. The relay has stopped ' +
    'sending it. Once the cause is found, send the same message again: the relay looks for it, then sends it.',
};

const lasting = {
  fr:
    'Depuis plus d’un jour, Chorus Pro n’a pas confirmé cette facture et ne l’affiche pas. Le relais continue ' +
    'd’essayer : ne la saisissez pas sur le portail, et signalez-le à l’exploitant.',
  en:
    'For more than a day Chorus Pro has neither confirmed this invoice nor shown it. The relay goes on trying: ' +
    'do not enter it on the portal, and tell the operator.',
};
