/** A command as data: what it takes, what --help says about it, and what it does. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import * as z from 'zod';
import { spokenIn } from './french.ts';
import { wrapped } from './terminal.ts';

/** An error that the person at the keyboard can act on. It is shown without a stack trace. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong: the usage is shown below the message. */
export class WrongUsage extends Failure {
  constructor(message: string) {
    super(message, { exitCode: 2 });
  }
}

interface Text {
  about: string;
  /** How --help shows the value: FILE, fr|en. An option without one is there or not there. */
  value?: string;
}

const texts = z.registry<Text>();

/** An option that is there or not there. */
export function flag(about: string) {
  const schema = z.boolean().default(false);
  texts.add(schema, { about });
  return schema;
}

/** An option with a value, or an argument that is given by its position. */
export function option<Schema extends z.ZodType>(value: string, schema: Schema, about: string): Schema {
  texts.add(schema, { about, value });
  return schema;
}

export const textOption = (value: string, about: string) => option(value, z.string().optional(), about);

const languageSchema = z.enum(['fr', 'en'], 'is neither fr nor en');
export type Language = z.infer<typeof languageSchema>;

/** English where the machine speaks it, as its locale says; otherwise French. */
export const languageOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  /^en/i.test([LC_ALL, LC_MESSAGES, LANG].find(Boolean) ?? '') ? 'en' : 'fr';

/** Options that mean the same in every command. */
export const common = {
  json: flag('the result as JSON'),
  local: flag('the relay that "npx relay local" has brought up, instead of AWS'),
  language: option('fr|en', languageSchema.default('fr'), 'fr by default'),
  languageByLocale: option(
    'fr|en',
    languageSchema.default(() => languageOf(process.env)),
    'by default, as LC_ALL, LC_MESSAGES or LANG says; French if it is neither',
  ),
  stage: textOption('S', 'the stage, if it is not the one in cdk.json'),
} as const;

/** What --help says of commands that talk to AWS. */
export const aboutAws = 'AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.';
/** The exit code of every command with --local, which need not say it. */
export const notUp = { code: 3, about: 'the local relay is not up' } as const;

/** What these codes mean in every command, beside what a command says of them itself. */
const usualCodes: Readonly<Record<number, string>> = { 1: 'it could not finish', 2: 'wrong usage' };

/** `1 something does not hold, or it could not finish, 2 wrong usage` */
function spokenCodes(own: Readonly<Record<number, string>>, say: (english: string) => string): string {
  const all = Object.entries({ ...usualCodes, ...own });
  return all
    .map(([code, about]) => {
      const usual = usualCodes[Number(code)];
      return `${code} ${say(about)}${usual === undefined || usual === about ? '' : `, ${say(`or ${usual}`)}`}`;
    })
    .join(', ');
}

/** No line of French begins or ends with its punctuation. */
const unbroken = (french: string): string => french.replaceAll(/(?<=«) | (?=[»:;?!])/g, '\u00a0');

interface Definition<Shape extends z.ZodRawShape> {
  /** What it does: the first thing that --help says. */
  about: string;
  takes: Shape;
  /** Which of these are given by position, in this order. */
  positionals?: readonly (keyof Shape & string)[];
  /** The last of them, if it is a list: it takes all the others. */
  rest?: keyof Shape & string;
  /** What --help says below the options. */
  notes?: string;
  /** Only what is its own: `usualCodes`, and `notUp` beside --local, are added. */
  exitCodes: Readonly<Record<number, string>>;
  /** @returns the exit code */
  run: (given: z.output<z.ZodObject<Shape>>) => Promise<number>;
}

export interface Command {
  /** @param name as it is typed: `npx relay check` */
  usage: (name: string) => string;
  help: (name: string, language: Language) => string;
  /** @returns the exit code @throws WrongUsage, or whatever the command throws */
  run: (args: readonly string[]) => Promise<number>;
}

