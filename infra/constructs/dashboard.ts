import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
  Stats,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { retryReasons } from '../../shared/retry/retry-reasons.ts';
import type { MetricName } from '../../shared/telemetry/telemetry.ts';
import { metrics, stackName } from '../names.ts';
import { ownMetric } from './own-metric.ts';
import { whatWaits } from './saved-queries.ts';
import { relayFunctions, type FunctionsByName } from './relay-functions.ts';

interface RelayDashboardProps {
  stage: string;
  connections: readonly string[];
  functions: FunctionsByName;
  invoices: IQueue;
  erpInbox: IQueue;
  deadLetters: Record<string, IQueue>;
}

const counted = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
const daily = { period: Duration.days(1), statistic: Stats.MAXIMUM };

/** A graph for each question of whoever is on duty: does it flow, what waits, what fails, how long do the credentials last. */
export class RelayDashboard extends Construct {
  private readonly props: RelayDashboardProps;

  constructor(scope: Construct, id: string, props: RelayDashboardProps) {
    super(scope, id);
    this.props = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: stackName(props.stage),
      defaultInterval: Duration.days(1),
      widgets: [this.flow(), this.waiting(), this.ages(), this.errors(), this.chorusPro(), this.credentials()],
    });
  }

  private flow(): IWidget[] {
    return [
      graph('Flow: what becomes of invoices', [
        ownMetric('Received', {}, counted).with({ label: 'received' }),
        ...this.each('Submitted', 'submitted'),
        ...this.each('Refused', 'refused'),
        ...this.each('Withheld', 'withheld'),
        ...this.each('Answered', 'answered for the ERP'),
        ...this.each('Settled', 'settled'),
      ]),
      graph('Flow: doubts and status changes', [
        ...this.each('StatusChanges', 'status changes'),
        ...this.each('InDoubt', 'into doubt'),
        ...this.each('DoubtStuck', 'a person must look'),
      ]),
    ];
  }

  private waiting(): IWidget[] {
    const { pollStatuses, submitInvoice } = this.props.functions;
    return [
      new LogQueryWidget({
        title: 'What waits for somebody: the last status of each invoice',
        logGroupNames: [pollStatuses, submitInvoice].map(({ logGroup }) => logGroup.logGroupName),
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
        invoices.metricApproximateAgeOfOldestMessage(highest).with({ label: 'invoices' }),
        erpInbox.metricApproximateAgeOfOldestMessage(highest).with({ label: 'erp-inbox' }),
      ]),
      graph('What waits: messages on the queues', [
        invoices.metricApproximateNumberOfMessagesVisible(highest).with({ label: 'invoices' }),
        invoices.metricApproximateNumberOfMessagesNotVisible(highest).with({ label: 'invoices, at work or parked' }),
        ...Object.entries(deadLetters).map(([name, queue]) =>
          queue.metricApproximateNumberOfMessagesVisible(highest).with({ label: `${name} dead letters` }),
        ),
      ]),
    ];
  }

  private errors(): IWidget[] {
    const functions = relayFunctions.map((name) => [name, this.props.functions[name]] as const);
    return [
      graph('Errors: faults and throttles of the functions', [
        ...functions.map(([name, of]) => of.metricErrors(counted).with({ label: `${name}: errors` })),
        ...functions.map(([name, of]) => of.metricThrottles(counted).with({ label: `${name}: throttles` })),
        ownMetric('Unreadable', {}, counted).with({ label: 'unreadable messages' }),
        ownMetric('UnknownStatus', {}, counted).with({ label: 'unknown statuses' }),
      ]),
      graph(
        'Retries by reason',
        Object.keys(retryReasons).map((reason) => ownMetric('Retries', { reason }, counted).with({ label: reason })),
      ),
    ];
  }

  private chorusPro(): IWidget[] {
    return [
      graph('Chorus Pro: calls by outcome', [
        search('ChorusProCalls', ['connection', 'operation', 'outcome'], Stats.SUM),
      ]),
      graph('Chorus Pro: how long a call takes, in ms (p90)', [
        search('ChorusProMilliseconds', ['connection', 'operation'], Stats.percentile(90)),
      ]),
    ];
  }

  private credentials(): IWidget[] {
    const { connections } = this.props;
    const days = (name: MetricName) =>
      connections.map((connection) => ownMetric(name, { connection }, daily).with({ label: connection }));
    const widget = (title: string, name: MetricName) =>
      new SingleValueWidget({ title: `Credentials: ${title}, in days`, metrics: days(name), width: 8 });
    return [
      widget('age of the PISTE secret', 'PisteSecretAgeDays'),
      widget('what the PISTE secret has left', 'PisteSecretDaysLeft'),
      widget('what the technical password has left', 'TechnicalPasswordDaysLeft'),
      graph('Credentials: refused, and left alone for a while', this.each('ConnectionSuspended', 'suspended')),
    ];
  }

  private each(name: MetricName, label: string): IMetric[] {
    return this.props.connections.map((connection) =>
      ownMetric(name, { connection }, counted).with({ label: `${connection}: ${label}` }),
    );
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: 12, height: 6, liveData: true });

/** Operations and outcomes are found as they come; a search must name all the dimensions of a metric. */
const search = (name: MetricName, dimensions: readonly string[], statistic: string): MathExpression => {
  const schema = [metrics.namespace, 'service', ...dimensions].join(',');
  return new MathExpression({
    expression: `SEARCH('{${schema}} MetricName="${name}" service="${metrics.service}"', '${statistic}', 300)`,
    usingMetrics: {},
    label: '',
    period: Duration.minutes(5),
  });
};
