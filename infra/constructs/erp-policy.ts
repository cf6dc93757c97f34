import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { erpPolicy, physicalName } from '../names.ts';
import { acknowledgeFolders } from './acknowledgements.ts';
import {
  mayEncryptAndDecryptThrough,
  mayFind,
  mayPutDocuments,
  mayReadDocuments,
  mayReceive,
  maySend,
} from './permissions.ts';

interface ErpPolicyProps {
  stage: string;
  connection: string;
  invoices: IQueue;
  /** Its own, or the one that it shares with others. */
  erpInbox: IQueue;
  documents: Bucket;
  key: IKey;
}

/**
 * All that a connection's ERP may do: send invoices, put documents into its own folder, read what the relay fetched for
 * it, and read the events of one inbox. IAM cannot look into a message: the setting `allowedSenders` says which
 * connections a sender may name.
 */
export class ErpPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: ErpPolicyProps) {
    const { stage, connection, invoices, erpInbox, documents, key } = props;
    const incoming = `incoming/${connection}/` as const;
    const fetched = `fetched/${connection}/` as const;
    super(scope, id, {
      managedPolicyName: physicalName(stage, erpPolicy(connection)),
      description: `Send invoices of ${connection} to chorus-relay and read its events`,
      statements: [
        mayFind(invoices, erpInbox),
        maySend(invoices),
        mayPutDocuments(documents, incoming),
        mayReadDocuments(documents, fetched),
        mayReceive(erpInbox),
        mayEncryptAndDecryptThrough(key, 'sqs', 's3'),
      ],
    });
    acknowledgeFolders(this, documents, [incoming, fetched]);
  }
}
