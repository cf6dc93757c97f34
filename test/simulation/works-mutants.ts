import type { Mutant } from './mutants.ts';
import type { Schedule } from './schedule.ts';

const hasWorks = ({ works, drops }: Schedule): boolean => works !== undefined && drops.some((drop) => drop.works);

const hasAnswers = (schedule: Schedule): boolean => hasWorks(schedule) && schedule.commands && schedule.rate > 0;
const hasFinal = (schedule: Schedule): boolean => hasAnswers(schedule) && schedule.drops.some(({ final }) => final);

/** Mistakes with works documents. */
export const worksMutants: readonly Mutant[] = [
  {
    name: 'a works document is looked for among the invoices only',
    shows: (schedule) => hasWorks(schedule) && schedule.rate >= 0.2 && schedule.duplicateCheck === 'off',
    changes: [{ in: 'worksWithNumber', find: `[invoices, ...$others]`, put: `[invoices]` }],
  },
  {
    name: 'a works document must show its deposit to be ours',
    shows: hasWorks,
    changes: [{ in: 'isFrom', find: `!hidesDeposit || $invoice`, put: `hidesDeposit || !hidesDeposit` }],
  },
  {
    name: 'a list of payment requests that is cut off counts as whole',
    shows: (schedule) => hasWorks(schedule) && schedule.works === 'production' && schedule.paymentRequestCeiling < 10,
    changes: [{ in: 'paymentRequests', find: `total > rows.length`, put: `total < rows.length` }],
  },
  {
    name: 'another party’s document is told with its first status only',
    shows: hasWorks,
    changes: [
      { in: 'followWorks', find: `isYounger(await $told, found)`, put: `(await $told) === undefined` },
      { in: 'tell', find: `if (!isYounger(before, found)) return;`, put: `` },
    ],
  },
  {
    name: 'one’s own document is told as another party’s',
    shows: hasWorks,
    changes: [{ in: 'followWorks', find: `await ownRecordOf(found, round)`, put: `undefined` }],
  },
  {
    name: 'the effect of a signature is looked for in the draft, not in the general statement',
    shows: hasFinal,
    changes: [
      {
        in: 'runChange',
        find: `tookEffect(commandCase, $where, earlier)`,
        put: `tookEffect(commandCase, { plan, target: record.chorusProId }, earlier)`,
      },
    ],
  },
  {
    name: 'a general statement that is offered is not seen as one to sign',
    shows: hasFinal,
    changes: [{ in: 'runChange', find: `plan.target ? await plan.target() : $own`, put: `$own` }],
  },
  {
    name: 'the effect of a completed works document is not recognised',
    shows: hasAnswers,
    changes: [{ in: 'works.complete.leadsTo', put: `[]` }],
  },
  {
    name: 'the effect of a recycled works document is not recognised',
    shows: hasAnswers,
    changes: [{ in: 'works.recycle.leadsTo', put: `[]` }],
  },
];
