import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { physicalName } from '../names.ts';
import { answerFolders } from './acknowledgements.ts';
import { mayEncryptAndDecrypt, mayPutDocuments, mayReadDocuments, mayReceive, maySend } from './permissions.ts';

interface InvoiceSenderProps {
  stage: string;
  connection: string;
  invoices: IQueue;
  erpInbox: IQueue;
  documents: Bucket;
  key: IKey;
}

/**
 * All that a connection's ERP may do: hand in invoices, put documents into its own folder, read what it had fetched, and read what became of them. IAM
 * cannot look into a message: that it names this connection and no other is for the setting `allowedSenders`.
 */
export class InvoiceSender extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: InvoiceSenderProps) {
    const { stage, connection, invoices, erpInbox, documents, key } = props;
    const incoming = `incoming/${connection}/` as const;
    const fetched = `fetched/${connection}/` as const;
    super(scope, id, {
      managedPolicyName: physicalName(stage, `InvoiceSender-${connection}`),
      description: `Send invoices of ${connection} to chorus-relay and read its events`,
      statements: [
        maySend(invoices),
        mayPutDocuments(documents, incoming),
        mayReadDocuments(documents, fetched),
        mayReceive(erpInbox),
        mayEncryptAndDecrypt(key),
      ],
    });
    answerFolders(this, documents, [incoming, fetched]);
  }
}
