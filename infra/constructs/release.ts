import { Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type ILambdaDeploymentConfig,
} from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { physicalName, stackName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';
import { liveFunctions, type LiveAliases } from './functions-by-name.ts';

interface Shift {
  config: ILambdaDeploymentConfig;
  /** The alarms that roll a release back. None rings for an old problem: it would stop the release that fixes it. */
  alarms: readonly string[];
}

/** How fast a new version takes over: slowly enough for its calls to show a fault. */
const shifts: Readonly<Record<(typeof liveFunctions)[number], Shift>> = {
  submitInvoice: {
    config: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
    alarms: ['submit-invoice-errors', 'unexpected'],
  },
  giveTurns: {
    config: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
    alarms: ['give-turns-errors', 'unexpected'],
  },
  // Half an hour is two turns of each connection.
  takeTurns: {
    config: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
    alarms: ['take-turns-errors', 'unexpected'],
  },
};

interface ReleaseProps {
  stage: string;
  live: LiveAliases;
  /** `at-once` ignores the alarms: for the deployment that fixes what they ring for. */
  release: Deployment['release'];
  alarm: (name: string) => IAlarm;
}

/** CodeDeploy shifts the traffic of `live` to the new version in steps, and back when an alarm rings meanwhile. */
export class Release extends Construct {
  constructor(scope: Construct, id: string, { stage, live, release, alarm }: ReleaseProps) {
    super(scope, id);
    const gradual = release === 'gradual';
    const application = new LambdaApplication(this, 'Application', { applicationName: stackName(stage) });
    const role = this.role(live);
    for (const name of liveFunctions) {
      const { config, alarms } = shifts[name];
      new LambdaDeploymentGroup(this, name, {
        application,
        deploymentGroupName: physicalName(stage, name),
        alias: live[name],
        // Immutable: otherwise the CDK would add an AWS managed policy that covers every function of the account.
        role: role.withoutPolicyUpdates(),
        deploymentConfig: gradual ? config : LambdaDeploymentConfig.ALL_AT_ONCE,
        alarms: alarms.map(alarm),
        ignoreAlarmConfiguration: !gradual,
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: gradual },
      });
    }
  }

  private role(live: LiveAliases): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    // As in AWS's own AWSCodeDeployRoleForLambdaLimited; IAM asks for the function where the API names its alias.
    const actions = ['GetAlias', 'UpdateAlias', 'GetProvisionedConcurrencyConfig'].map((action) => `lambda:${action}`);
    const resources = liveFunctions.flatMap((name) => [live[name].lambda.functionArn, live[name].functionArn]);
    role.addToPolicy(new PolicyStatement({ actions, resources }));
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'DescribeAlarms returns composite alarms only when it is allowed on all resources. It reads names and states.',
    });
    return role;
  }
}
