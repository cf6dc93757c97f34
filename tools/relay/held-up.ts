/** What holds everything up now, as the functions remember it in the ledger: nobody need wait for the alarm. */
import { spokenMoment, type Said } from '../../shared/invoice/spoken.ts';
import { rememberedTroubles } from '../../shared/chorus-pro/remembered-troubles.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import { platformClosedSince, statusesUnreadSince } from '../../shared/tracking/standstill.ts';

export interface HeldUp {
  kind: 'platform-closed' | 'credentials-refused' | 'operation-failing' | 'statuses-unread';
  /** ISO instant. */
  since: string;
  /** Absent if it is all of them. */
  connection?: string;
  /** Chorus Pro's path of the operation that fails. */
  operation?: string;
}

type Recall = Pick<Memory, 'recall'>;

export async function heldUp(memory: Recall, connections: readonly string[], now: Date): Promise<HeldUp[]> {
  const closed = await platformClosedSince(memory);
  const own = await Promise.all(connections.map((connection) => ofConnection(memory, connection, now)));
  const isClosed = closed !== undefined;
  return [
    ...(isClosed ? [{ kind: 'platform-closed' as const, since: closed }] : []),
    // While the platform is closed to all, no reading gets through for any of them.
    ...own.flat().filter(({ kind }) => !isClosed || kind !== 'statuses-unread'),
  ];
}

async function ofConnection(memory: Recall, connection: string, now: Date): Promise<HeldUp[]> {
  const [unread, { suspendedUntil: until, outages }] = await Promise.all([
    statusesUnreadSince(memory, connection),
    rememberedTroubles(memory, connection),
  ]);
  const failing = outages.map(({ operation, since }) => ({
    ...{ kind: 'operation-failing' as const, since, connection, operation },
  }));
  if (unread === undefined) return failing;
  // A reading that got through since would have ended the standstill: the credentials are still refused.
  if (until !== undefined && until > unread)
    return [{ kind: 'credentials-refused', since: unread, connection }, ...failing];
  const isLong = now.getTime() - Date.parse(unread) >= timings.standstill.ms;
  return [...(isLong ? [{ kind: 'statuses-unread' as const, since: unread, connection }] : []), ...failing];
}

const sentences: Readonly<Record<HeldUp['kind'], (one: HeldUp, since: Said) => Said>> = {
  'platform-closed': (_, since) => ({
    fr: `Chorus Pro ne répond pas, depuis le ${since.fr} au plus tard : les factures attendent, rien n’est perdu.`,
    en: `Chorus Pro has not answered since ${since.en} at the latest: invoices wait, nothing is lost.`,
  }),
  'credentials-refused': ({ connection = '' }, since) => ({
    fr: `${connection} : identifiants refusés depuis le ${since.fr}, les factures attendent : npx relay check ${connection}`,
    en: `${connection}: credentials refused since ${since.en}, invoices wait: npx relay check ${connection}`,
  }),
  'operation-failing': ({ connection = '', operation = '' }, since) => ({
    fr: `${connection} : Chorus Pro échoue sur ${operation} depuis le ${since.fr} ; ce qui en a besoin attend, rien n’est perdu.`,
    en: `${connection}: Chorus Pro has failed at ${operation} since ${since.en}; what needs it waits, nothing is lost.`,
  }),
  'statuses-unread': ({ connection = '' }, since) => ({
    fr: `${connection} : aucune lecture des états n’aboutit depuis le ${since.fr} : npx relay check ${connection}`,
    en: `${connection}: no reading of statuses has got through since ${since.en}: npx relay check ${connection}`,
  }),
};

export const saidHeldUp = (one: HeldUp): Said =>
  sentences[one.kind](one, { fr: spokenMoment(one.since, 'fr'), en: spokenMoment(one.since, 'en') });
