import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';

const company = { name: 'Duval', siret: SUPPLIERS.company };
const good = { label: 'Duval', environment: 'production', companies: [company] };
const files: Record<string, string> = {
  good: JSON.stringify(good),
  wrong: JSON.stringify({
    ...good,
    environment: 'test',
    authentication: 'certificate',
    companies: [company, { ...company, siret: '12345678900000' }],
    paymentMeans: { Virement: 'VIREMENT' },
    transfer: { from: '29/10/2020', customerCategories: [] },
    defaults: { vatRegime: '20 %' },
    callsPerSecond: 0,
    contacts: ['compta'],
    allowedSenders: ['arn:aws:iam::123456789012:role/erp'],
    technicalPassword: 'x',
  }),
  twins: JSON.stringify({ ...good, companies: [company, company] }),
  rules: JSON.stringify({ ...good, eInvoices: { refuse: ['BR-CO-04', 'BR-CO-99'] } }),
  broken: '{',
};

describe('the connection files of a deployment', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-relay-connections-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.json`), text);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const faultsOf = async (...names: string[]): Promise<string[]> => {
    const read = readConnectionFiles(names, folder);
    const said = await read.then(
      () => '',
      (error: unknown) => String(error),
    );
    return said
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  };

  it('name rules that there are', async () => {
    expect(await faultsOf('rules')).toEqual([
      'connections/rules.json: eInvoices.refuse: docs/e-invoices.md has no rule BR-CO-99',
    ]);
  });

  it('that are good are read, each with its name', async () => {
    expect(await readConnectionFiles(['good'], folder)).toMatchObject([{ name: 'good', ...good }]);
  });

  it('of twelve faults say twelve, each with its setting and what would do', async () => {
    const faults = await faultsOf('wrong');
    const named = faults.map((fault) => fault.replace('connections/wrong.json: ', ''));
    expect(named.map((fault) => fault.slice(0, fault.indexOf(':'))).sort()).toEqual([
      'allowedSenders.0',
      'authentication',
      'callsPerSecond',
      'companies',
      'companies.1.siret',
      'contacts.0',
      'defaults.vatRegime',
      'environment',
      'paymentMeans.Virement',
      'technicalPassword',
      'transfer.customerCategories',
      'transfer.from',
    ]);
    expect(named.join()).toContain('Chorus Pro accepts no new connections by certificate since 2020');
    expect(named.join()).toContain('AIDA');
    expect(named).toContainEqual(expect.stringMatching(/^companies\.1\.siret: a SIRET of .* \("12345678900000"\)$/));
    expect(named).toContainEqual('technicalPassword: no setting of this name');
  });

  it('say the faults of all files at once, of what is not there, not JSON, or there twice', async () => {
    const faults = await faultsOf('twins', 'broken', 'missing');
    expect(faults).toHaveLength(3);
    expect(faults[0]).toMatch(/twins.json: companies: .*twice/);
    expect(faults[1]).toMatch(/broken.json: not JSON/);
    expect(faults[2]).toMatch(/missing.json: no such file; there are: .*good/);
  });
});
