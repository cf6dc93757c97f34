import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  DashboardVariable,
  DefaultValue,
  LogQueryWidget,
  SingleValueWidget,
  Stats,
  VariableInputType,
  VariableType,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { retryReasons } from '../../shared/messaging/retry-reasons.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { stackName } from '../names.ts';
import { dailyAlarms } from './alarm-tables.ts';
import { ofOneConnection } from './alarms.ts';
import { graph, ownMetric, search } from './metrics.ts';
import { whatWaits } from './saved-queries.ts';
import { deployedFunctions, type FunctionsByName } from './functions-by-name.ts';

interface Shown {
  name: string;
  callsPerDay?: number | undefined;
}

interface RelayDashboardProps {
  stage: string;
  /** Only for the graph of the day's quota. */
  connections: readonly Shown[];
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
  deadLetters: Record<string, IQueue>;
}

const counted = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };

/** What the reader types in the field above the dashboard takes its place everywhere. */
const chosen = 'name-of-a-connection';

/**
 * The dashboard for the person on duty: what flows, what waits, what fails, and how long the credentials last. It shows
 * all connections together, those in trouble by name, and one of them in detail: the one whose name is typed in.
 */
export class RelayDashboard extends Construct {
  private readonly props: RelayDashboardProps;

  constructor(scope: Construct, id: string, props: RelayDashboardProps) {
    super(scope, id);
    this.props = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: stackName(props.stage),
      defaultInterval: Duration.days(1),
      variables: [
        new DashboardVariable({
          ...{ id: 'connection', label: 'Connection', type: VariableType.PATTERN, value: chosen },
          ...{ inputType: VariableInputType.INPUT, defaultValue: DefaultValue.value(chosen), visible: true },
        }),
      ],
      widgets: [
        ...[this.flow(), this.trouble(), this.waiting(), this.ages(), this.errors(), this.chorusPro()],
        ...[this.fromOthers(), this.credentials(), this.oneConnection()],
      ],
    });
  }

  private flow(): IWidget[] {
    return [
      graph('Flow: what becomes of invoices', [
        this.counted('Received', 'received'),
        this.counted('Submitted', 'submitted'),
        this.counted('Refused', 'refused'),
        this.counted('Withheld', 'withheld'),
        this.counted('Answered', 'answered for the ERP'),
        this.counted('Settled', 'settled'),
      ]),
      graph('Flow: doubts and status changes', [
        this.counted('PollsDone', 'polls done'),
        this.counted('StatusChanges', 'status changes'),
        this.counted('InDoubt', 'into doubt'),
        this.counted('DoubtStuck', 'a person must look'),
      ]),
    ];
  }

  /** Nothing is measured of a connection that is well. */
  private trouble(): IWidget[] {
    const found = ofOneConnection.map(({ name: label, metric: name }) =>
      search({ stage: this.props.stage, name, label, dimensions: ['connection'], ...counted }),
    );
    return [graph('Connections in trouble', found, 24)];
  }

  private waiting(): IWidget[] {
    const { takeTurns, submitInvoice } = this.props.functions;
    return [
      new LogQueryWidget({
        title: 'What waits for somebody: the last status of each invoice',
        logGroupNames: [takeTurns, submitInvoice].map(({ logGroup }) => logGroup.logGroupName),
        queryLines: whatWaits,
        width: 24,
        height: 6,
      }),
    ];
  }

  private ages(): IWidget[] {
    const { invoices, erpInbox, deadLetters } = this.props;
    return [
      graph('Ages: the oldest message, in seconds', [
        ownMetric(this.props.stage, 'MessageAgeSeconds', {}, highest).with({ label: 'invoices, retried' }),
        invoices.metricApproximateAgeOfOldestMessage(highest).with({ label: 'invoices, received at most twice' }),
        erpInbox.metricApproximateAgeOfOldestMessage(highest).with({ label: 'erp-inbox' }),
      ]),
      graph('What waits: messages on the queues', [
        invoices.metricApproximateNumberOfMessagesVisible(highest).with({ label: 'invoices' }),
        invoices.metricApproximateNumberOfMessagesNotVisible(highest).with({ label: 'invoices, at work or parked' }),
        ...Object.entries(deadLetters).map(([name, queue]) =>
          queue.metricApproximateNumberOfMessagesVisible(highest).with({ label: `${name} dead letters` }),
        ),
      ]),
      graph(
        'Ages: the oldest invoice that is not at its end, in days',
        [this.measured('OldestOpenDays', Stats.MAXIMUM, 'the oldest of all connections')],
        24,
      ),
    ];
  }

  private errors(): IWidget[] {
    const { stage } = this.props;
    const functions = deployedFunctions(this.props.functions);
    return [
      graph('Errors: faults and throttles of the functions', [
        ...functions.map(([name, of]) => of.metricErrors(counted).with({ label: `${name}: errors` })),
        ...functions.map(([name, of]) => of.metricThrottles(counted).with({ label: `${name}: throttles` })),
        this.counted('Unexpected', 'faults of the relay'),
        this.counted('Unreadable', 'unreadable messages'),
        this.counted('UnknownStatus', 'unknown statuses'),
      ]),
      graph(
        'Retries by reason',
        Object.keys(retryReasons).map((reason) =>
          ownMetric(stage, 'Retries', { reason }, counted).with({ label: reason }),
        ),
      ),
    ];
  }

  private chorusPro(): IWidget[] {
    const often = { stage: this.props.stage, period: Duration.minutes(5) };
    const calls = { name: 'ChorusProCalls', dimensions: ['operation', 'outcome'] } as const;
    const times = { name: 'ChorusProMilliseconds', dimensions: ['operation'] } as const;
    return [
      graph('Chorus Pro: calls by outcome', [search({ ...often, ...calls, statistic: Stats.SUM })]),
      graph('Chorus Pro: how long a call takes, in ms (p90)', [
        search({ ...often, ...times, statistic: Stats.percentile(90) }),
      ]),
      graph('Chorus Pro: seen down, and no token from PISTE', [
        this.counted('BreakerOpened', 'parked for a minute'),
        this.counted('TokenFailures', 'no token'),
        this.measured('PlatformDownHours', Stats.MINIMUM, 'hours for which it has been closed to all'),
      ]),
      ...this.quota(),
    ];
  }

  /** What is read besides the company's own invoices. */
  private fromOthers(): IWidget[] {
    return [
      graph(
        'From others: requests to validate, orders of the State, works documents',
        [
          this.measured('ValidationsWaiting', Stats.MAXIMUM, 'requests that wait, at most in one connection'),
          this.counted('ValidationsRead', 'readings of requests'),
          this.counted('OrdersNotified', 'orders notified'),
          this.counted('WorksPathWrong', 'answers to works documents: nothing at the path'),
        ],
        24,
      ),
    ];
  }

  /** Only for connections whose settings give the quota: PISTE shows it only in its console. */
  private quota(): IWidget[] {
    return this.props.connections.flatMap(({ name, callsPerDay }) =>
      callsPerDay === undefined
        ? []
        : this.fromLog(`Chorus Pro: calls left of the day’s quota of ${name}`, [
            ...callsOf(name),
            `stats ${callsPerDay} - sum(ChorusProCalls) as left by bin(1d)`,
          ]),
    );
  }

  private credentials(): IWidget[] {
    const daily = { period: Duration.days(1), statistic: Stats.MINIMUM };
    const days = (title: string, name: MetricName) => {
      const metrics = [ownMetric(this.props.stage, name, {}, daily)];
      return new SingleValueWidget({ title: `${title}, in days`, metrics, width: 4 });
    };
    const reasons = dailyAlarms.map(({ name: reason }) =>
      ownMetric(this.props.stage, 'ConnectionsInTrouble', { reason }, daily).with({ label: reason }),
    );
    return [
      days('Credentials: what the oldest PISTE secret has left', 'PisteSecretDaysLeft'),
      days('Credentials: what the oldest technical password has left', 'TechnicalPasswordDaysLeft'),
      days('Interest: what the table of rates has left', 'InterestRateDaysLeft'),
      graph('Credentials: of how many connections they are due, or of unknown age', reasons),
    ];
  }

  /** What is known of it is in the log alone: a metric of each connection would cost more than its secret. */
  private oneConnection(): IWidget[] {
    return [
      this.fromLog('One connection: its calls to Chorus Pro by outcome', [
        ...callsOf(chosen),
        'stats sum(ChorusProCalls) as calls by operation, outcome',
        'sort calls desc',
      ]),
      this.fromLog('One connection: what the log says, but for its calls', [
        `filter connection = "${chosen}" and ispresent(code)`,
        'stats count(*) as times, latest(@timestamp) as last by code, reason',
        'sort last desc',
      ]),
    ];
  }

  private fromLog(title: string, queryLines: string[]): LogQueryWidget {
    const logGroupNames = deployedFunctions(this.props.functions).map(([, of]) => of.logGroup.logGroupName);
    return new LogQueryWidget({ title, logGroupNames, queryLines, width: 12, height: 6 });
  }

  private counted(name: MetricName, label: string): IMetric {
    return ownMetric(this.props.stage, name, {}, counted).with({ label });
  }

  private measured(name: MetricName, statistic: string, label: string): IMetric {
    return ownMetric(this.props.stage, name, {}, { period: Duration.hours(1), statistic }).with({ label });
  }
}

const callsOf = (connection: string): string[] => [`filter connection = "${connection}" and ispresent(ChorusProCalls)`];
