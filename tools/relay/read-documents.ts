/** The document store as an operator reads it. */
import { GetObjectCommand, NoSuchKey, paginateListBuckets, type S3Client } from '@aws-sdk/client-s3';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { dataStackName } from '../../infra/names.ts';
import { notDeployed } from './targets.ts';

/** CloudFormation names the bucket after its stack. @throws Failure when the stage has no bucket here */
export async function documentsBucket(s3: S3Client, stage: string): Promise<string> {
  const prefix = `${dataStackName(stage)}-documents`;
  for await (const { Buckets = [] } of paginateListBuckets({ client: s3 }, { Prefix: prefix }))
    for (const { Name } of Buckets) if (Name?.startsWith(prefix)) return Name;
  throw notDeployed('bucket', `${prefix}…`);
}

export const documentsIn = (s3: S3Client, bucket: string): Pick<DocumentStore, 'get'> => ({
  async get(key, maxBytes) {
    try {
      const { Body, ContentLength: size = 0 } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (size <= maxBytes) return { kind: 'found', bytes: (await Body?.transformToByteArray()) ?? new Uint8Array() };
      return { kind: 'too-large', size };
    } catch (error) {
      if (error instanceof NoSuchKey) return { kind: 'missing' };
      throw error;
    }
  },
});
