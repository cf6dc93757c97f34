import type * as z from 'zod';
import { statuses } from '../../shared/chorus-pro/statuses.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { commandExamples } from './command-examples.ts';
import { generatedNotice, paragraph, table } from './markdown.ts';
import { jsonSchemaOf } from './schema-files.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** What the part about a command says in one language. */
export interface Wording {
  head: readonly [field: string, type: string, presence: string, meaning: string];
  types: Readonly<Record<'date' | 'array' | 'string' | 'object' | 'boolean' | 'integer', string>>;
  upTo: string;
  required: string;
  default: string;
  or: string;
  /** @param from the statuses of Chorus Pro from which the command is possible */
  possible: (from: string) => string;
  /** @param file in docs/ */
  schema: (file: string) => string;
  example: string;
  /** A description in English → what the page says. */
  meaning: (description: string) => string;
}

const english: Wording = {
  head: ['field', 'type or values', 'required or default', 'meaning'],
  types: { date: 'date', array: 'list', string: 'text', object: 'object', boolean: 'boolean', integer: 'integer' },
  upTo: ', up to ',
  required: 'required',
  default: 'default ',
  or: ' or ',
  possible: (from) => `Possible at the [status](statuses.md) ${from}.`,
  schema: (file) => `[Schema](${file}).`,
  example: 'The smallest example:',
  meaning: (description) => description,
};

/** One row for each field, followed by the fields inside it: `invoice.lines[].net`. */
function rowsOf({ properties = {}, required = [] }: Schema, wording: Wording, at = ''): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    const path = `${at}${name}`;
    const presence = presenceOf(field, required.includes(name), wording);
    const row = [`\`${path}\``, typeOf(field, wording), presence, wording.meaning(field.description ?? '')];
    const { items } = field;
    const ofItems = isSchema(items) ? rowsOf(items, wording, `${path}[].`) : [];
    return [row, ...rowsOf(field, wording, `${path}.`), ...ofItems];
  });
}

const isSchema = (items: Schema['items']): items is Schema => typeof items === 'object' && !Array.isArray(items);

const literal = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function typeOf({ const: only, enum: values, format, maxLength, maxItems, type }: Schema, wording: Wording): string {
  if (only !== undefined) return literal(only);
  if (values) return values.map(literal).join(', ');
  const name = String(format === 'date' ? format : type);
  const longest = { array: maxItems, string: maxLength }[name];
  const { [name]: spoken = name }: Partial<Record<string, string>> = wording.types;
  return longest === undefined ? spoken : `${spoken}${wording.upTo}${longest}`;
}

function presenceOf({ default: value }: Schema, isRequired: boolean, wording: Wording): string {
  if (value !== undefined) return `${wording.default}${literal(value)}`;
  return isRequired ? wording.required : '';
}

/** A part of the page for each command: what it does, an example, and its fields. */
export const commandParts = (wording: Wording): string =>
  Object.entries(commandSchemas)
    .map(([type, { 1: schema }]) => commandPart(type, schema, wording))
    .join('\n');

function commandPart(type: string, schema: z.ZodType, wording: Wording): string {
  const about = [
    wording.meaning(schema.description ?? ''),
    ...whenOf(type, wording),
    wording.schema(`schemas/${type}.v1.json`),
    wording.example,
  ];
  return `## ${type}

${paragraph(about.join(' '))}

\`\`\`json
${JSON.stringify(exampleOf(type), undefined, 2)}
\`\`\`

${table(wording.head, rowsOf(jsonSchemaOf(schema, 'input'), wording))}
`;
}

/** The statuses of Chorus Pro from which a command is possible, if not from all of them. */
function whenOf(type: string, { possible, or }: Wording): string[] {
  const from = Object.entries(statuses).flatMap(([code, { command }]) => (command === type ? [`\`${code}\``] : []));
  return from.length === 0 ? [] : [possible(from.join(or))];
}

const exampleOf = (type: string): object | undefined =>
  Object.entries(commandExamples).find(([command]) => command === type)?.[1];

/** A check of a command in Python, which tells the deepest faults. */
export const inPython = (deepest: string): string => `\`\`\`python
import json
from jsonschema import Draft202012Validator

schema = json.load(open("docs/schemas/invoice.submit.v1.json", encoding="utf-8"))
command = json.load(open("command.json", encoding="utf-8"))

for error in Draft202012Validator(schema).iter_errors(command):
    while error.context:  # ${deepest}
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    print("/".join(map(str, error.absolute_path)), error.message)
\`\`\``;

export const commandsPage =
  (): string => `${generatedNotice('shared/invoice/submit-command.ts', 'shared/invoice/invoice-commands.ts')}
# Commands: every field

En français : [fr/commandes.md](fr/commandes.md).

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
- **Python**: \`Draft202012Validator\` of \`jsonschema\`. It needs no format checker. This says what is
  wrong, and where:

${inPython('of several forms, the one that fits best')}

- **Other languages**: a validator that knows the draft. The patterns use only what JavaScript and Python both know.
- \`$id\` is a name, not an address: nothing can be fetched from there.

${commandParts(english)}`;
