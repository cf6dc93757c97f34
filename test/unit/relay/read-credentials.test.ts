import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { askCredentials, Questions } from '../../../tools/relay/read-credentials.ts';

const today = '2026-11-23';
const typed = ['a-client-id', 'a-client-secret', 'TECH_1_1@cpro.fr', 'a password: é'];

/** Types each line when its question is there, as a person does. */
async function answer(lines: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...lines];
  const shown = new PassThrough();
  output.on('data', (chunk: Buffer) => {
    shown.write(chunk);
    if (chunk.toString().includes(': ')) queueMicrotask(() => input.write(left.shift() ?? '\u0003'));
  });
  const asking = askCredentials(new Questions({ input, output }), { language: 'fr', today });
  const [credentials] = await Promise.allSettled([asking]);
  shown.end();
  return { credentials, screen: await text(shown) };
}
const entered = (...lines: string[]) => lines.map((line) => `${line}\r`);

describe('the four questions', () => {
  it('show nothing of what is typed, and take today for the date', async () => {
    const { credentials, screen } = await answer(entered(...typed, ''));
    expect(credentials).toEqual({
      status: 'fulfilled',
      value: {
        pisteClientId: typed[0],
        pisteClientSecret: typed[1],
        technicalLogin: typed[2],
        technicalPassword: typed[3],
        pisteSecretCreatedAt: '2026-11-23T00:00:00Z',
      },
    });
    for (const secret of typed) expect(screen).not.toContain(secret);
  });

  it('ask again for what is empty, no date, or a date to come', async () => {
    const lines = entered('', '  ', ...typed, 'hier', '2026-11-24', '2026-10-01');
    const { credentials } = await answer(lines);
    expect(credentials).toMatchObject({ value: { pisteSecretCreatedAt: '2026-10-01T00:00:00Z' } });
  });

  it('end at Ctrl-C', async () => {
    const { credentials } = await answer(entered('a-client-id'));
    expect(credentials).toMatchObject({ status: 'rejected', reason: { message: 'interrupted: nothing was stored' } });
  });
});
