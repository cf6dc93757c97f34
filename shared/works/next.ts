import { dayMs } from '../facts/fact.ts';
import { frenchDate } from '../invoice/french.ts';
import { answersTo, isTacit, worksDocuments, type WorksDocument, type WorksFramework } from './documents.ts';
import { actors, type Actor } from './parties.ts';
import { stageOf, type StageName } from './stages.ts';

/** Who must act next on a works document, and until when. */

export interface Next {
  actor: Actor;
  /** The last day, ISO, in Paris's calendar. Absent: no time is set, or its beginning is not known. */
  until?: string | undefined;
}

export interface Clock {
  /** The day on which the stage began: ISO, in Paris's calendar. */
  since?: string | undefined;
  /** The last day of the legal payment term: ISO. */
  paymentDue?: string | undefined;
}

export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

export function nextAt(framework: WorksFramework, name: StageName, { since, paymentDue }: Clock): Next {
  const document: WorksDocument = worksDocuments[framework];
  const { actor: given, spans, paymentAwaited } = stageOf(name);
  const span = spans[document.kind];
  const counted = span && since && daysAfter(since, span.amount);
  const until = counted ?? (paymentAwaited ? paymentDue : undefined);
  return { actor: actorOf(document, given), ...(until ? { until } : {}) };
}

const actorOf = ({ by, first }: WorksDocument, given: ReturnType<typeof stageOf>['actor']): Actor => {
  if (given === 'depositor') return by;
  return given === 'first' ? (first ?? 'recipient') : given;
};

/**
 * What whoever deposited a document may deposit once nobody has answered it in time: the tacit procedure. Nothing where
 * the time that runs is that of the payment.
 */
export function openedBySilence(framework: WorksFramework, name: StageName): WorksFramework[] {
  const { kind, by } = worksDocuments[framework];
  if (!stageOf(name).spans[kind]) return [];
  return answersTo(framework).filter((answer) => isTacit(answer) && worksDocuments[answer].by === by);
}

/**
 * What an event says of it.
 * @param us the supplier's own part in the contract
 */
export const nextTold = ({ actor, until }: Next, us?: Actor) => ({
  actor,
  ...(until ? { until } : {}),
  ...nextInWords({ actor, ...(until ? { until } : {}) }, us),
});

/**
 * The sentence for people: "Prochain intervenant : le maître d’œuvre, jusqu’au 12 décembre 2026."
 * @param us the supplier's own part in the contract: "vous (le titulaire)"
 */
export function nextInWords({ actor, until }: Next, us?: Actor): { fr: string; en: string } {
  if (actor === 'nobody') return { fr: 'Aucune intervention n’est attendue.', en: 'Nobody needs to act.' };
  const { fr, en } = actors[actor];
  const named = actor === us ? { fr: `vous (${fr})`, en: `you (${en})` } : { fr, en };
  return {
    fr: `Prochain intervenant : ${named.fr}${until ? `, jusqu’au ${frenchDate(until)}` : ''}.`,
    en: `Next to act: ${named.en}${until ? `, until ${until}` : ''}.`,
  };
}
