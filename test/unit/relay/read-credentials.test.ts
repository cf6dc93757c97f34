import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  askCredentials,
  credentialsFromFile,
  credentialsIn,
  Questions,
} from '../../../tools/relay/read-credentials.ts';

const today = '2026-11-23';
const typed = ['a-client-id', 'a-client-secret', 'TECH_1_1@cpro.fr', 'a password: é'];

/** Types each line when its question is there, as a person does. */
async function answer(lines: readonly string[], language: 'fr' | 'en' = 'fr') {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...lines];
  const shown = new PassThrough();
  output.on('data', (chunk: Buffer) => {
    shown.write(chunk);
    if (chunk.toString().includes(': ')) queueMicrotask(() => input.write(left.shift() ?? '\u0003'));
  });
  const asking = askCredentials(new Questions({ input, output }, language), today);
  const [credentials] = await Promise.allSettled([asking]);
  shown.end();
  return { credentials, screen: await text(shown) };
}
const entered = (...lines: string[]) => lines.map((line) => `${line}\r`);

describe('the four questions', () => {
  it('show nothing of what is typed, and leave the date to the rotation, which keeps that of the same secret', async () => {
    const { credentials, screen } = await answer(entered(...typed, ''));
    expect(credentials).toEqual({
      status: 'fulfilled',
      value: {
        pisteClientId: typed[0],
        pisteClientSecret: typed[1],
        technicalLogin: typed[2],
        technicalPassword: typed[3],
      },
    });
    for (const secret of typed) expect(screen).not.toContain(secret);
  });

  it('ask again for what is empty, no date, or a date to come', async () => {
    const lines = entered('', '  ', ...typed, 'hier', '2026-11-24', '2026-10-01');
    const { credentials } = await answer(lines);
    expect(credentials).toMatchObject({ value: { pisteSecretCreatedAt: '2026-10-01T00:00:00Z' } });
  });

  it.each([
    ['fr', 'Interrompu : rien n’a été enregistré.'],
    ['en', 'Interrupted: nothing was stored.'],
  ] as const)('end at Ctrl-C, in the language that was chosen: %s', async (language, message) => {
    const { credentials } = await answer(entered('a-client-id'), language);
    expect(credentials).toMatchObject({ status: 'rejected', reason: { said: { [language]: message } } });
  });
});

const given = {
  pisteClientId: 'a-client-id',
  pisteClientSecret: 'a-client-secret',
  technicalLogin: 'TECH_1_1@cpro.fr',
  technicalPassword: 'a password: é',
};

describe('a file of credentials', () => {
  const fromFile = (content: string | Buffer) => {
    const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'given.json');
    writeFileSync(file, content);
    return credentialsFromFile(file);
  };
  const json = JSON.stringify(given);
  const around = (before: string, after: string) =>
    JSON.stringify(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, before + value + after])));

  it.each<[what: string, content: string | Buffer]>([
    ['a line break at its end', `${json}\r\n`],
    ['a byte order mark', `\uFEFF${json}`],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${json}`, 'utf16le')],
    ['a line break behind each value', around('', '\n')],
    ['spaces around each value', around(' ', '\u00A0\t')],
    ['a byte order mark before each value', around('\uFEFF', '')],
  ])('may have %s', async (_what, content) => {
    expect(await fromFile(content)).toEqual(given);
  });

  it('must have a value for each, and is not quoted', async () => {
    const empty = JSON.stringify({ ...given, technicalPassword: ' \n' });
    await expect(fromFile(empty)).rejects.toThrow(/is not the JSON expected: pisteClientId, /);
    await expect(fromFile(empty)).rejects.not.toThrow(/a-client-secret/);
  });
});

describe('credentials in environment variables', () => {
  it('are trimmed, and missing if nothing is left', () => {
    const environment = {
      PISTE_CLIENT_ID: 'a-client-id\n',
      PISTE_CLIENT_SECRET: ' a-client-secret',
      CHORUS_PRO_LOGIN: 'TECH_1_1@cpro.fr ',
      CHORUS_PRO_PASSWORD: 'a password: é\r\n',
    };
    expect(credentialsIn(environment)).toEqual({ credentials: given, missing: [] });
    expect(credentialsIn({ ...environment, CHORUS_PRO_LOGIN: ' ' })).toEqual({ missing: ['CHORUS_PRO_LOGIN'] });
  });
});
