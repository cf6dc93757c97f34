import { statuses, type StatusMeaning } from '../../shared/chorus-pro/statuses.ts';
import { invoiceCommandSchemas } from '../../shared/invoice/invoice-commands.ts';
import { eventTypes, isEventType, typeOf } from '../../shared/invoice/events.ts';
import { otherEvents } from './other-events.ts';
import { eventSchemaFile } from './schema-files.ts';
import { code, generatedNotice, table } from './markdown.ts';

/** @param docs the way to docs/ from the page */
export const eventRows = (docs: string) => {
  const linked = (type: string, file: string) => `[${code(type)}](${docs}${file})`;
  const rows = Object.entries(eventTypes).flatMap(([type, { action, fr, en }]) =>
    isEventType(type) ? [{ link: linked(typeOf(type), eventSchemaFile(type)), action, fr, en }] : [],
  );
  return [...rows, ...otherEvents.map(({ type, file, ...said }) => ({ link: linked(type, file), ...said }))];
};

/** Whether someone must act, in a cell of the table. */
export function actionIn(action: boolean | 'perhaps', words: Readonly<Record<'yes' | 'perhaps', string>>): string {
  if (action === 'perhaps') return words.perhaps;
  return action ? words.yes : '–';
}

/** @param page the page with the commands' fields; `from` is empty if a command is possible from every status */
export const commandRows = (page: string) =>
  Object.entries(invoiceCommandSchemas).map(([type, { 1: schema }]) => ({
    link: `[${code(type)}](${page}#${type.replace('.', '')})`,
    from: Object.entries(statuses)
      .flatMap(([status, { command, worksCommand }]: [string, StatusMeaning]) =>
        command === type || worksCommand === type ? [code(status)] : [],
      )
      .join(', '),
    description: schema.description ?? '',
  }));

