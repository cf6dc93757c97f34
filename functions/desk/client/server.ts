/** Requests to the desk's server, each with the person's token: there is no cookie. */
import { closeSession } from './session.ts';
import { bearer, SignedOut } from './sign-in.ts';

/** @throws SignedOut if the session is over */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await bearer()}`);
  const response = await fetch(path, { ...init, headers });
  if (response.status === 401) {
    closeSession({ ask: true });
    throw new SignedOut('the server refused the token');
  }
  return response;
}

/** Scripts of a page that is parsed so do not run, whoever wrote them. @param address `/<connection>/…`, or nothing */
export async function pageAt(address: string): Promise<Document> {
  const response = await ask(`/pages${address === '/' ? '' : address}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}
