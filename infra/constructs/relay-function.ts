import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { EnvironmentNames, EnvironmentOf } from '../../functions/environments.ts';
import { notDeployed, type BuiltFunction } from '../build.ts';
import { metricsNamespace, metricsService, physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';

type Names = EnvironmentNames<string, string>;

/** Neither a missing name compiles nor one that the function never reads, even when it comes from a variable. */
export type ExactEnvironment<Wanted extends Names, Given> = EnvironmentOf<Wanted> &
  Given &
  Record<Exclude<keyof Given, keyof EnvironmentOf<Wanted>>, never>;

export interface RelayFunctionProps<Wanted extends Names, Given> {
  stage: string;
  name: string;
  built: readonly BuiltFunction[];
  /** From functions/environments.ts. */
  reads: Wanted;
  environment: ExactEnvironment<Wanted, Given>;
  timeout: Duration;
  memorySize: number;
  /** In megabytes: at most so much of its memory for objects, the rest for the bytes of documents. */
  heap?: number;
  key: IKey;
  mayDo: readonly PolicyStatement[];
  /** How often Lambda retries by itself when a call from a schedule fails. */
  retryAttempts?: number;
  /** Why an event that it could not process need not be kept. */
  withoutDeadLetters: string;
}

export class RelayFunction<Wanted extends Names, Given extends Record<string, string | undefined>> extends Construct {
  readonly function: Function;
  /** AWS's unique id of its role: `AROA…`. */
  readonly roleId: string;

  constructor(scope: Construct, id: string, props: RelayFunctionProps<Wanted, Given>) {
    super(scope, id);
    const functionName = physicalName(props.stage, props.name);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.roleId = role.roleId;
    logGroup.grantWrite(role);
    for (const statement of props.mayDo) role.addToPolicy(statement);
    acknowledge(role, { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources that a policy could name.' });
    this.function = new Function(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(directoryOf(props.name, props.built), { exclude: [...notDeployed] }),
      timeout: props.timeout,
      memorySize: props.memorySize,
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      // A deployed version stays, so that `live` can be turned back to it by hand. A version of a deployment that was
      // rolled back goes: Lambda would not publish the same code again, and that commit could not be deployed any more.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      ...(props.retryAttempts === undefined ? {} : { retryAttempts: props.retryAttempts }),
      environment: {
        ...given(props.environment),
        ...(props.heap === undefined ? {} : { NODE_OPTIONS: `--max-old-space-size=${props.heap}` }),
        METRICS_SERVICE: metricsService(props.stage),
        METRICS_NAMESPACE: metricsNamespace,
      },
    });
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': props.withoutDeadLetters,
      'Serverless-LambdaAsyncFailureDestination': props.withoutDeadLetters,
    });
  }
}

function directoryOf(name: string, built: readonly BuiltFunction[]): string {
  const found = built.find((candidate) => candidate.name === name);
  if (found) return found.directory;
  throw new Error(`functions/${name}/handler.ts does not exist: there is no bundle to deploy`);
}

const given = (environment: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
