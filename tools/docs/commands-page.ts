import type * as z from 'zod';
import { statuses } from '../../shared/chorus-pro/statuses.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { commandExamples } from './command-examples.ts';
import { generatedNotice, paragraph, table } from './markdown.ts';
import { jsonSchemaOf } from './schema-files.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** One row for each field, followed by the fields inside it: `invoice.lines[].net`. */
function rowsOf({ properties = {}, required = [] }: Schema, at = ''): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    const path = `${at}${name}`;
    const row = [`\`${path}\``, typeOf(field), presence(field, required.includes(name)), field.description ?? ''];
    const { items } = field;
    const ofItems = isSchema(items) ? rowsOf(items, `${path}[].`) : [];
    return [row, ...rowsOf(field, `${path}.`), ...ofItems];
  });
}

const isSchema = (items: Schema['items']): items is Schema => typeof items === 'object' && !Array.isArray(items);

const literal = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function typeOf({ const: only, enum: values, format, maxLength, maxItems, ...field }: Schema): string {
  if (only !== undefined) return literal(only);
  if (values) return values.map(literal).join(', ');
  const length = maxLength === undefined ? '' : `, up to ${maxLength}`;
  const items = maxItems === undefined ? '' : `, up to ${maxItems}`;
  return (
    { date: 'date', array: `list${items}`, string: `text${length}` }[format ?? String(field.type)] ?? String(field.type)
  );
}

const presence = ({ default: value }: Schema, isRequired: boolean): string =>
  value === undefined ? (isRequired ? 'required' : '') : `default ${literal(value)}`;

const commandPart = ([type, { 1: schema }]: [string, { 1: z.ZodType }]): string => `## ${type}

${paragraph(`${schema.description ?? ''}${whenOf(type)} [Schema](schemas/${type}.v1.json). The smallest example:`)}

\`\`\`json
${JSON.stringify(exampleOf(type), undefined, 2)}
\`\`\`

${table(['field', 'type or values', 'required or default', 'meaning'], rowsOf(jsonSchemaOf(schema, 'input')))}
`;

/** The statuses of Chorus Pro from which a command is possible, if not from all of them. */
function whenOf(type: string): string {
  const from = Object.entries(statuses).flatMap(([code, { command }]) => (command === type ? [`\`${code}\``] : []));
  return from.length === 0 ? '' : ` Possible at the [status](statuses.md) ${from.join(' or ')}.`;
}

const exampleOf = (type: string): object | undefined =>
  Object.entries(commandExamples).find(([command]) => command === type)?.[1];

export const commandsPage =
  (): string => `${generatedNotice('shared/invoice/submit-command.ts', 'shared/invoice/invoice-commands.ts')}
# Commands: every field

Each command is one JSON message on the queue \`invoices\`. Amounts, prices, quantities and rates are decimal strings
with a point ("1200.00"); dates are YYYY-MM-DD. "Required" inside an optional part means: required if that part is
there. An empty text, white space and \`null\` mean "not there"; unknown fields are refused. A refusal comes back with
every [reason](reasons.md); everything the relay says comes as [events](events.md).

Texts are trimmed and composed (NFC), keys of documents are not. A control character, one that nobody sees (zero width,
direction of writing, private use) and one that was lost on its way (U+FFFD) are refused, with their name and place:
\`shared/invoice/characters.ts\`. A line break is kept in a comment, read as a space in other texts for people, and
refused in what identifies something, which also has at least one letter or digit. A SIRET, an IBAN and a VAT number may
be written in groups, with spaces, points or hyphens.

\`npx relay validate command.json\` says what the relay would say of a command, without sending it. What may change within
a version, and what the ERP must ignore: [versions of messages](versions.md).

## The published schemas

The schemas of commands, events and connection files are
[JSON Schema, draft 2020-12](https://json-schema.org/draft/2020-12).
They have the rules of this page, those between fields included (\`content\` or \`key\`, a validator with A9 and A12, a
reason with \`exempt\` …): a \`$comment\` gives the reason's code. Which rules no schema can hold, and why, is a column of
[reasons](reasons.md): the schema then takes what the relay refuses. The other way round, a schema asks for enumerations,
dates and amounts without the white space around them that the relay forgives.

- **JavaScript**: ajv’s class for this draft, \`Ajv2020\` of \`ajv/dist/2020.js\`; the class of \`ajv\` itself knows
  older drafts only. The formats are \`date\`, \`date-time\` and \`email\`: take \`ajv-formats\`, or leave them to the
  patterns beside them with \`{ formats: { date: true, 'date-time': true, email: true } }\`.
- **Python**: \`Draft202012Validator\` of \`jsonschema\`. It needs no format checker.
- **Other languages**: a validator that knows the draft. The patterns use only what JavaScript and Python both know.
- \`$id\` is a name, not an address: nothing can be fetched from there.

${Object.entries(commandSchemas).map(commandPart).join('\n')}`;
