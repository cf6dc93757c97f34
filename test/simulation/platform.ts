import { createChorusPro, type ChorusPro } from '../../tools/chorus-pro-simulator/index.ts';
import type { Chance } from './chance.ts';
import { faultsLast, type Schedule } from './schedule.ts';
import type { Story } from './story.ts';
import type { Timeline } from './timeline.ts';

/** Chorus Pro as the schedule has it: its checks, its delays, and the files that it loses inside. */
export function platformOf(
  schedule: Schedule,
  { timeline, chance, story }: { timeline: Timeline; chance: Chance; story: Story },
): ChorusPro {
  const { searchLagMs, duplicateCheck, fluxProcessingMs } = schedule;
  const fluxOutcome = ({ at }: { at: number }) => {
    const place = chance.next('file');
    const rate = faultsLast(schedule, at) ? schedule.rate : 0;
    if (!chance.fault(place, { incident: 1 }, rate)) return undefined;
    story.tell(`${place}: lost by an incident in Chorus Pro`);
    return 'IN_INCIDENTE' as const;
  };
  return createChorusPro({ clock: timeline, options: { searchLagMs, duplicateCheck, fluxProcessingMs, fluxOutcome } });
}
