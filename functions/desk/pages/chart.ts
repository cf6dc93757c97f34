/** A bar for each week: drawn here, with no script and no style of its own. The table beside it says the same. */
import { html } from 'hono/html';
import type { Html } from './html.ts';

export interface Bar {
  label: string;
  /** Its height, as a share of the highest: 0 to 1. */
  share: number;
  /** Said above it. */
  value: string;
  /** Its day has passed. */
  isPast: boolean;
}

const size = { width: 880, height: 260, top: 28, bottom: 34 } as const;

/** @param title what a screen reader says in its place */
export function barChart(bars: readonly Bar[], title: string): Html {
  const step = size.width / Math.max(bars.length, 1);
  const room = size.height - size.top - size.bottom;
  const ground = size.height - size.bottom;
  const drawn = bars.map(({ label, share, value, isPast }, i) => {
    const height = Math.round(room * share);
    const middle = Math.round(step * (i + 0.5));
    const width = Math.round(Math.min(step * 0.7, 72));
    return html`<rect
        class="${isPast ? 'past' : 'ahead'}"
        x="${middle - Math.round(width / 2)}"
        y="${ground - height}"
        width="${width}"
        height="${height}"
      />
      <text class="value" x="${middle}" y="${ground - height - 6}" text-anchor="middle">${value}</text>
      <text x="${middle}" y="${ground + 20}" text-anchor="middle">${label}</text>`;
  });
  return html`<svg
    class="chart"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-label="${title}"
    focusable="false"
  >
    <line x1="0" y1="${ground}" x2="${size.width}" y2="${ground}" />
    ${drawn}
  </svg>`;
}
