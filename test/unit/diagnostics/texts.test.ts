import { expect, it } from 'vitest';
import { findings } from '../../../shared/diagnostics/findings.ts';

it('every finding has a text in both languages, and every fault says where to fix it', () => {
  for (const [code, { fr, en, ...finding }] of Object.entries(findings)) {
    expect(fr, code).not.toBe(en);
    expect([...fr.matchAll(/\{\w+\}/g)].map(String).sort(), code).toEqual(
      [...en.matchAll(/\{\w+\}/g)].map(String).sort(),
    );
    expect('mend' in finding || finding.verdict !== 'fails', code).toBe(true);
  }
});
