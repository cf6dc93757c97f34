import { join } from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { Annotations, App, AssetStaging } from 'aws-cdk-lib';
import * as z from 'zod';
import { buildFunctions, type BuildOptions } from './build.ts';
import { readConnectionFiles } from './connection-files.ts';
import { ConnectionStack } from './stacks/connection-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { deploymentFrom, projectContext, projectRoot, warningsAbout, type Context } from './deployment.ts';
import { RelayStack } from './stacks/relay-stack.ts';

const contextSchema = z.record(z.string(), z.unknown());

export interface SynthesiseOptions {
  /** The folder for the assembly; by default, what the CDK's command line says, or cdk.out. */
  outdir?: string;
  /** Overrides the context of cdk.json. */
  context?: Context;
  /** For a test with functions, connections or a build folder of its own. */
  build?: BuildOptions & {
    /** The folder that has <connection>.json. */
    connectionsFolder?: string;
  };
  /** Whether the CDK holds the templates against CloudFormation's own rules, for seconds; by default, it does. */
  validate?: boolean;
  /** Called with the whole app before it is written. */
  inspect?: (app: App) => void;
}

/** Builds the functions and synthesises all stacks, or one connection's alone. @returns the folder of the assembly */
export async function synthesise({
  outdir,
  context = {},
  build = {},
  validate = true,
  inspect,
}: SynthesiseOptions = {}): Promise<string> {
  // Otherwise the CDK would assume, within one process, that a folder it has seen is unchanged.
  AssetStaging.clearAssetHashCache();
  const settings = {
    // All that the CDK recommends to new projects; it would ask at each synthesis for what is not decided.
    context: { ...recommendedFlags, ...projectContext() },
    postCliContext: context,
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    builtinCloudFormationValidation: validate,
  };
  const app = new App({ ...settings, outdir: outdir ?? process.env['CDK_OUTDIR'] ?? join(projectRoot, 'cdk.out') });
  const deployment = deploymentFrom(contextSchema.parse(app.node.getAllContext()));
  const { only } = deployment;
  const names = only === undefined ? deployment.connections : [only];
  const connections = await readConnectionFiles(names, build.connectionsFolder);
  const data = new DataStack(app, deployment);
  if (only === undefined) {
    const built = await buildFunctions(build);
    const relay = new RelayStack(app, { deployment, connections, built, data });
    for (const warning of warningsAbout(deployment, connections))
      Annotations.of(relay).addWarningV2('chorus-relay', warning);
  }
  for (const connection of connections) new ConnectionStack(app, { deployment, connection, data });
  inspect?.(app);
  return app.synth().directory;
}
