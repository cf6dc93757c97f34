import { describe, expect, it } from 'vitest';
import { supplierOf } from '../../../shared/connection/apply-settings.ts';
import { readEnvironment } from '../../../functions/environments.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnections, settingsOf } from '../../support/example-connection.ts';

const valid = {
  name: 'example',
  label: 'Example',
  environment: 'qualification',
  companies: [{ name: 'Duval', siret: SUPPLIERS.company, agencies: [{ name: 'Caen', siret: SUPPLIERS.agency }] }],
};
const read = (changes: object) => settingsOf({ ...valid, ...changes });

describe('the connections of a deployment', () => {
  it('are found by name', () => {
    expect(read({}).get('example')).toMatchObject({ ...valid, pollingIntervalMinutes: 15 });
  });

  it.each<[what: string, changes: object]>([
    ['no company', { companies: [] }],
    ['a wrong SIRET', { companies: [{ name: 'Duval', siret: '12345678200052' }] }],
    ['an environment of its own', { environment: 'test' }],
    ['a secret among the settings', { technicalPassword: 'x' }],
    ['a poll every day and a half', { pollingIntervalMinutes: 2160 }],
  ])('may not have %s', (_what, changes) => {
    expect(() => read(changes)).toThrow();
  });
});

describe('the supplier that a command names', () => {
  const [settings] = exampleConnections.values();
  const of = (company: string, agency?: string) => settings && supplierOf(settings, { company, agency });

  it('is a company or one of its agencies', () => {
    expect(of('Constructions Duval')).toMatchObject({ siret: SUPPLIERS.company });
    expect(of('Constructions Duval', 'Caen')).toMatchObject({ siret: SUPPLIERS.agency });
  });

  it('may be named by its SIRET, which every event has', () => {
    const bySiret = (siret: string) => settings && supplierOf(settings, { siret });
    expect(bySiret(SUPPLIERS.company)).toEqual(of('Constructions Duval'));
    expect(bySiret(SUPPLIERS.agency)).toEqual(of('Constructions Duval', 'Caen'));
    const unknown = bySiret('12345678200051');
    expect(unknown).toMatchObject({ reason: { code: 'unknown-supplier', path: 'supplier.siret' } });
    expect(JSON.stringify(unknown)).toContain(`${SUPPLIERS.agency} (Caen)`);
  });

  it('has its own letterhead, and an agency has its company’s for what it does not say itself', () => {
    const address = { lines: ['1 rue des Carrières'], postcode: '14000', city: 'Caen' };
    const company = { name: 'Duval', siret: SUPPLIERS.company, legalName: 'Duval SAS', vatNumber: 'fr 69 999100019' };
    const agency = { name: 'Caen', siret: SUPPLIERS.agency, address };
    const connection = read({ companies: [{ ...company, agencies: [agency] }] }).get('example');
    const letterheadOf = (name?: string) => connection && supplierOf(connection, { company: 'Duval', agency: name });
    const ofCompany = { legalName: 'Duval SAS', vatNumber: 'FR69999100019' };
    expect(letterheadOf()).toMatchObject({ letterhead: ofCompany });
    expect(letterheadOf('Caen')).toMatchObject({
      letterhead: { ...ofCompany, address: { ...address, country: 'FR' } },
    });
  });

  it('is reported with the known names when it is not set up', () => {
    expect(of('Duval')).toMatchObject({ reason: { code: 'unknown-company', path: 'supplier.company' } });
    expect(of('Constructions Duval', 'Brest')).toMatchObject({
      reason: { code: 'unknown-agency', path: 'supplier.agency' },
    });
    expect(JSON.stringify(of('Constructions Duval', 'Brest'))).toContain('Caen');
  });

  it('has no agency when none is set up', () => {
    const [alone] = read({ companies: [{ name: 'Duval', siret: SUPPLIERS.company }] }).values();
    expect(alone && JSON.stringify(supplierOf(alone, { company: 'Duval', agency: 'Caen' }))).toContain('–');
  });
});

describe('a function’s environment', () => {
  const names = { required: ['A', 'B', 'C'], optional: ['D', 'E'] } as const;

  it('has every required name and may have the optional ones', () => {
    expect(readEnvironment(names, { A: '1', B: '2', C: '3', D: '4', X: '5' })).toEqual({
      A: '1',
      B: '2',
      C: '3',
      D: '4',
    });
  });

  it('reports all missing or empty variables at once', () => {
    expect(() => readEnvironment(names, { A: '', B: '2' })).toThrow('missing environment variables: A, C');
  });
});
