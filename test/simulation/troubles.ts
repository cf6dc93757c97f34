import type { Chance } from './chance.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Troubles that last: one operation that is ill for everybody, a quota that is used up, incidents that end well. */

/** The operations that may be ill while all others work, by their path and what tells their calls apart. */
const operations = {
  soumettre: ({ path }: Called) => path.endsWith('/soumettre'),
  'deposer/flux': ({ path }: Called) => path.endsWith('/deposer/flux'),
  uploads: ({ path }: Called) => path.endsWith('/deposer/pdf') || path.endsWith('/ajouter/fichier'),
  'search by number': ({ path, body }: Called) =>
    /\/rechercher(\/fournisseur|\/demandePaiement)?$/.test(path) &&
    !path.includes('/structures/') &&
    !readsChanges(body),
  'search by change': ({ body }: Called) => readsChanges(body),
  report: ({ path }: Called) => path.endsWith('/consulterCRDetaille'),
  commands: ({ path }: Called) => /\/(completer|recycler|traiterRejet|corriger\/valideur\/facture)$/.test(path),
  'look at an invoice': ({ path }: Called) => /\/consulter\/(fournisseur|historique)$/.test(path),
  structures: ({ path }: Called) => path.includes('/structures/'),
  token: ({ path }: Called) => path.endsWith('token'),
} as const;

type IllOperation = keyof typeof operations;

const illOperations: readonly IllOperation[] = [
  'soumettre',
  'deposer/flux',
  'uploads',
  'search by number',
  'search by change',
  'report',
  'commands',
  'look at an invoice',
  'structures',
  'token',
];

/** How it fails: each is a fault of network.ts. */
export const illnesses = [
  'gateway-timeout',
  'server-error',
  'reset-before',
  'reset-after',
  'garbage',
  'hang-before',
  'hang-after',
] as const;

interface Span {
  from: number;
  to: number;
}

export interface Troubles {
  outage: (Span & { operation: IllOperation; illness: (typeof illnesses)[number] }) | undefined;
  /** PISTE turns this share of the calls away, with this Retry-After, or none if it is 0. */
  quota: (Span & { share: number; retryAfterSeconds: number }) | undefined;
  /** After an incident Chorus Pro works on the file after all; undefined: never. */
  incidentResolvesAfterMs: number | undefined;
}

/** @param longestFileMs until Chorus Pro is sure to have made an invoice of a file, incident or not */
export function troublesOf(
  chance: Chance,
  { start, longestFileMs }: { start: number; longestFileMs: number },
): Troubles {
  const lasts = (place: string, likely: number, longest: number): Span | undefined => {
    if (chance.number(`${place}?`) >= likely) return undefined;
    const from = start + chance.between(`${place} from`, 0, 30 * minute);
    const isLong = chance.number(`${place} long?`) < 0.3;
    return { from, to: from + (isLong ? longest : chance.between(`${place} for`, 20 * minute, 8 * hour)) };
  };
  const outage = lasts('outage', 0.2, 72 * hour);
  const quota = lasts('quota', 0.1, 48 * hour);
  const resolved = chance.number('incident resolved?') < 0.5;
  return {
    outage: outage && {
      ...outage,
      operation: chance.pick('ill', illOperations),
      illness: chance.pick('illness', illnesses),
    },
    quota: quota && {
      ...quota,
      share: chance.pick('quota share', [0.3, 0.8, 1]),
      retryAfterSeconds: chance.pick('retry after', [0, 1, 60, 3600]),
    },
    incidentResolvesAfterMs: resolved ? chance.between('incident resolves', 0, longestFileMs) : undefined,
  };
}

export interface Called {
  path: string;
  body: string;
}

export const readsChanges = (body: string): boolean => body.includes('periodeDateHeureEtatCourantDu');

const during = (span: Span | undefined, now: number): boolean =>
  span !== undefined && now >= span.from && now < span.to;

/** @returns the fault with which a call meets the troubles of this moment, if it meets one */
export function troubleOf(
  { outage, quota }: Troubles,
  called: Called,
  { now, place, chance }: { now: number; place: string; chance: Chance },
): string | undefined {
  if (outage && during(outage, now) && operations[outage.operation](called)) return outage.illness;
  if (quota && during(quota, now) && chance.number(`${place} quota`) < quota.share) return 'quota';
  return undefined;
}
