import { Duration } from 'aws-cdk-lib';
import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RelayAlarm } from './alarm.ts';
import { ownMetric } from './own-metric.ts';

interface AlarmsProps {
  stage: string;
  topic: ITopic;
  connections: readonly string[];
  /** By the name of that which gave them up. */
  deadLetters: Record<string, IQueue>;
  functions: { submitInvoice: IFunction; pollStatuses: IFunction; watchCredentials: IFunction };
  invoices: IQueue;
  erpInbox: IQueue;
}

/** DESIGN: the reminder to make a new client secret comes at three months. */
const secretAgeDays = 90;

const daily = { period: Duration.days(1), statistic: Stats.MAXIMUM };
const often = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
const secondsOfDays = (days: number) => Duration.days(days).toSeconds();

/** Every alarm of the relay: what a person must know of, and nothing that mends itself. */
export class Alarms extends Construct {
  private readonly props: AlarmsProps;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.props = props;
    this.ofQueues();
    this.ofFunctions();
    this.ofStatuses();
    for (const connection of props.connections) this.ofConnection(connection);
  }

  private ofQueues(): void {
    for (const [name, queue] of Object.entries(this.props.deadLetters)) {
      this.ring(
        `${name}-dead-letters`,
        queue.metricApproximateNumberOfMessagesVisible(highest),
        `Something of ${name} was given up and lies in the dead-letter queue. Read it, remove the cause, send it back.`,
      );
    }
    this.ring(
      'invoices-wait',
      this.props.invoices.metricApproximateAgeOfOldestMessage(highest),
      'An invoice waits for four days, longer than a weekend of closure; at fourteen it is lost. Look why it is retried.',
      { threshold: secondsOfDays(4) },
    );
    this.ring(
      'erp-inbox-unread',
      this.props.erpInbox.metricApproximateAgeOfOldestMessage(highest),
      'The ERP has not read its events for a day; at fourteen they are lost. Look at the ERP.',
      { threshold: secondsOfDays(1) },
    );
  }

  private ofFunctions(): void {
    const { submitInvoice, pollStatuses, watchCredentials } = this.props.functions;
    const fault = 'A fault of the relay itself: look for UNEXPECTED in its log.';
    const errors = (name: string, of: IFunction, effect: string) =>
      this.ring(`${name}-errors`, of.metricErrors(often), `${name} failed: ${effect}. ${fault}`);
    errors('submit-invoice', submitInvoice, 'its batch of invoices comes again');
    errors('poll-statuses', pollStatuses, 'statuses come late');
    errors('watch-credentials', watchCredentials, 'nobody counts the days of the credentials');
  }

  private ofStatuses(): void {
    this.ring(
      'unknown-status',
      ownMetric('UnknownStatus', {}, often),
      'Chorus Pro gave a status that the relay does not know. Find it at STATUS_UNKNOWN in the log, add it to the table.',
    );
  }

  private ofConnection(connection: string): void {
    this.ring(
      `in-doubt-${connection}`,
      ownMetric('DoubtStuck', { connection }, often),
      `An invoice of ${connection} vanished on its way to Chorus Pro time and again. Find it at DOUBT_STUCK in the log and look on the portal.`,
    );
    this.ring(
      `connection-suspended-${connection}`,
      ownMetric('ConnectionSuspended', { connection }, often),
      `The credentials of ${connection} were refused and are left alone for a while. CONNECTION_SUSPENDED in the log says which.`,
    );
    this.ring(
      `piste-secret-age-${connection}`,
      ownMetric('PisteSecretAgeDays', { connection }, daily),
      `The PISTE client secret of ${connection} is ${secretAgeDays} days old. Make a new one and put it in its secret.`,
      { threshold: secretAgeDays, missing: 'changes nothing' },
    );
  }

  private ring(
    name: string,
    metric: IMetric,
    description: string,
    {
      threshold = 1,
      missing = 'is no fault',
    }: { threshold?: number; missing?: 'is no fault' | 'changes nothing' } = {},
  ): void {
    const { stage, topic } = this.props;
    new RelayAlarm(this, name, { stage, topic, name, metric, description, threshold, missing });
  }
}
