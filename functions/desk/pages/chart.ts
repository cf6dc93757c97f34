/**
 * A bar for each week, below each other: drawn here, with no script and no style of its own. Labels and values are
 * texts of the page, so that they can be read in a window of any width. The table beside it says the same.
 */
import { html } from 'hono/html';
import type { Html } from './html.ts';

export interface Bar {
  label: string;
  /** Its length, as a share of the longest: 0 to 1. */
  share: number;
  /** Said behind it. */
  value: string;
  /** Its day has passed. */
  isPast: boolean;
}

/** @param title what a screen reader says in its place */
export const barChart = (bars: readonly Bar[], title: string): Html =>
  html`<div class="chart" role="img" aria-label="${title}">
    ${bars.map(
      ({ label, share, value, isPast }) =>
        html`<span>${label}</span>
          <svg focusable="false">
            <rect class="${isPast ? 'past' : 'ahead'}" width="${Math.round(share * 1000) / 10}%" height="100%" />
          </svg>
          <span class="amount right">${value}</span>`,
    )}
  </div>`;
