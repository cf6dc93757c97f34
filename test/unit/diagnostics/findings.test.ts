import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../support/example-connection.ts';
import { EXAMPLE_CREDENTIALS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { dayMs as day } from '../../../shared/facts/fact.ts';
import { deployment, failures } from './fixture.ts';

const agency = `supplier ${SUPPLIERS.agency} (Caen)`;
const findingsOf = async (given: ReturnType<typeof deployment>) => {
  const { steps } = await given.check();
  return Object.fromEntries(steps.map(({ step, finding }) => [step, finding]));
};

describe('a first check, before anything has worked', () => {
  it.each([
    ['another UUID for an id', { pisteClientId: 'fa4efa4e-0000-4000-8000-000000000009' }, 'piste-refuses'],
    ['another UUID for a secret', { pisteClientSecret: 'fa4efa4e-0000-4000-8000-000000000009' }, 'piste-refuses'],
    ['an id that is none', { pisteClientId: 'APP_SANDBOX_a@example.org' }, 'client-id-malformed'],
    ['a secret that is none', { pisteClientSecret: 'secret' }, 'secret-malformed'],
  ])('cannot always tell which value PISTE refuses: %s', async (_case, wrong, finding) => {
    const given = deployment();
    given.store(wrong);
    expect(failures(await given.check())).toEqual({ 'piste-token': finding });
  });

  it.each([
    ['a wrong password', { technicalPassword: 'wrong' }, 'account-refused'],
    ['a person’s login', { technicalLogin: 'comptable@example.org' }, 'login-malformed'],
    ['a secret older than any password', { versionCreatedAt: new Date('2025-09-25T08:00:00Z') }, 'password-expired'],
    ['a recorded date', { technicalPasswordSetAt: '2025-09-25T08:00:00Z' }, 'password-expired'],
  ])('cannot always tell which value Chorus Pro refuses: %s', async (_case, wrong, finding) => {
    const given = deployment();
    given.store({ technicalPassword: 'wrong', ...wrong });
    expect(failures(await given.check())).toEqual({ 'technical-account': finding });
  });
});

describe('the memory of what has worked before', () => {
  it('distinguishes a password renewed on the portal from one that never worked', async () => {
    const given = deployment();
    await given.check();
    given.trouble('password-renewed');
    expect(failures(await given.check())).toEqual({ 'technical-account': 'password-changed' });
    given.store({ version: 'v2' });
    expect(failures(await given.check())).toEqual({ 'technical-account': 'account-refused' });
  });

  it('does not apply the old password’s expiry to a new password', async () => {
    const given = deployment();
    await given.check();
    given.clock.advance(EXAMPLE_CREDENTIALS.passwordExpiresAt - given.clock.now());
    given.store({ technicalPassword: 'wrong', version: 'v2', versionCreatedAt: new Date(given.clock.now()) });
    expect(failures(await given.check())).toEqual({ 'technical-account': 'account-refused' });
  });

  it('is kept when a later check learns nothing', async () => {
    const given = deployment();
    await given.check();
    given.trouble('secret-renewed');
    await given.check();
    given.clock.advance(day);
    const { steps } = await given.check();
    expect(steps.find(({ finding }) => finding === 'secret-refused')?.said.en).toContain('2026-11-23');
  });

  it('holds no credential', async () => {
    const given = deployment();
    await given.check();
    const kept = JSON.stringify(await given.memory.recall('checked#example'));
    expect(kept).toContain('v1');
    for (const secret of [EXAMPLE_CREDENTIALS.clientId, EXAMPLE_CREDENTIALS.technicalPassword])
      expect(kept).not.toContain(secret);
  });
});

describe('a structure', () => {
  it.each([
    ['structure-inactive', 'supplier-inactive'],
    ['structure-detached', 'supplier-detached'],
  ] as const)('%s', async (name, finding) => {
    const given = deployment();
    given.trouble(name);
    expect(failures(await given.check())).toEqual({ [agency]: finding });
  });

  it('shared by several agencies is checked once, under all their names, and each service separately', async () => {
    const given = deployment(
      settingsWith([
        { name: 'Caen', siret: SUPPLIERS.agency, service: 'SERVICE_FOURNISSEUR' },
        { name: 'Flers', siret: SUPPLIERS.agency, service: 'NULLE_PART' },
      ]),
    );
    const { steps } = await given.check();
    const ofAgencies = steps.filter(({ subject }) => subject?.includes(SUPPLIERS.agency));
    expect(ofAgencies.map(({ subject, finding }) => [subject, finding])).toEqual([
      [`${SUPPLIERS.agency} (Caen, Flers)`, 'supplier-attached'],
      [`SERVICE_FOURNISSEUR (${SUPPLIERS.agency})`, 'service-active'],
      [`NULLE_PART (${SUPPLIERS.agency})`, 'service-unknown'],
    ]);
  });
});

const settingsWith = (agencies: object[]) =>
  settingsOf({
    ...{ name: 'example', label: 'Example', environment: 'qualification' },
    companies: [{ name: 'Duval', siret: SUPPLIERS.company, agencies }],
  });

describe('an API that is not subscribed to', () => {
  const without = async (...left: string[]) => {
    const given = deployment();
    const [application] = given.model.world.applications;
    if (application) application.apis = application.apis.filter((api) => !left.includes(api));
    return findingsOf(given);
  };

  it('skips only the steps that need it', async () => {
    expect(await without('structures')).toMatchObject({
      'technical-account': 'account-taken',
      supplier: 'after-a-failure',
      'payment-means': 'means-taken',
      'password-expiry': 'after-a-failure',
      'secret-age': 'secret-young',
    });
    expect(await without('transverses')).toMatchObject({
      raccordement: 'raccordement-holds',
      supplier: 'after-a-failure',
      'payment-means': 'after-a-failure',
    });
  });

  it('is reported for each API when the application has none', async () => {
    const found = await without('factures', 'facturesTravaux', 'structures', 'transverses', 'utilisateurs');
    expect(found).toMatchObject({
      'piste-token': 'token-given',
      'technical-account': 'after-a-failure',
      api: 'api-not-subscribed',
    });
  });
});

describe('dates', () => {
  it('of a password that expires soon are a warning, not yet a fault', async () => {
    const given = deployment();
    given.clock.advance(EXAMPLE_CREDENTIALS.passwordExpiresAt - given.clock.now() - 14.5 * day);
    const { established, steps } = await given.check();
    const expiry = steps.find(({ step }) => step === 'password-expiry');
    expect(expiry?.said.en).toBe('expires on 2027-11-23, in 14 days: renew it');
    expect(expiry?.mend?.fr).toContain('Modifier la fiche structure');
    expect(established).toBe(true);
  });

  it('count the days of the calendar, as the reminders do', async () => {
    const given = deployment();
    given.store({ pisteSecretCreatedAt: new Date(given.clock.now() - 0.6 * day).toISOString() });
    const { steps } = await given.check();
    expect(steps.find(({ step }) => step === 'secret-age')?.said.en).toContain('1 day');
  });

  it('report an old secret, and a secret without a date', async () => {
    const given = deployment();
    given.store({ pisteSecretCreatedAt: '2026-08-25T08:00:00Z' });
    expect(await findingsOf(given)).toMatchObject({ 'secret-age': 'secret-old' });
    const undated = deployment();
    undated.forgetDates();
    expect(await findingsOf(undated)).toMatchObject({ 'secret-age': 'secret-undated' });
    expect((await undated.check()).established).toBe(true);
  });
});

it('reports missing credentials and a missing connection', async () => {
  const given = deployment();
  expect(failures(await given.check('elsewhere'))).toEqual({ credentials: 'connection-unknown' });
  given.store(undefined);
  expect(failures(await given.check())).toEqual({ credentials: 'credentials-missing' });
  expect(given.model.effects.calls).toEqual({});
});

describe('a platform that does not respond', () => {
  it.each([
    ['unavailable', '/api/oauth/token', { 'piste-token': 'platform-down' }],
    ['too-many-requests', '/api/oauth/token', { 'piste-token': 'throttled' }],
    ['hang-before', '/cpro/transverses/*', { 'technical-account': 'platform-down' }],
    ['unavailable', '/cpro/structures/v1/consulter', { 'password-expiry': 'platform-down' }],
    ['unavailable', '/cpro/transverses/v1/recuperer/modereglements', { 'payment-means': 'platform-down' }],
  ] as const)('is not reported as a fault of the connection: %s at %s', async (kind, path, expected) => {
    const given = deployment();
    given.faults.add({ kind, path });
    const result = await given.check();
    expect(failures(result)).toEqual(expected);
    expect(result.steps.find(({ verdict }) => verdict === 'fails')?.mend?.en).toContain('try again later');
    expect(given.model.effects.failedLogins).toBe(0);
  });
});

describe('a response of Chorus Pro', () => {
  const answering = (path: string, answer: object) =>
    findingsOf(deployment(undefined, (url, body) => (url.endsWith(path) ? JSON.stringify(answer) : body)));
  const no = { codeRetour: 20001, libelle: 'GDP_MSG_11.005' };

  it('counts as a fault only for an API that the relay calls', async () => {
    const refused = async (path: string) => {
      const given = deployment(undefined, (url, body) => (url.endsWith(path) ? JSON.stringify(no) : body));
      return (await given.check()).steps.filter(({ step, finding }) => step === 'api' && finding !== 'api-answers');
    };
    expect(await refused('factures/v1/rechercher/fournisseur')).toMatchObject([
      { subject: 'Factures', finding: 'api-refused', verdict: 'fails' },
    ]);
    expect(await refused('facturesTravaux/v1/rechercher')).toMatchObject([
      { subject: 'FacturesTravaux', finding: 'api-says-no', verdict: 'holds' },
    ]);
  });

  it('is quoted when it is an unexpected refusal', async () => {
    expect(await answering('structures/v1/consulter', no)).toMatchObject({ 'password-expiry': 'refused-otherwise' });
  });

  it('decides which payment means it accepts', async () => {
    const means = { codeRetour: 0, libelle: '', listeModePaiement: [{ modePaiement: 'VIREMENT' }] };
    expect(await answering('recuperer/modereglements', means)).toMatchObject({ 'payment-means': 'means-refused' });
  });
});

it('the check reads the current secret, not a cached one', async () => {
  const { check, asked } = deployment();
  await check();
  expect(asked).toEqual(['fresh']);
});

it('the log has the findings and no secrets', async () => {
  const given = deployment();
  await given.check();
  given.trouble('service-inactive');
  await given.check();
  expect(given.logged).toEqual([
    ['CONNECTION_CHECKED', { connection: 'example', count: 0, state: 'established' }],
    ['CONNECTION_CHECKED', { connection: 'example', count: 1, state: 'broken', reason: 'service-inactive' }],
  ]);
});
