/** What a party to a document sees of it: its own role decides. Like rechercher/fournisseur it may be out of date. */
import * as z from 'zod';
import { current, type Change } from './lifecycle.ts';
import type { Call } from './operation.ts';
import { moment } from './schemas.ts';
import type { Invoice } from './state.ts';
import { readMoment } from './time.ts';
import { isWorks, WORKS } from './works-frames.ts';
import type { Structure } from './world.ts';

export const role = z.enum(['FOURNISSEUR', 'MOE', 'MOA', 'VALIDEUR', 'DESTINATAIRE']);
type Role = z.output<typeof role>;

/** The works owner is the debtor, or stands behind it [INF]. */
export const partyOf = ({ supplier, recipient, validator, works }: Invoice, as: Role): Structure | null =>
  ({
    FOURNISSEUR: supplier,
    MOE: works?.manager ?? null,
    MOA: works ? recipient : null,
    VALIDEUR: validator,
    DESTINATAIRE: recipient,
  })[as];

export const worksTypeOf = ({ frame }: Invoice) => (isWorks(frame) ? WORKS[frame].type : null);

export const isAnyOf = <T>(value: T, wanted: T | undefined) => wanted === undefined || value === wanted;
export const isBetween = (value: number, low = -Infinity, high = Infinity) => value >= low && value <= high;

/** Both ends included; a day that ends a period means its last instant. */
export const isWithin = (at: number, from: string | undefined, to: string | undefined) =>
  isBetween(at, readMoment(from ?? ''), readMoment(to ?? '', 'last'));

export interface Row {
  document: Invoice;
  change: Change;
}

/** All that the account's own structures see in that role, in the order of their deposits. */
export function seen({ state, account, now }: Call, as: Role): Row[] {
  const view = now - state.options.searchLagMs;
  const all = [...state.invoices.values(), ...state.othersDocuments.values()];
  return all
    .sort((one, other) => one.acceptedAt - other.acceptedAt)
    .flatMap((document) => {
      const change = document.acceptedAt <= view ? current(document.timeline, view) : undefined;
      return change && account.structures.includes(partyOf(document, as)?.id ?? 0) ? [{ document, change }] : [];
    });
}

/** One end of a period. */
export const period = moment.optional();
