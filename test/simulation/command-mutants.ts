import type { Mutant } from './mutants.ts';
import type { Schedule } from './schedule.ts';

const withCommands = ({ commands, rate }: Schedule): boolean => commands && rate > 0;

/** Mistakes with the ERP's commands about its invoices. */
export const commandMutants: readonly Mutant[] = [
  {
    name: 'the effect of a command is not looked for before it is sent again',
    shows: withCommands,
    changes: [{ in: 'runChange', find: `earlier ? await $tookEffect : notAsked`, put: `notAsked` }],
  },
  {
    name: 'a command without a reply is never answered',
    shows: withCommands,
    changes: [
      {
        in: 'awaitAnswer',
        find: `return { kind: 'retry', reason: 'answer-awaited' };`,
        put: `return { kind: 'done' };`,
      },
    ],
  },
  {
    name: 'ended commands are not remembered',
    shows: withCommands,
    changes: [{ in: 'runCommand', find: `if ($ended) return { kind: 'done' };`, put: `` }],
  },
  {
    name: 'the effect of a corrected validator is not recognised',
    shows: (schedule) => withCommands(schedule) && schedule.drops.some(({ validated }) => validated),
    changes: [{ in: 'planOf', find: `['A_VALIDER_1', 'A_VALIDER_2']`, put: `[]` }],
  },
  {
    name: 'a refused command is taken up again when its message comes again',
    shows: withCommands,
    changes: [{ in: 'processCommand', find: `if (message.redelivered && (await $refused)) $then;`, put: `` }],
  },
];
