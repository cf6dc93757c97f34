import { describe, expect, it } from 'vitest';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { deployment, failures } from './fixture.ts';

const withOrders = () => deployment(exampleConnectionsWith({ orders: {} }));
const stepsNamed = async (given: ReturnType<typeof deployment>, name: string) =>
  (await given.check()).steps.filter(({ step, subject }) => [step, subject].includes(name));

describe('the API of the State’s orders', () => {
  it('is tried only if the settings have `orders`', async () => {
    expect(await stepsNamed(deployment(), 'EngagementJuridique')).toEqual([]);
    expect(await stepsNamed(withOrders(), 'EngagementJuridique')).toMatchObject([
      { step: 'api', verdict: 'holds', finding: 'api-answers' },
    ]);
  });

  it('is named if the application has not selected it, with the place to do so; all else holds', async () => {
    const given = withOrders();
    for (const application of given.model.world.applications)
      application.apis = application.apis.filter((api) => api !== 'engagementsJuridiques');
    const result = await given.check();
    expect(failures(result)).toEqual({ 'api EngagementJuridique': 'api-not-subscribed' });
    const step = result.steps.find(({ subject }) => subject === 'EngagementJuridique');
    expect(step?.mend?.fr).toContain('Sélectionner les API');
  });

  it('may refuse the account', async () => {
    const no = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
    const given = deployment(exampleConnectionsWith({ orders: {} }), (url, body) =>
      url.includes('engagementsJuridiques') ? no : body,
    );
    expect(failures(await given.check())).toEqual({ 'api EngagementJuridique': 'api-refused' });
  });
});

describe('what the account is attached to', () => {
  it('is shown, structures and services', async () => {
    const [step] = await stepsNamed(deployment(), 'attached');
    expect(step).toMatchObject({ verdict: 'holds', finding: 'attached-read' });
    expect(step?.said.en).toBe(`${SUPPLIERS.company} (VALIDEE), ${SUPPLIERS.agency} (VALIDEE, SERVICE_FOURNISSEUR)`);
  });

  it('is shown with the companies that are missing', async () => {
    const given = deployment();
    given.trouble('structure-detached');
    const [step] = await stepsNamed(given, 'attached');
    expect(step).toMatchObject({ verdict: 'holds', finding: 'attached-missing' });
    expect(step?.said.en).toBe(`${SUPPLIERS.company} (VALIDEE); not to ${SUPPLIERS.agency} (Caen)`);
    expect(step?.mend?.en).toContain('Mes structures');
  });

  it('is not tried if the application has not selected the API', async () => {
    const given = deployment();
    for (const application of given.model.world.applications)
      application.apis = application.apis.filter((api) => api !== 'utilisateurs');
    const [step] = await stepsNamed(given, 'attached');
    expect(step).toMatchObject({ verdict: 'not-tried', finding: 'after-a-failure' });
  });
});
