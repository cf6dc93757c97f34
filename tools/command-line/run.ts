/** Runs a command from a table of verbs, and turns whatever it throws into a message and an exit code. */
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { Failure, nearest, saidBy, WrongUsage, type Command } from './command.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { languageIn, spokenIn } from './french.ts';
import { hinted } from './local-hints.ts';
import { glossary, inLines, proseWidth } from './terminal.ts';

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
  const language = languageIn(given);
  if (word === undefined || word === 'help' || (word.startsWith('-') && asksForHelp(given))) {
    const [say, stream] = word === undefined ? [console.error, process.stderr] : [console.log, process.stdout];
    say(verbsHelp(name, verbs, { language, width: proseWidth(stream) }));
    return word === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  if (!verb) {
    const known = Object.keys(verbs);
    const near = nearest(word, known);
    const said = {
      fr: `« ${name} ${word} » n’existe pas${near.fr}\nil y a : ${known.join(', ')}`,
      en: `there is no "${name} ${word}"${near.en}\nthere are: ${known.join(', ')}`,
    };
    console.error(said[language]);
    return 2;
  }
  const whole = `${name} ${word}`;
  return 'verbs' in verb ? runVerb(whole, verb.verbs, args) : runCommand(whole, await verb.load(), args);
}

/** @param name as it is typed: `npx relay check` @returns the exit code */
export async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  const language = languageIn(args);
  if (asksForHelp(args)) {
    console.log(command.help(name, language, proseWidth(process.stdout)));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    console.error(inLines(hinted(saidOf(error)[language], args.includes('--local')), process.stderr));
    if (error instanceof WrongUsage) console.error(`${command.usage(name, language)}\n${helpSaysMore(name)[language]}`);
    return error instanceof Failure ? error.exitCode : 1;
  }
}

const helpSaysMore = (name: string): Said => ({
  fr: `« ${name} --help » en dit plus`,
  en: `"${name} --help" says more`,
});

const noAws: Said = {
  fr: 'AWS n’est pas configuré ici : définissez AWS_REGION et AWS_PROFILE, ou ajoutez --local pour le relais de « npx relay local »',
  en: 'AWS is not set up here: set AWS_REGION and AWS_PROFILE, or take --local for the relay of "npx relay local"',
};

function saidOf(error: unknown): Said {
  const isAboutAws =
    error instanceof Error && (error.message === 'Region is missing' || error.name === 'CredentialsProviderError');
  return isAboutAws ? noAws : saidBy(error);
}

function verbsHelp(name: string, verbs: Verbs, { language, width }: { language: Language; width: number }): string {
  const say = (english: string) => spokenIn(language, english);
  const codes = `${say('exit codes:')} ${say('0 done, 1 something is wrong, or it could not finish, 2 wrong usage; a verb’s --help says more')}`;
  return [
    `${say('usage:')} ${name} <${say('verb')}> [options]`,
    glossary(
      Object.entries(verbs).map(([verb, { about }]) => [verb, say(about)]),
      width,
    ).join('\n'),
    `"${name} <${say('verb')}> --help" ${say('says what a verb takes.')}`,
    wrapped(codes, width).join('\n'),
  ].join('\n\n');
}
