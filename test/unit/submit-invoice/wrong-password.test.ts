import { describe, expect, it } from 'vitest';
import { submitCommand } from '../../support/commands.ts';
import { exampleCredentials, relay } from '../../support/relay.ts';

describe('a wrong technical password', () => {
  it('costs two failed logins, however many invoices come at once', async () => {
    const wrong = await exampleCredentials('example');
    if (!wrong) throw new Error('the example has credentials');
    const world = relay({ credentials: () => Promise.resolve({ ...wrong, technicalPassword: 'wrong' }) });
    const invoices = Array.from({ length: 10 }, (_, i) => submitCommand({ invoice: { number: `F-${i}` } }));
    const dispositions = await Promise.all(invoices.map((invoice) => world.submit(invoice)));
    expect(dispositions).toEqual(invoices.map(() => ({ kind: 'retry', reason: 'suspended' })));
    expect(world.model.effects.failedLogins).toBe(2);
  });
});
