import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attachedStructures } from '../../../shared/chorus-pro/attached-structures.ts';
import { apiNames, chorusProOver } from '../../../shared/chorus-pro/chorus-pro.ts';
import { exchanges } from '../../../shared/chorus-pro/contract.ts';
import { codeListNames } from '../../../shared/chorus-pro/lists.ts';
import { ordersOf } from '../../../shared/chorus-pro/orders.ts';
import { outcomeOf } from '../../../shared/chorus-pro/outcome.ts';
import type { Call } from '../../../shared/chorus-pro/operations.ts';
import { completeCommand } from '../../support/commands.ts';

interface Made {
  path: string;
  /** As it goes over the wire. */
  body: unknown;
  response: z.ZodType;
}

const siret = '12345678200051';
const file = { name: 'facture.pdf', bytes: new Uint8Array([1]) };
const answers: Readonly<Record<string, object>> = {
  'factures/v1/deposer/pdf': { pieceJointeId: 1 },
  'transverses/v1/ajouter/fichier': { pieceJointeId: 2 },
  'structures/v1/rechercher': { listeStructures: [{ idStructureCPP: 3, identifiantStructure: siret }] },
  'structures/v1/rechercher/services': { listeServices: [{ idService: 4, codeService: 'S1' }] },
};

/** Makes every call that the relay can make, each with everything that it can say. */
async function everyCall(): Promise<Made[]> {
  const made: Made[] = [];
  let refusesPages = false;
  const call: Call = (operation, body) => {
    made.push({ path: operation.path, body: JSON.parse(JSON.stringify(body)), response: operation.response });
    const codeRetour = refusesPages && operation.path === 'structures/v1/consulter' ? 1 : 0;
    const content = JSON.stringify({ codeRetour, libelle: '', ...answers[operation.path] });
    const sending = { kind: 'response', status: 200, headers: {}, body: content } as const;
    return Promise.resolve(outcomeOf(operation.path, sending, operation.response));
  };
  const chorusPro = chorusProOver(call, { remainingMs: () => 20_000 });
  const { invoice: base } = completeCommand();
  const { invoice } = completeCommand({
    invoice: {
      framework: 'A9',
      recipient: { siret, service: 'S1' },
      validator: { siret, service: 'V1' },
      commitment: 'ENG-1',
      contract: 'M-1',
      precedingInvoice: 'F-0',
      payment: { means: 'direct-debit' },
      vatRegime: 'exempt',
      exemptionReason: 'ART261',
      lines: [{ ...base.lines[0], reference: 'R1', unit: 'm²', discount: '1.25' }],
      totals: { ...base.totals, discount: { amount: '10.50', reason: 'geste' }, due: '1189.50' },
      comment: 'Merci',
    },
  });
  const attachments = [{ id: 33, name: 'plan.pdf', typeCode: '02' }];
  const ids = { supplierId: 1, supplierServiceId: 2, supplierAccountId: 3, pdfId: 4, attachments };
  await chorusPro.uploadPdf(file);
  await chorusPro.uploadAttachment(file);
  await chorusPro.uploadAttachments([file], []);
  await chorusPro.submitInvoice(invoice, ids);
  for (const sentAs of ['factur-x', 'cii', 'cii-with-pdf', 'ubl'] as const)
    await chorusPro.depositFile({ ...file, sentAs });
  await chorusPro.depositReport({ depositId: 'D', number: 'F-1' });
  await chorusPro.invoicesWithNumber('F-1');
  await chorusPro.changedBetween({ from: new Date(0), to: new Date(1) }, 1);
  const period = { from: new Date(0), to: new Date(1) };
  await chorusPro.paymentRequestsChangedBetween(period);
  await chorusPro.paymentRequestsWithNumber('F-1', siret);
  await chorusPro.worksDocumentsChangedBetween(period, 1);
  await chorusPro.worksDocumentsWithNumber('F-1');
  await chorusPro.worksDetails(1);
  await chorusPro.completeWorks(1, { comment: 'voici', attachments: [{ id: 33, name: 'plan.pdf', typeCode: '02' }] });
  await chorusPro.recycleWorks(1, { recipient: { siret, service: 'S1' }, commitment: 'ENG-1' });
  await chorusPro.signFinal(1, { number: 'F-1', issueDate: '2026-11-20', pdfId: 4 });
  await chorusPro.worksSuppliers();
  await chorusPro.spacesOf(3);
  await chorusPro.historyOf(1);
  await chorusPro.standingOf(1);
  await chorusPro.complete(1, { comment: 'voici', attachments });
  const named = completeCommand();
  await chorusPro.recycle(1, {
    ...{ type: 'invoice.recycle', version: 1, connection: 'example' },
    ...{ supplier: named.supplier, invoice: { number: 'F-1' } },
    ...{ recipient: { siret, service: 'S1' }, commitment: 'ENG-1', contract: 'M-1', comment: 'corrigé' },
  });
  await chorusPro.acknowledgeRejection(1);
  await chorusPro.correctValidator(1, siret);
  for (const format of ['pdf', 'pivot'] as const) await chorusPro.download(1, { format, withAttachments: true });
  await chorusPro.findRecipient(siret);
  refusesPages = true;
  await chorusPro.findRecipient(siret);
  refusesPages = false;
  await chorusPro.findService(3, 'S1');
  await chorusPro.suppliers();
  await chorusPro.structureStanding(siret);
  await chorusPro.passwordExpiry(3);
  for (const list of codeListNames) await chorusPro.codesOf(list);
  await chorusPro.bankAccounts(3);
  await chorusPro.fluxSyntaxes();
  await chorusPro.meansNotTaken([]);
  await chorusPro.requestsFor(siret);
  const asked = { chorusProId: 1, round: 1, validator: { siret, structureId: 3 } } as const;
  await chorusPro.documentsToValidate(period);
  await chorusPro.validationStanding(asked);
  await chorusPro.refusalReasons('A9_FACTURE_SOUSTRAITANT');
  await chorusPro.answerValidation(asked, { decision: 'refuse', reason: 'AUTRE', comment: 'non' });
  await chorusPro.answerValidation({ ...asked, round: 2 }, { decision: 'accept' });
  for (const api of apiNames) await chorusPro.probe(api);
  const orders = ordersOf(chorusPro.call);
  await orders.notifiedTo(1, { from: '2026-11-20', to: '2026-11-23' }, { page: 1, size: 10 });
  await orders.numbered('1501966748');
  await orders.detail('1501966748');
  await orders.probe();
  await attachedStructures(chorusPro.call);
  return made;
}

