import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
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
  'deploy.yml deploy: id-token': 'asks AWS for the role of the environment: no key is stored',
};

it.each(Object.entries(workflows))('%s follows the rules', (_, workflow) => {
  expect(broken(workflow, known)).toEqual([]);
});

it('only what is listed here, with its reason, may write', () => {
  const rights = Object.entries(workflows).flatMap(([file, workflow]) =>
    writesOf(workflow).map((right) => `${file} ${right}`),
  );
  expect(rights.sort()).toEqual(Object.keys(mayWrite).sort());
});

const choiceSchema = z.object({ inputs: z.object({ stage: z.object({ options: z.array(z.string()) }) }) });

it('every stage that can be deployed is synthesised and compared for each change', () => {
  const { stage } = choiceSchema.parse(workflows['deploy.yml']?.on['workflow_dispatch']).inputs;
  expect(workflows['test.yml']?.env['STAGES']?.split(' ').sort()).toEqual(stage.options.toSorted());
});

const commit = '0123456789abcdef0123456789abcdef01234567';
const sound = `
on:
  pull_request:
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
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
  it('pass a sound workflow', () => {
    expect(broken(readWorkflow(sound), known)).toEqual([]);
  });

  const pin: RuleName = 'an action is pinned by its commit, its version beside it';
  const none: RuleName = 'only a job gets permissions';
  const pullRequest: RuleName = 'a pull request runs without the right to write';
  const role: RuleName = 'only main, in an environment, asks AWS for a role';
  const calls: RuleName = 'every command that is called exists';
  const text: RuleName = 'no expression is pasted into a shell script';
  const toMain = (condition: string) =>
    [
      / {2}pull_request:[^]*contents: read/,
      `  workflow_dispatch:
permissions: {}
jobs:
  test:
    if: ${condition}
    environment: production
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
    ['a checkout leaves no token behind', 'persist-credentials: false', 'fetch-depth: 1'],
    [text, '"$OLD"', '"${{ github.event.pull_request.title }}"'],
    [text, '"$OLD"', '${{ inputs.stage }}'],
    [text, '"$OLD"', '${{ github.head_ref }}'],
    ['the shell script is valid', '"$OLD"', '"$OLD'],
    ['the shell script is valid', 'npm test', 'if true; then npm test'],
    [pullRequest, 'contents: read', 'pull-requests: write'],
    [pullRequest, /pull_request:([^]*)contents: read/, 'pull_request_target:$1contents: write'],
    [role, ...toMain("github.ref != ''")],
    [
      role,
      toMain("github.ref == 'refs/heads/main'")[0],
      toMain("github.ref == 'refs/heads/main'")[1].replace(/ +environment.*\n/, ''),
    ],
    [calls, 'run guard', 'run gard'],
    [calls, 'npx --no cdk', 'npx --no some-package'],
  ];

  it.each(examples)('catch what breaks: %s (example %$)', (rule, from, to) => {
    const changed = sound.replace(from, to);
    expect(changed).not.toBe(sound);
    const said = broken(readWorkflow(changed), known);
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((line) => !line.startsWith(`${rule} (`))).toEqual([]);
  });

  it('each have an example', () => {
    expect(Object.keys(rules).sort()).toEqual([...new Set(examples.map(([rule]) => rule))].sort());
  });

  it('refuse permissions in one word', () => {
    expect(() => readWorkflow(sound.replace('permissions: {}', 'permissions: write-all'))).toThrow('permissions');
  });

  it('let main ask for a role', () => {
    expect(broken(readWorkflow(sound.replace(...toMain("github.ref == 'refs/heads/main'"))), known)).toEqual([]);
  });
});
