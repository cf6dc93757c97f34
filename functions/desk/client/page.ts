/** What the shell has (functions/desk/shell.ts). */

function placeOfPages(): HTMLElement {
  const element = document.getElementById('desk');
  if (element) return element;
  throw new Error('the shell has no place for pages');
}

/** Where the pages are shown. */
export const desk = placeOfPages();

/** What the shell says of this desk. @throws Error if it does not */
export function said(name: 'desk-issuer' | 'desk-client' | 'desk-idle' | 'desk-now'): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content');
  if (content) return content;
  throw new Error(`the shell does not say ${name}`);
}
