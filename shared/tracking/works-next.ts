import { parisDay } from '../chorus-pro/dates.ts';
import { worksStageOf } from '../chorus-pro/works-stages.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { isWorksFramework, worksDocuments } from '../works/documents.ts';
import { daysAfter, nextAt, nextTold } from '../works/next.ts';
import type { StageName } from '../works/stages.ts';

/** Who must act next on a works document after a status was seen: kept in its record, from which its events have it. */

/** Where somebody has it whose time to answer is part of the payment term. */
const begun: ReadonlySet<StageName> = new Set<StageName>([
  'with-project-manager',
  'with-works-owner',
  'with-recipient',
]);

type Kept = Pick<LedgerRecord, 'works'>;

/** @returns nothing for an invoice */
export function worksAfter(
  { works, terms }: Pick<LedgerRecord, 'works' | 'terms'>,
  { status, at }: { status: string; at?: Date | undefined },
): Kept {
  const framework = terms?.framework ?? '';
  if (!works || !isWorksFramework(framework)) return {};
  const { answers, statement, paymentDays, stage: before } = works;
  const name = worksStageOf(status);
  const day = at && parisDay(at);
  const since = name && before?.name === name ? before.since : day;
  const paymentFrom = works.paymentFrom ?? (name && begun.has(name) ? day : undefined);
  const kept = {
    paymentDays,
    ...(answers === undefined ? {} : { answers }),
    ...(statement ? { statement } : {}),
    ...(paymentFrom ? { paymentFrom } : {}),
  };
  if (!name) return { works: kept };
  const paymentDue = paymentFrom && daysAfter(paymentFrom, works.paymentDays);
  const stage = { name, ...(since ? { since } : {}) };
  const next = nextTold(nextAt(framework, name, { since, paymentDue }), worksDocuments[framework].by);
  return { works: { ...kept, stage, next } };
}
