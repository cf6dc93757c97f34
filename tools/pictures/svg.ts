/** The form that all pictures have: words that can be selected, a title and a description, light and dark. */

export interface Drawing {
  title: string;
  /** For who cannot see it. */
  description: string;
  width: number;
  height: number;
  /** CSS of its own classes. */
  style: string;
  body: readonly string[];
}

/** Of both themes: a picture is opaque, so that it can be read wherever it is shown. */
const themes = `:root{--paper:#fff;--frame:#d0d7de;--bar:#eaeef2;--ink:#1f2328;--faint:#656d76;--good:#116329;--bad:#cf222e}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--frame:#30363d;--bar:#161b22;--ink:#e6edf3;--faint:#8d96a0;--good:#4ac26b;--bad:#ff7b72}}`;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Rounded: a tenth of a pixel is enough. */
export const at = (coordinate: number): string => String(Math.round(coordinate * 10) / 10);

export function svgOf({ title, description, width, height, style, body }: Drawing): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(description)}</desc>`,
    `<style>${themes}\n${style}</style>`,
    ...body,
    '</svg>',
  ].join('\n')}\n`;
}

/** What a picture says, line by line, without its numbers: ids and durations change from run to run. */
export const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].flatMap(([, content = '']) =>
    plainWords(content.replace(/<[^>]*>/g, '')),
  );

/** @returns nothing for a line without words */
function plainWords(line: string): string[] {
  const text = line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const words = text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '0')
    .replace(/\d+([.,]\d+)?/g, '0')
    .replace(/\s+/g, ' ')
    .trim();
  return /\p{L}/u.test(words) ? [words] : [];
}
