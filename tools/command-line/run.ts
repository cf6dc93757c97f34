/** Runs a command from a table of verbs, and turns whatever it throws into a message and an exit code. */
import { Failure, nearest, WrongUsage, type Command, type Language } from './command.ts';
import { helpLanguage, spokenIn } from './french.ts';

/** A verb: a command, loaded when it is called, or verbs of its own. */
type Verb = { about: string } & ({ load: () => Promise<Command> } | { verbs: Verbs });
export type Verbs = Readonly<Record<string, Verb>>;

const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
};

/** @param name as it is typed: `npx relay` @returns the exit code */
export async function runVerb(name: string, verbs: Verbs, given: readonly string[]): Promise<number> {
  const [word, ...args] = given;
  if (word === undefined || word === 'help' || (word.startsWith('-') && asksForHelp(given))) {
    console[word === undefined ? 'error' : 'log'](verbsHelp(name, verbs, helpLanguage(given)));
    return word === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  if (!verb) {
    const known = Object.keys(verbs);
    console.error(`there is no "${name} ${word}"${nearest(word, known)}\nthere are: ${known.join(', ')}`);
    return 2;
  }
  const whole = `${name} ${word}`;
  return 'verbs' in verb ? runVerb(whole, verb.verbs, args) : runCommand(whole, await verb.load(), args);
}

/** @param name as it is typed: `npx relay check` @returns the exit code */
export async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  if (asksForHelp(args)) {
    console.log(command.help(name, helpLanguage(args)));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    console.error(saidOf(error));
    if (error instanceof WrongUsage) console.error(`${command.usage(name)}\n"${name} --help" says more`);
    return error instanceof Failure ? error.exitCode : 1;
  }
}

const noAws =
  'AWS is not set up here: set AWS_REGION and AWS_PROFILE, or take --local for the relay of "npx relay local"';

function saidOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === 'Region is missing' || error.name === 'CredentialsProviderError' ? noAws : error.message;
}

function verbsHelp(name: string, verbs: Verbs, language: Language): string {
  const say = (english: string) => spokenIn(language, english);
  const width = Math.max(...Object.keys(verbs).map(({ length }) => length));
  return [
    `${say('usage:')} ${name} <verb> [options]`,
    Object.entries(verbs)
      .map(([verb, { about }]) => `  ${verb.padEnd(width)}  ${say(about)}`)
      .join('\n'),
    `"${name} <verb> --help" ${say('says what a verb takes.')}`,
    `${say('exit codes:')} ${say('0 done, 1 something is wrong, or it could not finish, 2 wrong usage; a verb’s --help says more')}`,
  ].join('\n\n');
}
