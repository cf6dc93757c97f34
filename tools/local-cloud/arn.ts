import { createHash } from 'node:crypto';

export const accountId = '000000000000';

/** Six characters of AWS's own choice end a secret's ARN; here they follow from the name. */
const secretSuffix = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 6);

export interface Arns {
  queue: (name: string) => string;
  topic: (name: string) => string;
  table: (name: string) => string;
  index: (table: string, index: string) => string;
  bucket: (name: string) => string;
  object: (bucket: string, key: string) => string;
  secret: (name: string) => string;
  function: (name: string, qualifier?: string) => string;
  schedule: (group: string, name: string) => string;
}

export function arnsOf(region: string): Arns {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  return {
    queue: (name) => arn('sqs', name),
    topic: (name) => arn('sns', name),
    table: (name) => arn('dynamodb', `table/${name}`),
    index: (table, index) => arn('dynamodb', `table/${table}/index/${index}`),
    bucket: (name) => `arn:aws:s3:::${name}`,
    object: (bucket, key) => `arn:aws:s3:::${bucket}/${key}`,
    secret: (name) => arn('secretsmanager', `secret:${name}-${secretSuffix(name)}`),
    function: (name, qualifier) => arn('lambda', `function:${name}${qualifier ? `:${qualifier}` : ''}`),
    schedule: (group, name) => arn('scheduler', `schedule/${group}/${name}`),
  };
}

export const lastPart = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

/** A function's name from a name, a partial or a whole ARN, each with or without a version or alias. */
export function functionNameIn(reference: string): string {
  const after = reference.includes('function:') ? lastPart(reference.replace(/^.*function:/, ''), '/') : reference;
  return after.split(':')[0] ?? after;
}
