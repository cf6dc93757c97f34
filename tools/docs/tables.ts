/** The pages that are one table of the code's own each: reasons, statuses, retries, log messages. */
import { savedQueries } from '../../infra/constructs/saved-queries.ts';
import { knownRefusals } from '../../shared/chorus-pro/outcome.ts';
import { lastWithoutPayment, type StatusMeaning, statuses } from '../../shared/chorus-pro/statuses.ts';
import { reasonTexts } from '../../shared/invoice/reason-texts.ts';
import { isReasonCode } from '../../shared/invoice/reasons.ts';
import { explainedRetries } from '../../shared/messaging/retry-texts.ts';
import { logCodes, logFields } from '../../shared/telemetry/telemetry.ts';
import { spokenCoverage } from './schema-coverage.ts';
import { howSoon } from './how-soon.ts';
import { code, generatedNotice, paragraph, table } from './markdown.ts';

export const reasonsPage = (): string => `${generatedNotice('shared/invoice/reason-texts.ts')}
# Reasons: why an invoice was refused

En français : [fr/motifs.md](fr/motifs.md).

Each event \`refused\` carries all the reasons at once: the code, the place in the command, and one of these sentences.
\`{…}\` is filled in. A part in \`[…]\` is left out if there is nothing to fill in. "In a schema" says whether the
[published schemas](commands.md#the-published-schemas) hold the rule, and what no schema can know.

${table(
  ['code', 'in a schema', 'français', 'English'],
  Object.entries(reasonTexts).map(([name, { fr, en }]) => [
    code(name),
    isReasonCode(name) ? spokenCoverage(name, 'en') : '–',
    shown(fr),
    shown(en),
  ]),
)}

## Refusals by Chorus Pro whose meaning is known

A code belongs to an operation: the same code means something else elsewhere. Any other refusal is passed on as it came,
as the reason \`refused-by-chorus-pro\`.

${table(
  ['operation', 'codeRetour', 'message code', 'meaning', 'mark', 'source'],
  knownRefusals.map(({ operation, code: returned, message, meaning, mark, source }) => [
    code(operation),
    String(returned),
    message ?? '–',
    meaning.en,
    mark,
    source,
  ]),
)}

The marks are explained in [what to try first](to-try-first.md#the-marks).
`;

/** `{stated:amount}` → `{stated}`: how an amount is written concerns the code alone. */
export const shown = (sentence: string): string => sentence.replace(/\{(\w+):\w+\}/g, '{$1}');

export const statusesPage =
  (): string => `${generatedNotice('shared/chorus-pro/statuses.ts', 'shared/facts/timings.ts')}
# Statuses of Chorus Pro

En français : [fr/etats.md](fr/etats.md).

The values are AIFE's (Swagger "Factures" 1.0.0); the meanings come from AIFE's pages and from users. The effect *none*
means that the invoice is not submitted yet, *open* that it is still followed; *settled* and *rejected* are ends. A
value that is not in this table is stored as it came, raises an alarm, and the invoice is still followed.

${table(
  ['status', 'effect', 'who acts', 'severity', 'the ERP’s command', 'français', 'English'],
  Object.entries(statuses).map(([name, { effect, actor, severity, fr, en, ...meaning }]) => [
    code(name),
    effect,
    actor,
    severity,
    commandsIn(meaning),
    fr,
    en,
  ]),
)}

If the recipient does not report payments (\`statutMiseEnPaiementNestPasRemonte\`), the end is
${[...lastWithoutPayment].map(code).join(' or ')}.

${howSoon('en')}`;

/** The commands that answer a status: of an invoice, and of a works document. */
export const commandsIn = ({ command, worksCommand }: Pick<StatusMeaning, 'command' | 'worksCommand'>): string =>
  [...new Set([command, worksCommand])].flatMap((one) => (one ? [code(one)] : [])).join(', ') || '–';

export const retriesPage =
  (): string => `${generatedNotice('shared/messaging/retry-reasons.ts', 'shared/messaging/retry-texts.ts')}
# Retries: why a message stays on the queue

En français : [reports.md](../fr/procedures/reports.md).

This is the closed list of reasons; the metric \`Retries\` has the reason as a dimension. A delay is random, between half
the first delay and a ceiling that starts at the first delay and doubles with each receipt, up to the longest. A
Retry-After is respected. None of this needs a person unless it lasts. When retrying ends:
[limits and timings](../limits-and-timings.md#a-message-that-always-fails).

${table(
  ['reason', 'first, s', 'longest, s', 'what it means', 'what to do if it lasts'],
  explainedRetries.map(({ reason, first, longest, en, todo }) => [
    code(reason),
    String(first),
    String(longest),
    en,
    todo.en,
  ]),
)}
`;

export const logsPage =
  (): string => `${generatedNotice('shared/telemetry/telemetry.ts', 'infra/constructs/saved-queries.ts')}
# Log messages

Structured JSON; search by \`code\`. Besides level, message, timestamp, service and the trace's id, a line has only these
fields:
${paragraph(`${Object.keys(logFields).join(', ')}.`)}
The formatter drops everything else: no document, amount, name or secret gets into a log. A message is the same for
every line of its code: a field that stands in it, such as \`reason\`, has its value beside it.

Each function has its own log group, \`/aws/lambda/chorus-relay-<stage>-<function>\`, kept for 90 days. With the AWS CLI:

\`\`\`sh
aws logs tail /aws/lambda/chorus-relay-<stage>-submit-invoice --since 1h --filter-pattern '{ $.code = "UNEXPECTED" }'
aws logs tail /aws/lambda/chorus-relay-<stage>-take-turns --since 1d --filter-pattern '{ $.code = "POLL_STOPPED" }'
\`\`\`

In the local relay: \`grep POLL_STOPPED .local/relay.log\`.

Or in the console with a saved query (Logs Insights, folder \`chorus-relay-<stage>\`): "what waits for somebody" for
the invoices, or by code:

${table(
  ['code', 'meaning', 'saved query'],
  Object.entries(logCodes).map(([name, meaning]) => [code(name), meaning, queriesOf(name)]),
)}
`;

const queriesOf = (name: string): string =>
  savedQueries.flatMap(({ name: query, codes }) => (codes.some((asked) => asked === name) ? [query] : [])).join(', ');
