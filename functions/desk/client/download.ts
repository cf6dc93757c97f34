/** Files of the desk: a link cannot bring the person's token, so they are fetched and then saved. */
import { ask } from './server.ts';

const nameIn = (response: Response): string =>
  /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'chorus-relay';

/** The place for it stands after the paragraph of its button. */
function showSeal(button: HTMLButtonElement, { headers }: Response): void {
  const output = button.closest('section')?.querySelector('output');
  const { seal } = button.dataset;
  if (output && seal !== undefined) output.textContent = `${seal} ${headers.get('x-seal') ?? ''}`;
}

/** @param address below `/pages` */
export async function download(button: HTMLButtonElement, address: string): Promise<void> {
  button.disabled = true;
  try {
    const response = await ask(`/pages${address}`);
    if (!response.ok) throw new Error(await response.text());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = nameIn(response);
    link.click();
    URL.revokeObjectURL(link.href);
    showSeal(button, response);
  } catch (error) {
    const text = document.createElement('span');
    text.role = 'alert';
    text.textContent = error instanceof Error ? error.message : String(error);
    button.after(text);
  } finally {
    button.disabled = false;
  }
}
