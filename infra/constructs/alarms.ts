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
  /** By the name of what gave the messages up. */
  deadLetters: Record<string, IQueue>;
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
}

const often = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
/** A function that is this close to its timeout is about to be cut off. */
const nearTimeout = 0.95;
/** A function that was not called for this long is not called at all. */
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

/** Every alarm of the relay: what a person must know about, and nothing that mends itself. */
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
        `Something of ${name} was given up and lies in the dead-letter queue. Read it, remove the cause, send it back.`,
      );
    }
    this.ring(
      'invoices-wait',
      this.props.invoices.metricApproximateAgeOfOldestMessage(highest),
      'An invoice waits for four days, longer than a weekend of closure; at fourteen it is lost. Look why it is retried.',
      { threshold: secondsOfDays(4) },
    );
    // A parked message is hidden: one that stays visible for an hour is one that nothing takes.
    this.ring(
      'invoices-untaken',
      this.props.invoices.metricApproximateNumberOfMessagesVisible({
        period: Duration.hours(1),
        statistic: Stats.MINIMUM,
      }),
      'For an hour there were invoices that submit-invoice did not take. See whether its event source mapping is enabled.',
    );
    this.ring(
      'erp-inbox-unread',
      this.props.erpInbox.metricApproximateAgeOfOldestMessage(highest),
      'The ERP has not read its events for a day; at fourteen they are lost. Look at the ERP.',
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
    errors('submit-invoice', submitInvoice, 'its batch of invoices comes again');
    errors('poll-statuses', pollStatuses, 'statuses come late');
    errors('check-connection', checkConnection, 'nobody learns whether a connection holds');
    errors('watch-credentials', watchCredentials, 'nobody counts the days of the credentials');
    errors(
      'rotate-credentials',
      rotateCredentials,
      'new credentials did not take over, the old ones stay in use',
      'CREDENTIALS_REFUSED or CREDENTIALS_UNTRIED in its log says why; else it is a fault of the relay itself.',
    );
    this.ring(
      'poll-statuses-silent',
      pollStatuses.metricInvocations({ period: this.silence(), statistic: Stats.SUM }),
      'Nobody has called poll-statuses: no status comes, no invoice in doubt is looked for. See whether its schedules are enabled.',
      { rings: 'below', missing: 'is the fault' },
    );
  }

  /** Two turns of the slowest schedule; CloudWatch allows a period of one day at most. */
  private silence(): Duration {
    const longest = Math.max(...this.props.connections.map(({ pollingIntervalMinutes }) => pollingIntervalMinutes));
    return Duration.hours(Math.min(24, Math.max(silentHours, Math.ceil((2 * longest) / 60))));
  }

  private ofStatuses(): void {
    this.ring(
      'unknown-status',
      ownMetric(this.props.stage, 'UnknownStatus', {}, often),
      'Chorus Pro gave a status that the relay does not know. Find it at STATUS_UNKNOWN in the log, add it to the table.',
    );
    this.ring(
      'unexpected',
      ownMetric(this.props.stage, 'Unexpected', {}, often),
      'A fault of the relay itself, that stopped one invoice and nothing else. Find it at UNEXPECTED in the log.',
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
