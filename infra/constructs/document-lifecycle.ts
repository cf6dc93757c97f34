/** How long the document store keeps what is in each of its folders. */
import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { folders } from '../names.ts';

interface Term {
  folders: readonly string[];
  /** How long an object is kept. */
  days: number;
  /**
   * How long a version that was replaced or deleted, or whose days are over, can still be brought back. This adds to
   * the days: in a bucket with versions, S3 only puts a delete marker before an object that expires.
   */
  undoDays: number;
}

const terms = (retentionYears: number): Readonly<Record<'passing' | 'kept', Term>> => ({
  // Uploads are kept in documents/ once they are sent, and the ERP has its own copy of what it fetched.
  passing: { folders: [folders.incoming, folders.fetched], days: 90, undoDays: 30 },
  kept: { folders: originals, days: Math.ceil(retentionYears * 365.25), undoDays: 90 },
});

/** What was sent and received. A name is of one content: a hash of it, or the id of the message. */
const originals = [folders.documents, folders.received];

export const documentLifecycle = (retentionYears: number): LifecycleRule[] => [
  {
    id: 'leftovers',
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    // A marker whose object is gone for good.
    expiredObjectDeleteMarker: true,
  },
  ...Object.entries(terms(retentionYears)).flatMap(([name, term]) =>
    term.folders.map((prefix) => ({
      id: `${name}-${prefix.replace('/', '')}`,
      prefix,
      expiration: Duration.days(term.days),
      noncurrentVersionExpiration: Duration.days(term.undoDays),
    })),
  ),
];

/** Only S3's own lifecycle, which no policy stops, deletes an original: not a person by a slip, nor a function. */
export function keepOriginals(bucket: Bucket): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OriginalsAreKept',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: originals.map((folder) => bucket.arnForObjects(`${folder}*`)),
    }),
  );
}
