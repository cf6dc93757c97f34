import { describe, expect, it } from 'vitest';
import { sayFor } from '../../../shared/diagnostics/report.ts';
import { stepsOf } from '../../../shared/diagnostics/steps.ts';
import { worksSteps } from '../../../shared/diagnostics/works-steps.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith, exampleSettings, exampleWorksSettings } from '../../support/example-connection.ts';
import { canned } from '../chorus-pro/canned.ts';
import { deployment } from './fixture.ts';

const rights = 'transverses/v1/recuperer/structures/actives/facturetravaux';
const spaces = 'structures/v1/rechercher/espaces';
const attached = { [SUPPLIERS.company]: 1 };
const company = { idStructureCPP: 1, identifiant: SUPPLIERS.company };
const space = (typeHabilitation: string, more: object = {}) => ({
  libelleEspace: 'Factures de travaux',
  ...{ etatCourant: 'ACTIVE', typeHabilitation, ...more },
});

const settingsWith = (works: object | undefined) =>
  exampleConnectionsWith({ ...(works ? { works } : {}) }).get('example') ?? exampleSettings;

async function stepsFor(answers: 'off' | 'inferred', responses: Parameters<typeof canned>[0]) {
  const settings = settingsWith({ answers });
  const steps = await worksSteps({ settings, chorusPro: canned(responses), say: sayFor(settings) }, attached);
  return steps
    .filter(({ step }) => step !== 'works-letterhead')
    .map(({ step, finding, verdict }) => [step, finding, verdict]);
}

describe('a connection with works', () => {
  it.each([
    ['off', space('MODIFICATION'), 'works-space-open', 'holds'],
    ['inferred', space('MODIFICATION'), 'works-space-open', 'holds'],
    ['inferred', space('CONSULTATION_UNIQUEMENT'), 'works-space-read-only', 'fails'],
    ['off', space('CONSULTATION_UNIQUEMENT'), 'works-space-read', 'holds'],
    ['off', space('MODIFICATION', { etatCourant: 'SUPPRIME' }), 'works-space-missing', 'fails'],
    ['off', space('MODIFICATION', { libelleEspace: 'Factures émises' }), 'works-space-missing', 'fails'],
  ] as const)('with answers %s and the space %o: %s', async (answers, listed, finding, verdict) => {
    const steps = await stepsFor(answers, {
      [rights]: [{ listeStructures: [company] }],
      [spaces]: [{ listeEspace: [listed], parametresRetour: { pages: 1 } }],
    });
    expect(steps).toEqual([
      ['works-right', 'works-attached', 'holds'],
      ['works-space', finding, verdict],
    ]);
  });

  it('hears that the account may not act for a structure', async () => {
    const steps = await stepsFor('off', { [rights]: [{ listeStructures: [] }], [spaces]: [{ listeEspace: [] }] });
    expect(steps[0]).toEqual(['works-right', 'works-detached', 'fails']);
  });

  it('is told which settings the file of a document needs', async () => {
    const found = async (settings: typeof exampleSettings) => {
      const chorusPro = canned({ [rights]: [{ listeStructures: [] }] });
      const steps = await worksSteps({ settings, chorusPro, say: sayFor(settings) }, {});
      return steps.map(({ finding, said, mend }) => [finding, said.en, mend?.fr]);
    };
    const missing = [
      'works-letterhead-missing',
      'missing settings: legalName, address, vatNumber; a works document as a PDF, or without a document, is refused until they are set',
      'le fichier connections/example.json ; puis : npx relay connect example',
    ];
    expect(await found(exampleSettings)).toEqual([missing, missing]);
    const whole = ['works-letterhead-set', 'legal name, address and VAT number are in the settings', undefined];
    expect(await found(exampleWorksSettings)).toEqual([whole, whole]);
  });

  it('is told which spaces are open if the right one is not', async () => {
    const settings = settingsWith({});
    const chorusPro = canned({
      [spaces]: [{ listeEspace: [space('MODIFICATION', { libelleEspace: 'Factures émises' })] }],
    });
    const steps = await worksSteps({ settings, chorusPro, say: sayFor(settings) }, attached);
    expect(steps.find(({ step }) => step === 'works-space')?.said.fr).toContain('espaces ouverts : Factures émises');
  });
});

it('only a connection with works has these steps', () => {
  const worksOf = (works: object | undefined) =>
    stepsOf(settingsWith(works)).filter(({ step }) => step.startsWith('works'));
  expect(worksOf(undefined)).toEqual([]);
  expect(worksOf({})).toHaveLength(6);
});

describe('the check of a connection with works', () => {
  it.each([
    [undefined, 'inferred', {}],
    ['works-space-closed', 'off', { 'works-right': 'works-detached', 'works-space': 'works-space-missing' }],
    ['works-space-read-only', 'inferred', { 'works-space': 'works-space-read-only' }],
    ['works-space-read-only', 'off', {}],
    ['works-api-not-subscribed', 'inferred', { api: 'api-not-subscribed' }],
  ] as const)('in the simulator, with the trouble %s and answers %s', async (trouble, answers, expected) => {
    const given = deployment(exampleConnectionsWith({ works: { answers } }));
    if (trouble) given.trouble(trouble);
    const { steps } = await given.check();
    const failing = steps.flatMap(({ step, verdict, finding }) => (verdict === 'fails' ? [[step, finding]] : []));
    expect(Object.fromEntries(failing)).toEqual(expected);
  });
});
