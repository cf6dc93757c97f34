/** What the desk says of a row in one cell: why it was not taken. */
import { meaningOf } from '../../../shared/chorus-pro/statuses.ts';
import type { Language } from '../../../shared/invoice/spoken.ts';
import { labelOf } from '../../../shared/lists/status-label.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { beyondLabel, sentencesOf } from '../../../shared/lists/status-sentences.ts';

/** Another document has taken its place: nobody has refused it. */
export const isOnlyReplaced = ({ isReplaced, state, status }: StatusRow): boolean =>
  isReplaced || (state === 'rejected' && status !== undefined && meaningOf(status).severity === 'info');

/** The recipient's own words, or else ours. */
export function why(row: StatusRow, language: Language): string | undefined {
  const label = labelOf(row, language);
  const ours = sentencesOf(row, language).flatMap((sentence) => beyondLabel(sentence, label));
  return row.motive ?? (ours.length > 0 ? ours.join(' ') : undefined);
}
