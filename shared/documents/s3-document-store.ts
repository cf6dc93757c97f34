import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import type { DocumentStore } from './document-store.ts';

export const s3DocumentStore = (client: S3Client, bucket: string): DocumentStore => ({
  async get(key, maxBytes) {
    try {
      const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (ContentLength > maxBytes) {
        // Unread, it would hold the connection until a timeout.
        if (Body instanceof Readable) Body.destroy();
        return { kind: 'too-large', size: ContentLength };
      }
      return Body ? { kind: 'found', bytes: await Body.transformToByteArray() } : { kind: 'missing' };
    } catch (error) {
      if (error instanceof NoSuchKey) return { kind: 'missing' };
      throw error;
    }
  },
  async put(key, bytes) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
  },
});
