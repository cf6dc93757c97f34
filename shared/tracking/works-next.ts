import { parisDay } from '../chorus-pro/dates.ts';
import { worksStageOf } from '../chorus-pro/works-stages.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { isWorksFramework } from '../works/documents.ts';
import { daysAfter, nextAt } from '../works/next.ts';
import type { WorksRecord } from '../works/record.ts';
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
  const { next: before, ...kept } = works;
  const stage = worksStageOf(status);
  if (!stage) return { works: kept };
  const day = at && parisDay(at);
  const since = before?.stage === stage ? before.since : day;
  const paymentFrom = works.paymentFrom ?? (begun.has(stage) ? day : undefined);
  const paymentDue = paymentFrom && daysAfter(paymentFrom, works.paymentDays);
  const next: WorksRecord['next'] = {
    ...{ stage, ...nextAt(framework, stage, { since, paymentDue }) },
    ...(since ? { since } : {}),
  };
  return { works: { ...kept, next, ...(paymentFrom ? { paymentFrom } : {}) } };
}
