import { describe, expect, it } from 'vitest';
import { urlsFor } from '../../../shared/chorus-pro/piste.ts';
import { apiNames } from '../../../shared/chorus-pro/chorus-pro.ts';
import { tryCredentials, type Trial } from '../../../shared/chorus-pro/try-credentials.ts';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import type { Credentials } from '../../../shared/connection/credentials.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
  type FaultRule,
  type World,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';

const good: Credentials = {
  pisteClientId: EXAMPLE_CREDENTIALS.clientId,
  pisteClientSecret: EXAMPLE_CREDENTIALS.clientSecret,
  technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
  technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
};

interface Given {
  credentials?: Partial<Credentials>;
  world?: World;
  rules?: FaultRule[];
  transport?: (transport: Transport) => Transport;
  remainingMs?: number;
}

async function tried({ credentials, world = exampleWorld(), rules = [], transport, remainingMs = 60_000 }: Given) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, world });
  const whole = modelTransport(model, createFaultPlan({ clock, rules }));
  const waits: number[] = [];
  const trial: Trial = await tryCredentials(
    { ...good, ...credentials },
    {
      urls: urlsFor('qualification', modelUrls),
      transport: transport?.(whole) ?? whole,
      now: () => new Date(clock.now()),
      wait: (ms) => Promise.resolve(void waits.push(ms)),
    },
    { remainingMs: () => remainingMs },
  );
  return { trial, waits, ...model.effects };
}

const subscribedTo = (...apis: string[]): World => {
  const { clientId, clientSecret } = EXAMPLE_CREDENTIALS;
  return { ...exampleWorld(), applications: [{ clientId, clientSecrets: [clientSecret], apis }] };
};

const login = '/cpro/transverses/v1/recuperer/structures/actives/fournisseur';

describe('trying credentials', () => {
  it('accepts valid ones after one login, and can then make calls', async () => {
    const { trial, failedLogins, calls } = await tried({});
    expect(trial).toMatchObject({ kind: 'works' });
    expect(failedLogins).toBe(0);
    expect(calls).toEqual({ '/api/oauth/token': 1, [login]: 1 });
  });

  it.each([
    ['a wrong client id', { pisteClientId: 'fa4efa4e-0000-4000-8000-000000000009' }],
    ['a wrong secret', { pisteClientSecret: 'wrong' }],
  ])('stops before the login when PISTE refuses %s', async (_case, credentials) => {
    const { trial, failedLogins, calls } = await tried({ credentials });
    expect(trial).toEqual({ kind: 'broken', link: 'piste-application' });
    expect(failedLogins).toBe(0);
    expect(calls).toEqual({ '/api/oauth/token': 5 });
  });

  it.each([{ technicalPassword: 'wrong' }, { technicalLogin: 'TECH_1_9@cpro.fr' }])(
    'fail to log in once and no more: %j',
    async (credentials) => {
      const { trial, failedLogins } = await tried({ credentials });
      expect(trial).toEqual({ kind: 'broken', link: 'technical-account' });
      expect(failedLogins).toBe(1);
    },
  );

  it('reports a missing raccordement in Chorus Pro’s own words', async () => {
    const { trial } = await tried({ credentials: { technicalLogin: EXAMPLE_CREDENTIALS.unconnectedAccount } });
    expect(trial).toEqual({
      kind: 'broken',
      link: 'raccordement',
      refusal: { operation: login.slice('/cpro/'.length), code: 20001, message: 'GDP_MSG_11.005' },
    });
  });

  it('logs in through another API when the first is not subscribed to', async () => {
    const world = subscribedTo('structures');
    expect((await tried({ world })).trial).toMatchObject({ kind: 'works' });
    expect((await tried({ world, credentials: { technicalPassword: 'wrong' } })).trial).toEqual({
      kind: 'broken',
      link: 'technical-account',
    });
    expect((await tried({ world: subscribedTo() })).trial).toEqual({ kind: 'broken', link: 'api-subscription' });
  });
});

describe('an inconclusive trial', () => {
  it('does not follow from a random refusal by PISTE', async () => {
    const { trial } = await tried({ rules: [{ kind: 'invalid-client', count: 4 }] });
    expect(trial).toMatchObject({ kind: 'works' });
  });

  it('does not follow from a refused token: a new one is requested, without a failed login', async () => {
    const stale = (transport: Transport): Transport => {
      let tokens = 0;
      return async (request) => {
        const sending = await transport(request);
        const first = request.url === modelUrls.PISTE_TOKEN_URL && (tokens += 1) === 1;
        return first && sending.kind === 'response'
          ? { ...sending, body: sending.body.replace('simulated-token', 'stale-token') }
          : sending;
      };
    };
    const { trial, failedLogins, waits } = await tried({ transport: stale });
    expect(trial).toMatchObject({ kind: 'works' });
    expect(failedLogins).toBe(0);
    expect(waits).toEqual([1_000, 1_000, 1_000]);
  });

  it.each([
    ['unavailable', '/api/oauth/token', 'piste-application', 'platform-down'],
    ['unavailable', login, 'technical-account', 'no-answer'],
    ['hang-before', login, 'technical-account', 'no-answer'],
    ['too-many-requests', login, 'technical-account', 'throttled'],
  ] as const)('follows from %s at %s', async (kind, path, link, why) => {
    const { trial } = await tried({ rules: [{ kind, path }] });
    expect(trial).toEqual({ kind: 'inconclusive', link, why });
  });

  it('follows from too little time', async () => {
    const { trial, calls } = await tried({ remainingMs: 500 });
    expect(trial).toEqual({ kind: 'inconclusive', link: 'piste-application', why: 'no-time-left' });
    expect(calls).toEqual({});
  });
});

it('later calls survive a random 401', async () => {
  const rules: FaultRule[] = [{ kind: 'unauthorized', path: '/cpro/structures/v1/rechercher', count: 1 }];
  const { trial } = await tried({ rules });
  if (trial.kind !== 'works') throw new Error('they do work');
  expect(await trial.chorusPro.probe('Structures')).toMatchObject({ kind: 'accepted' });
});

it('every probe is a valid request', async () => {
  const { trial } = await tried({});
  if (trial.kind !== 'works') throw new Error('they do work');
  for (const api of apiNames)
    expect(await trial.chorusPro.probe(api), api).toMatchObject({
      kind: 'accepted',
    });
});
