import { expect, test } from 'vitest';
import {
  applyFaults,
  createChorusPro,
  createFaultPlan,
  drivenClock,
  type FaultRule,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submission, tokenRequest } from '../../tools/chorus-pro-simulator/example-client.ts';

const start = Date.UTC(2026, 10, 23, 9);

function fresh(rules: FaultRule[], seed = 1) {
  const clock = drivenClock({ start });
  const model = createChorusPro({ clock });
  const client = exampleClient(model);
  const plan = createFaultPlan({ clock, rules, seed });
  const submit = (number = 'F-1') =>
    applyFaults({ model, plan, request: client.request('factures/soumettre', submission(client, { number })) });
  const token = () => applyFaults({ model, plan, request: tokenRequest() });
  return { clock, model, plan, submit, token };
}

const path = '/cpro/factures/v1/soumettre';

test.each<[FaultRule, object, number]>([
  [{ kind: 'reset-before' }, { kind: 'reset', reached: false }, 0],
  [{ kind: 'reset-after' }, { kind: 'reset', reached: true }, 1],
  [{ kind: 'hang-before' }, { kind: 'hang', reached: false }, 0],
  [{ kind: 'hang-after' }, { kind: 'hang', reached: true }, 1],
  [{ kind: 'unauthorized' }, { status: 401 }, 0],
  [{ kind: 'forbidden' }, { status: 403 }, 0],
  [{ kind: 'too-many-requests', retryAfterSeconds: 7 }, { status: 429, headers: { 'retry-after': '7' } }, 0],
  [{ kind: 'server-error' }, { status: 500, headers: { 'content-type': 'text/html' } }, 0],
  [{ kind: 'unavailable' }, { status: 503 }, 0],
  [{ kind: 'gateway-timeout' }, { status: 504 }, 0],
  [{ kind: 'gateway-timeout', strikes: 'after' }, { status: 504 }, 1],
  [{ kind: 'truncated' }, { status: 200 }, 1],
])('%o', (rule, outcome, invoices) => {
  const { submit, model } = fresh([{ ...rule, path, count: 1 }]);
  expect(submit().outcome).toMatchObject(outcome);
  expect(model.accepted()).toHaveLength(invoices);
  expect(submit('F-2').outcome).toMatchObject({ kind: 'reply', status: 200 });
});

test('a truncated reply is not JSON', () => {
  const { outcome } = fresh([{ kind: 'truncated' }]).submit();
  expect(() => {
    JSON.parse(outcome.kind === 'reply' ? outcome.body : '');
  }).toThrow();
});

test('strikes at the nth call, or at all of an API', () => {
  const { submit } = fresh([{ kind: 'reset-before', path: '/cpro/factures/*', nth: 2 }]);
  expect([1, 2, 3].map((rank) => submit(`F-${rank}`).outcome.kind)).toEqual(['reply', 'reset', 'reply']);
});

test('strikes at random, in the same way for the same seed', () => {
  const struck = (seed: number) => {
    const { token } = fresh([{ kind: 'invalid-client', probability: 0.3 }], seed);
    return Array.from({ length: 50 }, () => token().outcome).map(
      (outcome) => outcome.kind === 'reply' && outcome.status,
    );
  };
  expect(struck(1)).toEqual(struck(1));
  expect(struck(1)).not.toEqual(struck(2));
  const refused = struck(1).filter((status) => status === 400).length;
  expect(refused).toBeGreaterThan(5);
  expect(refused).toBeLessThan(30);
});

test('latencies add up and leave the reply as it is', () => {
  const { submit } = fresh([
    { kind: 'latency', milliseconds: 300 },
    { kind: 'latency', milliseconds: 50, path },
  ]);
  expect(submit()).toMatchObject({ latencyMs: 350, outcome: { status: 200 } });
});

test('a maintenance window closes everything, the token endpoint too, until it is over', () => {
  const hour = 3_600_000;
  const { token, clock } = fresh([{ kind: 'maintenance', from: start + hour, to: start + 2 * hour }]);
  const statusAfter = (milliseconds: number) => {
    clock.advance(milliseconds);
    const { outcome } = token();
    return outcome.kind === 'reply' ? outcome.status : outcome.kind;
  };
  expect([0, hour, hour - 1, 1].map(statusAfter)).toEqual([200, 503, 503, 200]);
});
