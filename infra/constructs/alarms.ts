/** The alarms: which metric each watches, and who hears it. The tables are in alarm-tables.ts and alarm-texts.ts. */
import { Duration } from 'aws-cdk-lib';
import { Stats, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { timings } from '../../shared/facts/timings.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { RelayAlarm, type Missing } from './alarm.ts';
import type { Sentence } from './alarm-description.ts';
import { alarmTexts } from './alarm-texts.ts';
import { aDay, dailyAlarms, dailyLook, functionAlarms, retryAlarms, troubleAlarms, twoPolls } from './alarm-tables.ts';
import { everywhereIn, hoursOfTwoPolls, recentPolls, whatRecursWithin, type Window } from './alarm-window.ts';
import { ofEachConnection, ownMetric } from './metrics.ts';
import { morningMailMissed } from './mail-alarms.ts';
import { ordersUnread } from './orders-alarms.ts';
import type { Operations } from './operations.ts';
import type { FunctionsByName } from './functions-by-name.ts';
import { validationAlarms } from './validation-alarms.ts';
import { worksUnread } from './works-alarms.ts';

interface AlarmsProps {
  stage: string;
  operations: Operations;
  /** Only how often they are polled: each is watched by the same alarms. */
  connections: readonly { pollingIntervalMinutes: number }[];
  /** The address of docs/runbooks/; without it an alarm names the path in the repository. */
  runbookBaseUrl?: string | undefined;
  /** By the name of whatever gave up on the messages. */
  deadLetters: Record<string, IQueue>;
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
}

/** Each rings for every connection by itself: a table for all of them. */
export const ofOneConnection = [...troubleAlarms, ...validationAlarms, ordersUnread, worksUnread, morningMailMissed];

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
    this.ofInvoices();
    this.ofRetries();
    this.ofPlatform();
    this.ofTroubles();
    this.ofEachDay();
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
    for (const { name, of: which, again, effect, todo = alarmTexts.aFault } of functionAlarms) {
      const of = functions[which];
      if (!of) continue;
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
    const slowest = Math.max(...connections.map((one) => hoursOfTwoPolls(one.pollingIntervalMinutes)));
    this.silent('take-turns-silent', functions.takeTurns, slowest, alarmTexts.takeTurnsSilent);
    this.silent('watch-credentials-silent', functions.watchCredentials, 2 * aDay, alarmTexts.watchCredentialsSilent);
  }

  private silent(name: string, of: Function, hours: number, description: Sentence): void {
    const { period, ...window } = everywhereIn(hours);
    const calls = of.metricInvocations({ period, statistic: Stats.SUM });
    this.ring(name, calls, description, { rings: 'below', missing: 'is the fault', ...window });
  }

  private ofInvoices(): void {
    const counted = (name: MetricName, hours: number) => {
      const { period, ...window } = whatRecursWithin(hours);
      return { metric: ownMetric(this.props.stage, name, {}, { period, statistic: Stats.SUM }), window };
    };
    const status = counted('UnknownStatus', aDay);
    this.ring('unknown-status', status.metric, alarmTexts.unknownStatus, status.window);
    const fault = counted('Unexpected', twoPolls);
    this.ring('unexpected', fault.metric, alarmTexts.unexpected, fault.window);
    // An invoice that stays in doubt is counted once a day.
    const doubt = counted('DoubtStuck', aDay + twoPolls);
    this.ring('in-doubt', doubt.metric, alarmTexts.inDoubt, doubt.window);
    // A command that finds a wrong path is refused once: the alarm lasts a day, so that it is seen.
    const path = counted('WorksPathWrong', aDay);
    this.ring('works-path-wrong', path.metric, alarmTexts.worksPathWrong, path.window);
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

  /** For how many hours no poll of any connection got through, as the newest poll says. */
  private ofPlatform(): void {
    const newest = { period: Duration.minutes(5), statistic: Stats.MINIMUM };
    this.ring('platform-down', ownMetric(this.props.stage, 'PlatformDownHours', {}, newest), alarmTexts.platformDown, {
      threshold: timings.standstill.amount,
      missing: 'changes nothing',
    });
  }

  /** For each connection in trouble by itself: the second one is heard while the first still rings. */
  private ofTroubles(): void {
    const { period, ...window } = recentPolls;
    for (const { name, metric, happened, todo } of ofOneConnection)
      this.ring(
        name,
        ofEachConnection(this.props.stage, metric, period),
        alarmTexts.ofOneConnection(happened, todo),
        window,
      );
  }

  /** What the watcher measures once a day. */
  private ofEachDay(): void {
    const { period, ...window } = dailyLook;
    for (const { name: reason, happened, todo } of dailyAlarms)
      this.ring(
        reason,
        ownMetric(this.props.stage, 'ConnectionsInTrouble', { reason }, { period, statistic: Stats.MINIMUM }),
        alarmTexts.ofOneConnection(happened, todo),
        { missing: 'changes nothing', ...window },
      );
    this.ring(
      'interest-rates-end',
      ownMetric(this.props.stage, 'InterestRateDaysLeft', {}, { period, statistic: Stats.MAXIMUM }),
      alarmTexts.interestRatesEnd,
      { rings: 'below', threshold: timings.interestRatesNotice.amount + 1, missing: 'changes nothing', ...window },
    );
  }

  private ring(
    name: string,
    metric: IMetric,
    description: Sentence,
    { page = name, threshold = 1, missing = 'is no fault', periods = 1, enough, rings = 'above' }: Ringing = {},
  ): void {
    const { stage, operations, runbookBaseUrl = 'docs/runbooks' } = this.props;
    const runbook = `${runbookBaseUrl.replace(/\/$/, '')}/alarms/${page}.md`;
    const { topic } = operations;
    const alarm = new RelayAlarm(this, name, {
      ...{ stage, topic, name, metric, description, runbook, threshold, missing, periods, enough, rings },
    });
    this.alarms.set(name, alarm);
  }
}
