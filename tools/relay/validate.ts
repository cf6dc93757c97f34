/** `npx relay validate`: what the relay would say of commands, without sending them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { connectionNameSchema } from '../../shared/connection/settings.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { command, common, flag, option, WrongUsage, type Language } from '../command-line/command.ts';
import { printable } from '../command-line/terminal.ts';
import { beyondOffline, judgeCommand, type Judgement, type Verdict } from './judge-command.ts';
import { connectionNames, settingsOf } from './targets.ts';

/** One command: a file's only one, or one of its list. */
interface Given {
  /** `commands.json[2]` for the third of a list. */
  file: string;
  body: string;
}

type Validated = { file: string } & Judgement;

/** @throws WrongUsage if there is no such file */
async function given(path: string): Promise<Given[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new WrongUsage(`there is no file or folder "${path}"`);
  if (!found.isDirectory()) return commandsIn(path);
  const inside = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  if (inside.length === 0) throw new WrongUsage(`there is no .json file in the folder "${path}"`);
  return (await Promise.all(inside.map((name) => commandsIn(join(path, name))))).flat();
}

async function commandsIn(file: string): Promise<Given[]> {
  const body = await readFile(file, 'utf8');
  const list = z.array(z.unknown()).safeParse(parseJson(body)).data;
  return list ? list.map((one, i) => ({ file: `${file}[${i}]`, body: JSON.stringify(one) })) : [{ file, body }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const verdicts = {
  accepted: { fr: 'en ordre', en: 'accepted' },
  withheld: { fr: 'non transmise, selon les réglages', en: 'withheld, as the settings require' },
  refused: { fr: 'refusée', en: 'refused' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
} as const satisfies Record<Verdict, Record<Language, string>>;

const isWrong = ({ verdict }: Judgement): boolean => verdict === 'refused' || verdict === 'unreadable';

function spoken(all: readonly Validated[], language: Language): string {
  const lines = all.flatMap(({ file, verdict, findings, invoice }) => {
    const number = invoice?.number === undefined ? '' : ` (${invoice.number})`;
    const colon = language === 'fr' ? ' :' : ':';
    return [
      `${file}${number}${colon} ${verdicts[verdict][language]}`,
      ...findings.map((one) => `  ${[one.at, `[${one.rule}]`].join(' ').trim()} ${one[language]}`),
    ].map(printable);
  });
  const wrong = all.filter(isWrong).length;
  const summary = {
    fr: `${all.length} ${all.length > 1 ? 'commandes' : 'commande'}, dont ${wrong} à corriger.`,
    en: `${all.length} ${all.length > 1 ? 'commands' : 'command'}, ${wrong} to be corrected.`,
  };
  const left = new Set(all.flatMap(({ notChecked }) => notChecked));
  const said = [...left].map((what) => beyondOffline[what][language]).join(' ; ');
  const unchecked = {
    fr: `Non vérifié hors ligne : ${said}.`,
    en: `Not checked offline: ${said.replaceAll(' ;', ';')}.`,
  };
  return [...lines, '', summary[language], ...(said ? [unchecked[language]] : [])].join('\n');
}

export const validate = command({
  about: `Says what the relay would say of commands, with its own reasons, and sends nothing. The settings are those of the
connection that a command names (connections/<name>.json). It needs neither AWS nor Chorus Pro.`,
  takes: {
    files: option(
      'files',
      z.array(z.string(), 'a file or a folder is missing').min(1),
      'a command, a list of commands, or a folder of such files',
    ),
    language: common.language,
    json: flag('one JSON object a line: {"file", "kind", "verdict", "findings", "invoice", "notChecked"}'),
  },
  positionals: ['files'],
  rest: 'files',
  notes: `What it cannot check offline it names: Chorus Pro's directory and lists, documents named by key, what was sent
before. Documents in a command (content) are looked into.`,
  exitCodes: { 0: 'nothing is wrong', 1: 'something is wrong' },
  run: async ({ files, language, json }) => {
    const connections = connectionNames();
    const isConnection = (name: string) => connectionNameSchema.safeParse(name).success && connections.includes(name);
    const dependencies = {
      connections,
      settingsOf: async (name: string) => (isConnection(name) ? settingsOf(name) : undefined),
      today: parisDay(new Date()),
    };
    const all: Validated[] = [];
    for (const path of files)
      for (const { file, body } of await given(path)) all.push({ file, ...(await judgeCommand(body, dependencies)) });
    console.log(json ? all.map((one) => JSON.stringify(one)).join('\n') : spoken(all, language));
    return all.some(isWrong) ? 1 : 0;
  },
});
