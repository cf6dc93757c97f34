import type { Timeline } from './timeline.ts';

/** What happened, for a person who wants to know how it came to a violation. */
export class Story {
  readonly lines: string[] = [];
  private readonly timeline: Timeline;
  private readonly start: number;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.start = timeline.now();
  }

  readonly tell = (line: string): void => {
    const ms = this.timeline.now() - this.start;
    const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60];
    const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
    this.lines.push(`${two(hours)}:${two(minutes)}:${seconds.toFixed(3).padStart(6, '0')}  ${line}`);
  };
}
