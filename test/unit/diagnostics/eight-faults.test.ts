import { describe, expect, it } from 'vitest';
import { EXAMPLE_CREDENTIALS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { deployment, failures } from './fixture.ts';

const agency = `${SUPPLIERS.agency} (Caen)`;
const service = `SERVICE_FOURNISSEUR (${SUPPLIERS.agency})`;

describe('a working connection', () => {
  it('is reported as established only when every step passes', async () => {
    const { check, model } = deployment();
    const { established, conclusion, steps } = await check();
    expect(established).toBe(true);
    expect(conclusion.fr).toBe('Connexion avec Chorus Pro établie');
    expect(steps.map(({ step, subject, verdict }) => [step, subject, verdict])).toEqual([
      ['credentials', undefined, 'holds'],
      ['piste-token', undefined, 'holds'],
      ['technical-account', undefined, 'holds'],
      ['raccordement', undefined, 'holds'],
      ['api', 'Transverses', 'holds'],
      ['api', 'Factures', 'holds'],
      ['api', 'Structures', 'holds'],
      ['api', 'Utilisateurs', 'holds'],
      ['api', 'FacturesTravaux', 'holds'],
      ['attached', undefined, 'holds'],
      ['supplier', `${SUPPLIERS.company} (Constructions Duval)`, 'holds'],
      ['supplier', agency, 'holds'],
      ['supplier-service', service, 'holds'],
      ['payment-means', undefined, 'holds'],
      ['code-list', 'exemption-reasons', 'holds'],
      ['code-list', 'attachment-types', 'holds'],
      ['code-list', 'vat-rates', 'holds'],
      ['bank-accounts', undefined, 'holds'],
      ['password-expiry', undefined, 'holds'],
      ['secret-age', undefined, 'holds'],
    ]);
    expect(steps.find(({ step }) => step === 'password-expiry')?.said.fr).toBe(
      'expire le 23 novembre 2027, dans 365 jours',
    );
    expect(steps.find(({ step }) => step === 'secret-age')?.said.fr).toBe(
      'âge : 22 jours ; à renouveler au bout de 90 jours',
    );
    expect(model.effects).toMatchObject({ failedLogins: 0, invoices: {}, unusedDrafts: 0 });
  });
});

/** Each fault follows a check that passed. Each test also names the steps that are then skipped. */
describe('each fault has a finding of its own', () => {
  const after = async (change: (given: ReturnType<typeof deployment>) => void) => {
    const given = deployment();
    expect((await given.check()).established).toBe(true);
    change(given);
    const result = await given.check();
    expect(result.established).toBe(false);
    expect(result.conclusion.fr).toMatch(/^Connexion avec Chorus Pro non établie/);
    return { result, failures: failures(result), failedLogins: given.model.effects.failedLogins };
  };

  it('wrong client id', async () => {
    const { failures, failedLogins } = await after(({ store }) =>
      store({ pisteClientId: 'fa4efa4e-0000-4000-8000-000000000009', version: 'v2' }),
    );
    expect(failures).toEqual({ 'piste-token': 'client-id-changed' });
    expect(failedLogins).toBe(0);
  });

  it('wrong secret', async () => {
    const { failures, failedLogins } = await after(({ trouble }) => trouble('secret-renewed'));
    expect(failures).toEqual({ 'piste-token': 'secret-refused' });
    expect(failedLogins).toBe(0);
  });

  it('wrong technical password', async () => {
    const { failures, failedLogins } = await after(({ store }) => store({ technicalPassword: 'wrong', version: 'v2' }));
    expect(failures).toEqual({ 'technical-account': 'account-refused' });
    expect(failedLogins).toBe(1);
  });

  it('API not subscribed', async () => {
    const { failures } = await after(({ trouble }) => trouble('api-not-subscribed'));
    expect(failures).toEqual({ 'api Factures': 'api-not-subscribed' });
  });

  it('no raccordement', async () => {
    const { failures } = await after(({ trouble }) => trouble('no-raccordement'));
    expect(failures).toEqual({ raccordement: 'no-raccordement' });
  });

  it('unknown SIRET', async () => {
    const { failures, result } = await after(({ trouble }) => trouble('structure-unknown'));
    expect(failures).toEqual({ [`supplier ${agency}`]: 'supplier-unknown' });
    expect(result.steps.find(({ step }) => step === 'supplier-service')?.verdict).toBe('not-tried');
  });

  it('inactive service', async () => {
    const { failures } = await after(({ trouble }) => trouble('service-inactive'));
    expect(failures).toEqual({ [`supplier-service ${service}`]: 'service-inactive' });
  });

  it('expired password', async () => {
    const { failures, failedLogins } = await after(({ clock }) =>
      clock.advance(EXAMPLE_CREDENTIALS.passwordExpiresAt - clock.now()),
    );
    expect(failures).toEqual({ 'technical-account': 'password-expired' });
    expect(failedLogins).toBe(1);
  });
});

it('steps that depend on a failed step are reported as skipped', async () => {
  const { check, trouble } = deployment();
  trouble('no-raccordement');
  const { steps } = await check();
  const verdicts = Object.fromEntries(steps.map(({ step, verdict }) => [step, verdict]));
  expect(verdicts).toEqual({
    credentials: 'holds',
    'piste-token': 'holds',
    'technical-account': 'holds',
    raccordement: 'fails',
    api: 'not-tried',
    attached: 'not-tried',
    supplier: 'not-tried',
    'supplier-service': 'not-tried',
    'payment-means': 'not-tried',
    'code-list': 'not-tried',
    'bank-accounts': 'not-tried',
    'password-expiry': 'not-tried',
    'secret-age': 'holds',
  });
  const broken = steps.find(({ verdict }) => verdict === 'fails');
  expect(broken?.said.fr).toContain('20001 GDP_MSG_11.005');
  expect(broken?.mend?.fr).toContain('Gérer raccordement API');
});
