import { type Deadline, isServiceFailure } from '../../shared/aws/runtime.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { dayOn, isAtRisk } from '../../shared/validations/deadline.ts';
import { keyOf, type Note, ValidationNotes } from '../../shared/validations/notes.ts';
import { progressByKey, readMissed } from '../../shared/validations/read-missed.ts';
import { readWaiting } from '../../shared/validations/read-waiting.ts';
import { judgeReading } from '../../shared/tracking/standstill.ts';
import { tellFault } from '../../shared/telemetry/telemetry.ts';
import type { ValidationDependencies, ValidationsReport } from './dependencies.ts';
import { followRequest, type Reading } from './follow-request.ts';
import { noteRefusalReasons } from './refusal-reasons.ts';

/**
 * Reads once what waits for a connection's companies, and tells what is due. What is known already is told even if
 * Chorus Pro cannot be read: the fifteen days go on during a closure.
 */
export async function pollValidations(
  connection: string,
  dependencies: ValidationDependencies,
  deadline: Deadline,
): Promise<ValidationsReport> {
  const { telemetry, memory, now } = dependencies;
  const access = await dependencies.access(connection);
  const report: ValidationsReport = { connection, waiting: 0, atRisk: 0, told: 0 };
  const { validations } = access?.settings ?? {};
  if (!access || !validations) {
    const stopped = access ? 'validations-off' : 'unknown-connection';
    telemetry.warn('VALIDATIONS_UNREAD', { connection, reason: stopped });
    return { ...report, stopped };
  }
  const { settings } = access;
  const notes = new ValidationNotes(memory, connection);
  const chorusPro = access.chorusPro(deadline);
  const waiting = await readWaiting(settings, chorusPro, telemetry);
  await notes.register(waiting.requests, now());
  const missed = await readMissed(await notes.list(), waiting.read, { settings, chorusPro, telemetry, now: now() });
  await notes.register(
    missed.found.map(({ request }) => request),
    now(),
  );
  const { entries } = await notes.list();
  const listed = new Map(waiting.requests.map((request) => [keyOf(request), request]));
  const found = progressByKey(missed.found);
  const reading: Reading = { settings, notes, chorusPro, read: waiting.read, found, dependencies };
  const hasEnded = new Map<string, boolean>();
  const open: Note[] = [];
  let stopped = waiting.stopped ?? missed.stopped;
  for (const { key, endedUntil } of entries) {
    const seen = listed.get(key);
    if (endedUntil !== undefined && !seen) continue;
    try {
      const { note, told } = await followRequest(key, seen, reading);
      report.told += told;
      if (!note) continue;
      hasEnded.set(key, note.end !== undefined);
      if (note.end) continue;
      open.push(note);
      report.waiting += 1;
      if (isAtRisk(dayOn(note.request.deposited, parisDay(now())))) report.atRisk += 1;
    } catch (error) {
      stopped = isServiceFailure(error) ? 'aws-unavailable' : 'unexpected';
      // One request that cannot be told must not silence the others.
      if (!isServiceFailure(error)) tellFault(telemetry, error, { connection, subject: key });
    }
  }
  const { readUntil } = missed;
  const read = { at: now().toISOString(), readUntil, ...(stopped === undefined ? {} : { stopped }) };
  await notes.finishReading(hasEnded, read);
  const whole = { ...report, ...(stopped === undefined ? {} : { stopped }) };
  measure(whole, dependencies);
  const { pollingIntervalMinutes: intervalMinutes } = validations;
  const { isStuck } = await judgeReading({ connection, what: 'validations', intervalMinutes, stopped }, dependencies);
  if (isStuck) telemetry.measure('ValidationsStopped', 1, { connection });
  await noteRefusalReasons(open, { notes, chorusPro });
  return whole;
}

function measure({ connection, waiting, atRisk, stopped }: ValidationsReport, { telemetry }: ValidationDependencies) {
  if (stopped === undefined) telemetry.info('VALIDATIONS_READ', { connection, count: waiting });
  telemetry.measure('ValidationsRead', stopped === undefined ? 1 : 0, { connection });
  telemetry.measure('ValidationsWaiting', waiting, { connection });
  if (atRisk > 0) telemetry.measure('ValidationsAtRisk', atRisk, { connection });
}
