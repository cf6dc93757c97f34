/** The local cloud's region and account, and the ARNs of its resources. */
import { createHash } from 'node:crypto';

export const accountId = '000000000000';
export const region = 'eu-west-3';

const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;

/** AWS ends a secret's ARN with six random characters; here they are derived from the name. */
const secretSuffix = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 6);

export const arns = {
  queue: (name: string) => arn('sqs', name),
  topic: (name: string) => arn('sns', name),
  table: (name: string) => arn('dynamodb', `table/${name}`),
  index: (table: string, index: string) => arn('dynamodb', `table/${table}/index/${index}`),
  bucket: (name: string) => `arn:aws:s3:::${name}`,
  object: (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`,
  secret: (name: string) => arn('secretsmanager', `secret:${name}-${secretSuffix(name)}`),
  key: (id: string) => arn('kms', `key/${id}`),
  function: (name: string) => arn('lambda', `function:${name}`),
  rule: (name: string) => arn('events', `rule/${name}`),
  schedule: (name: string) => arn('scheduler', `schedule/${name}`),
} as const;

export const lastPart = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

/** A function's name, from its name or its ARN, with or without a version or an alias. */
export const functionNameIn = (reference: string): string => reference.replace(/^.*function:/, '').replace(/:.*$/, '');

export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${accountId}/${name}`;
