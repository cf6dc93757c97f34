/** Six weeks of an accountant, for the desk's pictures and tests: something is late, paid, refused, kept back. */
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { exampleWorld, RECIPIENTS, type World } from '../chorus-pro-simulator/index.ts';
import type { Relay } from '../local-cloud/bring-up.ts';
import { endpointsOf } from '../local-cloud/endpoints.ts';
import { dropSamples } from './drop.ts';
import { Erp } from './erp.ts';
import { paperMaker } from './papers.ts';
import { readSample, readSamples, type Sample } from './sample.ts';

/** As `npm start`: after the samples' dates and before any password expires. */
export const startOfDeskStory = new Date('2026-11-23T09:00:00+01:00');
/** A Monday: what was paid in the week before is there, and what was sent first is late. */
const endOfDeskStory = new Date('2027-01-04T09:00:00+01:00');

const day = 24 * 3_600_000;

/** The works department of a town, which pays after 75 days. */
const voirie = { siret: '99900109200017', name: 'Ville de Caen, voirie' } as const;

/** The example's world with that department in it. */
export function deskWorld(): World {
  const world = exampleWorld();
  const [late] = world.structures.filter(({ siret }) => siret === RECIPIENTS.paysLate);
  if (late) world.structures.push({ ...late, ...voirie, id: late.id + 1 });
  return world;
}

const samples = new Map(readSamples().map((sample) => [sample.name, sample]));

/** @param changes what is written otherwise in it: numbers, days, a SIRET */
function named(name: string, changes: Readonly<Record<string, string>> = {}): Sample {
  const changed = Object.entries(changes).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    JSON.stringify(samples.get(name), (key, value: unknown) => (key === 'name' && value === name ? undefined : value)),
  );
  const read = readSample(name, JSON.parse(changed));
  if ('fault' in read) throw new Error(`${name}: ${read.fault}`);
  return read.sample;
}

/** What is sent or asked on which day of the story. */
const acts: readonly { on: number; samples: readonly Sample[] }[] = [
  {
    on: 0,
    samples: [
      named('38-late'),
      named('38-late', { 'FA-2026-0132': 'FA-2026-0133', [RECIPIENTS.paysLate]: voirie.siret }),
    ],
  },
  {
    on: 18,
    samples: [
      ...['01-plain', '02-vat-rates', '10-rejected', '11-to-recycle', '12-suspended', '16-wrong-siret'].map((name) =>
        named(name),
      ),
      named('21-retention', { 'FA-2026-0118': 'FA-2026-0119', '2028-03-31': '2027-02-15' }),
      ...['26-works-statement-1', '27-works-statement-2', '35-works-final-unanswered'].map((name) => named(name)),
    ],
  },
  { on: 39, samples: [named('05-service'), named('31-validation')] },
];

/** Between two looks at Chorus Pro, in days: the story is over in a few of them. */
const step = 3;

/** Plays it to a relay whose clock is at the beginning of the story; nobody answers the subcontractor. */
export async function playDeskStory(relay: Relay): Promise<void> {
  const { cloud, simulator } = relay;
  const [settings] = await readConnectionFiles(['example']);
  if (!settings) throw new Error('there is no connection example');
  const erp = new Erp(endpointsOf(relay));
  const dropping = {
    ...{ erp, papers: paperMaker(settings), settled: () => cloud.idle({ parked: 'leave' }) },
    ask: (request: Parameters<NonNullable<typeof simulator>['model']['askValidation']>[0]) =>
      void simulator?.model.askValidation(request),
  };
  const goOnTo = async (end: number) => {
    while (cloud.clock.now() < end)
      await cloud.advance(Math.min(step * day, end - cloud.clock.now()), { catchUp: 'last' });
  };
  try {
    for (const { on, samples: sent } of acts) {
      await goOnTo(startOfDeskStory.getTime() + on * day);
      await dropSamples(sent, dropping);
    }
    await goOnTo(endOfDeskStory.getTime());
  } finally {
    erp.close();
  }
}
