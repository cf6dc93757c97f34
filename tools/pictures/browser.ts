/** A real browser, where this machine has one: the desk's pictures and tests are made in it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's first, then what others install. `CHROMIUM` names another one. */
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const;

/** Where it is; undefined if there is none. */
export const browserPath = [...(process.env['CHROMIUM'] ? [process.env['CHROMIUM']] : []), ...usual].find((path) =>
  existsSync(path),
);

/** @throws Error if there is none */
export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('there is no Chromium here: apt-get install chromium');
  // It cannot make its sandbox where we are root or in a container; it shows nothing but our own pages.
  return chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
}
