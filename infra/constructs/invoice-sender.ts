import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { folders, physicalName } from '../names.ts';
import { answerFolders } from './answers.ts';
import { mayEncryptAndDecrypt, mayPutDocuments, mayReceive, maySend } from './permissions.ts';

interface InvoiceSenderProps {
  stage: string;
  invoices: IQueue;
  erpInbox: IQueue;
  documents: Bucket;
  key: IKey;
}

/** All that the ERP may do: hand in invoices and their documents, and read what became of them. */
export class InvoiceSender extends ManagedPolicy {
  constructor(scope: Construct, id: string, { stage, invoices, erpInbox, documents, key }: InvoiceSenderProps) {
    super(scope, id, {
      managedPolicyName: physicalName(stage, 'InvoiceSender'),
      description: 'Send invoices to chorus-relay and read its events',
      statements: [
        maySend(invoices),
        mayPutDocuments(documents, folders.incoming),
        mayReceive(erpInbox),
        mayEncryptAndDecrypt(key),
      ],
    });
    answerFolders(this, documents, [folders.incoming]);
  }
}
