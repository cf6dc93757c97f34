/** A command as data: what it takes, what --help says about it, and what it does. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import * as z from 'zod';
import { type Language, languages, type Said } from '../../shared/invoice/spoken.ts';
import { languageIn, spokenIn } from './french.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { glossary } from './terminal.ts';

const languageSchema = z.enum(languages);

/** What only developers read, or what another program said: it has no French. */
export const inEnglish = (text: string): Said => ({ fr: text, en: text });

/** An error that the person at the keyboard can act on. It is shown without a stack trace. */
export class Failure extends Error {
  readonly said: Said;
  readonly exitCode: number;

  constructor(said: Said, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
    super(said.en, { cause });
    this.said = said;
    this.exitCode = exitCode;
  }
}

/** What anything that was thrown says: only a `Failure` speaks French. */
export const saidBy = (error: unknown): Said =>
  error instanceof Failure ? error.said : inEnglish(error instanceof Error ? error.message : String(error));

/** The command line itself is wrong: the usage is shown below the message. */
export class WrongUsage extends Failure {
  constructor(said: Said) {
    super(said, { exitCode: 2 });
  }
}

interface Text {
  about: string;
  /** How --help shows the value: FILE, fr|en. An option without one is there or not there. */
  value?: string;
  /** What is said of a value that it does not take, after the option and the value. */
  fault?: Said | undefined;
}

const texts = z.registry<Text>();

/** An option that is there or not there. */
export function flag(about: string) {
  const schema = z.boolean().default(false);
  texts.add(schema, { about });
  return schema;
}

/** An option with a value, or an argument that is given by its position. @param fault where not every value will do */
export function option<Schema extends z.ZodType>(value: string, schema: Schema, about: string, fault?: Said): Schema {
  texts.add(schema, { about, value, fault });
  return schema;
}

export const textOption = (value: string, about: string) => option(value, z.string().optional(), about);

const noDay = {
  fr: 'n’est pas une date : JJ/MM/AAAA ou AAAA-MM-JJ',
  en: 'is not a day: YYYY-MM-DD or DD/MM/YYYY',
} as const;
const frenchDay = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const daySchema = z
  .string()
  .transform((text) => text.replace(frenchDay, '$3-$2-$1'))
  .pipe(z.iso.date());
/** A day, ISO, however it is typed. */
export const dayOption = (about: string) => option('YYYY-MM-DD', daySchema.optional(), about, noDay);

const noLanguage = { fr: 'n’est ni fr, ni en', en: 'is neither fr nor en' } as const;

