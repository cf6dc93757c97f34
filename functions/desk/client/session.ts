/** The session in this tab: the token of the person who signed in, for as long as they are there. */
import { said } from './page.ts';

/** Milliseconds. */
const idleFor = Number(said('desk-idle'));

export interface Session {
  /** The provider's ID token. */
  token: string;
  /** By this machine's own clock, in milliseconds. */
  ends: number;
}

const [sessionItem, activeItem, askItem] = ['desk-session', 'desk-active', 'desk-ask'] as const;

/** When a person last did something here. */
const activeAt = (): number => Number(sessionStorage.getItem(activeItem));
const noteActivity = (): void => sessionStorage.setItem(activeItem, String(Date.now()));

export function openSession(session: Session): void {
  sessionStorage.setItem(sessionItem, JSON.stringify(session));
  localStorage.removeItem(askItem);
  noteActivity();
}

/** @param ask whether the provider asks for the password again, also in another tab: who was there may have gone */
export function closeSession({ ask }: { ask: boolean }): void {
  sessionStorage.clear();
  if (ask) localStorage.setItem(askItem, 'yes');
}

export const mustAsk = (): boolean => localStorage.getItem(askItem) !== null;

const isSession = (value: unknown): value is Session =>
  typeof value === 'object' &&
  value !== null &&
  'token' in value &&
  typeof value.token === 'string' &&
  'ends' in value &&
  typeof value.ends === 'number';

/** Undefined once it has ended, by its token or because nobody was there. */
export function currentSession(): Session | undefined {
  const kept: unknown = JSON.parse(sessionStorage.getItem(sessionItem) ?? 'null');
  if (!isSession(kept)) return undefined;
  const isIdle = Date.now() - activeAt() > idleFor;
  if (!isIdle && Date.now() < kept.ends) return kept;
  closeSession({ ask: isIdle });
  return undefined;
}

/** Loads the page anew as soon as the session has ended: what it showed must not stay on the screen. */
export function watchIdleness(): void {
  for (const event of ['pointerdown', 'keydown', 'wheel']) addEventListener(event, noteActivity, { passive: true });
  let wasOpen = currentSession() !== undefined;
  setInterval(() => {
    const isOpen = currentSession() !== undefined;
    if (wasOpen && !isOpen) location.reload();
    wasOpen = isOpen;
  }, 15_000);
}
