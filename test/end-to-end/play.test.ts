import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';

/** `npm start`, without npm. */
function start(options: string[], onError: (text: string, stop: () => void) => void = () => undefined) {
  const child = spawn(process.execPath, [join(projectRoot, 'tools', 'demo', 'play.ts'), ...options], {
    detached: true,
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    said.error += chunk.toString();
    onError(said.error, () => child.kill('SIGINT'));
  });
  return new Promise<{ code: number | null; group: number; out: string; error: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, group: child.pid ?? 0, ...said }));
  });
}

/** Whether any process of the group is left; one that has ended and waits for its parent to notice is not. */
function lives(group: number): boolean {
  if (existsSync('/proc/self/stat')) return readdirSync('/proc').some((entry) => runsIn(group, entry));
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

function runsIn(group: number, entry: string): boolean {
  try {
    const stat = readFileSync(join('/proc', entry, 'stat'), 'utf8');
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(processGroup) === group && state !== 'Z';
  } catch {
    return false;
  }
}

describe('npm start', () => {
  it('says how it is used', async () => {
    const { code, out } = await start(['--help']);
    expect(code).toBe(0);
    for (const option of ['--documents', '--record', '--json']) expect(out).toContain(option);
  });

  it.each([{ options: ['--unknown'] }, { options: ['--documents', 'no-such-folder'] }])(
    'refuses $options',
    async ({ options }) => {
      const { code, error } = await start(options);
      expect(code).toBe(2);
      expect(error).not.toContain('    at ');
    },
  );

  it('stops at Ctrl-C and leaves no process behind', async () => {
    const { code, group, error } = await start([], (text, stop) => {
      if (text.includes('dropped') && !text.includes('stopping')) stop();
    });
    expect(code).toBe(130);
    expect(error).toContain('stopping');
    await vi.waitFor(() => expect(lives(group)).toBe(false), 5_000);
  });
});
