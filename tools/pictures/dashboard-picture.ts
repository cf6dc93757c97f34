/** The dashboard as CloudWatch draws it, with the state of the alarms below it. */
import { dayMs, type Series, type Widget } from './dashboard.ts';
import { at, escaped, svgOf } from './svg.ts';

export interface Dashboard {
  title: string;
  description: string;
  widgets: readonly Widget[];
  alarms: { count: number; ringing: readonly string[] };
  /** The end of the day that it shows. */
  now: number;
}

/** CloudWatch's own colours, in its order. */
const colours = '1f77b4 ff7f0e 2ca02c d62728 9467bd 8c564b e377c2 7f7f7f bcbd22 17becf'.split(' ');
const colourOf = (index: number): string => `#${colours[index % colours.length] ?? ''}`;

/** A unit of the grid, which has 24 columns. */
const unit = { x: 48, y: 26 };
const gap = 8;
const head = 44;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${at(x)}" y="${at(y)}"${attributes}>${escaped(content)}</text>`;

/** About how wide a text of the legend is. */
const widthOf = (label: string): number => label.length * 5.9 + 22;

/** What there is to see of it: nothing, zero all the time, or more. */
const weight = ({ points }: Series): number =>
  Math.sign(points.length) + Number(points.some(({ value }) => value !== 0));

/** As many labels as two lines hold, those with most to see first; CloudWatch lets one scroll to the others. */
function legend(series: readonly Series[], { left, right, bottom }: Box): string[] {
  const drawn: string[] = [];
  const ordered = series.map((one, i) => ({ ...one, colour: colourOf(i) })).sort((a, b) => weight(b) - weight(a));
  let [x, y] = [left, bottom - 20];
  for (const [i, { label, colour }] of ordered.entries()) {
    const isLast = y === bottom - 6;
    const rest = `and ${ordered.length - i} more`;
    const room = right - (isLast && i < ordered.length - 1 ? widthOf(rest) : 0);
    if (x + widthOf(label) > room) {
      if (isLast) return [...drawn, text(x, y, rest, ' class="faint"')];
      [x, y] = [left, bottom - 6];
    }
    drawn.push(`<path d="M${at(x)} ${at(y - 8)}h8v8h-8z" fill="${colour}"/>`, text(x + 12, y, label, ' class="label"'));
    x += widthOf(label);
  }
  return drawn;
}

const steps = [1, 2, 2.5, 4, 5, 10];

/** The end of the axis: a round number that is at least as much. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (steps.find((step) => step * power >= value) ?? 10) * power;
}

/** A line where periods follow each other, a dot where one stands alone. */
function curve({ points, periodMs }: Series, place: (at: number, value: number) => [number, number]): string {
  let [path, before] = ['', -Infinity];
  for (const [i, point] of points.entries()) {
    const [x, y] = place(point.at, point.value);
    const follows = point.at - before <= periodMs;
    const leads = (points[i + 1]?.at ?? Infinity) - point.at <= periodMs;
    path += `${follows ? 'L' : 'M'}${at(x)} ${at(y)}${follows || leads ? '' : 'h0'}`;
    before = point.at;
  }
  return path;
}

const clockTime = (instant: number): string => new Date(instant).toISOString().slice(11, 16);

function graph(series: readonly Series[], box: Box, now: number): string[] {
  const [left, right, top, bottom] = [box.left + 34, box.right, box.top + 4, box.bottom - 48];
  const most = roundUp(Math.max(1, ...series.flatMap(({ points }) => points.map(({ value }) => value))));
  const place = (instant: number, value: number): [number, number] => [
    right - ((now - instant) / dayMs) * (right - left),
    bottom - (value / most) * (bottom - top),
  ];
  const levels = [0, most / 2, most].flatMap((value) => {
    const [, y] = place(now, value);
    return [
      `<path d="M${at(left)} ${at(y)}H${at(right)}" class="grid"/>`,
      text(left - 5, y + 3.5, String(value), ' class="faint" text-anchor="end"'),
    ];
  });
  const times = [0.75, 0.5, 0.25].map((part) => {
    const [x] = place(now - part * dayMs, 0);
    return text(x, bottom + 13, clockTime(now - part * dayMs), ' class="faint" text-anchor="middle"');
  });
  const curves = series.flatMap((one, i) =>
    one.points.length === 0 ? [] : [`<path d="${curve(one, place)}" class="curve" stroke="${colourOf(i)}"/>`],
  );
  const empty =
    curves.length === 0
      ? [text((left + right) / 2, (top + bottom) / 2, 'No data available', ' class="faint" text-anchor="middle"')]
      : [];
  return [...levels, ...times, ...curves, ...empty, ...legend(series, box)];
}

