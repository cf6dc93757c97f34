import type { SQSRecord } from 'aws-lambda';
import type { Timeline } from './timeline.ts';

interface Message {
  messageId: string;
  body: string;
  visibleAt: number;
  receives: number;
  sentAt: number;
}

/** As the template has them: infra/stacks/relay-stack.ts. */
const visibilityMs = 360_000;
const mostReceives = 1_000;

/** A standard SQS queue in memory: at least once, in any order, hidden for a while after each receipt. */
export class SimulatedQueue {
  readonly messages = new Map<string, Message>();
  readonly deadLetters = new Map<string, { body: string; why: string }>();
  private readonly timeline: Timeline;
  /** Called when a message may have become visible. */
  private readonly wake: () => void;
  private sent = 0;

  constructor(timeline: Timeline, wake: () => void) {
    this.timeline = timeline;
    this.wake = wake;
  }

  send(body: string, messageId = `relay-${(this.sent += 1)}`): void {
    const now = this.timeline.now();
    this.messages.set(messageId, { messageId, body, visibleAt: now, receives: 0, sentAt: now });
    this.timeline.after(0, this.wake);
  }

  visible(): string[] {
    const now = this.timeline.now();
    return [...this.messages.values()].filter(({ visibleAt }) => visibleAt <= now).map(({ messageId }) => messageId);
  }

  /** One receipt. A message received too often goes to the dead letters, as SQS does it. */
  receive(messageId: string): SQSRecord | undefined {
    const message = this.messages.get(messageId);
    if (!message) return undefined;
    message.receives += 1;
    if (message.receives > mostReceives) {
      this.messages.delete(messageId);
      this.deadLetters.set(messageId, { body: message.body, why: 'maxReceiveCount' });
      return undefined;
    }
    this.hide(messageId, visibilityMs);
    return recordOf(message);
  }

  hide(messageId: string, ms: number): void {
    const message = this.messages.get(messageId);
    if (!message) return;
    message.visibleAt = this.timeline.now() + ms;
    this.timeline.after(ms, this.wake);
  }

  delete(messageId: string): void {
    this.messages.delete(messageId);
  }

  moveToDeadLetters({ messageId, body }: SQSRecord, why: string): void {
    this.deadLetters.set(messageId, { body, why });
  }
}

const recordOf = ({ messageId, body, receives, sentAt }: Message): SQSRecord => ({
  messageId,
  receiptHandle: messageId,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'erp',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-3:000000000000:invoices',
  awsRegion: 'eu-west-3',
});
