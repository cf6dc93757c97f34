import { expect, it } from 'vitest';
import { findings } from '../../../shared/diagnostics/findings.ts';

it('every finding speaks both languages, and every fault says where it is mended', () => {
  for (const [code, { fr, en, ...finding }] of Object.entries(findings)) {
    expect(fr, code).not.toBe(en);
    expect([...fr.matchAll(/\{\w+\}/g)].map(String).sort(), code).toEqual(
      [...en.matchAll(/\{\w+\}/g)].map(String).sort(),
    );
    expect('mend' in finding || finding.verdict !== 'fails', code).toBe(true);
  }
});
