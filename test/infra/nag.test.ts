import { Stack, Validations, type App } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runNagChecks } from '../../infra/nag.ts';
import { synthesise } from '../../infra/synthesise.ts';
import { inTemporaryFolder, writeHandlers } from './stacks-fixture.ts';

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

interface Acknowledgement {
  path: string;
  rule: string;
  reason: string;
}

const acknowledgementsSchema = z.record(z.string(), z.unknown());

function acknowledgementsIn(app: App): Acknowledgement[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(acknowledgementsSchema.parse(data)))
      .map(([rule, reason]) => ({ path: node.path, rule, reason: JSON.stringify(reason) })),
  );
}

const connections = ['duval', 'duval-nord'];
const settings = {
  label: 'Duval',
  environment: 'production',
  companies: [{ name: 'Duval', siret: '99910001900010' }],
  contacts: ['compta@example.org'],
  morningMail: [{ to: 'compta@example.org' }],
};

/** The synthesis of `npx cdk synth`, except for the code of the functions. */
const checked = (stage: string, inspect: (app: App) => void = () => undefined) =>
  inTemporaryFolder(async (folder) => {
    const source = join(folder, 'functions');
    await writeHandlers(source);
    const connectionsFolder = join(folder, 'connections');
    await mkdir(connectionsFolder);
    for (const [i, name] of connections.entries()) {
      const inbox = i === 0 ? 'shared' : 'own';
      await writeFile(join(connectionsFolder, `${name}.json`), JSON.stringify({ ...settings, inbox }));
    }
    const acknowledgements: Acknowledgement[] = [];
    const assembly = await synthesise({
      outdir: join(folder, 'assembly'),
      // All that the context can bring into a template: e-mail addresses for alarms, and more than one connection.
      context: { stage, stages: {}, connections, alarmEmails: ['ops@example.org'] },
      build: { source, outdir: join(folder, 'built'), connectionsFolder },
      inspect: (app) => {
        inspect(app);
        runNagChecks(app);
        acknowledgements.push(...acknowledgementsIn(app));
      },
    });
    const report = reportSchema.parse(JSON.parse(await readFile(join(assembly, 'validation-report.json'), 'utf8')));
    const findings = report.pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
    );
    return { packs: report.pluginReports.map(({ pluginName }) => pluginName), findings, acknowledgements };
  });

describe.each(['qualification', 'production'])('the template of %s', (stage) => {
  it('leaves no finding of cdk-nag unacknowledged', async () => {
    const { packs, findings, acknowledgements } = await checked(stage);
    expect(packs).toEqual(expect.arrayContaining(['AwsSolutions', 'Serverless']));
    expect(findings).toEqual([]);
    expect(acknowledgements.length).toBeGreaterThan(10);
    for (const { path, rule, reason } of acknowledgements) {
      expect(reason.length, `${rule} at ${path}`).toBeGreaterThan(40);
      expect(path.split('/').length, `${rule}: beside its resource, not on a whole stack`).toBeGreaterThan(1);
    }
  });
});

it('a finding stops the synthesis', async () => {
  const withOpenBucket = checked('test', (app) => {
    new Bucket(new Stack(app, 'Other'), 'Open');
  });
  await expect(withOpenBucket).rejects.toThrow("Acknowledge with 'AwsSolutions::AwsSolutions-S10'");
});

it('what CloudFormation would refuse stops the synthesis', async () => {
  const withEndlessQueue = checked('test', (app) => {
    new CfnQueue(new Stack(app, 'Other'), 'Endless', { visibilityTimeout: 1_000_000 });
  });
  await expect(withEndlessQueue).rejects.toThrow('CloudFormation Validate');
});
