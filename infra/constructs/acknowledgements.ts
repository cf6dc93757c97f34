import { Stack, Token, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import { secretNameOf } from '../../shared/connection/settings.ts';
import type { Folder } from '../names.ts';

type Rule = `${'AwsSolutions' | 'Serverless'}-${string}`;

/** Acknowledges cdk-nag's findings (infra/nag.ts) about this construct: rule → why the construct is right as it is. */
export function acknowledge(construct: IConstruct, findings: Partial<Record<Rule, string>>): void {
  for (const [rule, reason = ''] of Object.entries(findings)) {
    // A rule's name begins with the name of its pack.
    const id = `${rule.slice(0, rule.indexOf('-'))}::${rule}`;
    Validations.of(construct).acknowledge({ id, reason });
  }
}

const importSchema = z.object({ 'Fn::ImportValue': z.string() });

/** cdk-nag names a resource as the template does: here, by the name of the other stack's export of the bucket. */
export function acknowledgeFolders(construct: IConstruct, bucket: Bucket, list: readonly Folder[]): void {
  const reference = Token.asAny(Stack.of(bucket).exportValue(bucket.bucketArn));
  const name = importSchema.parse(Stack.of(construct).resolve(reference))['Fn::ImportValue'];
  for (const folder of list) {
    acknowledge(construct, {
      [`AwsSolutions-IAM5[Resource::${name}/${folder}*]`]:
        'Objects are named after future invoices: a policy cannot be finer than the folder.',
    });
  }
}

const referenceSchema = z.object({ Ref: z.string() });

/** The same for topics of the construct's own stack, by logical id. */
export function acknowledgeTopics(construct: IConstruct, ...topics: ITopic[]): void {
  for (const topic of topics) acknowledgeNamedAfter(construct, topic, '*');
}

/** The same for the mailboxes of a stage's connections. */
export const acknowledgeMailboxes = (construct: IConstruct, operations: ITopic): void =>
  acknowledgeNamedAfter(construct, operations, '-morning-*');

function acknowledgeNamedAfter(construct: IConstruct, { topicArn }: ITopic, pattern: string): void {
  const { Ref: id } = referenceSchema.parse(Stack.of(construct).resolve(topicArn));
  acknowledge(construct, {
    [`AwsSolutions-IAM5[Resource::<${id}>${pattern}]`]:
      'Topics of connections are named after this one: a policy that listed them would grow with every connection.',
  });
}

/** The same for the secrets of a stage's connections. */
export function acknowledgeSecrets(construct: IConstruct, stage: string): void {
  const secrets = `secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${secretNameOf(stage, '*')}`;
  acknowledge(construct, {
    [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${secrets}]`]:
      'Whichever connections the stage has: a policy that listed their secrets would change with every connection.',
  });
}
