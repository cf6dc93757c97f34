/** Files that a browser saves. */

/** A number may have a slash, and a header no accents. */
export const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]/g, '-');

export const attachment = (content: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  new Response(content, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
