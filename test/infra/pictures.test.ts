/** The form of the pictures in docs/images/; that they say what the code says is in test/end-to-end/samples.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { wordsOf } from '../../tools/pictures/svg.ts';
import { terminalPicture } from '../../tools/pictures/terminal-picture.ts';

const folder = join(projectRoot, 'docs', 'images');
const files = readdirSync(folder);
const drawn = files.filter((file) => file.endsWith('.svg'));
const taken = files.filter((file) => file.endsWith('.png'));

it('are drawn here, or taken of the desk in a browser', () => {
  expect([...drawn, ...taken].sort()).toEqual([...files].sort());
});

describe.each(taken)('docs/images/%s', (file) => {
  it('is a small PNG', () => {
    const bytes = readFileSync(join(folder, file));
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(bytes.length).toBeLessThan(200_000);
  });
});

describe.each(drawn)('docs/images/%s', (file) => {
  const svg = readFileSync(join(folder, file), 'utf8');

  it('is small, and loads or runs nothing', () => {
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).not.toMatch(/<script|<image|@import|@font-face|url\(|href=/);
  });

  it('has words, a title, a description, and colours for a dark page', () => {
    expect(svg).toMatch(/<title id="title">[^<]{20,}<\/title>\n<desc id="desc">[^<]{60,}<\/desc>/);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(wordsOf(svg).length).toBeGreaterThan(5);
  });
});

describe('the picture of a terminal', () => {
  const pictureOf = (output: string, columns = 80) =>
    terminalPicture({ title: 'T', description: 'D', command: 'c', output, columns });

  it('keeps the colours, and puts each column in its place', () => {
    const svg = pictureOf('\u001b[32m✓\u001b[39m one   two\n\u001b[2mfaint\u001b[22m');
    expect(svg).toContain(
      '<tspan x="14" class="good">✓</tspan><tspan x="21.5"> one   </tspan><tspan x="74">two</tspan>',
    );
    expect(svg).toContain('<tspan x="14" class="faint">faint</tspan>');
  });

  it('breaks a line where the terminal ends', () => {
    expect(wordsOf(pictureOf('abcdefghij', 4))).toEqual(['$ c', 'abcd', 'efgh', 'ij']);
  });

  it('shows what XML would take for markup', () => {
    const svg = pictureOf('<a> & b');
    expect(svg).toContain('&lt;a&gt; &amp; b');
    expect(wordsOf(svg)).toContain('<a> & b');
  });
});
