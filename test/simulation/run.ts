import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../support/commands.ts';
import { Chance, type Strike } from './chance.ts';
import { commandFigures } from './command-invariants.ts';
import { isQuiet, restViolationsOf, watch, type Observed } from './invariants.ts';
import { liveOn } from './recipient.ts';
import { faultsLast, quietFrom, restWithinMs, scheduleOf, start, type Drop } from './schedule.ts';
import { retainingTotals } from './retentions.ts';
import { Story, Timeline } from './timeline.ts';
import { worksFigures } from './works-invariants.ts';
import { worksBodyOf } from './works.ts';
import { World } from './world.ts';

export interface Outcome {
  seed: number;
  /** Empty when everything held. */
  violations: string[];
  strikes: Strike[];
  story: string[];
  /** Virtual hours until everything was at rest. */
  hours: number;
  /** Invoices that Chorus Pro accepted. */
  accepted: number;
  /** How many calls each lasting trouble met. */
  met: Readonly<Record<string, number>>;
  /** How many commands of the ERP met what. */
  commands: Readonly<Record<string, number>>;
}

const pollEveryMs = 15 * 60_000;
const lifeEveryMs = 40 * 60_000;
/** How many moments pass between two checks that everything is at rest. */
const quietEvery = 25;

/** Plays one schedule from its first drop until everything is at rest, or until it should have been. */
export async function run(seed: number, only?: ReadonlySet<string>): Promise<Outcome> {
  const schedule = scheduleOf(seed);
  const timeline = new Timeline(start);
  const chance = new Chance(seed, only);
  const story = new Story(timeline);
  const world = new World({ schedule, timeline, chance, story });
  const dropped: Drop[] = [];
  const { model, ledger, queue, published } = world;
  const handled = () => world.handled;
  const observed: Observed = {
    schedule,
    model,
    erp: world.erp,
    commandEffects: world.commandEffects,
    handled,
    ledger,
    queue,
    dropped,
    published,
    worksTold: world.erp.worksTold,
    reminders: world.reminders,
    inLedger: new Set(),
    badCalls: world.badCalls,
    met: world.met,
    now: timeline.now,
  };
  const violations = new Set<string>();
  const look = watch(observed);

  for (const drop of schedule.drops)
    timeline.after(drop.at, () => {
      queue.send(bodyOf(drop), drop.messageId);
      dropped.push(drop);
      world.erp.haveAWhim();
    });
  const pollAgain = () => {
    world.poll('poll-1');
    // Two polls at once do no harm.
    if (chance.number(chance.next('second poll')) < 0.2) timeline.after(2_000, () => world.poll('poll-2'));
    timeline.after(pollEveryMs, pollAgain);
  };
  timeline.after(pollEveryMs, pollAgain);
  const lifeMs = lifeEveryMs / (schedule.works ? 4 : schedule.commands ? 2 : 1);
  const live = () => {
    liveOn(world, chance, timeline.now());
    world.erp.haveAWhim();
    if (faultsLast(schedule, timeline.now())) timeline.after(chance.between(chance.next('life'), 1, lifeMs), live);
  };
  timeline.after(lifeEveryMs, live);

  const check = () => {
    for (const violation of look()) {
      if (!violations.has(violation)) story.tell(`VIOLATION: ${violation}`);
      violations.add(violation);
    }
  };
  const quiet = quietFrom(schedule);
  let moments = 0;
  const finished = () => {
    moments += 1;
    if (violations.size > 0) return true;
    // Reading the whole ledger at every moment would take a third of the time.
    return moments % quietEvery === 0 && timeline.now() >= Math.min(quiet, schedule.faultsEndAt) && isQuiet(observed);
  };
  const end = await timeline.run(quiet + restWithinMs(schedule), check, finished);
  if (violations.size === 0) {
    if (end === 'out of time') violations.add('not at rest in time');
    for (const violation of restViolationsOf(observed)) violations.add(violation);
  }
  return {
    seed,
    violations: [...violations],
    strikes: chance.strikes,
    story: story.lines,
    hours: (timeline.now() - start) / 3_600_000,
    accepted: model.accepted().length,
    met: world.met,
    commands: { ...commandFigures(observed), ...worksFigures(observed) },
  };
}

function bodyOf(drop: Drop): string {
  const { number, route, other, validated, retains } = drop;
  if (drop.works) return worksBodyOf(drop);
  const comment = other ? { comment: 'autre contenu' } : {};
  const validator = validated ? { framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } } : {};
  const invoice = { number, ...comment, ...validator, ...(retains ? { totals: retainingTotals } : {}) };
  if (route === 'pdf') return JSON.stringify(submitCommand({ invoice }));
  const content = Buffer.from(cii({ number })).toString('base64');
  return JSON.stringify(
    submitCommand({ invoice, command: { document: { name: `${number}.xml`, format: 'cii', content } } }),
  );
}
