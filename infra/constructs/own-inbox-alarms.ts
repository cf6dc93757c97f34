import { Duration } from 'aws-cdk-lib';
import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ownDeadLetters, ownInbox } from '../names.ts';
import { RelayAlarm } from './alarm.ts';
import type { Sentence } from './alarm-description.ts';
import { alarmTexts } from './alarm-texts.ts';
import type { QueueWithDeadLetters } from './queue-with-dead-letters.ts';

interface WatchInboxProps {
  stage: string;
  connection: string;
  inbox: QueueWithDeadLetters;
  operators: ITopic;
  runbookBaseUrl: string | undefined;
}

const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };

/** The alarms that the shared inbox has, for an inbox of a connection's own: its events would be lost in silence. */
export function watchInbox(scope: Construct, props: WatchInboxProps): void {
  const { stage, connection, inbox, operators, runbookBaseUrl = 'docs/runbooks' } = props;
  const ring = (name: string, page: string, metric: IMetric, description: Sentence, threshold: number) => {
    new RelayAlarm(scope, name, {
      ...{ stage, topic: operators, name, metric, description, threshold },
      runbook: `${runbookBaseUrl.replace(/\/$/, '')}/alarms/${page}.md`,
      ...{ rings: 'above', missing: 'is no fault', periods: 1 },
    });
  };
  const age = inbox.queue.metricApproximateAgeOfOldestMessage(highest);
  const unread = {
    fr: `L’ERP de la connexion ${connection} n’a pas lu ses événements depuis un jour ; après quatorze jours, ils sont perdus. Vérifiez que l’ERP les lit.`,
    en: `The ERP of connection ${connection} has not read its events for a day; after fourteen days they are lost. Look at the ERP.`,
  };
  ring(`${ownInbox(connection)}-unread`, 'erp-inbox-unread', age, unread, Duration.days(1).toSeconds());
  const count = inbox.deadLetters.metricApproximateNumberOfMessagesVisible(highest);
  const name = ownDeadLetters(connection);
  ring(name, 'erp-inbox-dead-letters', count, alarmTexts.deadLetters(ownInbox(connection)), 1);
}
