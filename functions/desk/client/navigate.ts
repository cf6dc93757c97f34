/**
 * Shows the pages that the server renders. Their address is in the fragment, `/#/<path>`, for `/pages/<path>`: links
 * work by themselves, the shell is one route, and no log of a server has the address of a page.
 */
import { download } from './download.ts';
import { desk } from './page.ts';
import { send } from './send.ts';
import { pageAt } from './server.ts';
import { SignedOut, signIn, signOut } from './sign-in.ts';

export async function start(): Promise<void> {
  addEventListener('hashchange', () => void show());
  desk.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    submit(event.target);
  });
  desk.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset['download']) void download(button, button.dataset['download']);
    if (button?.dataset['signOut'] !== undefined) signOut();
  });
  await show();
}

function submit(form: HTMLFormElement): void {
  const { action, go } = form.dataset;
  if (go !== undefined) {
    const sought = new FormData(form).entries();
    const given = [...sought].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
    location.hash = `${go}?${new URLSearchParams(given).toString()}`;
  }
  if (action !== undefined) void send(form, action).then((isAsked) => isAsked && lookAgainLater());
}

const addressHere = (): string => location.hash.replace(/^#/, '');

/** How many pages were asked for: one that arrives late must not take the place of a newer one. */
let asked = 0;

async function show(): Promise<void> {
  asked += 1;
  const own = asked;
  try {
    const page = await pageAt(addressHere());
    if (own !== asked) return;
    place(page);
    desk.querySelector('h1')?.focus();
  } catch (error) {
    if (own === asked) showWayIn(error instanceof SignedOut ? '' : String(error));
  }
}

function place(page: Document): void {
  desk.replaceChildren(...page.body.childNodes);
  if (!desk.querySelector('main')) desk.append(wayOn());
  const title = desk.querySelector('h1')?.textContent ?? '';
  document.title = `${title} – chorus-relay`;
  document.documentElement.lang = desk.querySelector('.page')?.getAttribute('lang') ?? 'fr';
  if (waiting(desk) > 0) lookAgainLater();
}

/** Below an answer that is no page, as when there is none: a person would be left with a sentence. */
function wayOn(): HTMLElement {
  const link = document.createElement('a');
  link.href = '/';
  link.textContent = 'Accueil / Home';
  const text = document.createElement('p');
  text.append(link);
  return text;
}

/** What was asked and has no result yet. */
const waiting = (within: ParentNode): number => within.querySelectorAll('[data-waiting]').length;

const looks = { every: 3_000, atMost: 60 } as const;
let lookedAgain: { address: string; times: number; timer?: number } = { address: '', times: 0 };

/** Until a result is there, the page is asked for again; somebody who types is not disturbed. */
function lookAgainLater(): void {
  const address = addressHere();
  clearTimeout(lookedAgain.timer);
  const times = lookedAgain.address === address ? lookedAgain.times + 1 : 1;
  if (times > looks.atMost) return;
  lookedAgain = { address, times, timer: window.setTimeout(() => void lookAgain(address), looks.every) };
}

async function lookAgain(address: string): Promise<void> {
  const before = asked;
  const page = await pageAt(address).catch(() => undefined);
  if (before !== asked) return;
  if (page && waiting(page) < waiting(desk) && !isBeingFilled()) place(page);
  else lookAgainLater();
}

/** Somebody types, or has left a form for a moment that holds what they gave; what was sent is no longer theirs. */
function isBeingFilled(): boolean {
  if (document.activeElement?.matches('input, textarea, select')) return true;
  const forms = [...desk.querySelectorAll<HTMLFormElement>('form[data-action]')];
  return forms.some((form) => waiting(form) === 0 && holdsSomething(form));
}

const holdsSomething = (form: HTMLFormElement): boolean =>
  [...new FormData(form).values()].some((value) => (typeof value === 'string' ? value !== '' : value.size > 0));

function showWayIn(why: string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Se connecter';
  button.addEventListener('click', () => void signIn());
  const text = document.createElement('p');
  text.textContent = why;
  const title = document.createElement('h1');
  title.textContent = 'Bienvenue';
  const main = document.createElement('main');
  main.append(title, text, button);
  desk.replaceChildren(main);
}
