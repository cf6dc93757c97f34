/** The alarms: which metric each watches, and who hears it. The tables are in alarm-tables.ts and alarm-texts.ts. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { RelayAlarm, type Missing } from './alarm.ts';
import type { Sentence } from './alarm-description.ts';
import { alarmTexts } from './alarm-texts.ts';
import { aDay, connectionAlarms, functionAlarms, retryAlarms } from './alarm-tables.ts';
import { everyPollIn, everywhereIn, hoursOfTwoPolls, whatRecursWithin, type Window } from './alarm-window.ts';
import { ownMetric } from './metrics.ts';
import { ordersUnread } from './orders-alarms.ts';
import type { Operations } from './operations.ts';
import type { FunctionsByName } from './relay-functions.ts';
import { validationAlarms } from './validation-alarms.ts';
import { worksAlarms } from './works-alarms.ts';

type Polled = Pick<ConnectionSettings, 'name' | 'pollingIntervalMinutes' | 'orders' | 'validations' | 'works'>;

interface AlarmsProps {
  stage: string;
  operations: Operations;
  connections: readonly Polled[];
  /** The address of docs/runbooks/; without it an alarm names the path in the repository. */
  runbookBaseUrl?: string | undefined;
  /** By the name of whatever gave up on the messages. */
  deadLetters: Record<string, IQueue>;
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
}

const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
/** A function that is this close to its timeout is about to be cut off. */
const nearTimeout = 0.95;

const secondsOfDays = (days: number) => Duration.days(days).toSeconds();

interface Ringing extends Partial<Omit<Window, 'period'>> {
  /** The page in docs/runbooks/alarms/, where several alarms share it. */
  page?: string;
  threshold?: number;
  missing?: Missing;
  rings?: 'above' | 'below';
  /** The connection whose contacts hear it, too. */
  connection?: string;
}

