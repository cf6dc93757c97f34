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
import { liveFunctions, type LiveAliases } from './relay-functions.ts';

interface Shift {
  config: ILambdaDeploymentConfig;
  /** They turn it back. None of them rings for something old: a deployment that mends the cause would be stopped. */
  alarms: readonly string[];
}

/** How a new version takes over, each over as long as its calls need to show a fault. */
const shifts: Readonly<Record<(typeof liveFunctions)[number], Shift>> = {
  submitInvoice: {
    config: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
    alarms: ['submit-invoice-errors', 'unexpected'],
  },
  // Called four times an hour: half an hour is two polls of each connection.
  pollStatuses: {
    config: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
    alarms: ['poll-statuses-errors', 'unexpected'],
  },
};

interface ReleaseProps {
  stage: string;
  live: LiveAliases;
  /** `at-once` asks no alarm: for the deployment that mends what they ring for. */
  release: Deployment['release'];
  alarm: (name: string) => IAlarm;
}

/** CodeDeploy moves the weight of `live` to the new version by parts, and back when an alarm rings meanwhile. */
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
        // As it is: CDK would add a policy of AWS, with every function of the account in it.
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
        'DescribeAlarms answers about composite alarms only to whom it is allowed on everything; it reads names and states.',
    });
    return role;
  }
}
