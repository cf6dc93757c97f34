/** `npx relay build`. */
import { buildFunctions, bundleBudgetBytes } from '../../infra/build.ts';
import { command, flag } from '../command-line/command.ts';
import { textTable, type TextColumn } from '../command-line/terminal.ts';

interface Size {
  name: string;
  bytes: number;
  budget: number;
}

const columns: readonly TextColumn<Size>[] = [
  { head: 'function', of: ({ name }) => name },
  { head: 'KB', of: ({ bytes }) => String(Math.round(bytes / 1000)), align: 'right' },
  { head: 'of the budget', of: ({ bytes, budget }) => `${Math.round((100 * bytes) / budget)} %`, align: 'right' },
];

export const build = command({
  about: 'Bundles the functions into .build/functions, as a synthesis does by itself, and says how large each is.',
  takes: { json: flag('the sizes in bytes as JSON') },
  exitCodes: { 0: 'built', 1: 'a function does not build' },
  run: async ({ json }) => {
    const built = (await buildFunctions()).map(({ name, bytes }) => ({ name, bytes, budget: bundleBudgetBytes }));
    console.log(json ? JSON.stringify(built, undefined, 2) : textTable(columns, built).join('\n'));
    return 0;
  },
});