const numbers = (series: readonly Series[], { left, top }: Box): string[] =>
  series.flatMap(({ label, points }, i) => [
    text(left, top + 18 + i * 60, String(points.at(-1)?.value ?? '--'), ' class="number"'),
    `<path d="M${at(left)} ${at(top + 29 + i * 60)}h8v8h-8z" fill="${colourOf(i)}"/>`,
    text(left + 12, top + 37 + i * 60, label, ' class="label"'),
  ]);

function table(heads: readonly string[], rows: readonly (readonly string[])[], { left, right, top }: Box): string[] {
  const place = (i: number): number => left + (i * (right - left)) / heads.length;
  return [
    ...heads.map((one, i) => text(place(i), top + 12, one, ' class="faint"')),
    `<path d="M${at(left)} ${at(top + 19)}H${at(right)}" class="grid"/>`,
    ...rows.flatMap((row, line) => row.map((cell, i) => text(place(i), top + 35 + line * 18, cell))),
  ];
}

function widgetPicture(widget: Widget, now: number): string[] {
  const [x, y] = [widget.x * unit.x + gap, widget.y * unit.y + head];
  const [width, height] = [widget.width * unit.x - gap, widget.height * unit.y - gap];
  const box = { left: x + 12, top: y + 30, right: x + width - 12, bottom: y + height - 6 };
  const content = () => {
    if (widget.view === 'table') return table(widget.heads, widget.rows, box);
    return widget.view === 'singleValue' ? numbers(widget.series, box) : graph(widget.series, box, now);
  };
  return [
    `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="4" class="panel"/>`,
    text(x + 12, y + 20, widget.title, ' class="title"'),
    ...content(),
  ];
}

function alarmList({ count, ringing }: Dashboard['alarms'], top: number, width: number): string[] {
  const summary = `Alarms: ${ringing.length} in alarm, ${count - ringing.length} not`;
  return [
    `<rect x="${gap}" y="${at(top)}" width="${at(width - 2 * gap)}" height="${alarmsHeight(ringing) - gap}" rx="4" class="panel"/>`,
    text(gap + 12, top + 20, summary, ' class="title"'),
    ...ringing.map((name, i) => text(gap + 12, top + 42 + i * 18, `⚠ in alarm: ${name}`, ' class="bad"')),
  ];
}

const alarmsHeight = (ringing: readonly string[]): number => 44 + ringing.length * 18;

export function dashboardPicture({ title, description, widgets, alarms, now }: Dashboard): string {
  const width = 24 * unit.x + gap;
  const alarmsTop = Math.max(...widgets.map(({ y, height }) => y + height)) * unit.y + head;
  const height = alarmsTop + alarmsHeight(alarms.ringing);
  const until = new Date(now).toISOString().slice(0, 16).replace('T', ' ');
  return svgOf({
    ...{ title, description, width, height },
    style: `text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink)}
.title{font-weight:600}.number{font-size:24px}.faint{fill:var(--faint)}.bad{fill:var(--bad)}
.panel{fill:var(--paper);stroke:var(--frame)}.grid{stroke:var(--frame)}
.curve{fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}.curve[d*=h0]{stroke-width:4}`,
    body: [
      `<rect width="${at(width)}" height="${at(height)}" rx="8" fill="var(--bar)"/>`,
      text(gap + 12, 28, title, ' class="title"'),
      text(width - gap - 12, 28, `the day until ${until} UTC`, ' class="faint" text-anchor="end"'),
      ...widgets.flatMap((widget) => widgetPicture(widget, now)),
      ...alarmList(alarms, alarmsTop, width),
    ],
  });
}
