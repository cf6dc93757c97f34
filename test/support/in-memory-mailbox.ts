import type { Mailbox } from '../../shared/messaging/mailbox.ts';
import type { OperationsMessage } from '../../shared/messaging/senders.ts';

interface Sent extends OperationsMessage {
  connection: string;
  to: string;
}

/** Keeps every mail. A test closes it, has it refuse, or lets the reply get lost. */
export class InMemoryMailbox implements Mailbox {
  readonly sent: Sent[] = [];
  readonly closed = new Set<string>();
  next: 'takes' | 'refuses' | 'loses-reply' = 'takes';

  isOpen(_connection: string, address: string): Promise<boolean> {
    return Promise.resolve(!this.closed.has(address));
  }

  send(connection: string, to: string, message: OperationsMessage): Promise<'sent' | 'refused'> {
    const how = this.next;
    this.next = 'takes';
    if (how === 'refuses') return Promise.resolve('refused');
    this.sent.push({ connection, to, ...message });
    return how === 'takes' ? Promise.resolve('sent') : Promise.reject(new Error('no reply'));
  }
}