export function command<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Command {
  const { about, takes, positionals = [], rest, notes, exitCodes, run } = definition;
  const shape: z.ZodRawShape = takes;
  const options = Object.keys(shape).filter((name) => !positionals.includes(name));
  const isOptional = (name: string): boolean => z.safeParse(shape[name] ?? z.never(), undefined).success;
  const shown = (name: string): string =>
    name === rest ? `<${name}>...` : isOptional(name) ? `[<${name}>]` : `<${name}>`;
  const required = options.filter((name) => !isOptional(name)).map((name) => `--${name} ${valueOf(shape[name]) ?? ''}`);
  const usage = (name: string, language: Language = 'en'): string =>
    `${spokenIn(language, 'usage:')} ${[name, ...positionals.map(shown), ...required, '[options]'].join(' ')}`;

  const codes = { ...('local' in shape ? { [notUp.code]: notUp.about } : {}), ...exitCodes };

  const help = (name: string, language: Language): string => {
    const say = (english: string) => spokenIn(language, english);
    const told = (english: string) =>
      english
        .split('\n\n')
        .map((part) => (say(part) === part ? part : wrapped(unbroken(say(part)), 118).join('\n')))
        .join('\n\n');
    const rows = Object.entries(shape).map(([key, schema]): [string, string] => {
      const { about: said = '', value } = texts.get(schema) ?? {};
      if (positionals.includes(key)) return [`<${key}>`, say(said)];
      return [value === undefined ? `--${key}` : `--${key} ${value}`, say(said)];
    });
    const all: readonly (readonly [string, string])[] = [...rows, ['--help', say('this text')]];
    const width = Math.max(...all.map(([left]) => left.length));
    const indent = `\n${' '.repeat(width + 4)}`;
    return [
      usage(name, language),
      told(about),
      all.map(([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll('\n', indent)}`).join('\n'),
      ...(notes === undefined ? [] : [told(notes)]),
      `${say('exit codes:')} ${spokenCodes(codes, say)}`,
    ].join('\n\n');
  };

  const read = (args: readonly string[]): z.output<z.ZodObject<Shape>> => {
    const given = split(args, optionsConfig(options, shape));
    const single = rest === undefined ? positionals : positionals.slice(0, -1);
    const others = given.positionals.slice(single.length);
    const [tooMany] = others;
    if (rest === undefined && tooMany !== undefined) throw new WrongUsage(`"${tooMany}" is one argument too many`);
    const named = given.positionals.slice(0, single.length).map((value, i) => [single[i] ?? '', value] as const);
    const values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>> = {
      ...given.values,
      ...Object.fromEntries(named),
      ...(rest !== undefined && tooMany !== undefined ? { [rest]: others } : {}),
    };
    const parsed = z.object(takes).safeParse(values);
    if (parsed.success) return parsed.data;
    const { path: [at] = [], message = '' } = parsed.error.issues[0] ?? {};
    const key = String(at);
    const name = positionals.includes(key) ? `<${key}>` : `--${key}`;
    throw new WrongUsage(
      values[key] === undefined ? `${name} is missing` : `${name} "${String(values[key])}" ${message}`,
    );
  };

  return { usage, help, run: (args) => run(read(args)) };
}

const valueOf = (schema: z.core.$ZodType | undefined): string | undefined => schema && texts.get(schema)?.value;

const optionsConfig = (names: readonly string[], shape: z.ZodRawShape): ParseArgsOptionsConfig =>
  Object.fromEntries(
    names.map((name) => {
      return [name, { type: valueOf(shape[name]) === undefined ? 'boolean' : 'string' }];
    }),
  );

/** The beginning of one option's name is enough: `--lang`. */
function withWholeNames(args: readonly string[], names: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, i) => {
    const [, given, value = ''] = i < end ? (/^--([a-z-]+)(=.*)?$/s.exec(arg) ?? []) : [];
    if (given === undefined || names.includes(given)) return arg;
    const [one, other] = names.filter((name) => name.startsWith(given));
    return one === undefined || other !== undefined ? arg : `--${one}${value}`;
  });
}

function split(given: readonly string[], options: ParseArgsOptionsConfig) {
  const args = withWholeNames(given, Object.keys(options));
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name in options) continue;
    const names = [...Object.keys(options), 'help'].map((name) => `--${name}`);
    throw new WrongUsage(`there is no option ${token.rawName}${nearest(token.rawName, names)}`);
  }
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** How many letters to change, add or remove to get from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}

/** `; did you mean check?`, or nothing when no known word is near. */
export function nearest(word: string, known: readonly string[]): string {
  const [first] = known
    .map((one) => ({ one, away: one.startsWith(word) ? 0.5 : distance(word, one) }))
    .sort((a, b) => a.away - b.away);
  return first && first.away <= Math.max(1, word.length / 2) ? `; did you mean ${first.one}?` : '';
}
