import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  LogQueryWidget,
  SingleValueWidget,
  Stats,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { retryReasons } from '../../shared/messaging/retry-reasons.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { stackName } from '../names.ts';
import { found, graph, leftOf, ownMetric } from './metrics.ts';
import { whatWaits } from './saved-queries.ts';
import { relayFunctions, type FunctionsByName } from './relay-functions.ts';

interface Shown {
  name: string;
  callsPerDay?: number | undefined;
  /** Only of a connection that reads requests to validate. */
  validations?: object | undefined;
  /** Only of a connection that reads the State's orders. */
  orders?: object | undefined;
  /** Only of a connection with works contracts. */
  works?: object | undefined;
}

interface RelayDashboardProps {
  stage: string;
  connections: readonly Shown[];
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
  deadLetters: Record<string, IQueue>;
}

const counted = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };

/** The dashboard for the person on duty: what flows, what waits, what fails, and how long the credentials last. */
export class RelayDashboard extends Construct {
  private readonly props: RelayDashboardProps;

  constructor(scope: Construct, id: string, props: RelayDashboardProps) {
    super(scope, id);
    this.props = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: stackName(props.stage),
      defaultInterval: Duration.days(1),
      widgets: [
        ...[this.flow(), this.waiting(), this.validations(), this.ages()],
        ...[this.errors(), this.chorusPro(), this.credentials()],
      ],
    });
  }

  private flow(): IWidget[] {
    return [
      graph('Flow: what becomes of invoices', [
        this.counted('Received', 'received'),
        ...this.each('Submitted', 'submitted'),
        ...this.each('Refused', 'refused'),
        ...this.each('Withheld', 'withheld'),
        ...this.each('Answered', 'answered for the ERP'),
        ...this.each('Settled', 'settled'),
      ]),
      graph('Flow: doubts and status changes', [
        ...this.each('PollsDone', 'polls done'),
        ...this.each('StatusChanges', 'status changes'),
        ...this.each('InDoubt', 'into doubt'),
        ...this.each('DoubtStuck', 'a person must look'),
      ]),
    ];
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

  /** Only where a connection reads them. */
  private validations(): IWidget[] {
    const { stage, connections } = this.props;
    const when = { period: Duration.hours(1), statistic: Stats.MAXIMUM };
    const lines = connections.flatMap(({ name: connection, validations }) => {
      if (!validations) return [];
      const line = (name: MetricName, label: string) =>
        ownMetric(stage, name, { connection }, when).with({ label: `${connection}: ${label}` });
      return [
        line('ValidationsWaiting', 'wait'),
        line('ValidationsAtRisk', 'day 13 or later'),
        line('ValidationsRead', 'read'),
      ];
    });
    return lines.length === 0 ? [] : [graph('What subcontractors ask to validate: requests that wait', lines, 24)];
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
        this.ofEach('OldestOpenDays', { period: Duration.hours(1), statistic: Stats.MAXIMUM }),
        24,
      ),
    ];
  }

  private errors(): IWidget[] {
    const { stage, functions: byName } = this.props;
    const functions = relayFunctions.map((name) => [name, byName[name]] as const);
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
    const { stage } = this.props;
    const often = { stage, period: Duration.minutes(5) };
    const calls = { name: 'ChorusProCalls', dimensions: ['connection', 'operation', 'outcome'] } as const;
    const times = { name: 'ChorusProMilliseconds', dimensions: ['connection', 'operation'] } as const;
    return [
      graph('Chorus Pro: calls by outcome', [found({ ...often, ...calls, statistic: Stats.SUM })]),
      graph('Chorus Pro: how long a call takes, in ms (p90)', [
        found({ ...often, ...times, statistic: Stats.percentile(90) }),
      ]),
      graph('Chorus Pro: seen down, and no token from PISTE', [
        ...this.each('BreakerOpened', 'parked for a minute'),
        ...this.each('TokenFailures', 'no token'),
        this.counted('PlatformDown', 'polls that found it closed'),
      ]),
      ...this.orders(),
      ...this.works(),
      ...this.quota(),
    ];
  }

  /** Only for connections whose settings have the State's orders read. */
  private orders(): IWidget[] {
    const { stage } = this.props;
    const names = this.props.connections.flatMap(({ name, orders }) => (orders ? [name] : []));
    const lines = names.flatMap((connection) => [
      ownMetric(stage, 'OrdersNotified', { connection }, counted).with({ label: `${connection}: notified` }),
      ownMetric(stage, 'OrdersUnread', { connection }, counted).with({ label: `${connection}: not read` }),
    ]);
    return lines.length === 0 ? [] : [graph('The State’s orders', lines)];
  }

  /** Only for connections with works contracts. */
  private works(): IWidget[] {
    const { stage } = this.props;
    const names = this.props.connections.flatMap(({ name, works }) => (works ? [name] : []));
    const lines = names.flatMap((connection) => [
      ownMetric(stage, 'WorksClosed', { connection }, counted).with({ label: `${connection}: list not read` }),
      ownMetric(stage, 'WorksPathWrong', { connection }, counted).with({ label: `${connection}: nothing at the path` }),
    ]);
    return lines.length === 0 ? [] : [graph('Works contracts', lines)];
  }

  /** Only for connections whose settings give the quota: PISTE shows it only in its console. */
  private quota(): IWidget[] {
    const { stage, connections } = this.props;
    const left = connections.flatMap(({ name: connection, callsPerDay }) =>
      callsPerDay === undefined
        ? []
        : leftOf(callsPerDay, connection, {
            ...{ stage, name: 'ChorusProCalls', dimensions: ['connection', 'operation', 'outcome'] },
            ...{ where: { connection }, statistic: Stats.SUM, period: Duration.days(1) },
          }),
    );
    return left.length === 0 ? [] : [graph('Chorus Pro: calls left of the day’s quota', left)];
  }

  private credentials(): IWidget[] {
    const days = (title: string, name: MetricName) => {
      const metrics = this.ofEach(name, { period: Duration.days(1), statistic: Stats.MAXIMUM });
      return new SingleValueWidget({ title: `Credentials: ${title}, in days`, metrics, width: 8 });
    };
    return [
      days('age of the PISTE secret', 'PisteSecretAgeDays'),
      days('what the PISTE secret has left', 'PisteSecretDaysLeft'),
      days('what the technical password has left', 'TechnicalPasswordDaysLeft'),
      graph('Credentials: refused, and left alone for a while, not there, or of unknown age', [
        ...this.each('ConnectionSuspended', 'suspended'),
        ...this.each('CredentialsMissing', 'none'),
        ...this.each('ExpiriesUnknown', 'unknown expiries'),
      ]),
    ];
  }

  private counted(name: MetricName, label: string): IMetric {
    return ownMetric(this.props.stage, name, {}, counted).with({ label });
  }

  /** One line per connection. */
  private each(name: MetricName, label: string): IMetric[] {
    return this.ofEach(name, counted, label);
  }

  private ofEach(name: MetricName, when: { period: Duration; statistic: string }, label?: string): IMetric[] {
    return this.props.connections.map(({ name: connection }) =>
      ownMetric(this.props.stage, name, { connection }, when).with({
        label: label === undefined ? connection : `${connection}: ${label}`,
      }),
    );
  }
}
