import { describe, expect, it } from 'vitest';
import { stale } from '../../docs/generate.ts';

describe('the pages made from the code', () => {
  it('say what the code says now (else: npm run docs)', async () => {
    expect(await stale()).toEqual([]);
  });
});
