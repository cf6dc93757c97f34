/** Whose turn it is on a works document, until when, and what silence lets the supplier do. */
import { type RecordView, worksFrameworkOf } from '../ledger/record.ts';
import { states } from '../ledger/states.ts';
import { answersTo, worksDocuments, type WorksFramework } from '../works/documents.ts';
import { daysAfter, openedBySilence } from '../works/next.ts';
import { type Actor, isActor } from '../works/parties.ts';
import { isStageName } from '../works/stages.ts';
import { daysBetween } from './retentions.ts';

/** Who must act next on it, until its end. */
export function worksNext({ works, state }: RecordView): { actor: Actor; until: string | undefined } | undefined {
  const { actor, until } = works?.next ?? {};
  return actor === undefined || !isActor(actor) || states[state].final ? undefined : { actor, until };
}

/** By how many days whoever must act next is late; undefined if nobody is, or if the time is that of the payment. */
export function worksOverdue({ works, state, lateToldAt }: RecordView, today: string | undefined): number | undefined {
  const until = works?.next?.until;
  if (until === undefined || today === undefined || states[state].final || lateToldAt !== undefined) return undefined;
  const days = daysBetween(until, today);
  return days > 0 ? days : undefined;
}

/** What says of a document whether it is one of a works contract, and who must act on it. */
export type Awaited = Pick<RecordView, 'works' | 'terms'>;

/** What the supplier may deposit if nobody answers in time. */
function silenceOpens({ works, terms }: Awaited): WorksFramework[] {
  const framework = worksFrameworkOf({ terms });
  const stage = works?.stage?.name ?? '';
  return framework === undefined || !isStageName(stage) ? [] : openedBySilence(framework, stage);
}

/** From which day silence lets the supplier act: ISO, in Paris's calendar; undefined if it opens nothing. */
export function silenceFrom(record: Awaited): string | undefined {
  const until = record.works?.next?.until;
  return until === undefined || silenceOpens(record).length === 0 ? undefined : daysAfter(until, 1);
}

/** What the supplier may deposit since nobody has answered in time. */
export const openedTo = (record: RecordView, today: string | undefined): WorksFramework[] =>
  worksOverdue(record, today) === undefined ? [] : silenceOpens(record);

/** The supplier's own documents that are awaited, or that silence lets it deposit. */
export function worksToSubmit(record: RecordView, today: string | undefined): WorksFramework[] {
  const framework = worksFrameworkOf(record);
  if (framework === undefined || record.works?.stage?.name !== 'to-answer') return openedTo(record, today);
  return answersTo(framework).filter((answer) => worksDocuments[answer].by === worksDocuments[framework].by);
}

/** The last day on which the supplier itself must act, ISO. */
export function worksUntil({ works, ...record }: RecordView): string | undefined {
  const framework = worksFrameworkOf(record);
  const isOurs = framework !== undefined && works?.next?.actor === worksDocuments[framework].by;
  return isOurs ? works.next?.until : undefined;
}
