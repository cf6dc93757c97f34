/** `npx relay validate`: what the relay would say of commands, without sending them. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Language } from '../../shared/invoice/spoken.ts';
import { connectionNameSchema } from '../../shared/connection/settings.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Document } from '../../shared/invoice/terms.ts';
import { profiles } from '../../shared/invoice/submit-command.ts';
import { command, common, flag, option, WrongUsage } from '../command-line/command.ts';
import { printable } from '../command-line/terminal.ts';
import { beyondOffline, judgeCommand, type Judgement, type Verdict } from './judge-command.ts';
import { judgeFile, type FileJudgement, type FileVerdict } from './judge-file.ts';
import { connectionNames, settingsOf } from './targets.ts';

/** A command, a file's only one or one of its list, or the file of an e-invoice. */
interface Given {
  /** `commands.json[2]` for the third of a list. */
  file: string;
  content: string | Uint8Array;
  /** Here it is one of a list, which on the queue would be a dead letter. */
  listed?: true;
  /** It is what would be sent of a sample. */
  sample?: true;
}

type Validated = Pick<Given, 'file' | 'listed' | 'sample'> & (Judgement | FileJudgement);

/** @throws WrongUsage if there is no such file */
async function given(path: string): Promise<Given[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new WrongUsage({
      fr: `il n’y a ni fichier, ni dossier « ${path} »`,
      en: `there is no file or folder "${path}"`,
    });
  if (!found.isDirectory()) return contentsOf(path);
  const inside = (await readdir(path, { recursive: true })).filter((name) => /\.(json|xml|pdf)$/i.test(name)).sort();
  if (inside.length === 0)
    throw new WrongUsage({
      fr: `il n’y a pas de fichier .json, .xml ou .pdf dans le dossier « ${path} »`,
      en: `there is no .json, .xml or .pdf file in the folder "${path}"`,
    });
  return (await Promise.all(inside.map((name) => contentsOf(join(path, name))))).flat();
}

