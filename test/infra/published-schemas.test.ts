/** The published JSON Schemas of the commands, in an ERP's own validator: they say what the relay's checks say. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { letters } from '../../shared/invoice/characters.ts';
import { commandSchemaOf } from '../../tools/docs/schema-files.ts';
import { commandSchemas } from '../../shared/invoice/read-command.ts';
import { fullCommands, leavesOpen, isRead, isTaken, placesIn, replaced } from '../support/full-commands.ts';
import { atScale } from '../support/scale.ts';
import { submit, pathOf, withAll, rules, together, beyondSchema, readAnyway } from './schema-cases.ts';

// Formats are left to the patterns: Python's `jsonschema` does not check them either, unless it is told to.
const ajv = new Ajv2020({ strict: true, formats: { date: true } });
const validators = new Map(
  Object.entries(commandSchemas).map(([type, { 1: schema }]) => [type, ajv.compile(commandSchemaOf(schema, type))]),
);
const typed = z.looseObject({ type: z.unknown() });

/** Whether the published schema of its type takes a command. */
const isValid = (command: unknown): boolean => {
  const { type } = typed.parse(command);
  return validators.get(String(type))?.(command) === true;
};

describe('the published schemas', () => {
  it.each(Object.entries(fullCommands))('take %s with all its fields', async (_type, full) => {
    expect([isValid(full), await isTaken(full)]).toEqual([true, true]);
  });

  it.each(rules)('know the rule for %s: %s', async (_rule, path, accepted, refused) => {
    const verdicts = (values: unknown[]) =>
      Promise.all(
        values.map(async (value) => {
          const command = replaced(submit, pathOf(path), value);
          return { value, schema: isValid(command), relay: await isTaken(command) };
        }),
      );
    expect(await verdicts(accepted)).toEqual(accepted.map((value) => ({ value, schema: true, relay: true })));
    expect(await verdicts(refused)).toEqual(refused.map((value) => ({ value, schema: false, relay: false })));
  });

  it.each([
    ['invoice.totals.due', '1,00'],
    ['invoice.recipient.siret', '1'],
    ['invoice.payment.iban', 'FR76'],
    ['invoice.lines.0.quantity', '2,5'],
    ['invoice.period.end', '31/10/2026'],
    ['attachments.0.name', 'a/b.csv'],
    ['supplier', { company: 'Duval', colour: 'red' }],
  ])('say what is wrong at %s, not that the whole fits none of several forms', (path, value) => {
    const validate = validators.get('invoice.submit');
    expect(validate?.(replaced(submit, pathOf(path), value))).toBe(false);
    const errors = validate?.errors ?? [];
    expect(errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')).toEqual([]);
    expect(errors[0]?.instancePath).toBe(`/${path.replaceAll('.', '/')}`);
  });

  it.each(together)('know %s', (_rule, command, changes, holds) => {
    const changed = withAll(command, changes);
    expect([isValid(changed), isRead(changed)]).toEqual([holds, holds]);
  });

  it.each(beyondSchema)('cannot know %s', (_rule, path, value) => {
    const command = replaced(submit, pathOf(path), value);
    expect([isValid(command), isRead(command)]).toEqual([true, false]);
  });

  it.each(readAnyway)('ask for better than what the relay reads: %s', (_rule, path, value) => {
    const command = replaced(submit, pathOf(path), value);
    expect([isValid(command), isRead(command)]).toEqual([false, true]);
  });
});

describe('the schemas and the relay', () => {
  const characters = Array.from('aÉ7œ²-/\\."’%_+€👷\u00a0 \n\t\u000b\u0000\u200b\u202e\ue000');
  const text = fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map((list) => list.join('').trim());
  const value = fc.oneof(
    { weight: 4, arbitrary: text },
    fc.constantFrom(null, '', true, 0, 1, 2.5, 20261105, '0', '20', '2026-11-05', 'A2', 'pdf', 'EUR', 'other'),
    fc.constantFrom([], {}, [null], [{}], [{ name: 'a.csv', content: 'QQ==' }], { siret: '12345678200051' }, { a: '' }),
    text.map((siret) => ({ siret })),
  );
  const isBlankField = (given: unknown) => /\{"(a|siret)":""\}/.test(JSON.stringify(given));

  it.each(Object.entries(fullCommands))('agree about %s, whatever is in its fields', async (_type, full) => {
    const places = placesIn(full).filter(([first]) => first !== 'type');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...places), value, value, async (one, two, a, b) => {
        // Named above: an unknown field that is blank.
        fc.pre(!isBlankField(a) && !isBlankField(b));
        const command = replaced(replaced(full, one, a), two, b);
        // Named below: what is only looked at with the files.
        fc.pre(![...one, ...two].some((part) => part === 'key' || part === 'content'));
        // The settings may say it instead, or the file.
        fc.pre(!leavesOpen(command));
        expect([command, isValid(command)]).toEqual([command, await isTaken(command)]);
      }),
      { numRuns: atScale(3000, 600) },
    );
  });

  it.each([
    ['document.key', 'incoming/example/a.pdf', ['a.pdf', 'incoming/a.pdf', 'incoming/example/../a.pdf', 'incoming//a']],
    ['attachments.1.content', 'QQ==', ['Q*==', 'été', '=', 'data:application/pdf;base64,QQ==']],
  ])('say what is checked with the files: %s', (path, accepted, refused) => {
    expect(isValid(replaced(submit, pathOf(path), accepted))).toBe(true);
    expect(refused.filter((one) => isValid(replaced(submit, pathOf(path), one)))).toEqual([]);
  });
});

it('the published schemas take base64 in lines, as many encoders write it', () => {
  const megabyte = Buffer.alloc(700_000, 'x').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  for (const content of ['UVFR\nUQ==\n', 'UVFR\r\n', megabyte])
    expect(isValid(replaced(submit, pathOf('attachments.1'), { name: 'a.csv', content }))).toBe(true);
});

describe('the patterns', () => {
  const patterns = (schema: unknown): string[] =>
    JSON.stringify(schema)
      .match(/"pattern":"(?:[^"\\]|\\.)*"/g)
      ?.map((found) => z.object({ pattern: z.string() }).parse(JSON.parse(`{${found}}`)).pattern) ?? [];
  const all = Object.entries(commandSchemas).flatMap(([type, { 1: schema }]) =>
    patterns(commandSchemaOf(schema, type)),
  );

  it('are those of JavaScript and Python: nothing that only one of them has', () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.some((pattern) => pattern.includes(letters))).toBe(true);
    // \p{…}, \u{…}, named groups, look-behinds, possessive and atomic groups; \d and \w differ by language.
    const special = /\\[pPuU]\{|\\[dDwWbBkxAZz]|\(\?[<P>#ixsmLau]|[*+?}]\+|\\u[dD][89abAB]|&&|--/;
    expect(all.filter((pattern) => special.test(pattern))).toEqual([]);
  });

  it('need no flag', () => {
    for (const pattern of all) expect(() => [new RegExp(pattern), new RegExp(pattern, 'u')]).not.toThrow();
  });
});
