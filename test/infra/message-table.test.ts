/** The table of messages, held against the relay, the published schemas in ajv, and the same in Python. */
import { spawnSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { reasonTexts } from '../../shared/invoice/reason-texts.ts';
import { isReasonCode } from '../../shared/invoice/reasons.ts';
import { coverage } from '../../tools/docs/schema-coverage.ts';
import { schemaFiles } from '../../tools/docs/schema-files.ts';
import { judgeCommand } from '../../tools/relay/judge-command.ts';
import { exampleWorksSettings } from '../support/example-connection.ts';
import { messages, type Message } from '../support/message-table.ts';

const published = z.record(z.string(), z.unknown());
const files = new Map(Object.entries(schemaFiles()).map(([file, text]) => [file, published.parse(JSON.parse(text))]));
const ajv = new Ajv2020({ strict: true, formats: { date: true, 'date-time': true, email: true } });
const validators = new Map([...files].map(([file, schema]) => [file, ajv.compile(schema)]));

const typed = z.looseObject({ type: z.unknown() });
/** An ERP takes the schema of the command that it means to send. */
const fileOf = (message: unknown): string => {
  const type = typed.safeParse(message).data?.type ?? 'invoice.submit';
  return `schemas/${Object.keys(commandSchemas).find((known) => known === type) ?? 'invoice.submit'}.v1.json`;
};

const judge = (message: unknown) =>
  judgeCommand(JSON.stringify(message), {
    settingsOf: (name) => Promise.resolve(name === exampleWorksSettings.name ? exampleWorksSettings : undefined),
    today: '2026-11-23',
  });

const isTaken = ({ relay }: Message): boolean => relay.length === 0;
const validInSchema = (one: Message): boolean => isTaken(one) || one.schema !== 'same';

describe.each(messages.map((one) => [one.what, one] as const))('%s', (_what, one) => {
  it('is what the relay says of it', async () => {
    const { findings, verdict } = await judge(one.message);
    expect(findings.map(({ rule }) => rule)).toEqual(one.relay);
    expect(verdict === 'accepted').toBe(isTaken(one));
  });

  it('is the same for the schema, or the schema cannot know', () => {
    expect(validators.get(fileOf(one.message))?.(one.message)).toBe(validInSchema(one));
    for (const code of one.relay)
      if (one.schema === 'same') expect(one.relay.some((some) => coverage[some].includes('schema'))).toBe(true);
      else expect(coverage[code]).toContain(one.schema.cannot);
  });
});

describe('the table', () => {
  it('has a message for each rule that a schema holds', () => {
    const told = new Set(messages.filter(({ schema }) => schema === 'same').flatMap(({ relay }) => relay));
    const codes = Object.keys(reasonTexts).filter(isReasonCode);
    expect(codes.filter((code) => coverage[code].includes('schema') && !told.has(code))).toEqual([]);
  });
});

const python = spawnSync('python3', ['-c', 'import jsonschema; jsonschema.Draft202012Validator']).status === 0;
const without = python ? '' : ' (python3 with jsonschema is not on this machine: not run)';
const script = `
import json, sys
from jsonschema import Draft202012Validator
given = json.load(sys.stdin)
validators = {name: Draft202012Validator(schema) for name, schema in given["schemas"].items()}
for schema in given["schemas"].values():
    Draft202012Validator.check_schema(schema)
print(json.dumps([validators[name].is_valid(message) for name, message in given["messages"]]))
`;
const inPython = (asked: (readonly [file: string, message: unknown])[]): boolean[] => {
  const input = JSON.stringify({ schemas: Object.fromEntries(files), messages: asked });
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  return z.array(z.boolean()).parse(JSON.parse(stdout));
};

describe(`Python’s jsonschema${without}`, () => {
  it.skipIf(!python)('says of each message what ajv says', () => {
    const said = inPython(messages.map(({ message }) => [fileOf(message), message]));
    expect(messages.map(({ what }, i) => [what, said[i]])).toEqual(
      messages.map((one) => [one.what, validInSchema(one)]),
    );
  });

  it.skipIf(!python)('takes every example', () => {
    const examples = [...files].flatMap(([file, { examples: list }]) =>
      z
        .array(z.unknown())
        .parse(list)
        .map((example) => [file, example] as const),
    );
    expect(inPython(examples).every(Boolean)).toBe(true);
    expect(examples.length).toBeGreaterThan(20);
  });
});

describe('each published schema', () => {
  it.each([...files])('%s has a name, a title and an example that it takes', (file, schema) => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['$id']).toBe(`https://chorus-relay.example/${file}`);
    expect(schema['title']).toMatch(/\w/);
    const examples = z.array(z.unknown()).min(1).parse(schema['examples']);
    expect(examples.map((example) => validators.get(file)?.(example))).toEqual(examples.map(() => true));
  });

  it.each([...files].filter(([file]) => /event|reminder/.test(file)))(
    '%s lets an event have further fields',
    (file, schema) => {
      const event = z.looseObject({ data: z.looseObject({}) }).parse(z.array(z.unknown()).parse(schema['examples'])[0]);
      expect(validators.get(file)?.({ ...event, traceparent: '00-1', data: { ...event.data, new: 1 } })).toBe(true);
    },
  );
});
