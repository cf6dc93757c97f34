import { describe, expect, it } from 'vitest';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { deployment } from './fixture.ts';

const stepsOf = async (settings: object, trouble?: 'validation-space-closed' | 'validation-space-read-only') => {
  const given = deployment(exampleConnectionsWith(settings));
  if (trouble) given.trouble(trouble);
  const { steps } = await given.check();
  return steps.filter(({ step }) => step === 'validation-space');
};

describe('the check of a connection with validations', () => {
  it('sees that the space is open on each company and agency', async () => {
    const steps = await stepsOf({ validations: {} });
    expect(steps.map(({ finding, verdict }) => [finding, verdict])).toEqual([
      ['validation-space-open', 'holds'],
      ['validation-space-open', 'holds'],
    ]);
  });

  it('says where it is closed, which others are open, and where to read on', async () => {
    const closed = (await stepsOf({ validations: {} }, 'validation-space-closed')).at(-1);
    expect(closed).toMatchObject({ finding: 'validation-space-missing', verdict: 'fails' });
    expect(closed?.said.fr).toContain('« Factures à valider »');
    expect(closed?.said.fr).toContain('espaces ouverts : Factures émises, Factures de travaux, Engagements');
  });

  it('says that requests can be told there, and not answered, if it may only be read', async () => {
    const readOnly = (await stepsOf({ validations: {} }, 'validation-space-read-only')).at(-1);
    expect(readOnly).toMatchObject({ finding: 'validation-space-read', verdict: 'holds' });
    expect(readOnly?.said.en).toContain('not to answer');
  });

  it('says nothing of it without the setting', async () => {
    expect(await stepsOf({})).toEqual([]);
  });
});
