import { Duration } from 'aws-cdk-lib';
import { Stats, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RelayAlarm, type Missing } from './alarm.ts';
import { connectionAlarms, retryAlarms } from './alarm-tables.ts';
import { ownMetric } from './metrics.ts';
import type { FunctionsByName } from './relay-functions.ts';

interface AlarmsProps {
  stage: string;
  topic: ITopic;
  connections: readonly { name: string; pollingIntervalMinutes: number }[];
  /** The address of docs/runbooks/; without it an alarm names the path in the repository. */
  runbookBaseUrl?: string | undefined;
  /** By the name of whatever gave up on the messages. */
  deadLetters: Record<string, IQueue>;
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
}

const often = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
/** A function that is this close to its timeout is about to be cut off. */
const nearTimeout = 0.95;
/** After this long without a call, we assume that the function is no longer called. */
const silentHours = 1;

const secondsOfDays = (days: number) => Duration.days(days).toSeconds();

interface Ringing {
  /** The page in docs/runbooks/alarms/, where several alarms share it. */
  page?: string;
  threshold?: number;
  missing?: Missing;
  periods?: number | undefined;
  rings?: 'above' | 'below';
}

/** Every alarm of the relay. They ring for what needs a person, not for what recovers by itself. */
export class Alarms extends Construct {
  private readonly props: AlarmsProps;
  private readonly alarms = new Map<string, IAlarm>();

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.props = props;
    this.ofQueues();
    this.ofFunctions();
    this.ofStatuses();
    this.ofRetries();
    for (const { name } of props.connections) this.ofConnection(name);
  }

  /** @throws Error for an unknown name */
  named(name: string): IAlarm {
    const alarm = this.alarms.get(name);
    if (!alarm) throw new Error(`there is no alarm ${name}`);
    return alarm;
  }

  private ofQueues(): void {
    for (const [name, queue] of Object.entries(this.props.deadLetters)) {
      this.ring(
        `${name}-dead-letters`,
        queue.metricApproximateNumberOfMessagesVisible(highest),
        `A message of ${name} could not be processed and is in the dead-letter queue. Read it, remove the cause, send it back.`,
      );
    }
    // A retried message is measured at least every two hours. SQS’s own age leaves it out after three receipts.
    this.ring(
      'invoices-wait',
      ownMetric(this.props.stage, 'MessageAgeSeconds', {}, { period: Duration.hours(3), statistic: Stats.MAXIMUM }),
      'An invoice has waited for four days, longer than a closed weekend; after fourteen it is lost. See why it is retried.',
      { threshold: secondsOfDays(4) },
    );
    // A parked message is hidden. One that stays visible for an hour is not being consumed.
    this.ring(
      'invoices-untaken',
      this.props.invoices.metricApproximateNumberOfMessagesVisible({
        period: Duration.hours(1),
        statistic: Stats.MINIMUM,
      }),
      'For an hour there were invoices that submit-invoice did not take. Check that its event source mapping is enabled.',
    );
    this.ring(
      'erp-inbox-unread',
      this.props.erpInbox.metricApproximateAgeOfOldestMessage(highest),
      'The ERP has not read its events for a day; after fourteen days they are lost. Look at the ERP.',
      { threshold: secondsOfDays(1) },
    );
  }

  private ofFunctions(): void {
    const { submitInvoice, pollStatuses, watchCredentials, checkConnection, rotateCredentials } = this.props.functions;
    const fault = 'A fault of the relay itself: look for UNEXPECTED in its log.';
    const errors = (name: string, of: Function, effect: string, cause = fault) => {
      this.ring(`${name}-errors`, of.metricErrors(often), `${name} failed: ${effect}. ${cause}`);
      this.ring(
        `${name}-throttles`,
        of.metricThrottles(often),
        `AWS did not let ${name} run: the account’s concurrency is used up. See who uses it; nothing is lost meanwhile.`,
        { page: 'throttles' },
      );
      this.ring(
        `${name}-near-timeout`,
        of.metricDuration(highest),
        `${name} ran almost as long as it may: ${effect} if it is cut off. See which calls take long.`,
        { page: 'near-timeout', threshold: nearTimeout * (of.timeout ?? Duration.seconds(3)).toMilliseconds() },
      );
    };
    errors('submit-invoice', submitInvoice, 'its batch of invoices is delivered again');
    errors('poll-statuses', pollStatuses, 'statuses come late');
    errors('check-connection', checkConnection, 'connections are not checked');
    errors('watch-credentials', watchCredentials, 'the expiry of the credentials is not watched');
    errors(
      'rotate-credentials',
      rotateCredentials,
      'the new credentials did not take over; the old ones stay in use',
      'CREDENTIALS_REFUSED or CREDENTIALS_UNTRIED in its log says why; else it is a fault of the relay itself.',
    );
    this.ring(
      'poll-statuses-silent',
      pollStatuses.metricInvocations({ period: this.silence(), statistic: Stats.SUM }),
      'poll-statuses has not been called: no status arrives, and doubts are not resolved. Check that its schedules are enabled.',
      { rings: 'below', missing: 'is the fault' },
    );
  }

  /** Twice the interval of the slowest schedule. CloudWatch allows a period of at most one day. */
  private silence(): Duration {
    const longest = Math.max(...this.props.connections.map(({ pollingIntervalMinutes }) => pollingIntervalMinutes));
    return Duration.hours(Math.min(24, Math.max(silentHours, Math.ceil((2 * longest) / 60))));
  }

  private ofStatuses(): void {
    this.ring(
      'unknown-status',
      ownMetric(this.props.stage, 'UnknownStatus', {}, often),
      'Chorus Pro gave a status that the relay does not know. Search the log for STATUS_UNKNOWN and add it to the table.',
    );
    this.ring(
      'unexpected',
      ownMetric(this.props.stage, 'Unexpected', {}, often),
      'A fault of the relay itself stopped one invoice and nothing else. Search the log for UNEXPECTED.',
    );
  }

  private ofRetries(): void {
    for (const { reason, hours, happened, todo } of retryAlarms) {
      this.ring(
        `retried-${reason}`,
        ownMetric(this.props.stage, 'Retries', { reason }, { period: Duration.hours(1), statistic: Stats.SUM }),
        `${happened}, and invoices wait for it. First thing: ${todo}.`,
        { page: 'retried', periods: hours },
      );
    }
  }

  private ofConnection(connection: string): void {
    for (const alarm of connectionAlarms(this.silence())) {
      const { name, page = name, metric, period, statistic, happened, todo, ...when } = alarm;
      this.ring(
        `${name}-${connection}`,
        ownMetric(this.props.stage, metric, { connection }, { period, statistic }),
        `${happened}, for connection ${connection}. ${todo}`,
        { page, ...when },
      );
    }
  }

  private ring(
    name: string,
    metric: IMetric,
    description: string,
    { page = name, threshold = 1, missing = 'is no fault', periods, rings = 'above' }: Ringing = {},
  ): void {
    const { stage, topic, runbookBaseUrl = 'docs/runbooks' } = this.props;
    const runbook = `${runbookBaseUrl.replace(/\/$/, '')}/alarms/${page}.md`;
    const alarm = new RelayAlarm(this, name, {
      stage,
      topic,
      name,
      metric,
      description,
      runbook,
      threshold,
      missing,
      periods,
      rings,
    });
    this.alarms.set(name, alarm);
  }
}
