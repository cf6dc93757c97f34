import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { marker } from '../../tools/template-diff/page.ts';
import { broken, readWorkflow, rules, writesOf, type RuleName } from './workflow-rules.ts';

const folder = join(projectRoot, '.github', 'workflows');
const workflows = Object.fromEntries(
  readdirSync(folder).map((file) => [file, readWorkflow(readFileSync(join(folder, file), 'utf8'))]),
);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')));
const known = {
  scripts: new Set(Object.keys(scripts)),
  binaries: new Set(readdirSync(join(projectRoot, 'node_modules', '.bin'))),
};

/** Each right to write that a job has, and why. */
const mayWrite: Readonly<Record<string, string>> = {
  'test.yml comment: pull-requests': 'posts the difference of the templates; has no code but its own few lines',
  'deploy.yml deploy: id-token': 'asks AWS for the role of the environment: no key is stored',
};

it.each(Object.entries(workflows))('%s keeps the rules', (_, workflow) => {
  expect(broken(workflow, known)).toEqual([]);
});

it('nothing may write but what is listed with its reason', () => {
  const rights = Object.entries(workflows).flatMap(([file, workflow]) =>
    writesOf(workflow).map((right) => `${file} ${right}`),
  );
  expect(rights.sort()).toEqual(Object.keys(mayWrite).sort());
});

const choiceSchema = z.object({ inputs: z.object({ stage: z.object({ options: z.array(z.string()) }) }) });

it('each stage that can be deployed is synthesised and compared before', () => {
  const { stage } = choiceSchema.parse(workflows['deploy.yml']?.on['workflow_dispatch']).inputs;
  expect(workflows['test.yml']?.env['STAGES']?.split(' ').sort()).toEqual(stage.options.toSorted());
});

it('the comment is found again by what it begins with', () => {
  expect(workflows['test.yml']?.text).toContain(`startswith("${marker}")`);
});

const commit = '0123456789abcdef0123456789abcdef01234567';
const sound = `
on:
  pull_request:
permissions: {}
concurrency: { group: test }
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${commit} # v4.2.2
        with:
          persist-credentials: false
      - run: npm --silent run guard -- "$OLD" && npm test && npx --no cdk synth
        env:
          OLD: \${{ github.event.number }}
`;

describe('the rules', () => {
  it('let a sound workflow pass', () => {
    expect(broken(readWorkflow(sound), known)).toEqual([]);
  });

  const pin: RuleName = 'an action is pinned by its commit, its version beside it';
  const none: RuleName = 'nothing is allowed but by the job';
  const pullRequest: RuleName = 'what a pull request brings runs without the right to write';
  const role: RuleName = 'whoever asks AWS for a role does so from main, in an environment';
  const calls: RuleName = 'what is called exists';
  const text: RuleName = 'no expression becomes part of a shell’s text';
  const toMain = (condition: string) =>
    [
      / {2}pull_request:[^]*contents: read/,
      `  workflow_dispatch:
permissions: {}
concurrency: { group: test }
jobs:
  test:
    if: ${condition}
    environment: production
    timeout-minutes: 10
    permissions:
      id-token: write`,
    ] as const;

  const examples: (readonly [RuleName, string | RegExp, string])[] = [
    [pin, commit, 'v4.2.2'],
    [pin, commit, commit.slice(0, 12)],
    [pin, ' # v4.2.2', ''],
    [pin, ' # v4.2.2', ' # v4'],
    [pin, `actions/checkout@${commit} # v4.2.2`, './.github/actions/own'],
    [none, 'permissions: {}\n', ''],
    [none, 'permissions: {}\n', 'permissions: { contents: read }\n'],
    ['a job says what it may do', '    permissions:\n      contents: read\n', ''],
    ['a job ends', '    timeout-minutes: 10\n', ''],
    ['a job ends', 'minutes: 10', 'minutes: 360'],
    ['runs know of each other', 'concurrency: { group: test }\n', ''],
    ['a checkout leaves no token behind', 'persist-credentials: false', 'fetch-depth: 1'],
    [text, '"$OLD"', '"${{ github.event.pull_request.title }}"'],
    [text, '"$OLD"', '${{ inputs.stage }}'],
    [text, '"$OLD"', '${{ github.head_ref }}'],
    ['the shell’s text is valid', '"$OLD"', '"$OLD'],
    ['the shell’s text is valid', 'npm test', 'if true; then npm test'],
    [pullRequest, 'contents: read', 'pull-requests: write'],
    [pullRequest, /pull_request:([^]*)contents: read/, 'pull_request_target:$1contents: write'],
    [pullRequest, /contents: read[^]*/, 'issues: write\n    steps:\n      - run: gh pr checkout 1 && npm test\n'],
    [role, ...toMain("github.ref != ''")],
    [
      role,
      toMain("github.ref == 'refs/heads/main'")[0],
      toMain("github.ref == 'refs/heads/main'")[1].replace(/ +environment.*\n/, ''),
    ],
    [calls, 'run guard', 'run gard'],
    [calls, 'npx --no cdk', 'npx --no some-package'],
  ];

  it.each(examples)('hold: %s (example %$)', (rule, from, to) => {
    const changed = sound.replace(from, to);
    expect(changed).not.toBe(sound);
    const said = broken(readWorkflow(changed), known);
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((line) => !line.startsWith(`${rule} (`))).toEqual([]);
  });

  it('have an example each', () => {
    expect(Object.keys(rules).sort()).toEqual([...new Set(examples.map(([rule]) => rule))].sort());
  });

  it('do not read permissions in one word', () => {
    expect(() => readWorkflow(sound.replace('permissions: {}', 'permissions: write-all'))).toThrow('permissions');
  });

  it('let a role be asked from main', () => {
    expect(broken(readWorkflow(sound.replace(...toMain("github.ref == 'refs/heads/main'"))), known)).toEqual([]);
  });
});
