/** The shell's own elements (functions/desk/shell.ts). */

const named = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element) return element;
  throw new Error(`the shell has no #${id}`);
};

export const main = named('main');
export const signOutButton = named('sign-out');

/** What the shell says of this desk. @throws Error if it does not */
export function said(name: 'desk-issuer' | 'desk-client' | 'desk-idle' | 'desk-now'): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content');
  if (content) return content;
  throw new Error(`the shell does not say ${name}`);
}
