/** What SNS would send by e-mail: it is kept here, and nothing leaves the machine. */
import type { DrivenClock } from '../clock.ts';
import type { Service } from './aws-service.ts';

export interface Mail {
  /** By the cloud's clock. */
  at: number;
  to: string;
  subject: string;
  text: string;
}

export class Mails {
  readonly sent: Mail[] = [];
  private readonly addressees = new Map<string, string[]>();
  private readonly clock: DrivenClock;
  private readonly onMail: (mail: Mail) => void;

  constructor(clock: DrivenClock, onMail: (mail: Mail) => void) {
    this.clock = clock;
    this.onMail = onMail;
  }

  subscribe(topicArn: string, address: string): void {
    this.addressees.set(topicArn, [...(this.addressees.get(topicArn) ?? []), address]);
  }

  after(service: Service): Service {
    return async (request) => {
      const reply = await service(request);
      const form = new URLSearchParams(request.body.toString());
      if (reply.status === 200 && form.get('Action') === 'Publish') this.publish(form);
      return reply;
    };
  }

  private publish(form: URLSearchParams): void {
    for (const to of this.addressees.get(form.get('TopicArn') ?? '') ?? []) {
      const mail = { at: this.clock.now(), to, subject: form.get('Subject') ?? '', text: form.get('Message') ?? '' };
      this.sent.push(mail);
      this.onMail(mail);
    }
  }
}
