/** How a request to validate ended, and with which reasons it may be refused, in words. */
import type { Said } from '../invoice/spoken.ts';
import type { EndedRequest, WaitingRequest } from './validation-rows.ts';

export const outcomes: Readonly<Record<EndedRequest['outcome'], Said>> = {
  accepted: { fr: 'validée', en: 'accepted' },
  refused: { fr: 'refusée', en: 'refused' },
  tacit: { fr: 'acceptée tacitement', en: 'accepted by silence' },
  withdrawn: { fr: 'retirée', en: 'withdrawn' },
};

/** « AUTRE (Autre motif), MAUVAIS_VALIDEUR (Mauvais valideur) » */
export const listed = (reasons: NonNullable<WaitingRequest['refusalReasons']>): string =>
  reasons.map(({ code, label }) => (label === '' ? code : `${code} (${label})`)).join(', ');
