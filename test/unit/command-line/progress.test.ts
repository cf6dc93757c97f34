import { describe, expect, it } from 'vitest';
import { progressOn } from '../../../tools/command-line/terminal.ts';

function shown(isTTY: boolean, columns: number): string {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const progress = progressOn({ isTTY, columns, write });
  progress.step('bringing the cloud up');
  progress.step('time goes by');
  progress.update('day 1', false);
  progress.update('day 2', true);
  progress.end();
  return written;
}

describe('progress', () => {
  it('is plain lines where there is no terminal, only for milestones', () => {
    expect(shown(false, 0)).toBe('bringing the cloud up\ntime goes by\nday 2\n');
  });

  it('is one changing line on a terminal, never wider than the terminal', () => {
    const clear = '\r\u001b[2K';
    expect(shown(true, 8)).toBe(`${clear}bringin\n${clear}time go${clear}day 1${clear}day 2\n`);
  });

  it('is not cut on a terminal that does not say how wide it is', () => {
    expect(shown(true, 0)).toContain('bringing the cloud up');
  });
});
