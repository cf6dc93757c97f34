/**
 * Shows the pages that the server renders. Their address is in the fragment, `/#/<path>` for `/pages/<path>`: so the
 * shell is one route, and a link from a mail tells no server more than that.
 */
import { main, signOutButton } from './page.ts';
import { closeSession } from './session.ts';
import { bearer, SignedOut, signIn, signOut } from './sign-in.ts';

export async function start(): Promise<void> {
  signOutButton.addEventListener('click', signOut);
  addEventListener('hashchange', () => void show());
  await show();
}

async function show(): Promise<void> {
  try {
    const path = location.hash.replace(/^#\/?/, '');
    const response = await fetch(path === '' ? '/pages' : `/pages/${path}`, {
      headers: { authorization: `Bearer ${await bearer()}` },
    });
    if (response.status === 401) {
      closeSession({ ask: true });
      throw new SignedOut('the server refused the token');
    }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    main.replaceChildren(...page.body.childNodes);
    signOutButton.hidden = false;
    document.title = `${main.querySelector('h1')?.textContent ?? ''} – chorus-relay`;
    main.focus();
  } catch (error) {
    showWayIn(error instanceof SignedOut ? '' : String(error));
  }
}

function showWayIn(why: string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Se connecter';
  button.addEventListener('click', () => void signIn());
  const text = document.createElement('p');
  text.textContent = why;
  const title = document.createElement('h1');
  title.textContent = 'Bienvenue';
  signOutButton.hidden = true;
  main.replaceChildren(title, text, button);
}
