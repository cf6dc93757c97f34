/** What the desk says of a row in one cell: who has it now, and why it was not taken. */
import { meaningOf } from '../../../shared/chorus-pro/statuses.ts';
import type { Language, Said } from '../../../shared/invoice/spoken.ts';
import { states } from '../../../shared/ledger/states.ts';
import { bringsMoney, holderOf, holders } from '../../../shared/lists/status-explained.ts';
import { labelOf } from '../../../shared/lists/status-label.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { beyondLabel, sentencesOf } from '../../../shared/lists/status-sentences.ts';
import { actors } from '../../../shared/works/parties.ts';

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

/** Another document has taken its place: nobody has refused it. */
export const isOnlyReplaced = ({ isReplaced, state, status }: StatusRow): boolean =>
  isReplaced || (state === 'rejected' && status !== undefined && meaningOf(status).severity === 'info');

/** The recipient's own words, or else ours. */
export function why(row: StatusRow, language: Language): string | undefined {
  const label = labelOf(row, language);
  const ours = sentencesOf(row, language).flatMap((sentence) => beyondLabel(sentence, label));
  return row.motive ?? (ours.length > 0 ? ours.join(' ') : undefined);
}
