import { statuses } from '../../shared/chorus-pro/statuses.ts';
import { invoiceCommandSchemas } from '../../shared/invoice/invoice-commands.ts';
import { eventTypes, isEventType, typeOf } from '../../shared/invoice/events.ts';
import { eventSchemaFile } from './schema-files.ts';
import { generatedNotice, table } from './markdown.ts';

const eventRows = Object.entries(eventTypes).flatMap(([type, { action, fr, en }]) =>
  isEventType(type) ? [[`[\`${typeOf(type)}\`](${eventSchemaFile(type)})`, action ? 'yes' : '–', fr, en]] : [],
);

const commandRows = Object.entries(invoiceCommandSchemas).map(([type, { 1: schema }]) => {
  const from = Object.entries(statuses).flatMap(([code, { command }]) => (command === type ? [`\`${code}\``] : []));
  return [`[\`${type}\`](commands.md#${type.replace('.', '')})`, from.join(', ') || 'any', schema.description ?? ''];
});

export const eventsPage =
  (): string => `${generatedNotice('shared/invoice/events.ts', 'shared/invoice/invoice-commands.ts')}
# Events to the ERP, and its answers

[CloudEvents 1.0](schemas/event.v1.json) in JSON, on the topic \`invoice-events\` and in the queue \`erp-inbox\`. At least once: drop an \`id\` that you
have seen. In order by \`data.sequence\` within a \`subject\` (\`connection/supplier/number\`). What is told of a message and not of an invoice has
the subject \`connection/-/message <id>\`: a second drop of a number that is taken, say, says nothing about the invoice that has it.

Subscribe to the topic by its message attributes: \`connection\`, \`type\`, \`action-needed\` (\`true\` or \`false\`).

${table(['type', 'somebody must act', 'français', 'English'], eventRows)}

\`data.message\` is the sentence for the person, more precise than these where there is more to say. \`data.state\` is one of the
[ledger's states](ledger.md), \`data.status\` Chorus Pro's [status](statuses.md), \`data.reasons\` have [codes](reasons.md). Where somebody must act,
\`data.history\` has the statuses it went through, with dates and motives. The same message again (same content, same number) has no event:
the invoice's own events have said it all. \`data.amount\` is the amount due; a credit note's (\`data.invoiceType\`) is positive and to be deducted.
\`paid\` says that the payer has issued the payment (MISE_EN_PAIEMENT), not that it has arrived: reconcile it with the bank.

A command is judged twice: first its form (fields, keys, formats), then, once that holds, everything else; each time all reasons are told.

## The ERP answers

Commands on the queue \`invoices\`, like \`invoice.submit\`: \`{ "type", "version": 1, "connection", "supplier", "invoice": { "number" }, … }\`. Each is done
once, and answered by \`answered\` or \`answer-refused\` with \`data.command\` (its type and the SQS message's id). What the invoice's status forbids
is refused with what is possible instead.

${table(['command', 'from the status', 'what it does'], commandRows)}
`;
