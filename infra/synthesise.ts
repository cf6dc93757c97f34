import { join } from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { Annotations, App, AssetStaging, CfnResource, type Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import { buildFunctions, type BuildOptions } from './build.ts';
import { readConnectionFiles } from './connection-files.ts';
import { DataStack } from './stacks/data-stack.ts';
import {
  deploymentFrom,
  projectContext,
  projectRoot,
  warningsAbout,
  type Context,
  type Deployment,
} from './deployment.ts';
import { RelayStack, type RelayStackProps } from './stacks/relay-stack.ts';

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

/** Builds the functions and synthesises the stacks that run them. @returns the folder of the assembly */
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
  const connections = await readConnectionFiles(deployment.connections, build.connectionsFolder);
  const built = await buildFunctions(build);
  const relay = stacksIn(app, deployment, { connections, built });
  const resources = resourcesIn(relay);
  if (resources > mostResources) {
    const [one = ''] = deployment.connections;
    const alone = { ...deployment, connections: [one] };
    const first = resourcesIn(stacksIn(new App(settings), alone, { connections: connections.slice(0, 1), built }));
    throw tooManyConnections({ connections: connections.length, resources, first });
  }
  for (const warning of warningsAbout(deployment, connections))
    Annotations.of(relay).addWarningV2('chorus-relay', warning);
  inspect?.(app);
  return app.synth().directory;
}

function stacksIn(
  app: App,
  deployment: Deployment,
  { connections, built }: Pick<RelayStackProps, 'connections' | 'built'>,
): RelayStack {
  const data = new DataStack(app, deployment);
  return new RelayStack(app, { deployment, connections, built, data });
}

/** In one template. [AWS: quotas of CloudFormation] */
const mostResources = 500;

const resourcesIn = (stack: Stack): number => stack.node.findAll().filter(CfnResource.isCfnResource).length;

/** Said before the CDK counts for itself, and lists every type in an error that names no connection. */
function tooManyConnections(counted: { connections: number; resources: number; first: number }): Error {
  const { connections, resources, first } = counted;
  const fit = 1 + Math.floor(((mostResources - first) * (connections - 1)) / (resources - first));
  return new Error(
    `${connections} connections are too many for one stage: they need ${resources} resources, and a template of CloudFormation has at most ${mostResources}. ${fit} fit. Put the others into another stage: "stages" in cdk.json.`,
  );
}
