import type { Environment } from '../../shared/connection/settings.ts';
import { Chance } from './chance.ts';
import { troublesOf, type Troubles } from './troubles.ts';

const minute = 60_000;
const hour = 60 * minute;

export const start = Date.UTC(2026, 10, 23, 9);

export interface Drop {
  messageId: string;
  /** Milliseconds after the start. */
  at: number;
  number: string;
  route: 'pdf' | 'flux';
  /** The same number with other content: it is refused, and never becomes a second invoice. */
  other: boolean;
  /** A subcontractor's invoice, which a main contractor must accept first. */
  validated: boolean;
  /** A monthly draft of a works contract, which a project manager must answer. It goes by flux. */
  works: boolean;
  /** A final draft instead: it leads to a general statement, which the ERP must sign. */
  final: boolean;
  /** The recipient keeps back something of it, of which the ERP is to be reminded. */
  retains: boolean;
}

/** Everything that a seed decides before the first moment. */
export interface Schedule extends Troubles {
  seed: number;
  drops: Drop[];
  /** How likely a fault is at each await while faults last. */
  rate: number;
  faultsEndAt: number;
  closure: { from: number; to: number; silent: boolean } | undefined;
  /** The technical account's password is wrong during this time, until a new secret takes over. */
  wrongPassword: { from: number; to: number } | undefined;
  /** The recipient asks for answers, and the ERP sends commands about its invoices and works documents. */
  commands: boolean;
  /** Where the connection has works contracts: each environment has lists of its own for their documents. */
  works: Environment | undefined;
  /** The most rows of the list of payment requests, which has no pages. */
  paymentRequestCeiling: number;
  searchLagMs: number;
  duplicateCheck: 'synchronous' | 'off';
  /** How long Chorus Pro takes for a file. */
  fluxProcessingMs: number;
  skewMs: number;
}

/**
 * How long everything may take to come to rest after the faults. The longest waits are the relay's own; and an incident
 * may lose a file that was almost processed.
 */
export const restWithinMs = ({ fluxProcessingMs, incidentResolvesAfterMs = 0 }: Schedule): number =>
  60 * hour + 2 * (fluxProcessingMs + incidentResolvesAfterMs);

export function scheduleOf(seed: number): Schedule {
  const chance = new Chance(seed);
  const one = (place: string) => chance.number(place);
  const invoices = 1 + Math.floor(one('invoices') * 3);
  const closed = one('closed?') < 0.25;
  const from = chance.between('closed from', 0, 2 * hour);
  const length = one('long?') < 0.3 ? 72 * hour : chance.between('closed for', 5 * minute, 6 * hour);
  const wrong = one('wrong password?') < 0.1;
  const wrongFrom = chance.between('wrong from', 0, hour);
  const refuses = one('duplicates?') < 0.4;
  // Mostly minutes, sometimes hours, rarely a day and a half: that is safe only where a second file is refused.
  const longestFlux = (refuses ? 36 : 11) * hour;
  // An answer takes an invoice, a recipient that asks for it, and a poll that sees it.
  const ofInvoices = one('commands?') < 0.25;
  const works =
    !ofInvoices && one('works?') < 0.25 ? chance.pick('works in', ['production', 'qualification'] as const) : undefined;
  const commands = ofInvoices || (works !== undefined && one('works commands?') < 0.6);
  // A project manager answers only what has become a document, and faults do not last long.
  const fluxProcessingMs = works ? 30 * minute * one('flux') : longestFlux * one('flux') ** 4;
  const drops = Array.from({ length: invoices }, (_, i) => dropsOf(chance, i, { commands, works })).flat();
  return {
    seed,
    drops,
    rate: chance.pick('rate', [0, 0.02, 0.08, 0.2, 0.4]),
    faultsEndAt: start + chance.between('faults end', commands ? 2 * hour : 30 * minute, 4 * hour),
    closure: closed ? { from: start + from, to: start + from + length, silent: one('silent?') < 0.5 } : undefined,
    wrongPassword: wrong
      ? { from: start + wrongFrom, to: start + wrongFrom + chance.between('wrong for', 10 * minute, 5 * hour) }
      : undefined,
    commands,
    works,
    paymentRequestCeiling: chance.pick('ceiling', [3, 200]),
    // An index slower than the settling window is safe only where Chorus Pro itself refuses the duplicate.
    searchLagMs: chance.pick('lag', refuses ? [0, 40 * minute, 55 * minute] : [0, 2 * minute, 19 * minute]),
    duplicateCheck: refuses ? 'synchronous' : 'off',
    fluxProcessingMs,
    ...troublesOf(chance, { start, longestFileMs: longestFlux - fluxProcessingMs }),
    skewMs: chance.pick('skew', [0, 5_000, 40_000]),
  };
}

function dropsOf(
  chance: Chance,
  i: number,
  { commands, works: inWorks }: Pick<Schedule, 'commands' | 'works'>,
): Drop[] {
  const number = `F-${i + 1}`;
  const works = inWorks !== undefined && chance.number(`${number} works?`) < 0.7;
  const route = works || chance.number(`${number} route`) >= 0.7 ? 'flux' : 'pdf';
  const at = chance.between(`${number} at`, 0, hour);
  const validated = commands && route === 'pdf' && chance.number(`${number} validated?`) < 0.5;
  const final = works && commands && chance.number(`${number} final?`) < 0.5;
  const retains = !commands && route === 'pdf' && chance.number(`${number} retains?`) < 0.2;
  const drop = { number, route, at, messageId: `${number}-a`, other: false, validated, works, final, retains } as const;
  const again = chance.number(`${number} again?`) < 0.3;
  const other = chance.number(`${number} other?`) < 0.15;
  const later = (place: string) => at + chance.between(`${number} ${place}`, 0, 40 * minute);
  return [
    drop,
    ...(again ? [{ ...drop, messageId: `${number}-b`, at: later('again') }] : []),
    ...(other ? [{ ...drop, messageId: `${number}-c`, at: later('other'), other: true }] : []),
  ];
}

/** People take at least this long to look at a document again. */
export const pauseMs = 15 * minute;

export const faultsLast = ({ faultsEndAt }: Schedule, now: number): boolean => now < faultsEndAt;

/** From when on the schedule causes no more trouble. */
export const quietFrom = ({ faultsEndAt, closure, wrongPassword, outage, quota }: Schedule): number =>
  Math.max(faultsEndAt, ...[closure, wrongPassword, outage, quota].map((span) => span?.to ?? 0));
