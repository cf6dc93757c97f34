/** The pages made from facts: what to try first in qualification, and every limit and timing. */
import { chorusProFacts } from '../../shared/chorus-pro/facts.ts';
import { fluxSyntaxes } from '../../shared/chorus-pro/flux.ts';
import { listFacts } from '../../shared/chorus-pro/lists.ts';
import { orderFacts } from '../../shared/chorus-pro/orders.ts';
import { worksAnswers } from '../../shared/chorus-pro/works-answers.ts';
import { worksFacts } from '../../shared/chorus-pro/works-search.ts';
import { gatewaysOwn } from '../../shared/chorus-pro/outcome.ts';
import { worksSyntaxFacts } from '../../shared/chorus-pro/works-syntax.ts';
import { worksFileFacts } from '../../shared/e-invoice/making/works-papers.ts';
import { marks, type Fact, type Timing } from '../../shared/facts/fact.ts';
import { sources } from '../../shared/facts/sources.ts';
import { timings } from '../../shared/facts/timings.ts';
import { vatSlack } from '../../shared/invoice/amounts.ts';
import { attachmentExtensions, limits } from '../../shared/invoice/fields.ts';
import { retentionTerm } from '../../shared/invoice/deductions.ts';
import { deliveryLimits } from '../../shared/messaging/retry-reasons.ts';
import { explainedRetries } from '../../shared/messaging/retry-texts.ts';
import { validationFacts } from '../../shared/chorus-pro/validations.ts';
import { code, generatedNotice, table } from './markdown.ts';

/** Every table of facts. A new one must be added here: what is not on the page is not tried. */
const facts: Readonly<Record<string, Omit<Fact<unknown>, 'value'>>> = {
  ...limits,
  ...vatSlack,
  ...retentionTerm,
  ...timings,
  ...chorusProFacts,
  ...listFacts,
  ...gatewaysOwn,
  ...worksFacts,
  ...worksAnswers,
  ...validationFacts,
  ...worksSyntaxFacts,
  ...worksFileFacts,
  ...orderFacts,
  fluxSyntaxOfCiiWithPdf: fluxSyntaxes['cii-with-pdf'],
};

export function toTryFirstPage(): string {
  const trials = Object.entries(facts).flatMap(([name, { mark, source, toTry }]) =>
    toTry ? [{ name, mark, source, ...toTry }] : [],
  );
  trials.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  return `${generatedNotice(
    'shared/facts/timings.ts',
    'shared/chorus-pro/facts.ts',
    'shared/chorus-pro/flux.ts',
    'shared/chorus-pro/lists.ts',
    'shared/chorus-pro/orders.ts',
    'shared/chorus-pro/outcome.ts',
    'shared/chorus-pro/works-answers.ts',
    'shared/chorus-pro/works-search.ts',
    'shared/chorus-pro/validations.ts',
    'shared/chorus-pro/works-syntax.ts',
    'shared/e-invoice/making/works-papers.ts',
    'shared/invoice/fields.ts',
    'shared/invoice/amounts.ts',
  )}
# What to try first in qualification

The relay relies on these facts about Chorus Pro and PISTE, and a first day with real credentials should verify them,
in this order. If one turns out to be wrong, correct its value in the code: it stands there once, under the name in the
last column. How to get the credentials: [getting connected](getting-connected.md).

Before all of them: export the Swaggers from PISTE's console into a folder, and \`npx relay contract <folder>\` says what
differs from the code, and which marks they settle.

${table(
  ['', 'what to find out', 'command', 'so far we rely on', 'fact'],
  trials.map(({ name, mark, source, what, command }, i) => [
    String(i + 1),
    what,
    // Some are sentences: only the placeholders need protection from HTML.
    command.replaceAll('<', '\\<'),
    `${mark}: ${source}`,
    code(name),
  ]),
)}

## The marks

${table(
  ['mark', 'how sure we are'],
  Object.entries(marks).map(([mark, meaning]) => [mark, meaning]),
)}

## The sources

${table(
  ['short name', 'what it is', 'where'],
  Object.entries(sources).map(([name, { what, where }]) => [name, what, where]),
)}
`;
}

const limitOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(' ') : typeof value === 'number' ? value.toLocaleString('en') : code(String(value));

/** "1 hour", "12 hours". */
const spanOf = (amount: number, unit: Timing['unit']): string =>
  `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;

export const limitsPage = (): string => `${generatedNotice(
  'shared/facts/timings.ts',
  'shared/messaging/retry-reasons.ts',
  'shared/messaging/retry-texts.ts',
  'shared/invoice/fields.ts',
  'shared/invoice/amounts.ts',
)}
# Limits and timings

Every span of time, delay and limit. The marks are explained in [what to try first](to-try-first.md#the-marks).

## A message that always fails

A message that is not a command goes to the dead letters at once, as \`not-json\` or \`not-a-command\`. Any other message
is retried, with the delays below, until one of these limits:

${table(
  ['limit', 'counts', 'then'],
  Object.values(deliveryLimits).map(({ value, unit, then }) => [String(value), unit, then]),
)}

On the way, the alarm [unexpected](runbooks/alarms/unexpected.md) rings within five minutes of the first fault of the
relay, [invoices-wait](runbooks/alarms/invoices-wait.md) when a message has waited for four days, and
[invoices-dead-letters](runbooks/alarms/invoices-dead-letters.md) at the first dead letter. How to look at dead letters
and send them back: [dead letters](runbooks/dead-letters.md).

## Delays of a retried message

A 429 is \`throttled\`, a 403 \`api-not-subscribed\`. A delay is drawn at random between half the first delay and a
ceiling, which starts at the first delay and doubles with each try, up to the longest. A Retry-After is the least that
is waited. From the 200th receipt on, a message waits for 29 minutes at least, so that its receipts last for the 14 days
that SQS keeps it. What each reason means and what to do about it: [retries](runbooks/retries.md).

${table(
  ['reason', 'first delay, s', 'longest delay, s', 'when'],
  explainedRetries.map(({ reason, first, longest, en }) => [code(reason), String(first), String(longest), en]),
)}

## Timings

${table(
  ['name', 'span', 'what for', 'mark', 'source'],
  Object.entries<Timing>(timings).map(([name, { amount, unit, why, mark, source }]) => [
    code(name),
    spanOf(amount, unit),
    why,
    mark,
    mark === 'OURS' ? '' : source,
  ]),
)}

## Limits of an invoice

${table(
  ['name', 'limit', 'mark', 'source'],
  Object.entries<Fact<unknown>>({ ...limits, ...vatSlack, ...retentionTerm, attachmentExtensions }).map(
    ([name, { value, mark, source }]) => [code(name), limitOf(value), mark, source],
  ),
)}
`;