/** Every alarm of the relay. They ring for what needs a person, not for what recovers by itself. */
export class Alarms extends Construct {
  private readonly props: AlarmsProps;
  private readonly alarms = new Map<string, IAlarm>();
  /** Hours in which the connection with the longest interval is polled twice. */
  private readonly slowest: number;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.props = props;
    this.slowest = Math.max(...props.connections.map((one) => hoursOfTwoPolls(one.pollingIntervalMinutes)));
    this.ofQueues();
    this.ofFunctions();
    this.ofStatuses();
    this.ofRetries();
    this.ofPlatform();
    for (const connection of props.connections) this.ofConnection(connection);
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
        alarmTexts.deadLetters(name),
      );
    }
    // A retried message is measured at least every two hours. SQS’s own age leaves it out after three receipts.
    const { period, ...aged } = whatRecursWithin(3);
    this.ring(
      'invoices-wait',
      ownMetric(this.props.stage, 'MessageAgeSeconds', {}, { period, statistic: Stats.MAXIMUM }),
      alarmTexts.invoicesWait,
      { threshold: secondsOfDays(4), ...aged },
    );
    // A parked message is hidden. One that stays visible for an hour is not being consumed.
    this.ring(
      'invoices-untaken',
      this.props.invoices.metricApproximateNumberOfMessagesVisible({
        period: Duration.hours(1),
        statistic: Stats.MINIMUM,
      }),
      alarmTexts.invoicesUntaken,
    );
    this.ring(
      'erp-inbox-unread',
      this.props.erpInbox.metricApproximateAgeOfOldestMessage(highest),
      alarmTexts.erpInboxUnread,
      { threshold: secondsOfDays(1) },
    );
  }

  private ofFunctions(): void {
    const { functions, connections } = this.props;
    const readings = connections.flatMap(({ validations }) =>
      validations ? [hoursOfTwoPolls(validations.pollingIntervalMinutes)] : [],
    );
    const table = functionAlarms(this.slowest, Math.max(1, ...readings));
    for (const { name, of: which, again, effect, todo = alarmTexts.aFault } of table) {
      const of = functions[which];
      const { period, ...window } = whatRecursWithin(again);
      const count = { period, statistic: Stats.SUM };
      this.ring(`${name}-errors`, of.metricErrors(count), alarmTexts.failed(name, effect, todo), window);
      this.ring(`${name}-throttles`, of.metricThrottles(count), alarmTexts.throttled(name), {
        page: 'throttles',
        ...window,
      });
      const threshold = nearTimeout * (of.timeout ?? Duration.seconds(3)).toMilliseconds();
      this.ring(
        `${name}-near-timeout`,
        of.metricDuration({ period, statistic: Stats.MAXIMUM }),
        alarmTexts.nearTimeout(name, effect),
        { page: 'near-timeout', threshold, ...window },
      );
    }
    this.silent('take-turns-silent', functions.takeTurns, this.slowest, alarmTexts.takeTurnsSilent);
    this.silent('watch-credentials-silent', functions.watchCredentials, 2 * aDay, alarmTexts.watchCredentialsSilent);
  }

  private silent(name: string, of: Function, hours: number, description: Sentence): void {
    const { period, ...window } = everywhereIn(hours);
    const calls = of.metricInvocations({ period, statistic: Stats.SUM });
    this.ring(name, calls, description, { rings: 'below', missing: 'is the fault', ...window });
  }

  private ofStatuses(): void {
    const counted = (name: MetricName, hours: number) => {
      const { period, ...window } = whatRecursWithin(hours);
      return { metric: ownMetric(this.props.stage, name, {}, { period, statistic: Stats.SUM }), window };
    };
    const status = counted('UnknownStatus', aDay);
    this.ring('unknown-status', status.metric, alarmTexts.unknownStatus, status.window);
    const fault = counted('Unexpected', this.slowest);
    this.ring('unexpected', fault.metric, alarmTexts.unexpected, fault.window);
  }

  private ofRetries(): void {
    for (const { reason, window, happened, todo } of retryAlarms) {
      const { period, ...when } = window;
      this.ring(
        `retried-${reason}`,
        ownMetric(this.props.stage, 'Retries', { reason }, { period, statistic: Stats.SUM }),
        alarmTexts.retried(happened, todo),
        { page: 'retried', ...when },
      );
    }
  }

  private ofPlatform(): void {
    const { period, ...window } = everyPollIn(this.slowest);
    this.ring('platform-down', this.closed(period), alarmTexts.platformDown, window);
  }

  /** 1 in a period in which every poll of every connection found the platform closed. */
  private closed(period: Duration): IMetric {
    return ownMetric(this.props.stage, 'PlatformDown', {}, { period, statistic: Stats.MINIMUM });
  }

  private ofConnection({ name: connection, pollingIntervalMinutes, orders, validations, works }: Polled): void {
    const readings = validations && hoursOfTwoPolls(validations.pollingIntervalMinutes);
    const twoPolls = hoursOfTwoPolls(pollingIntervalMinutes);
    const table = [
      ...connectionAlarms(twoPolls),
      ...(works ? worksAlarms(twoPolls) : []),
      ...(readings === undefined ? [] : validationAlarms(readings)),
      ...(orders ? [ordersUnread] : []),
    ];
    for (const { name, metric, window, statistic, happened, todo, ...when } of table) {
      const { period, ...periods } = window;
      this.ring(
        `${name}-${connection}`,
        ownMetric(this.props.stage, metric, { connection }, { period, statistic }),
        alarmTexts.ofConnection(connection, happened, todo),
        { page: name, connection, ...when, ...periods },
      );
    }
    const { slowest } = this;
    this.stopped(connection, { page: 'polls-stopped', metric: 'PollsDone', hours: slowest }, alarmTexts.pollsStopped);
    if (readings === undefined) return;
    const read = {
      page: 'validations-stopped',
      metric: 'ValidationsRead',
      hours: Math.max(slowest, readings),
    } as const;
    this.stopped(connection, read, alarmTexts.validationsStopped);
  }

  /** A closure of the platform, which stops the polls of all connections, rings once: as `platform-down`. */
  private stopped(
    connection: string,
    { page, metric, hours }: { page: string; metric: MetricName; hours: number },
    text: (connection: string) => Sentence,
  ): void {
    const { period, ...window } = everyPollIn(hours);
    const done = ownMetric(this.props.stage, metric, { connection }, { period, statistic: Stats.SUM });
    this.ring(
      `${page}-${connection}`,
      new MathExpression({
        expression: 'done + closed',
        usingMetrics: { done, closed: this.closed(period) },
        label: 'polls done, and 1 if the platform was closed for all',
        period,
      }),
      text(connection),
      { page, connection, rings: 'below', missing: 'is the fault', ...window },
    );
  }

  private ring(
    name: string,
    metric: IMetric,
    description: Sentence,
    {
      page = name,
      threshold = 1,
      missing = 'is no fault',
      periods = 1,
      enough,
      rings = 'above',
      connection,
    }: Ringing = {},
  ): void {
    const { stage, operations, runbookBaseUrl = 'docs/runbooks' } = this.props;
    const runbook = `${runbookBaseUrl.replace(/\/$/, '')}/alarms/${page}.md`;
    const topics = connection === undefined ? [operations.topic] : operations.topicsOf(connection);
    const alarm = new RelayAlarm(this, name, {
      ...{ stage, topics, name, metric, description, runbook, threshold, missing, periods, enough, rings },
    });
    this.alarms.set(name, alarm);
  }
}
