import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { atScale } from '../support/scale.ts';
import { loadMutated } from './mutate.ts';
import { run, type Outcome } from './validations.ts';
import type { Change } from './syntax.ts';

const seeds = Array.from({ length: atScale(200, 5) }, (_, i) => i + 1);

describe('a hundred requests to validate, with every fifth call disturbed', () => {
  it('none reaches its fifteenth day untold, and no answer is given twice', { timeout: 600_000 }, async () => {
    for (const seed of seeds) expect([seed, (await run(seed)).violations]).toEqual([seed, []]);
  });
});

const mutants: readonly { name: string; changes: Change[] }[] = [
  {
    name: 'an answer is given again without looking whether it took effect',
    changes: [{ in: 'answerWhere', find: `progress !== 'waiting'`, put: `false` }],
  },
  {
    name: 'a reminder that was missed on its day is not made up for',
    changes: [
      {
        in: 'noticeOn',
        find: `notices.findLast(({ from }) => day >= from)`,
        put: `notices.find(({ from }) => day === from)`,
      },
    ],
  },
  {
    name: 'only what the list shows is followed',
    changes: [{ in: 'pollValidations', find: `endedUntil !== undefined && !seen`, put: `!seen` }],
  },
  {
    name: 'the intent is not noted before the call',
    changes: [{ in: 'send', find: `if (!held) return { kind: 'retry', reason: 'being-sent' };`, put: `` }],
  },
];

const loadedSchema = z.object({
  run: z.custom<(seed: number) => Promise<Outcome>>((value) => typeof value === 'function'),
});

describe('the proof can fail', () => {
  it.each(mutants)('it catches: $name', { timeout: 600_000 }, async (mutant) => {
    const broken = loadedSchema.parse(await loadMutated(mutant, 'validations.ts'));
    for (let seed = 1; seed <= 50; seed += 1) if ((await broken.run(seed)).violations.length > 0) return;
    expect.fail('no seed caught it');
  });
});