export const eventsPage =
  (): string => `${generatedNotice('shared/invoice/events.ts', 'shared/invoice/invoice-commands.ts')}
# Events to the ERP, and its commands about an invoice

En français : [fr/evenements.md](fr/evenements.md).

Events are [CloudEvents 1.0](schemas/event.v1.json) in JSON, on the topic \`invoice-events\` and in the queue
\`erp-inbox\`. Each one comes at least once: ignore an \`id\` that you have seen. Within a \`subject\`
(\`connection/supplier/number\`), sort by \`data.sequence\`. An event about a message rather than about an invoice has the
subject \`connection/-/message <id>\` and no \`data.state\`: the message did not say which invoice it meant, or the invoice
with its number is another one, or stays as it is. For example, if another invoice is submitted under a number that is
already taken, the refusal is about that message, and not about the invoice that has the number. The reminder of a
credential that expires has the subject \`connection/-/<credential>\`, a document of another party in a billing file
\`connection/-/works <Chorus Pro’s id>\`; neither has a \`data.sequence\`.

Subscribe to the topic by its message attributes: \`connection\`, \`type\`, \`action-needed\` (\`true\` or \`false\`).

## Which inbox

| the connection's setting \`inbox\` | its events are published on | and wait in | who reads them |
| --- | --- | --- | --- |
| \`shared\` (if absent) | \`invoice-events\` | \`erp-inbox\` | the ERPs of all connections that share it |
| \`own\` | \`invoice-events-<connection>\`, and nowhere else | \`erp-inbox-<connection>\` | the ERP of this connection alone |

Each name begins with \`chorus-relay-<stage>-\`. Messages, attributes and guarantees are the same. One ERP for all
connections reads the shared inbox; ERPs of companies that must not see each other's invoices have an inbox each. The
queue's URL is the output \`OwnInboxQueueUrl\` of the stack \`chorus-relay-<stage>-<connection>\`. A subscriber that wants
the events of all connections subscribes to each of these topics. To move from one to the other: [an inbox of its
own](runbooks/connections.md#an-inbox-of-its-own).

## What is told

${table(
  ['type', 'someone must act', 'français', 'English'],
  eventRows('').map(({ link, action, fr, en }) => [link, actionIn(action, { yes: 'yes', perhaps: 'perhaps' }), fr, en]),
)}

- \`data.message\` is the sentence for a person. It is more precise than those above if there is more to say.
- \`data.state\` is the invoice's state, one of the [ledger's](ledger.md); \`data.status\` is Chorus Pro's
  [status](statuses.md), and each of \`data.reasons\` has a [code](reasons.md).
- \`data.status.answer\`, with \`action-needed\`, names the [command](#commands-about-an-invoice) with which the ERP can
  respond. It is absent if none helps, as at ERREUR_FOURNISSEUR_SUR_MOE: show \`data.message\` to a person.
- \`data.notes\`, with \`accepted\`, says what was tolerated, each with a code of the same list: VAT that was rounded line
  by line is never taken in silence.
- \`data.document\`, with \`refused\` and \`withheld\`, has the name and the key of the invoice's own file, if its key was
  named, or if it came [without a command](e-invoices.md#without-a-command).
- If someone must act on a new status, \`data.history\` has the invoice's statuses so far, with dates and motives.
- \`data.amount\` is the amount due. A credit note's amount (see \`data.invoiceType\`) is positive: deduct it.
- \`paid\` means that the payer has issued the payment (MISE_EN_PAIEMENT), not that it has arrived: reconcile it with the
  bank. If Chorus Pro's directory says of the recipient that its payments are not reported there, \`paid\` comes at the
  last status that it will show (MANDATEE or COMPTABILISEE, in \`data.status\`), and \`data.message\` says so: then the
  bank alone tells of the payment. \`paid\` comes once for each invoice: if the invoice moves again (SUSPENDUE) and is
  paid after that, that payment is a \`status-changed\` with \`data.state\` \`settled\`.
- \`late\` has in \`data.late\` since when the payment is late, and in \`data.late.interest\` what that is worth so far
  ([interest](interest.md)). If the payment comes late, its event has \`data.late\` too, with what is owed in the end.
- \`repeated\` means that the same invoice came in another message: same number, type, recipient, amount due, currency
  and date. Nothing is sent. \`data.reasons\` says whether everything was the same (\`same-invoice\`) or what has changed
  (\`invoice-changed\`), \`data.command\` which message it was, and \`data.message\` where the invoice stands. The same
  message, delivered twice by SQS, gives no event.

A command is checked in two rounds: first its form (fields, check digits, formats), then everything else. Each round
reports all its reasons at once. A message that names its connection always gets an answer, whatever else is wrong with
it: without a \`type\` it is \`answer-refused\`, since nothing says what it asks for. Only a message that is not JSON, or
does not say its connection, goes to the [dead letters](runbooks/dead-letters.md) without an event.

## Commands about an invoice

These commands go to the queue \`invoices\` like \`invoice.submit\`, in the form
\`{ "type", "version": 1, "connection", "supplier", "invoice": { "number" }, … }\`. Each is carried out once. The response
is the event \`answered\` or \`answer-refused\`, with \`data.command\` (the command's type and the id of its SQS message).
If the invoice's status does not allow a command, the refusal says which commands are possible.

\`supplier\` is as in \`invoice.submit\`. An ERP that has nothing but the event takes the SIRET from it:
\`"supplier": { "siret": <data.supplier> }\`, beside \`data.connection\`, \`data.number\` and \`data.issueDate\`.

${table(
  ['command', 'from the status', 'what it does'],
  commandRows('commands.md').map(({ link, from, description }) => [link, from || 'any', description]),
)}

## Requests to validate

A connection with the setting \`validations\` also tells what subcontractors and co-contractors ask its companies to
validate ([the building trade](building-trade.md#a-subcontractor-asks-you-to-validate)). These events have the subject
\`connection/-/validation <id>\` and no \`data.sequence\`: sort by \`time\`. \`requested\` comes when the request is first
read, \`due\` on day 10 and on day 13 after the deposit, \`tacit\` when the fifteenth day has passed in silence. A request
that is first read late is told by its most urgent event alone: each of them has all that is known of it.

The answer is the command [\`validation.answer\`](commands.md#validationanswer). It is carried out once; the response is
\`chorus-relay.validation.answered.v1\` or \`….answer-refused.v1\`, with \`data.command\`. \`answered\` also comes, with
\`data.by\` \`elsewhere\`, if somebody answered on the portal. If no request is found that the command could be about, the
refusal is \`chorus-relay.invoice.answer-refused.v1\`, about its message.

## Orders of the State

A connection with the setting \`orders\` also tells what the State orders from its companies ([the building
trade](building-trade.md#orders-of-the-state)). \`chorus-relay.order.notified.v1\` has the subject
\`connection/-/order <number>\` and no \`data.sequence\`. It comes once for each order, in the morning after its
notification; an order that is notified anew, as after an amendment, is told anew, under another \`id\`. What Chorus Pro
does not show is left out.
`;
