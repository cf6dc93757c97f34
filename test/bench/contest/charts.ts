/** Bars of both stacks side by side, with the least and the most of their rounds. */
import { at, escaped, svgOf } from '../../../tools/pictures/svg.ts';
import type { Spread } from './contest.ts';
import { sideNames, type SideName } from './sides.ts';

interface Group {
  label: string;
  of: Record<SideName, Spread>;
}

export interface Chart {
  title: string;
  unit: string;
  groups: readonly Group[];
}

const width = 720;
const bar = { height: 16, gap: 3 };
const left = 150;
const right = 90;
export const names: Record<SideName, string> = { ours: 'chorus-relay', usual: 'the usual stack' };
const style = `rect.paper{fill:var(--paper)}text{font:12px sans-serif;fill:var(--ink)}.small{fill:var(--faint)}
.ours{fill:var(--good)}.usual{fill:var(--faint)}line{stroke:var(--ink)}`;

export function barChart({ title, unit, groups }: Chart): string {
  const most = Math.max(...groups.flatMap(({ of }) => sideNames.map((side) => of[side].most)));
  const x = (value: number) => left + (value / most) * (width - left - right);
  const groupHeight = sideNames.length * (bar.height + bar.gap) + 14;
  const height = 56 + groups.length * groupHeight;
  const body = groups.flatMap(({ label, of }, i) => {
    const top = 52 + i * groupHeight;
    const bars = sideNames.flatMap((side, j) => {
      const y = top + j * (bar.height + bar.gap);
      const { least, median, most: longest } = of[side];
      const middle = at(y + bar.height / 2);
      return [
        `<rect class="${side}" x="${left}" y="${at(y)}" width="${at(x(median) - left)}" height="${bar.height}"/>`,
        `<line x1="${at(x(least))}" x2="${at(x(longest))}" y1="${middle}" y2="${middle}"/>`,
        `<text x="${at(x(longest) + 6)}" y="${at(y + 12)}">${median.toFixed(1)}</text>`,
      ];
    });
    return [`<text x="12" y="${at(top + 22)}">${escaped(label)}</text>`, ...bars];
  });
  const legend = sideNames.flatMap((side, i) => [
    `<rect class="${side}" x="${left + i * 160}" y="30" width="10" height="10"/>`,
    `<text class="small" x="${left + 16 + i * 160}" y="39">${names[side]}</text>`,
  ]);
  return svgOf({
    ...{ title, width, height, style },
    description: `Bars of both stacks: medians in ${unit}, with the least and the most of the rounds.`,
    body: [
      `<rect class="paper" width="${width}" height="${height}"/>`,
      `<text x="12" y="20">${escaped(`${title}, ${unit}`)}</text>`,
      ...legend,
      ...body,
    ],
  });
}
