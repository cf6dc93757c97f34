import { beforeAll, expect, it } from 'vitest';
import { defaultMaximumConcurrency } from '../../infra/deployment.ts';
import { credentialsRun } from '../../tools/docs/scale-demand.ts';
import { limits } from '../../tools/docs/scale-limits.ts';
import { ofType, stacksOf, type Stacks } from './stacks-fixture.ts';

/** What the page on scale says of the template. */

const connection = {
  ...{ label: 'Duval', environment: 'qualification', inbox: 'own' },
  companies: [{ name: 'Duval', siret: '99910001900010' }],
};

const valueOf = (what: string) => limits.find((limit) => limit.what === what)?.value;

let stacks: Stacks;
beforeAll(async () => {
  stacks = await stacksOf('test', {}, { a: connection });
});

it('the functions that a queue calls are as many at once as it says', () => {
  const mappings = ofType(stacks.all, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);
  const atOnce = [defaultMaximumConcurrency, valueOf('turns at once')];
  expect(mappings.map(({ ScalingConfig }) => ScalingConfig)).toEqual(
    atOnce.map((MaximumConcurrency) => ({ MaximumConcurrency })),
  );
});

it('watch-credentials may run as long as it says', () => {
  const named = ofType(stacks.all, 'AWS::Lambda::Function').filter(({ Properties }) =>
    String(Properties['FunctionName']).endsWith('watch-credentials'),
  );
  expect(named.map(({ Properties }) => Properties['Timeout'])).toEqual([credentialsRun.seconds]);
});

it('a connection with an inbox of its own has as many resources as it says', async () => {
  const two = await stacksOf('test', {}, { a: connection, b: connection });
  const limit = limits.find(({ what }) => what === 'resources in the stack of a connection');
  expect(two.all.length - stacks.all.length).toBe(limit?.demand({ connections: 2, invoices: 0 }));
});
