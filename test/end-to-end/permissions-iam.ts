import * as z from 'zod';
import { region } from '../../tools/local-cloud/arn.ts';
import type { Resource, WireRequest } from '../../tools/local-cloud/index.ts';

/** One action on one resource: asked for by a call, or granted by a policy, where both may have wildcards. */
export interface Permission {
  action: string;
  resource: string;
  /** Of a call: what is known beside it. Of a grant: what of that it wants. By the name of IAM's condition key. */
  context?: Readonly<Record<string, readonly string[]>>;
}

export const spelled = ({ action, resource }: Permission): string => `${action} on ${resource}`;

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const conditionSchema = z
  .strictObject({
    StringEquals: z.strictObject({ 'kms:ViaService': oneOrMore }),
    StringLike: z.strictObject({ 's3:prefix': oneOrMore }),
  })
  .partial();
/**
 * Strict: a policy with a Deny, a NotAction or another Condition says more than is judged here, and must not pass for
 * less.
 */
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Allow'),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: conditionSchema.default({}),
});
const policySchema = z.object({
  PolicyDocument: z.looseObject({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.string()).default([]),
});

const grantsIn = ({ properties }: Resource): Permission[] =>
  policySchema
    .parse(properties)
    .PolicyDocument.Statement.flatMap(({ Action, Resource, Condition: { StringEquals, StringLike } }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => ({ action, resource, context: { ...StringEquals, ...StringLike } })),
      ),
    );

const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.type === type);

/** All that the policies of a role grant. @throws Error for a role that there is not, or has policies elsewhere */
export function grantsOfRole(resources: readonly Resource[], roleArn: unknown): Permission[] {
  const role = ofType(resources, 'AWS::IAM::Role').find(({ attributes }) => attributes['Arn'] === roleArn);
  if (!role) throw new Error(`no role ${String(roleArn)}`);
  for (const elsewhere of ['Policies', 'ManagedPolicyArns', 'PermissionsBoundary'])
    if (role.properties[elsewhere] !== undefined) throw new Error(`${role.logicalId} has ${elsewhere}`);
  return ofType(resources, 'AWS::IAM::Policy')
    .filter(({ properties }) => policySchema.parse(properties).Roles.includes(role.ref))
    .flatMap(grantsIn);
}

/** All that one policy grants. @throws Error for a policy that there is not */
export function grantsOfManagedPolicy(resources: readonly Resource[], name: string): Permission[] {
  const policy = ofType(resources, 'AWS::IAM::ManagedPolicy').find((one) => one.name === name);
  if (!policy) throw new Error(`no policy ${name}`);
  return grantsIn(policy);
}

const patternOf = (text: string, flags = ''): RegExp => {
  const literal = text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
};

export const covers = (grant: Permission, asked: Permission): boolean =>
  patternOf(grant.action, 'i').test(asked.action) &&
  patternOf(grant.resource).test(asked.resource) &&
  Object.entries(grant.context ?? {}).every(([name, wanted]) =>
    asked.context?.[name]?.some((is) => wanted.some((one) => patternOf(one).test(is))),
  );

/** Where the permission has another name than the call. */
const permissionOfCall: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadObject': 's3:GetObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
};

/** What AWS uses the key for, in the caller's name, when the resource is encrypted under it. */
const keyUses: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(sqs:SendMessage|sns:Publish|s3:PutObject|secretsmanager:PutSecretValue)$/,
    ['kms:GenerateDataKey', 'kms:Decrypt'],
  ],
  [
    /^(sqs:ReceiveMessage|s3:GetObject|s3:GetObjectVersion|secretsmanager:GetSecretValue|dynamodb:.*)$/,
    ['kms:Decrypt'],
  ],
];

const through = (service: string) => ({ 'kms:ViaService': [`${service}.${region}.amazonaws.com`] });

/** All that a call needs to be allowed. */
export function neededBy(request: WireRequest, keyArn: string): Permission[] {
  const { service, action: called, resources, status } = request;
  const call = `${service}:${service === 's3' ? called : called.replace(/Batch$/, '')}`;
  const action = permissionOfCall[call] ?? call;
  if (resources.length === 0) throw new Error(`${call}: on which resource?`);
  const own = resources.map((resource) => ({ action, resource }));
  const key = keyUses
    .filter(([pattern]) => pattern.test(action))
    .flatMap(([, actions]) => actions.map((use) => ({ action: use, resource: keyArn, context: through(service) })));
  // S3 says that an object is not there to those only who may list the bucket.
  const missed =
    /^s3:GetObject(Version)?$/.test(action) && status === 404
      ? resources.map((arn) => {
          const [bucket = '', ...key] = arn.split('/');
          return { action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': [key.join('/')] } };
        })
      : [];
  return [...own, ...key, ...missed];
}
