/** Who has an invoice now, in one cell: the same at the desk and in a file. */
import type { Said } from '../invoice/spoken.ts';
import { states } from '../ledger/states.ts';
import { actors } from '../works/parties.ts';
import { bringsMoney, holderOf, holders } from './status-explained.ts';
import type { StatusRow } from './status-row.ts';

const nobody: Said = { fr: 'personne : c’est terminé', en: 'nobody: it is over' };
const relay: Said = { fr: 'le relais', en: 'the relay' };

/** Of every row, also of one that has ended. Of a works document: who acts next. */
export function whoHas(row: StatusRow): Said {
  const { needsAction, state, isReplaced, next } = row;
  if (needsAction) return holders.supplier;
  if (state === 'settled' && !isReplaced && bringsMoney(row)) return holders['public-accountant'];
  if (states[state].final) return nobody;
  const acts = next && actors[next.actor];
  return acts ?? holderOf(row) ?? (state === 'followed' ? holders['chorus-pro'] : relay);
}
