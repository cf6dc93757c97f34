import { expect, it } from 'vitest';
import { spokenSteps } from '../../../tools/relay/check.ts';
import type { StepReport } from '../../../shared/diagnostics/report.ts';

const accounts = 'Compte courant, Affacturage DE89 3704 0044 0532 0130 00, Compte de l’agence';
const both = (text: string) => ({ fr: text, en: text });
const steps: StepReport[] = [
  { step: 'bank-accounts', verdict: 'holds', finding: 'accounts-read', said: both(`noms : ${accounts}`) },
  {
    step: 'piste-token',
    verdict: 'fails',
    finding: 'unreachable',
    said: both('PISTE refuse'),
    mend: both(`corriger : ${accounts}`),
  },
];
const spoken = (width: number) =>
  spokenSteps(steps, { language: 'fr', paint: (_style, text) => text, width }).split('\n');

it('breaks what a step says between words, below its own column', () => {
  const [first = '', second = ''] = spoken(80);
  expect(first).toMatch(/^✓ Comptes bancaires {2}noms : /);
  expect(second).toMatch(/^ {21}\S/);
  expect(spoken(80).every((line) => line.length <= 80)).toBe(true);
});

it('says it below the step where a column would be too narrow', () => {
  const lines = spoken(36);
  expect(lines[0]).toBe('✓ Comptes bancaires');
  expect(lines[1]).toMatch(/^ {4}noms : /);
  expect(lines.every((line) => line.length <= 36)).toBe(true);
});

it('takes one line for each where nothing says how wide the terminal is', () => {
  expect(spoken(Infinity)).toEqual([
    `✓ Comptes bancaires  noms : ${accounts}`,
    '✗ Jeton PISTE        PISTE refuse',
    `                     → corriger : ${accounts}`,
  ]);
});

it('calls a list of codes by its French name, and another subject as it is', () => {
  const lists = (['exemption-reasons', 'another'] as const).map((subject): StepReport => {
    return { step: 'code-list', subject, verdict: 'holds', finding: 'list-read', said: both('lisible') };
  });
  const said = spokenSteps(lists, { language: 'fr', paint: (_style, text) => text, width: Infinity });
  expect(said.split('\n')).toEqual([
    '✓ Liste de codes : motifs d’exonération  lisible',
    '✓ Liste de codes another                 lisible',
  ]);
});
