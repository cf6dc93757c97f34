import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { parisDay } from '../chorus-pro/dates.ts';
import type { FoundRequest, Progress } from '../chorus-pro/validations.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { dayMs } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { keyOf, type List } from './notes.ts';
import { reasonOf, type Waiting } from './read-waiting.ts';

/** What was deposited and has ended while the lists of what waits were not read: they do not show it any more. */
export interface Missed {
  found: FoundRequest[];
  /** By company (SIRET): until when all is known now. */
  readUntil: List['readUntil'];
  /** Why it could not be read to its end: the next reading looks again. */
  stopped?: string;
}

interface Asked {
  settings: Pick<ConnectionSettings, 'name'>;
  chorusPro: Pick<ChorusPro, 'documentsToValidate' | 'requestsOf'>;
  telemetry: Telemetry;
  now: Date;
}

/**
 * Looks for them in the search of all documents, of companies whose list was read now and was not for long before. It
 * costs nothing while every hour is read.
 * @param list what is known
 * @param read the companies whose lists were read now
 */
export async function readMissed(
  { entries, readUntil }: Pick<List, 'entries' | 'readUntil'>,
  read: Waiting['read'],
  { settings, chorusPro, telemetry, now }: Asked,
): Promise<Missed> {
  const whole = { ...readUntil, ...Object.fromEntries([...read].map((siret) => [siret, now.toISOString()])) };
  const gaps = new Map(
    Object.entries(readUntil)
      .filter(([siret, until]) => read.has(siret) && now.getTime() - Date.parse(until) > timings.validationGap.ms)
      .map(([siret, until]) => [siret, new Date(until)]),
  );
  if (gaps.size === 0) return { found: [], readUntil: whole };
  const known = new Set(entries.map(({ chorusProId }) => chorusProId));
  const found: FoundRequest[] = [];
  const stoppedBy = (outcome: Parameters<typeof reasonOf>[0]): Missed => {
    const reason = reasonOf(outcome);
    telemetry.warn('VALIDATIONS_UNREAD', { connection: settings.name, reason });
    const open = Object.fromEntries([...gaps].map(([siret, since]) => [siret, since.toISOString()]));
    return { found, readUntil: { ...whole, ...open }, stopped: reason };
  };
  const listed = await chorusPro.documentsToValidate({ from: firstDeposit([...gaps.values()]), to: now });
  if (listed.kind !== 'accepted') return stoppedBy(listed);
  for (const document of listed.value.filter(({ chorusProId }) => !known.has(chorusProId))) {
    const requests = await chorusPro.requestsOf(document);
    if (requests.kind !== 'accepted') return stoppedBy(requests);
    found.push(...requests.value.filter((one) => isOfGap(one, gaps)));
  }
  return { found, readUntil: whole };
}

/** A second validator is asked once the first has answered, or has been silent for its days. */
const firstDeposit = (gaps: readonly Date[]): Date =>
  new Date(Math.min(...gaps.map((since) => since.getTime())) - timings.validationPeriod.ms - dayMs);

/** What was deposited before, and was never known, had ended before: in the hour between two readings, for one. */
function isOfGap({ request }: FoundRequest, gaps: ReadonlyMap<string, Date>): boolean {
  const since = gaps.get(request.validator.siret);
  if (!since) return false;
  return request.round === 2 || request.deposited === undefined || request.deposited >= parisDay(since);
}

/** Where those stood that were found, so that they need not be asked for twice. */
export const progressByKey = (found: readonly FoundRequest[]): ReadonlyMap<string, Progress> =>
  new Map(found.flatMap(({ request, progress }) => (progress === undefined ? [] : [[keyOf(request), progress]])));
