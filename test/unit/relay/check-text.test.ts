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

const notTried = (subject: string): StepReport => ({
  ...{ step: 'api', subject, verdict: 'not-tried', finding: 'after-a-failure', said: both('pas essayé') },
});

it('takes one line for the steps that were not tried since another failed', () => {
  const checked = [...steps, notTried('factures'), notTried('structures'), ...steps.slice(0, 1), notTried('last')];
  const speaking = { paint: (_style: string, text: string) => text, width: Infinity };
  const lines = (language: 'fr' | 'en') => spokenSteps(checked, { ...speaking, language }).split('\n');
  expect(lines('fr').filter((line) => line.startsWith('–'))).toEqual([
    '– 3 contrôles non effectués : une étape dont ils dépendent a échoué (--json les nomme)',
  ]);
  expect(lines('en').at(-1)).toBe('– 3 steps not tried: a step that they depend on failed (--json names them)');
});

it('names a step that was not tried if it is the only one', () => {
  const said = spokenSteps([...steps, notTried('factures')], {
    ...{ language: 'fr', paint: (_style, text) => text, width: Infinity },
  });
  expect(said.split('\n').at(-1)).toBe('– API factures       pas essayé');
});

it('marks a step that holds, but has something to mend, as neither right nor wrong', () => {
  const attached: StepReport = {
    ...{ step: 'attached', verdict: 'holds', finding: 'attached-missing', said: both('à A ; pas à B') },
    mend: both('Chorus Pro, Mes structures'),
  };
  const said = spokenSteps([attached], { language: 'fr', paint: (style, text) => `${style} ${text}`, width: Infinity });
  expect(said.split('\n')[0]).toBe('yellow ! Rattachements  à A ; pas à B');
});

it('adds --local to what is to be typed for the local relay', () => {
  const missing: StepReport = {
    ...{ step: 'credentials', verdict: 'fails', finding: 'credentials-missing' },
    said: both('if it was disconnected, "npx relay connect example" brings them back'),
    mend: both('« Identifiants Oauth » ; puis npx relay credentials example'),
  };
  const said = spokenSteps([missing], { language: 'en', paint: (_style, text) => text, width: Infinity, local: true });
  expect(said).toContain('"npx relay connect example --local" brings');
  expect(said).toMatch(/puis npx relay credentials example --local$/);
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