/** What is in a file is told by its bytes: a command is JSON. */
async function contentsOf(file: string): Promise<Given[]> {
  const bytes = await readFile(file);
  const isJson = /^\s*[[{]/.test(
    bytes
      .subarray(0, 200)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  if (!isJson && !file.toLowerCase().endsWith('.json')) return [{ file, content: bytes }];
  const body = bytes.toString('utf8');
  const content = parseJson(body);
  const sample = likeSample.safeParse(content).success ? await messageOf(file, content) : undefined;
  if (sample !== undefined) return [{ file, content: sample, sample: true }];
  const list = z.array(z.unknown()).safeParse(content).data;
  return list
    ? list.map((one, i) => ({ file: `${file}[${i}]`, content: JSON.stringify(one), listed: true }))
    : [{ file, content: body }];
}

/** Only a look: no command has these fields. */
const likeSample = z.looseObject({ shows: z.looseObject({}), ends: z.looseObject({}) });

async function messageOf(file: string, content: unknown): Promise<string | undefined> {
  const { messageOfSample } = await import('./judged-sample.ts');
  return messageOfSample(file, content);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const verdicts = {
  accepted: { fr: 'correcte', en: 'accepted' },
  withheld: { fr: 'non transmise, selon les réglages', en: 'withheld, as the settings require' },
  refused: { fr: 'à corriger', en: 'refused' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
  unsupported: { fr: 'n’est pas une facture électronique connue', en: 'is no e-invoice that the relay knows' },
} as const satisfies Record<Verdict | FileVerdict, Record<Language, string>>;

const wrong: readonly (Verdict | FileVerdict)[] = ['refused', 'unreadable', 'unsupported'];
const isWrong = ({ verdict }: Validated): boolean => wrong.includes(verdict);

const warning: Readonly<Record<Language, string>> = { fr: 'admis, mais', en: 'allowed, but' };

const oneEach: Readonly<Record<Language, string>> = {
  fr: 'La file ne prend pas de liste : envoyez chaque commande dans un message à elle seule.',
  en: 'The queue takes no list: send each command in a message of its own.',
};

const asSent: Readonly<Record<Language, string>> = {
  fr: 'Les exemples sont contrôlés tels que « npx relay send » les envoie : leur commande (command), avec ses documents.',
  en: 'Samples are checked as "npx relay send" sends them: their command, with its documents.',
};

function spoken(all: readonly Validated[], language: Language): string {
  const lines = all.flatMap(({ file, verdict, findings, invoice }) => {
    const number = invoice?.number === undefined ? '' : ` (${invoice.number})`;
    const colon = language === 'fr' ? ' :' : ':';
    return [
      `${file}${number}${colon} ${verdicts[verdict][language]}`,
      ...findings.map((one) => {
        const allowed = 'level' in one && one.level === 'warn' ? `${warning[language]} ` : '';
        return `  ${[one.at, `[${one.rule}]`].join(' ').trim()} ${allowed}${one[language]}`;
      }),
    ].map(printable);
  });
  const count = all.filter(isWrong).length;
  const summary = {
    fr: `${all.length} ${all.length > 1 ? 'documents contrôlés' : 'document contrôlé'}, dont ${count} à corriger.`,
    en: `${all.length} ${all.length === 1 ? 'document' : 'documents'} checked, ${count} to be corrected.`,
  };
  const left = new Set(all.flatMap(({ notChecked }) => notChecked));
  const said = [...left].map((what) => beyondOffline[what][language]).join(' ; ');
  const unchecked = {
    fr: `Non vérifié hors ligne : ${said}.`,
    en: `Not checked offline: ${said.replaceAll(' ;', ';')}.`,
  };
  const hints = [
    ...(all.some(({ listed }) => listed) ? [oneEach[language]] : []),
    ...(all.some(({ sample }) => sample) ? [asSent[language]] : []),
    ...(said ? [unchecked[language]] : []),
  ];
  return [...lines, '', summary[language], ...hints].join('\n');
}

/** The directory is not asked: a recipient without a name is shown by its SIRET. */
const keeperIn =
  (folder: string) =>
  async ({ name, bytes }: Document): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
  };

export const validate = command({
  about: `Says what the relay would say of commands and of e-invoices (CII, UBL, Factur-X), with its own reasons, and sends
nothing. A command's settings are those of the connection that it names (connections/<name>.json). It needs neither AWS
nor Chorus Pro.`,
  takes: {
    files: option(
      'files',
      z.array(z.string()).min(1),
      'a command, a list of commands, a sample, an e-invoice, or a folder of such files',
    ),
    language: common.language,
    profile: option(
      'NAME',
      z.enum(profiles).default('chorus-classic'),
      `the rules for e-invoices: ${profiles.join(' or ')}`,
      { fr: `n’est pas parmi ${profiles.join(', ')}`, en: `is none of ${profiles.join(', ')}` },
    ),
    make: option('FOLDER', z.string().optional(), 'puts there each document that the relay would make, as it would be'),
    json: flag(
      'one JSON object a line: {"file", "listed", "sample", "kind", "syntax", "profile", "verdict", "findings", "invoice", "notChecked"}',
    ),
  },
  positionals: ['files'],
  rest: 'files',
  notes: `What it cannot check offline it names: Chorus Pro's directory and lists, documents named by key, what was sent
before. Documents in a command (content) are looked into.`,
  exitCodes: { 0: 'nothing is wrong', 1: 'something is wrong' },
  run: async ({ files, language, profile, make, json }) => {
    const known = connectionNames();
    const isConnection = (name: string) => connectionNameSchema.safeParse(name).success && known.includes(name);
    const dependencies = {
      settingsOf: async (name: string) => (isConnection(name) ? settingsOf(name) : undefined),
      today: parisDay(new Date()),
      ...(make === undefined ? {} : { keep: keeperIn(make) }),
    };
    const all: Validated[] = [];
    for (const path of files)
      for (const { file, content, listed, sample } of await given(path)) {
        const isCommand = typeof content === 'string';
        const said = isCommand
          ? await judgeCommand(content, dependencies)
          : judgeFile(basename(file), content, profile);
        all.push({ file, ...(listed ? { listed } : {}), ...(sample ? { sample } : {}), ...said });
      }
    console.log(json ? all.map((one) => JSON.stringify(one)).join('\n') : spoken(all, language));
    return all.some(isWrong) ? 1 : 0;
  },
});
