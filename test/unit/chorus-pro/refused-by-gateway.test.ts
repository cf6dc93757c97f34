import { describe, expect, it } from 'vitest';
import { done, response, session } from './session-fixture.ts';

const accepted = { kind: 'accepted' };

describe('an operation that the gateway refuses five times in a row', () => {
  const refused = { kind: 'not-done', reason: 'api-not-subscribed' };

  it.each(['once', 'repeatable'] as const)('is not called for a minute, and says why (%s)', async (effect) => {
    const { run, calls, advance } = session(({ url }) =>
      url.endsWith(effect) ? response(403, { httpCode: '403' }) : done,
    );
    for (let nth = 1; nth <= 5; nth += 1) expect(await run(effect)).toEqual(refused);
    expect(await run(effect)).toEqual({ ...refused, retryAfterSeconds: 60 });
    expect(calls).toHaveLength(5);
    expect(await run('none')).toMatchObject(accepted);
    advance(1);
    expect(await run(effect)).toEqual(refused);
    expect(await run(effect)).toEqual({ ...refused, retryAfterSeconds: 120 });
  });
});
