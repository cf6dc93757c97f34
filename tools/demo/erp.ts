/** The ERP of the demo and of the tests. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { localClients } from '../local-cloud/clients.ts';
import { inboxesOf, type Endpoints } from '../local-cloud/endpoints.ts';
import { credentialsReminderSchema, type CredentialsReminder } from '../../shared/messaging/credentials-event.ts';
import { retentionDueSchema } from '../../shared/messaging/retention-event.ts';
import { worksDocumentSchema, type WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import { orderNotifiedSchema, type OrderNotified } from '../../shared/messaging/order-event.ts';
import { cloudEventSchema, type InvoiceEvent } from '../../shared/invoice/events.ts';
import { validationEventSchema, type ValidationEvent } from '../../shared/messaging/validation-event.ts';
import { messagesOn } from '../relay/under-way.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import { storedRecordSchema } from '../../shared/ledger/stored-record.ts';

export interface DeadLetter {
  reason: string | undefined;
  originalMessageId: string | undefined;
}

/** Does what an ERP does, from outside and with the AWS SDK; it also reads what only an operator would. */
export class Erp {
  readonly #endpoints: Endpoints;
  readonly #clients: ReturnType<typeof localClients>;
  readonly #events = new Map<string, InvoiceEvent>();
  readonly #reminders = new Map<string, CredentialsReminder>();
  readonly #orders = new Map<string, OrderNotified>();
  readonly #requests = new Map<string, ValidationEvent>();
  readonly #worksDocuments = new Map<string, WorksDocumentEvent>();
  readonly #deadLetters = new Map<string, DeadLetter>();

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
    const { endpoint, region } = endpoints;
    this.#clients = localClients({ endpoint, region, accessKeyId: 'erp' });
  }

  async upload(key: string, bytes: Uint8Array): Promise<void> {
    await this.#clients.s3.send(new PutObjectCommand({ Bucket: this.#endpoints.bucket, Key: key, Body: bytes }));
  }

  /** Reads a document that the relay fetched for it. */
  async read(key: string): Promise<Uint8Array> {
    const { Body } = await this.#clients.s3.send(new GetObjectCommand({ Bucket: this.#endpoints.bucket, Key: key }));
    if (!Body) throw new Error(`${key} is empty`);
    return Body.transformToByteArray();
  }

  /** The connection is the message's group: no connection waits behind another's backlog. @returns its id */
  async send(body: string, connection: string): Promise<string> {
    const message = { QueueUrl: this.#queue('InvoicesQueueUrl'), MessageBody: body, MessageGroupId: connection };
    const { MessageId = '' } = await this.#clients.sqs.send(new SendMessageCommand(message));
    return MessageId;
  }

  /** Waits until the relay has taken what is on its queue, but no longer than 10 seconds: a message may be put off. */
  async untilTaken(): Promise<void> {
    const QueueUrl = this.#queue('InvoicesQueueUrl');
    for (let tries = 0; tries < 20 && (await messagesOn(this.#clients.sqs, QueueUrl)) > 0; tries += 1) await sleep(500);
  }

  /** Empties the inboxes and ignores duplicates. @returns all events about invoices so far */
  async readInbox(): Promise<InvoiceEvent[]> {
    for (const QueueUrl of inboxesOf(this.#endpoints)) await this.#empty(QueueUrl);
    return [...this.#events.values()];
  }

  async #empty(QueueUrl: string): Promise<void> {
    for (;;) {
      const messages = await this.#receive(QueueUrl);
      if (messages.length === 0) return;
      for (const { Body = '' } of messages) {
        this.#take(JSON.parse(Body));
      }
      const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      await this.#clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** The events of the inbox that are about credentials. */
  get reminders(): CredentialsReminder[] {
    return [...this.#reminders.values()];
  }

  /** The events of the inbox that are about orders of the State. */
  get orders(): OrderNotified[] {
    return [...this.#orders.values()];
  }

  /** The events of the inbox that are about requests to validate. */
  get requests(): ValidationEvent[] {
    return [...this.#requests.values()];
  }

  /** The events of the inbox that are about works documents of others, or deposited by hand. */
  get worksDocuments(): WorksDocumentEvent[] {
    return [...this.#worksDocuments.values()];
  }

  #take(content: unknown): void {
    const { data: document } = worksDocumentSchema.safeParse(content);
    if (document) {
      this.#worksDocuments.set(document.id, document);
      return;
    }
    const { data: order } = orderNotifiedSchema.safeParse(content);
    if (order) {
      this.#orders.set(order.id, order);
      return;
    }
    const { data: request } = validationEventSchema.safeParse(content);
    if (request) {
      this.#requests.set(request.id, request);
      return;
    }
    const { data: reminder } = credentialsReminderSchema.safeParse(content);
    if (reminder) {
      this.#reminders.set(reminder.id, reminder);
      return;
    }
    // Of retentions that come free it books nothing.
    if (retentionDueSchema.safeParse(content).success) return;
    const event = cloudEventSchema.parse(content);
    this.#events.set(event.id, event);
  }

  /** As an operator: reads them without deleting them. */
  async readDeadLetters(): Promise<DeadLetter[]> {
    const messages = await this.#receive(this.#queue('DeadLettersQueueUrl'));
    for (const { MessageId = '', MessageAttributes: attributes = {} } of messages) {
      const [reason, originalMessageId] = [attributes['reason'], attributes['originalMessageId']];
      this.#deadLetters.set(MessageId, {
        reason: reason?.StringValue,
        originalMessageId: originalMessageId?.StringValue,
      });
    }
    return [...this.#deadLetters.values()];
  }

  /** As an operator: every record. */
  async readLedger(): Promise<LedgerRecord[]> {
    const scan = new ScanCommand({ TableName: this.#endpoints.table, ConsistentRead: true });
    const { Items = [] } = await this.#clients.dynamodb.send(scan);
    const invoices = Items.filter(({ pk }) => !pk?.S?.startsWith('memory#'));
    return invoices.map((item) => storedRecordSchema.parse(unmarshall(item)));
  }

  close(): void {
    this.#clients.destroy();
  }

  #queue(output: string): string {
    const url = this.#endpoints.outputs[output];
    if (url === undefined) throw new Error(`the stacks have no output ${output}`);
    return url;
  }

  async #receive(QueueUrl: string): Promise<Message[]> {
    const command = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await this.#clients.sqs.send(new ReceiveMessageCommand(command));
    return Messages;
  }
}