const made = await everyCall();

const anyObject = z.record(z.string(), z.unknown());

/** The places of the fields in a value: `destinataire.codeDestinataire`, `lignePoste[].lignePosteNumero`. */
function places(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => places(one, `${at}[]`));
  const fields = anyObject.safeParse(value).data;
  if (!fields) return [];
  return Object.entries(fields).flatMap(([name, inner]) => {
    const place = at === '' ? name : `${at}.${name}`;
    return [place, ...places(inner, place)];
  });
}

/** The same of a JSON Schema. */
function describedPlaces(schema: unknown, at = ''): string[] {
  const { properties = {}, items } = z
    .looseObject({ properties: anyObject.optional(), items: z.unknown().optional() })
    .parse(schema);
  const own = Object.entries(properties).flatMap(([name, inner]) => {
    const place = at === '' ? name : `${at}.${name}`;
    return [place, ...describedPlaces(inner, place)];
  });
  return items === undefined ? own : [...own, ...describedPlaces(items, `${at}[]`)];
}

describe.each(exchanges)('the contract of $path', ({ path, request, responses }) => {
  const calls = made.filter((one) => one.path === path);

  it('takes every request that is sent', () => {
    expect(calls).not.toEqual([]);
    for (const { body } of calls) expect(request.safeParse(body).error).toBeUndefined();
  });

  it('has no field that is never sent', () => {
    const sent = new Set(calls.flatMap(({ body }) => places(body)));
    const described = describedPlaces(z.toJSONSchema(request, { io: 'input', unrepresentable: 'any' }));
    expect([...sent].sort()).toEqual([...new Set(described)].sort());
  });

  it('has the schemas by which responses are read, and no other', () => {
    const read = new Set(calls.map(({ response }) => response).filter((one) => !(one instanceof z.ZodUnknown)));
    const [, ...own] = responses;
    expect([...read].filter((one) => !own.includes(one))).toEqual([]);
    expect(own.filter((one) => !read.has(one))).toEqual([]);
  });
});

it('the contract has every call that is made', () => {
  const paths: readonly string[] = exchanges.map(({ path }) => path);
  expect(made.filter(({ path }) => !paths.includes(path))).toEqual([]);
});
