/** `npx relay contract`: compares Swaggers of Chorus Pro with what the code uses. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Language } from '../../shared/invoice/spoken.ts';
import { command, common, option, WrongUsage } from '../command-line/command.ts';
import { printable, textTable, type TextColumn } from '../command-line/terminal.ts';
import { saidOf } from '../contract/compare.ts';
import { judge, type Finding, type Judgement, type Settled } from '../contract/judge.ts';
import { readSwagger, type Swagger } from '../contract/swagger.ts';
import { anEmptyOne } from './targets.ts';

interface Folder {
  swaggers: Swagger[];
  /** JSON files that describe no API of Chorus Pro. */
  others: string[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** @throws WrongUsage if there is no such folder, or no Swagger in it */
async function readFolder(folder: string): Promise<Folder> {
  const names = await readdir(folder, { recursive: true }).catch(() => {
    throw new WrongUsage({
      fr: `il n’y a pas de dossier « ${folder} »`,
      en: `there is no folder "${folder}"`,
    });
  });
  const files = names.filter((name) => /\.json$/i.test(name)).sort();
  const read = await Promise.all(
    files.map(async (file) => ({
      file,
      swagger: readSwagger(file, parsed(await readFile(join(folder, file), 'utf8'))),
    })),
  );
  const swaggers = read.flatMap(({ swagger }) => swagger ?? []);
  if (swaggers.length === 0)
    throw new WrongUsage({
      fr: `aucun Swagger de Chorus Pro (en JSON) dans le dossier « ${folder} »`,
      en: `there is no Swagger of Chorus Pro (as JSON) in the folder "${folder}"`,
    });
  return { swaggers, others: read.filter(({ swagger }) => !swagger).map(({ file }) => file) };
}

const words = {
  fr: {
    verdict: { differs: 'DIFFÈRE', warning: 'à noter', known: 'admis' },
    heads: { verdict: '', file: 'fichier', operation: 'opération', side: 'sens', field: 'champ', what: 'constat' },
    side: { request: 'requête', response: 'réponse' },
    settled: 'Confirmé par ces Swaggers (jusqu’ici, marque) :',
  },
  en: {
    verdict: { differs: 'DIFFERS', warning: 'warning', known: 'allowed' },
    heads: { verdict: '', file: 'file', operation: 'operation', side: 'where', field: 'field', what: 'what' },
    side: { request: 'request', response: 'response' },
    settled: 'Settled by these Swaggers (until now, by its mark):',
  },
} as const;

const columns = (language: Language): readonly TextColumn<Finding>[] => {
  const { heads, verdict, side: sides } = words[language];
  return [
    { head: heads.verdict, of: (one) => verdict[one.verdict] },
    { head: heads.file, of: ({ file }) => file },
    { head: heads.operation, of: ({ operation }) => operation, atMost: 80 },
    { head: heads.side, of: ({ side }) => side && sides[side] },
    { head: heads.field, of: ({ field }) => field || undefined, atMost: 80 },
    { head: heads.what, of: (one) => saidOf(one)[language], atMost: 200 },
  ];
};

const settledColumns = (language: Language): readonly TextColumn<Settled>[] => [
  { head: { fr: 'marque', en: 'mark' }[language], of: ({ mark }) => mark },
  { head: { fr: 'quoi', en: 'what' }[language], of: ({ name }) => name, atMost: 80 },
  { head: words[language].heads.file, of: ({ file }) => file },
];

const countOf = ({ findings }: Judgement, verdict: Finding['verdict']): number =>
  findings.filter((one) => one.verdict === verdict).length;

/** The worst first. */
const order: readonly Finding['verdict'][] = ['differs', 'warning', 'known'];

function spoken(judgement: Judgement, { others }: Folder, language: Language): string {
  const { findings, settled, compared, absent } = judgement;
  const count = countOf(judgement, 'differs');
  const operations = Object.values(compared).reduce((sum, one) => sum + one, 0);
  const sorted = order.flatMap((verdict) => findings.filter((one) => one.verdict === verdict));
  const lines = {
    fr: [
      `${operations} ${operations > 1 ? 'opérations comparées' : 'opération comparée'} : ${
        count === 0
          ? 'aucune différence avec le code.'
          : `${count} ${count > 1 ? 'différences' : 'différence'} avec le code.`
      }`,
      ...(absent.length > 0 ? [`Utilisées par le code, absentes du dossier : ${absent.join(', ')}.`] : []),
      ...(others.length > 0 ? [`Ne sont pas des Swaggers de Chorus Pro : ${others.join(', ')}.`] : []),
    ],
    en: [
      `${operations} ${operations === 1 ? 'operation' : 'operations'} compared: ${
        count === 0
          ? 'the same as in the code.'
          : `${count} ${count === 1 ? 'difference' : 'differences'} from the code.`
      }`,
      ...(absent.length > 0 ? [`Used by the code, not in the folder: ${absent.join(', ')}.`] : []),
      ...(others.length > 0 ? [`No Swaggers of Chorus Pro: ${others.join(', ')}.`] : []),
    ],
  }[language];
  return [
    ...(sorted.length > 0 ? [...textTable(columns(language), sorted), ''] : []),
    ...(settled.length > 0 ? [words[language].settled, ...textTable(settledColumns(language), settled), ''] : []),
    ...lines.map(printable),
  ].join('\n');
}

export const contract = command({
  about: `Compares Swaggers that were exported from PISTE's console (JSON, Swagger 2.0 or OpenAPI 3, under any name) with what
the code sends to Chorus Pro and reads from it. Names each operation, field and value that differs, and what the Swaggers
confirm that was only believed until now.`,
  takes: {
    folder: option('folder', z.string().min(1), 'the folder with the Swaggers', anEmptyOne),
    language: common.language,
    json: common.json,
  },
  positionals: ['folder'],
  notes: `A new value is a warning, and an API that is not in the folder is only named. What is allowed is explained in
shared/chorus-pro/contract.ts. It needs neither AWS nor Chorus Pro.`,
  exitCodes: { 0: 'nothing differs', 1: 'something differs' },
  run: async ({ folder: path, language, json }) => {
    const folder = await readFolder(path);
    const judgement = judge(folder.swaggers);
    const data = {
      ...judgement,
      findings: judgement.findings.map((one) => ({ ...one, ...saidOf(one) })),
      others: folder.others,
    };
    console.log(json ? JSON.stringify(data, undefined, 2) : spoken(judgement, folder, language));
    return countOf(judgement, 'differs') > 0 ? 1 : 0;
  },
});
