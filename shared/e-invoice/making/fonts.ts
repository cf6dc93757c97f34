/**
 * The fonts of the documents that we make: Noto Sans, in the parts that French texts and names need. The build puts the
 * bytes into the bundle.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const read = (part: string, weight: 400 | 700): Buffer =>
  readFileSync(resolve(`@fontsource/noto-sans/files/noto-sans-${part}-${weight}-normal.woff`));

/** In the format WOFF. Most texts need only the first of each list; what is rare has one weight. */
export const regular: readonly Buffer[] = [read('latin', 400)];
export const bold: readonly Buffer[] = [read('latin', 700)];
export const rare: readonly Buffer[] = [read('latin-ext', 400), read('greek', 400)];
