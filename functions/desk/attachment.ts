/** Files that a browser saves. */

/** A number may have a slash, and a header no accents. */
export const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]/g, '-');

/** @param more headers beside those that every file has */
export const attachment = (
  content: string | Uint8Array<ArrayBuffer>,
  type: string,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Response =>
  new Response(content, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, ...more },
  });
