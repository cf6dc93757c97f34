/** Sends a form as JSON, its files in base64, and says below it what the server answers. */
import { ask } from './server.ts';

/** Without the `data:…;base64,` in front. */
async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

async function contentOf(form: HTMLFormElement, type: string): Promise<object> {
  const fields: Record<string, string> = {};
  const files: { name: string; content: string }[] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields[name] = value;
    else if (value.size > 0) files.push({ name: value.name, content: await base64Of(value) });
  }
  // A second click of the same form is the same request.
  const id = (form.dataset['id'] ??= crypto.randomUUID());
  const { language, connection, key } = form.dataset;
  return { id, language, connection, key, type, fields, files };
}

const bytesIn = (form: HTMLFormElement): number =>
  [...new FormData(form).values()].reduce((sum, value) => sum + (typeof value === 'string' ? 0 : value.size), 0);

/** @returns whether it was asked: then a result will come */
export async function send(form: HTMLFormElement, type: string): Promise<boolean> {
  const output = form.querySelector('output');
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (!output || !button || button.disabled) return false;
  const { mostBytes = '', tooLarge = '', failed = '', connection = '' } = form.dataset;
  const say = (text: string, isWrong: boolean) => {
    output.textContent = text;
    output.className = isWrong ? 'wrong' : '';
  };
  if (bytesIn(form) > Number(mostBytes)) {
    say(tooLarge, true);
    return false;
  }
  button.disabled = true;
  try {
    const body = JSON.stringify(await contentOf(form, type));
    const headers = { 'content-type': 'application/json' };
    const response = await ask(`/actions/${connection}/send`, { method: 'POST', headers, body });
    // By the gateway, too, which does not know whether it was sent.
    if (response.status >= 500) throw new Error('the server failed');
    say(await response.text(), !response.ok);
    if (response.ok) output.dataset['waiting'] = '';
    else retry(form, button);
    return response.ok;
  } catch {
    say(failed, true);
    // It may have arrived: with the same id, nothing is sent twice.
    button.disabled = false;
    return false;
  }
}

/** What was refused was not sent: corrected, it is another request. */
function retry(form: HTMLFormElement, button: HTMLButtonElement): void {
  delete form.dataset['id'];
  button.disabled = false;
}