/** Options that mean the same in every command. */
export const common = {
  json: flag('the result as JSON'),
  local: flag('the relay that "npx relay local" has brought up, instead of AWS'),
  language: option(
    'fr|en',
    languageSchema.default(() => languageIn([])),
    'by default fr on a machine that is set to French, otherwise en',
    noLanguage,
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
  usage: (name: string, language: Language) => string;
  help: (name: string, language: Language, width: number) => string;
  /** @returns the exit code @throws WrongUsage, or whatever the command throws */
  run: (args: readonly string[]) => Promise<number>;
}

export function command<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Command {
  const { about, takes, positionals = [], rest, notes, exitCodes, run } = definition;
  const shape: z.ZodRawShape = takes;
  const options = Object.keys(shape).filter((name) => !positionals.includes(name));
  const isOptional = (name: string): boolean => z.safeParse(shape[name] ?? z.never(), undefined).success;
  const argument = (name: string, language: Language): string => `<${spokenIn(language, name)}>`;
  const shown = (name: string, language: Language): string => {
    const value = argument(name, language);
    const all = name === rest ? `${value}...` : value;
    return isOptional(name) ? `[${all}]` : all;
  };
  const required = options.filter((name) => !isOptional(name));
  const usage = (name: string, language: Language): string => {
    const given = positionals.map((one) => shown(one, language));
    const demanded = required.map((one) => `--${one} ${spokenIn(language, valueOf(shape[one]) ?? '')}`);
    return `${spokenIn(language, 'usage:')} ${[name, ...given, ...demanded, '[options]'].join(' ')}`;
  };

  const codes = { ...('local' in shape ? { [notUp.code]: notUp.about } : {}), ...exitCodes };

  const help = (name: string, language: Language, width: number): string => {
    const say = (english: string) => spokenIn(language, english);
    const flowing = (english: string) => say(english).replaceAll('\n', ' ');
    const told = (english: string) =>
      english
        .split('\n\n')
        .map((part) => wrapped(flowing(part), width).join('\n'))
        .join('\n\n');
    const rows = Object.entries(shape).map(([key, schema]): [string, string] => {
      const { about: said = '', value } = texts.get(schema) ?? {};
      if (positionals.includes(key)) return [argument(key, language), flowing(said)];
      return [value === undefined ? `--${key}` : `--${key} ${say(value)}`, flowing(said)];
    });
    return [
      usage(name, language),
      told(about),
      glossary([...rows, ['--help', say('this text')]], width).join('\n'),
      ...(notes === undefined ? [] : [told(notes)]),
      wrapped(`${say('exit codes:')} ${spokenCodes(codes, say)}`, width).join('\n'),
    ].join('\n\n');
  };

  const read = (args: readonly string[]): z.output<z.ZodObject<Shape>> => {
    const given = split(args, optionsConfig(options, shape));
    const single = rest === undefined ? positionals : positionals.slice(0, -1);
    const others = given.positionals.slice(single.length);
    const [tooMany] = others;
    if (rest === undefined && tooMany !== undefined)
      throw new WrongUsage({ fr: `« ${tooMany} » est de trop`, en: `"${tooMany}" is one argument too many` });
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
    const nameIn = (said: Language) => (positionals.includes(key) ? argument(key, said) : `--${key}`);
    const name = { fr: nameIn('fr'), en: nameIn('en') };
    if (values[key] === undefined) throw new WrongUsage({ fr: `il manque ${name.fr}`, en: `${name.en} is missing` });
    const { fr, en } = texts.get(shape[key] ?? z.never())?.fault ?? inEnglish(message);
    const value = String(values[key]);
    throw new WrongUsage({ fr: `${name.fr} « ${value} » ${fr}`, en: `${name.en} "${value}" ${en}` });
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
    if (token.kind !== 'option') continue;
    const { rawName, name, value, inlineValue = false } = token;
    const { type } = options[name] ?? {};
    if (type === undefined) throw noOption(rawName, Object.keys(options));
    if (type === 'boolean' && value !== undefined)
      throw new WrongUsage({ fr: `${rawName} ne prend pas de valeur`, en: `${rawName} takes no value` });
    // "-" alone is standard input.
    if (type === 'string' && (value === undefined || (!inlineValue && /^-./.test(value))))
      throw new WrongUsage({ fr: `il manque la valeur de ${rawName}`, en: `${rawName} needs a value` });
  }
  return parseArgs({ args, options, allowPositionals: true });
}

function noOption(given: string, options: readonly string[]): WrongUsage {
  const near = nearest(
    given,
    [...options, 'help'].map((name) => `--${name}`),
  );
  return new WrongUsage({
    fr: `il n’y a pas d’option ${given}${near.fr}`,
    en: `there is no option ${given}${near.en}`,
  });
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

/** The known word that is nearest to another, if any is near enough to be meant. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const [first] = known
    .map((one) => ({ one, away: one.startsWith(word) ? 0.5 : distance(word, one) }))
    .sort((a, b) => a.away - b.away);
  return !first || first.away > Math.max(1, word.length / 2) ? undefined : first.one;
}

/** `; did you mean check?`, or nothing when no known word is near. */
export function nearest(word: string, known: readonly string[]): Said {
  const near = nearestOf(word, known);
  if (near === undefined) return { fr: '', en: '' };
  return { fr: ` ; vouliez-vous dire ${near} ?`, en: `; did you mean ${near}?` };
}
