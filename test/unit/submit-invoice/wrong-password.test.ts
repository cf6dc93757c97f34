import { describe, expect, it } from 'vitest';
import { timings } from '../../../shared/facts/timings.ts';
import type { VersionedCredentials } from '../../../shared/connection/credentials.ts';
import { submitCommand } from '../../support/commands.ts';
import { queueOf } from '../../support/queue.ts';
import { exampleCredentials, relay } from '../../support/relay.ts';
import { paths, told } from './scenario.ts';

const good = await exampleCredentials('example');
if (!good) throw new Error('the example has credentials');

const invoices = Array.from({ length: 10 }, (_, i) => submitCommand({ invoice: { number: `F-${i}` } }));

/** A relay whose functions keep the credentials for as long as they do in the cloud. */
function relayWith(stored: VersionedCredentials) {
  const secret = { stored };
  let cached = { value: stored, until: 0 };
  const world = relay({
    credentials: (_connection, how = 'cached') => {
      const now = world.now().getTime();
      if (how === 'fresh' || now >= cached.until)
        cached = { value: secret.stored, until: now + timings.credentialsCache.ms };
      return Promise.resolve(cached.value);
    },
  });
  return { world, secret };
}

const wrong = [
  ['technical password', { ...good, technicalPassword: 'wrong', version: 'v0' }],
  ['client secret', { ...good, pisteClientSecret: 'wrong', version: 'v0' }],
] as const;

it('a wrong technical password costs two failed logins, however many invoices come at once', async () => {
  const { world } = relayWith(wrong[0][1]);
  const dispositions = await Promise.all(invoices.map((invoice) => world.submit(invoice)));
  expect(dispositions).toEqual(invoices.map(() => ({ kind: 'retry', reason: 'suspended' })));
  expect(world.model.effects.failedLogins).toBe(2);
});

describe.each(wrong)('after a wrong %s, once good credentials are stored', (_what, stored) => {
  it.each([
    [6, 10],
    [72, 35],
  ])('invoices that waited for %i hours are sent within %i minutes', async (hours, minutes) => {
    const { world, secret } = relayWith(stored);
    const queue = queueOf(world, invoices.slice(0, 3));
    await queue.pass(hours);
    expect(told(world)).toEqual([]);
    secret.stored = { ...good, version: 'v1' };
    await queue.pass(minutes / 60);
    expect(told(world).filter((type) => type === 'submitted')).toHaveLength(3);
  });

  it('an invoice that was accepted before is sent within ten minutes too', async () => {
    const { world, secret } = relayWith(good);
    world.faults.add({ kind: 'unavailable', path: paths.pdf });
    const queue = queueOf(world, invoices);
    await queue.pass(0.1);
    expect(new Set(told(world))).toEqual(new Set(['accepted']));
    world.faults.clear();
    secret.stored = stored;
    await queue.pass(6);
    secret.stored = { ...good, version: 'v1' };
    await queue.pass(10 / 60);
    expect(told(world).filter((type) => type === 'submitted')).toHaveLength(invoices.length);
  });
});
