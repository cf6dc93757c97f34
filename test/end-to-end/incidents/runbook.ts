import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../../infra/deployment.ts';

const folder = join(projectRoot, 'docs', 'runbooks');
const read = (page: string): string => readFileSync(join(folder, page), 'utf8');

/** The commands of a page's shell blocks, each in one line and without its comment. @param block one of them, from 0 */
export const commandsOn = (page: string, block?: number): string[] =>
  [...read(page).matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)]
    .filter((_, i) => i === (block ?? i))
    .flatMap(([, block = '']) =>
      block
        .replaceAll(/\\\n\s*/g, '')
        .split('\n')
        .map((line) => line.replace(/(^| )\s*#.*$/, '').trim())
        .filter((line) => line !== ''),
    );

const linksOn = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)#\s]+\.md)/g)].map(([, link = '']) => join(dirname(page), link));

/** Whether a page is the other one, or links to it. */
export const leadsTo = (page: string, other: string): boolean => page === other || linksOn(page).includes(other);

/** The page in docs/runbooks/ that an alarm names. */
export const pageOf = (description: string): string =>
  /Runbook: docs\/runbooks\/(\S+\.md)$/.exec(description)?.[1] ?? '';

/** A line as the shell splits it. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');
