import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { worksAnswers } from '../../shared/chorus-pro/works-answers.ts';
import { PROJECT_MANAGERS } from '../../tools/chorus-pro-simulator/index.ts';
import { readSwagger, type Swagger } from '../../tools/contract/swagger.ts';
import { tinyPdf } from '../support/commands.ts';
import { answer, pollFor, worksCommand, worksRelay } from '../unit/invoice-commands/works-scenario.ts';

/** Every request that depositing, following and answering works documents makes, against AIFE's own Swaggers. */

interface Recorded {
  /** `factures/v1/deposer/flux`. */
  path: string;
  body: unknown;
}

/** A contract in that environment: a monthly draft as a PDF and one to complete, one to recycle, and a final draft. */
async function contract(environment: 'production' | 'qualification'): Promise<Recorded[]> {
  const world = worksRelay({ environment });
  const recorded: Recorded[] = [];
  world.model.observe(({ path, body }) => void recorded.push({ path: path.replace(/^\/cpro\//, ''), body }));
  await world.submit(worksCommand('S-1'));
  await world.submit(worksCommand('S-2', { manager: PROJECT_MANAGERS.wantsMore }));
  await world.submit(worksCommand('S-3', { manager: PROJECT_MANAGERS.sendsBack }));
  await world.submit(worksCommand('S-4', { manager: PROJECT_MANAGERS.refuses }));
  await world.submit(worksCommand('PDF-1', { document: 'A7' }));
  await pollFor(world, 4);
  const attachments = [{ name: 'attachements.pdf', content: tinyPdf }];
  await world.submit(answer('works.complete', 'S-2', { comment: 'Voici.', attachments }));
  await world.submit(answer('works.recycle', 'S-3', { commitment: 'ENG-2' }));
  await pollFor(world, 26);
  const signed = { number: 'DGD-1', issueDate: '2026-12-20' };
  const document = { name: 'DGD-1.pdf', content: tinyPdf };
  await world.submit(answer('works.sign-final', 'PDF-1', { account: { number: 'PDF-1DG' }, signed, document }));
  await pollFor(world, 30);
  return recorded;
}

const recorded = { production: await contract('production'), qualification: await contract('qualification') };

const pathsIn = (environment: keyof typeof recorded) => [...new Set(recorded[environment].map(({ path }) => path))];
const apiOf = (path: string): string => path.slice(0, path.indexOf('/'));

/** The two APIs of which AIFE's Swagger is public. */
const described = ['factures', 'structures'];
const inferred = Object.values(worksAnswers).map(({ value }): string => value);

describe('the requests of a works contract', () => {
  it('are, outside the two public Swaggers, those of Transverses, and the answers on inferred ground', () => {
    const outside = pathsIn('production').filter((path) => ![...described, 'transverses'].includes(apiOf(path)));
    expect(outside.filter((path) => path !== 'api/oauth/token').sort()).toEqual([...inferred].sort());
  });

  it('are in qualification the same, and the search of FacturesTravaux', () => {
    const more = pathsIn('qualification').filter((path) => !pathsIn('production').includes(path));
    expect(more).toEqual(['facturesTravaux/v1/rechercher']);
  });

  it('deposit and follow each kind of document', () => {
    expect(pathsIn('production')).toEqual(
      expect.arrayContaining([
        'factures/v1/deposer/flux',
        'factures/v1/rechercher/demandePaiement',
        'factures/v1/consulter/fournisseur',
        'factures/v1/consulter/historique',
      ]),
    );
  });
});

const definitionsSchema = z.looseObject({ definitions: z.record(z.string(), z.looseObject({})) });

/** A folder with AIFE's Swaggers, factures.json and structures.json. */
const folder = process.env['AIFE_SWAGGERS'];

/** Those of OpenAPI. */
const formats = {
  int32: true,
  int64: true,
  double: true,
  'date-time': (text: string) => z.iso.datetime({ offset: true }).safeParse(text).success,
} as const;

/** A field that the Swagger does not have is wrong too. */
function strictSwagger(api: string): { swagger: Swagger | undefined; definitions: object } {
  const text = folder ? readFileSync(join(folder, `${api}.json`), 'utf8') : '{"definitions":{}}';
  const json: unknown = JSON.parse(text);
  const closed = Object.entries(definitionsSchema.parse(json).definitions).map(
    ([name, one]) => [name, { ...one, additionalProperties: false }] as const,
  );
  return { swagger: readSwagger(`${api}.json`, json), definitions: Object.fromEntries(closed) };
}

describe.runIf(folder)('against AIFE’s Swaggers', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  const swaggers = new Map(described.map((api) => [api, strictSwagger(api)]));

  const checks = new Map<string, ValidateFunction | undefined>();
  const checkOf = (path: string): ValidateFunction | undefined => {
    const { swagger, definitions } = swaggers.get(apiOf(path)) ?? {};
    const request = swagger?.operation(path, 'post')?.request;
    return request && ajv.compile({ ...request, definitions });
  };

  /** What is wrong with a request by the Swagger of its API. */
  function faultsOf({ path, body }: Recorded): string[] {
    if (!checks.has(path)) checks.set(path, checkOf(path));
    const check = checks.get(path);
    if (!check) return [`${path} is not in the Swagger`];
    return check(body) ? [] : [`${path}: ${ajv.errorsText(check.errors)}`];
  }

  it.each(['production', 'qualification'] as const)('in %s each is as they say', (environment) => {
    const ofTheirs = recorded[environment].filter(({ path }) => described.includes(apiOf(path)));
    expect(ofTheirs.length).toBeGreaterThan(100);
    expect([...new Set(ofTheirs.flatMap(faultsOf))]).toEqual([]);
  });

  it('a path, a field, a type or a value that is not there would be noticed', () => {
    const deposit = recorded.production.find(({ path }) => path === 'factures/v1/deposer/flux');
    const body = z.looseObject({}).parse(deposit?.body);
    const path = 'factures/v1/deposer/flux';
    expect(faultsOf({ path: 'factures/v1/deposer/fluxTravaux', body })).toHaveLength(1);
    expect(faultsOf({ path, body: { ...body, cadre: 'A4' } })).toHaveLength(1);
    expect(faultsOf({ path, body: { ...body, nomFichier: 4 } })).toHaveLength(1);
    expect(faultsOf({ path, body: { ...body, syntaxeFlux: 'IN_DP_E4_CII' } })).toHaveLength(1);
  });
});
