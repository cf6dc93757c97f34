import { savedQueries } from '../../infra/constructs/saved-queries.ts';
import { knownRefusals } from '../../shared/chorus-pro/outcome.ts';
import { lastWithoutPayment, statuses } from '../../shared/chorus-pro/statuses.ts';
import { reasonTexts } from '../../shared/invoice/reason-texts.ts';
import { retryReasons } from '../../shared/messaging/retry-reasons.ts';
import { logCodes, logFields } from '../../shared/telemetry/telemetry.ts';
import { generatedNotice, table } from './markdown.ts';

export const reasonsPage = (): string => `${generatedNotice('shared/invoice/reason-texts.ts')}
# Reasons: why an invoice was refused

Each event \`refused\` carries all the reasons at once: the code, where in the command it is, and this sentence.

${table(
  ['code', 'français', 'English'],
  Object.entries(reasonTexts).map(([code, { fr, en }]) => [`\`${code}\``, fr, en]),
)}

## Refusals of Chorus Pro whose meaning is known

Codes are per operation, never global. Any other refusal is told as it came, under \`refused-by-chorus-pro\`.

${table(
  ['operation', 'codeRetour', 'message code', 'meaning', 'mark', 'source'],
  knownRefusals.map(({ operation, code, message, meaning, mark, source }) => [
    `\`${operation}\``,
    String(code),
    message ?? '–',
    meaning.en,
    mark,
    source,
  ]),
)}
`;

export const statusesPage = (): string => `${generatedNotice('shared/chorus-pro/statuses.ts')}
# Statuses of Chorus Pro

The values are AIFE's (Swagger "Factures" 1.0.0), the meanings those of AIFE's pages and of users. *none*: not submitted yet;
*open*: followed on; *settled* and *rejected* are ends. A value that is not here is kept as it came, alarmed, and followed on.

${table(
  ['status', 'effect', 'who acts', 'severity', 'the ERP answers by', 'français', 'English'],
  Object.entries(statuses).map(([code, { effect, actor, severity, command, fr, en }]) => [
    `\`${code}\``,
    effect,
    actor,
    severity,
    command ? `\`${command}\`` : '–',
    fr,
    en,
  ]),
)}

Where the recipient reports no payments (\`statutMiseEnPaiementNestPasRemonte\`), ${[...lastWithoutPayment].map((code) => `\`${code}\``).join(' or ')} is the end.
`;

export const retriesPage = (): string => `${generatedNotice('shared/messaging/retry-reasons.ts')}
# Retries: why a message stays on the queue

The closed list; the metric \`Retries\` has the reason as a dimension. Delays are random between half the first and a ceiling that
doubles with each receipt, up to the longest; a Retry-After is respected. Nothing here needs a person unless it lasts.

${table(
  ['reason', 'first, s', 'longest, s', 'what it means', 'what to do when it lasts'],
  Object.entries(retryReasons).map(([reason, { first, longest, en, todo }]) => [
    `\`${reason}\``,
    String(first),
    String(longest),
    en,
    todo,
  ]),
)}
`;

export const logsPage =
  (): string => `${generatedNotice('shared/telemetry/telemetry.ts', 'infra/constructs/saved-queries.ts')}
# Log messages

Structured JSON; search by \`code\`. Besides level, message, timestamp, service and the trace's id a line has no other fields than
${Object.keys(logFields).join(', ')}: no document, no amount, no name, no secret. The formatter drops the rest.

Each function has a log group of its own, \`/aws/lambda/chorus-relay-<stage>-<function>\`, for 90 days. By the AWS CLI:

\`\`\`sh
aws logs tail /aws/lambda/chorus-relay-<stage>-submit-invoice --since 1h --filter-pattern '{ $.code = "UNEXPECTED" }'
aws logs tail /aws/lambda/chorus-relay-<stage>-poll-statuses --since 1d --filter-pattern '{ $.code = "POLL_STOPPED" }'
\`\`\`

Or in the console by a saved query (Logs Insights, folder \`chorus-relay-<stage>\`): "what waits for somebody" for the invoices, and by code:

${table(
  ['code', 'meaning', 'saved query'],
  Object.entries(logCodes).map(([code, meaning]) => [`\`${code}\``, meaning, queriesOf(code)]),
)}
`;

const queriesOf = (code: string): string =>
  savedQueries.flatMap(({ name, codes }) => (codes.some((asked) => asked === code) ? [name] : [])).join(', ');
