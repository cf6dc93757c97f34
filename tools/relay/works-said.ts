/** What `npx relay status` says of a works document, beside what it says of any invoice. */
import type { RecordView } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import {
  answersTo,
  isWorksFramework,
  kinds,
  worksDocuments,
  type WorksFramework,
} from '../../shared/works/documents.ts';
import { nextInWords, openedBySilence } from '../../shared/works/next.ts';
import { isActor } from '../../shared/works/parties.ts';
import { isStageName } from '../../shared/works/stages.ts';
import { daysBetween } from '../../shared/tracking/retentions.ts';
import type { Said } from '../command-line/command.ts';

const frameworkOf = ({ terms }: RecordView): WorksFramework | undefined =>
  terms?.framework !== undefined && isWorksFramework(terms.framework) ? terms.framework : undefined;

/** Which document of the billing file it is and, until its end, who must act next. Nothing of an invoice. */
export function worksSaid(record: RecordView, today: string | undefined): Said[] {
  const framework = frameworkOf(record);
  if (framework === undefined) return [];
  const { works, state } = record;
  const { kind, by } = worksDocuments[framework];
  const number = works?.statement?.number;
  const what = {
    fr: `Marché de travaux : ${number ? `situation n° ${number}, ` : ''}${kinds[kind].fr} (${framework}).`,
    en: `Works contract: ${number ? `statement ${number}, ` : ''}${kinds[kind].en} (${framework}).`,
  };
  const { actor, until } = works?.next ?? {};
  if (actor === undefined || !isActor(actor) || states[state].final) return [what];
  return [what, nextInWords({ actor, until }, by), ...overdueSaid(worksOverdue(record, today), record, today)];
}

/** By how many days whoever must act next is late; undefined if nobody is, or if the time is that of the payment. */
export function worksOverdue({ works, state, lateToldAt }: RecordView, today: string | undefined): number | undefined {
  const until = works?.next?.until;
  if (until === undefined || today === undefined || states[state].final || lateToldAt !== undefined) return undefined;
  const days = daysBetween(until, today);
  return days > 0 ? days : undefined;
}

function overdueSaid(days: number | undefined, record: RecordView, today: string | undefined): Said[] {
  if (days === undefined) return [];
  const open = {
    fr: `Délai dépassé depuis ${days} ${days > 1 ? 'jours' : 'jour'}.`,
    en: `Overdue for ${days} ${days === 1 ? 'day' : 'days'}.`,
  };
  return openedTo(record, today).length === 0 ? [open] : [open, silence];
}

const silence: Said = {
  fr: 'Ce silence ouvre la procédure tacite : vous pouvez agir. Vérifiez d’abord les délais de votre marché.',
  en: 'This silence opens the tacit procedure: you may act. First check the times that your contract sets.',
};

/** What the supplier may deposit since nobody has answered in time. */
export function openedTo(record: RecordView, today: string | undefined): WorksFramework[] {
  const framework = frameworkOf(record);
  const stage = record.works?.stage?.name ?? '';
  if (framework === undefined || !isStageName(stage) || worksOverdue(record, today) === undefined) return [];
  return openedBySilence(framework, stage);
}

/** The supplier's own documents that are awaited, or that silence lets it deposit. */
export function worksToSubmit(record: RecordView, today: string | undefined): WorksFramework[] {
  const framework = frameworkOf(record);
  if (framework === undefined || record.works?.stage?.name !== 'to-answer') return openedTo(record, today);
  return answersTo(framework).filter((answer) => worksDocuments[answer].by === worksDocuments[framework].by);
}

/** The last day on which the supplier itself must act, ISO. */
export function worksUntil({ works, ...record }: RecordView): string | undefined {
  const framework = frameworkOf(record);
  const isOurs = framework !== undefined && works?.next?.actor === worksDocuments[framework].by;
  return isOurs ? works.next?.until : undefined;
}
