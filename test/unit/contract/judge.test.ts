import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exchanges as all } from '../../../shared/chorus-pro/contract.ts';
import { judge, type Judgement } from '../../../tools/contract/judge.ts';
import { readSwagger } from '../../../tools/contract/swagger.ts';
import { fieldsOf } from './fields.ts';
import { changed, changedOperation, fieldMutations, operationMutations, withValues } from './mutations.ts';
import { structures, users } from './swaggers.ts';

const judged = (...documents: object[]): Judgement =>
  judge(documents.flatMap((document, i) => readSwagger(`${i}.json`, document) ?? []));
const differing = (judgement: Judgement) => judgement.findings.filter(({ verdict }) => verdict === 'differs');

/** AIFE's own Swaggers, if the machine has them. */
const folder = process.env['AIFE_SWAGGERS'];
const real = (name: string): object =>
  z.looseObject({}).parse(JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8')));

const documents: readonly { name: string; api: string; document: () => object }[] = [
  { name: 'Swagger 2.0', api: 'structures', document: () => structures },
  { name: 'OpenAPI 3', api: 'utilisateurs', document: () => users },
  ...(folder
    ? [
        { name: 'AIFE’s Factures', api: 'factures', document: () => real('factures') },
        { name: 'AIFE’s Structures', api: 'structures', document: () => real('structures') },
      ]
    : []),
];

/** AIFE's own Factures describes these statuses as any text. */
const plainTexts = ['listeFactures[].statut', 'listeDemandePaiement[].etatCourant'];

describe.each(documents)('$name', ({ name, api, document }) => {
  const original = document();
  const exchanges = all.filter(({ path }) => path.startsWith(`${api}/`));

  it('is the same as the code', () => {
    const judgement = judged(original);
    expect(differing(judgement)).toEqual([]);
    expect(judgement.compared).toEqual({ [api]: exchanges.length });
  });

  it.each(Object.entries(fieldMutations))('%s: every one is named', (_, mutation) => {
    let made = 0;
    for (const exchange of exchanges)
      for (const field of fieldsOf(exchange).filter(mutation.of)) {
        const copy = changed(original, exchange.path, field, mutation);
        if (!copy) continue;
        made += 1;
        const named = judged(copy).findings.filter(({ operation }) => operation === exchange.path);
        expect
          .soft(
            named.some((finding) => mutation.named(finding, field)),
            `${exchange.path} ${field.side} ${field.place}`,
          )
          .toBe(true);
      }
    if (exchanges.some((exchange) => fieldsOf(exchange).some(mutation.of))) expect(made).toBeGreaterThan(0);
  });

  it.each(Object.entries(operationMutations))('%s: every one is named', (_, mutation) => {
    for (const { path } of exchanges) {
      const copy = changedOperation(original, path, mutation);
      expect(differing(judged(copy))).toContainEqual(expect.objectContaining({ operation: path, kind: mutation.kind }));
    }
  });

  it('the values of a response: one that is gone is named, a new one is a warning', () => {
    for (const { path, known } of exchanges)
      for (const place of Object.keys(known)) {
        if (name === 'AIFE’s Factures' && plainTexts.includes(place)) continue;
        const more = withValues(original, { path, place }, (values) => [...values, 'NOUVELLE']);
        expect(differing(judged(more))).toEqual([]);
        const news = { verdict: 'warning', operation: path, field: place, kind: 'new-value', detail: 'NOUVELLE' };
        expect(judged(more).findings).toContainEqual(expect.objectContaining(news));
        const fewer = withValues(original, { path, place }, ([, ...rest]) => rest);
        const gone = { operation: path, field: place, kind: 'value-gone' };
        expect(differing(judged(fewer))).toContainEqual(expect.objectContaining(gone));
      }
  });
});

it('names what the folder does not have, and what it settles', () => {
  const { absent, settled, findings } = judged(structures, users);
  expect(absent).toEqual(['factures', 'transverses', 'engagementsJuridiques', 'facturesTravaux']);
  expect(findings).toEqual([]);
  const path = 'utilisateurs/v1/monCompte/recuperer/rattachements';
  expect(settled).toEqual([{ name: path, mark: 'V-3P', file: '1.json' }]);
});

it('does not count an operation of another API, or a document that is none', () => {
  expect(readSwagger('a.json', { swagger: '2.0', paths: { '/pets': {} } })).toBeUndefined();
  expect(readSwagger('a.json', { name: 'package' })).toBeUndefined();
  expect(readSwagger('a.json', undefined)).toBeUndefined();
});
