/** The report of `npx relay check`, for a person. */
import type { StepVerdict } from '../../shared/diagnostics/findings.ts';
import type { StepReport, ConnectionReport } from '../../shared/diagnostics/report.ts';
import { steps } from '../../shared/diagnostics/steps.ts';
import type { Language } from '../command-line/command.ts';
import { printable, type Paint } from '../command-line/terminal.ts';

export interface Speaking {
  language: Language;
  paint: Paint;
}

const marks = {
  holds: { mark: '✓', style: 'green' },
  fails: { mark: '✗', style: 'red' },
  'not-tried': { mark: '–', style: 'dim' },
} as const satisfies Readonly<Record<StepVerdict, object>>;

/** Printable: it quotes what a remote server said. */
const labelOf = ({ step, subject }: StepReport, { language }: Speaking): string =>
  printable([steps[step][language], ...(subject === undefined ? [] : [subject])].join(' '));

/** One line for each step, with what is wrong in a column of its own, and below it where to put it right. */
export function spokenSteps(checked: readonly StepReport[], speaking: Speaking): string {
  const { language, paint } = speaking;
  const width = Math.max(...checked.map((one) => labelOf(one, speaking).length));
  return checked
    .flatMap((one) => {
      const { mark, style } = marks[one.verdict];
      const label = labelOf(one, speaking).padEnd(width);
      const line = `${paint(style, mark)} ${label}  ${printable(one.said[language])}`;
      const indent = ' '.repeat(width + 4);
      return one.mend ? [line, `${indent}→ ${printable(one.mend[language])}`] : [line];
    })
    .join('\n');
}

export function spokenCheck({ steps: checked, established, conclusion }: ConnectionReport, speaking: Speaking): string {
  const { style } = marks[established ? 'holds' : 'fails'];
  return `${spokenSteps(checked, speaking)}\n\n${speaking.paint(style, conclusion[speaking.language])}`;
}
