/** What we ask of the GitHub workflows, beyond what GitHub itself checks: docs/adr/0010-workflow-rules.md. */
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import * as z from 'zod';

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const stepSchema = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const jobSchema = z.looseObject({
  if: z.string().default(''),
  permissions: permissionsSchema.optional(),
  environment: z.unknown().optional(),
  steps: z.array(stepSchema),
});
const workflowSchema = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema.optional(),
  env: z.record(z.string(), z.string()).default({}),
  jobs: z.record(z.string(), jobSchema),
});

type Step = z.infer<typeof stepSchema>;
type Job = z.infer<typeof jobSchema>;
export interface Workflow extends z.infer<typeof workflowSchema> {
  /** Comments are only in the text. */
  text: string;
}

/** @throws ZodError for permissions in one word, a job of another repository, a trigger without its colon */
export const readWorkflow = (text: string): Workflow => ({ ...workflowSchema.parse(parse(text)), text });

/** What the project has for a workflow to call. */
export interface Commands {
  scripts: ReadonlySet<string>;
  binaries: ReadonlySet<string>;
}

/** @returns what is wrong, one line each */
type Rule = (workflow: Workflow, known: Commands) => string[];

const eachJob =
  (check: (job: Job, workflow: Workflow) => boolean, wrong: string): Rule =>
  (workflow) =>
    Object.entries(workflow.jobs).flatMap(([name, job]) => (check(job, workflow) ? [] : [`${name}: ${wrong}`]));

const eachStep =
  (check: (step: Step, workflow: Workflow) => string | false): Rule =>
  (workflow) =>
    Object.entries(workflow.jobs).flatMap(([name, { steps }]) =>
      steps.flatMap((step) => {
        const wrong = check(step, workflow);
        return wrong === false ? [] : [`${name}: ${wrong}`];
      }),
    );

const writes = ({ permissions = {} }: Job): string[] =>
  Object.entries(permissions).flatMap(([scope, level]) => (level === 'write' ? [scope] : []));

const runsForPullRequests = ({ on }: Workflow): boolean =>
  Object.keys(on).some((trigger) => trigger.startsWith('pull_request') || trigger === 'workflow_run');

const shellFault = (run: string): string =>
  spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' }).stderr.split('\n')[0] ?? '';

const flags = String.raw`(?:-\S+\s+)*`;
const calls = {
  'npm run': new RegExp(String.raw`\bnpm\s+${flags}(?:run|run-script)\s+${flags}([\w:.-]+)`, 'g'),
  npm: new RegExp(String.raw`\bnpm\s+${flags}(test|start)\b`, 'g'),
  npx: new RegExp(String.raw`\bnpx\s+${flags}([\w@./-]+)`, 'g'),
} as const;

const unknownCalls = (run: string, { scripts, binaries }: Commands): string[] =>
  Object.entries(calls).flatMap(([program, pattern]) =>
    [...run.matchAll(pattern)]
      .map(([, name = '']) => name)
      .filter((name) => !(program === 'npx' ? binaries : scripts).has(name))
      .map((name) => `there is no ${program} ${name}`),
  );

export const rules = {
  'an action is pinned by its commit, its version beside it': eachStep(({ uses }, { text }) => {
    if (uses === undefined) return false;
    const lines = text.split('\n').filter((line) => line.includes(uses));
    const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses);
    return pinned && lines.every((line) => / # v\d+\.\d+\.\d+$/.test(line)) ? false : uses;
  }),
  'only a job gets permissions': ({ permissions }) =>
    permissions && Object.keys(permissions).length === 0 ? [] : ['the workflow: permissions: {} is missing'],
  'a checkout leaves no token behind': eachStep(({ uses, with: given }) =>
    uses?.startsWith('actions/checkout@') && given['persist-credentials'] !== false ? 'persist-credentials' : false,
  ),
  'no expression is pasted into a shell script': eachStep(({ run = '' }) => /\$\{\{[^]*?\}\}/.exec(run)?.[0] ?? false),
  'the shell script is valid': eachStep(({ run = '' }) => shellFault(run) || false),
  'a pull request runs without the right to write': eachJob(
    (job, workflow) => !runsForPullRequests(workflow) || writes(job).length === 0,
    'may write',
  ),
  'only main, in an environment, asks AWS for a role': eachJob(
    (job) =>
      !writes(job).includes('id-token') ||
      (job.if === "github.ref == 'refs/heads/main'" && job.environment !== undefined),
    'id-token from anywhere',
  ),
  'every command that is called exists': (workflow, known) =>
    Object.entries(workflow.jobs).flatMap(([name, { steps }]) =>
      steps.flatMap(({ run = '' }) => unknownCalls(run, known).map((wrong) => `${name}: ${wrong}`)),
    ),
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

/** The rules that the workflow breaks, and where. */
export const broken = (workflow: Workflow, known: Commands): string[] =>
  Object.entries(rules).flatMap(([name, rule]) => rule(workflow, known).map((where) => `${name} (${where})`));

/** `job: scope` of each right to write. */
export const writesOf = ({ jobs }: Workflow): string[] =>
  Object.entries(jobs).flatMap(([name, job]) => writes(job).map((scope) => `${name}: ${scope}`));
