import type { StepVerdict } from '../../shared/diagnostics/findings.ts';
import type { StepReport, ConnectionReport } from '../../shared/diagnostics/report.ts';
import { steps } from '../../shared/diagnostics/steps.ts';
import type { Language } from './command-line.ts';

export interface Speaking {
  language: Language;
  /** Only for a terminal. */
  colours: boolean;
}

const marks: Readonly<Record<StepVerdict, { mark: string; colour: number }>> = {
  holds: { mark: '✓', colour: 32 },
  fails: { mark: '✗', colour: 31 },
  'not-tried': { mark: '–', colour: 90 },
};

/** A remote's words are quoteOf in it: nothing that a terminal would obey. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?');

const coloured = (text: string, colour: number, { colours }: Speaking): string =>
  colours ? `\u001b[${colour}m${text}\u001b[0m` : text;

const labelOf = ({ step, subject }: StepReport, { language }: Speaking): string =>
  printable([steps[step][language], ...(subject === undefined ? [] : [subject])].join(' '));

/** A line for each step, what is wrong in a column of its own, and below it where it is mended. */
export function spokenSteps(checked: readonly StepReport[], speaking: Speaking): string {
  const { language } = speaking;
  const width = Math.max(...checked.map((one) => labelOf(one, speaking).length));
  return checked
    .flatMap((one) => {
      const { mark, colour } = marks[one.verdict];
      const label = labelOf(one, speaking).padEnd(width);
      const line = `${coloured(mark, colour, speaking)} ${label}  ${printable(one.said[language])}`;
      const indent = ' '.repeat(width + 4);
      return one.mend ? [line, `${indent}→ ${printable(one.mend[language])}`] : [line];
    })
    .join('\n');
}

export function spokenCheck({ steps: checked, established, conclusion }: ConnectionReport, speaking: Speaking): string {
  const { colour } = marks[established ? 'holds' : 'fails'];
  const end = coloured(conclusion[speaking.language], colour, speaking);
  return `${spokenSteps(checked, speaking)}\n\n${end}`;
}
