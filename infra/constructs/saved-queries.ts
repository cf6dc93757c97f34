import { CfnQueryDefinition, QueryDefinition, QueryString, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { statuses } from '../../shared/chorus-pro/statuses.ts';
import type { LogCode, LogFields } from '../../shared/telemetry/telemetry.ts';
import { stackName } from '../names.ts';

interface Query {
  name: string;
  shows: readonly (keyof LogFields)[];
  codes: readonly LogCode[];
}

export const savedQueries: readonly Query[] = [
  { name: 'faults of the relay', shows: ['error', 'subject', 'connection'], codes: ['UNEXPECTED'] },
  {
    name: 'invoices in doubt',
    shows: ['subject', 'attempt', 'reason'],
    codes: ['INVOICE_IN_DOUBT', 'DOUBT_FOUND', 'DOUBT_ABSENT', 'DOUBT_LASTS', 'DOUBT_STUCK', 'FILE_INCIDENT'],
  },
  {
    name: 'refused by rules or by Chorus Pro',
    shows: ['subject', 'reason', 'connection'],
    codes: ['COMMAND_REFUSED', 'INVOICE_REFUSED', 'MESSAGE_UNREADABLE'],
  },
  {
    name: 'kept back by the settings',
    shows: ['subject', 'reason'],
    codes: ['COMMAND_WITHHELD'],
  },
  {
    name: 'what the ERP asked of Chorus Pro',
    shows: ['subject', 'operation', 'reason'],
    codes: ['COMMAND_ANSWERED', 'COMMAND_UNANSWERED', 'COMMAND_REFUSED'],
  },
  { name: 'retries', shows: ['reason', 'delaySeconds', 'attempt', 'messageId'], codes: ['MESSAGE_RETRIED'] },
  {
    name: 'credentials',
    shows: ['connection', 'reason', 'days'],
    codes: [
      'CONNECTION_SUSPENDED',
      'CREDENTIALS_MISSING',
      'CREDENTIALS_WATCHED',
      'CREDENTIALS_REMINDED',
      'PASSWORD_END_UNREAD',
      'CREDENTIALS_ROTATED',
      'CREDENTIALS_REFUSED',
      'CREDENTIALS_UNTRIED',
    ],
  },
  {
    name: 'requests to validate',
    shows: ['connection', 'subject', 'reason', 'days', 'count'],
    codes: ['VALIDATION_TOLD', 'VALIDATIONS_READ', 'VALIDATIONS_UNREAD'],
  },
  {
    name: 'orders of the State',
    shows: ['connection', 'reason', 'count'],
    codes: ['ORDERS_READ', 'ORDERS_UNREAD', 'ORDERS_NOT_SUBSCRIBED', 'ORDER_DETAIL_UNREAD'],
  },
  {
    name: 'works documents',
    shows: ['connection', 'subject', 'operation', 'reason'],
    codes: ['WORKS_UNREAD', 'WORKS_PATH_WRONG', 'WORKS_DOCUMENT'],
  },
  { name: 'polls', shows: ['connection', 'count', 'durationMs', 'reason'], codes: ['POLL_DONE', 'POLL_STOPPED'] },
  {
    name: 'what Chorus Pro said that nobody knows',
    shows: ['status', 'subject', 'connection'],
    codes: ['STATUS_UNKNOWN', 'REPORT_UNKNOWN', 'INVOICE_NOT_SHOWN'],
  },
];

const waiting = Object.entries(statuses).flatMap(([code, { severity }]) =>
  severity === 'action' ? [`"${code}"`] : [],
);

/** Invoices whose last status in the time range waits for the supplier; `npx relay status` reads the ledger instead. */
export const whatWaits = [
  'fields @timestamp, subject, status',
  'filter code = "STATUS_CHANGED"',
  'stats latest(status) as last, latest(@timestamp) as since by subject',
  `filter last in [${waiting.join(', ')}]`,
  'sort since asc',
];

/** The log queries of the runbooks, saved in Logs Insights under the stack's name. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, logGroups }: { stage: string; logGroups: ILogGroup[] }) {
    super(scope, id);
    new CfnQueryDefinition(this, 'what waits for somebody', {
      name: `${stackName(stage)}/what waits for somebody`,
      logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      queryString: whatWaits.join('\n| '),
    });
    for (const { name, shows, codes } of savedQueries) {
      new QueryDefinition(this, name, {
        queryDefinitionName: `${stackName(stage)}/${name}`,
        logGroups,
        queryString: new QueryString({
          fields: ['@timestamp', 'code', ...shows],
          filterStatements: [`code in [${codes.map((code) => `"${code}"`).join(', ')}]`],
          sort: '@timestamp desc',
          limit: 200,
        }),
      });
    }
  }
}
