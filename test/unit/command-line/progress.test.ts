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
  it('without a terminal is one plain line per milestone', () => {
    expect(shown(false, 0)).toBe('bringing the cloud up\ntime goes by\nday 2\n');
  });

  it('on a terminal is one changing line that never exceeds its width', () => {
    const clear = '\r\u001b[2K';
    expect(shown(true, 8)).toBe(`${clear}bringin\n${clear}time go${clear}day 1${clear}day 2\n`);
  });

  it('is not cut when the width of the terminal is unknown', () => {
    expect(shown(true, 0)).toContain('bringing the cloud up');
  });
});
