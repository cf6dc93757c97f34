import { describe, expect, it } from 'vitest';
import { findRecipient, findService } from '../../../shared/chorus-pro/structures.ts';
import { extensionOf, suppliersOf, uploadAttachment } from '../../../shared/chorus-pro/transverses.ts';
import type { Access } from '../../../shared/chorus-pro/access.ts';
import { MANY_SERVICES, RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { relay } from '../../support/relay.ts';
import { broken, cannedCall, deadline, type Asked } from './canned-call.ts';

function accessOf({ dependencies }: ReturnType<typeof relay>): Access {
  const access = dependencies.access('example');
  if (!access) throw new Error('no example');
  return access;
}
const { call } = accessOf(relay());
const unknown = { kind: 'unknown', why: 'HTTP 503' };

const nothing = {
  active: true,
  serviceRequired: false,
  commitmentRequired: false,
  serviceOrCommitmentRequired: false,
  worksOnly: false,
  paymentNotReported: false,
};

describe('a recipient in the directory', () => {
  it.each<[keyof typeof RECIPIENTS, object]>([
    ['nothingMandatory', {}],
    ['commitmentMandatory', { commitmentRequired: true }],
    ['serviceMandatory', { serviceRequired: true }],
    ['commitmentOrService', { serviceOrCommitmentRequired: true }],
    ['inactive', { active: false }],
    ['moaOnly', { worksOnly: true }],
    ['paymentNotReported', { paymentNotReported: true }],
  ])('%s', async (name, demands) => {
    const siret = RECIPIENTS[name];
    const found = await findRecipient(call, siret, deadline);
    expect(found).toMatchObject({ kind: 'accepted', value: { ...nothing, siret, ...demands } });
  });

  it('may be unknown', async () => {
    expect(await findRecipient(call, '35600000000048', deadline)).toEqual({ kind: 'accepted', value: undefined });
    expect(await findRecipient(cannedCall({}), '35600000000048', deadline)).toEqual({
      kind: 'accepted',
      value: undefined,
    });
  });

  it('is found by its very SIRET among others', async () => {
    const listeStructures = [
      { idStructureCPP: 1, identifiantStructure: '12345678200051' },
      { idStructureCPP: 2, identifiantStructure: '12345678200036' },
    ];
    const asked: Asked[] = [];
    const canned = cannedCall(
      { 'structures/v1/rechercher': [{ listeStructures }], 'structures/v1/consulter': [{}] },
      asked,
    );
    const found = await findRecipient(canned, '12345678200036', deadline);
    expect(found).toEqual({ kind: 'accepted', value: { siret: '12345678200036', structureId: 2, ...nothing } });
    expect(asked.at(-1)?.body).toEqual({ idStructureCPP: 2 });
  });

  it.each(['structures/v1/rechercher', 'structures/v1/consulter'])('is not guessed when %s fails', async (path) => {
    const listeStructures = [{ idStructureCPP: 1, identifiantStructure: '12345678200051' }];
    const answers = { 'structures/v1/rechercher': [{ listeStructures }], 'structures/v1/consulter': [{}] };
    expect(await findRecipient(cannedCall({ ...answers, [path]: [broken] }), '12345678200051', deadline)).toEqual(
      unknown,
    );
  });
});

describe('a service of a recipient', () => {
  const find = async (code: string) => {
    const recipient = await findRecipient(call, RECIPIENTS.manyServices, deadline);
    if (recipient.kind !== 'accepted' || !recipient.value) throw new Error('no recipient');
    return findService(call, { structureId: recipient.value.structureId, code }, deadline);
  };

  it.each<[keyof typeof MANY_SERVICES, object]>([
    ['first', { active: true, commitmentRequired: false }],
    ['last', { active: true, commitmentRequired: false }],
    ['inactive', { active: false }],
    ['commitmentMandatory', { active: true, commitmentRequired: true }],
  ])('%s', async (name, value) => {
    expect(await find(MANY_SERVICES[name])).toMatchObject({
      kind: 'accepted',
      value: { code: MANY_SERVICES[name], ...value },
    });
  });

  it.each([MANY_SERVICES.reserved, 'NO_SUCH_SERVICE'])('%s is none to address', async (code) => {
    expect(await find(code)).toEqual({ kind: 'accepted', value: undefined });
  });

  const list = 'structures/v1/rechercher/services';
  const read = 'structures/v1/consulter/service';
  const pageOf = (code: string, page: number) => ({
    listeServices: [{ idService: page, codeService: code }],
    parametresRetour: { pages: 2 },
  });
  const wanted = { structureId: 5, code: 'B' };

  it('is looked for on every page, and is active where nothing is said', async () => {
    const asked: Asked[] = [];
    const found = await findService(
      cannedCall({ [list]: [pageOf('A', 1), pageOf('B', 2)], [read]: [{}] }, asked),
      wanted,
      deadline,
    );
    expect(found).toEqual({
      kind: 'accepted',
      value: { serviceId: 2, code: 'B', active: true, commitmentRequired: false },
    });
    expect(asked.at(-1)).toEqual({ path: read, body: { idStructure: 5, idService: 2 } });
  });

  it('is none where there is no list', async () => {
    expect(await findService(cannedCall({ [list]: [{}] }), wanted, deadline)).toEqual({
      kind: 'accepted',
      value: undefined,
    });
  });

  it('is not guessed when a page or the service itself cannot be read', async () => {
    expect(await findService(cannedCall({ [list]: [pageOf('B', 1), broken] }), wanted, deadline)).toEqual(unknown);
    const half = cannedCall({ [list]: [pageOf('B', 1), pageOf('A', 2)], [read]: [broken] });
    expect(await findService(half, wanted, deadline)).toEqual(unknown);
  });
});

describe('the connection’s own structures', () => {
  it('are known by SIRET', async () => {
    const own = await suppliersOf(call, deadline);
    expect(own.kind === 'accepted' && Object.keys(own.value).sort()).toEqual([SUPPLIERS.company, SUPPLIERS.agency]);
  });

  it('may be none, or unreadable', async () => {
    const path = 'transverses/v1/recuperer/structures/actives/fournisseur';
    expect(await suppliersOf(cannedCall({}), deadline)).toEqual({ kind: 'accepted', value: {} });
    expect(await suppliersOf(cannedCall({ [path]: [broken] }), deadline)).toEqual(unknown);
  });
});

describe('an attachment', () => {
  it.each([
    ['plan.pdf', 'PDF', 'application/pdf'],
    ['photo.JPeg', 'JPEG', 'image/jpeg'],
    ['signature.p7s', 'P7S', 'application/octet-stream'],
    ['a.b.xml', 'XML', 'application/xml'],
  ])('%s goes with its extension and its type', async (name, extension, type) => {
    const asked: Asked[] = [];
    const canned = cannedCall({ 'transverses/v1/ajouter/fichier': [{ pieceJointeId: 9 }] }, asked);
    const sent = await uploadAttachment(canned, { name, bytes: Buffer.from('é') }, deadline);
    expect(sent).toEqual({ kind: 'accepted', value: 9 });
    expect(asked[0]?.body).toEqual({
      pieceJointeFichier: 'w6k=',
      pieceJointeNom: name,
      pieceJointeExtension: extension,
      pieceJointeTypeMime: type,
    });
    expect(extensionOf(name)).toBe(extension);
  });

  it('that was not taken has no id', async () => {
    const canned = cannedCall({ 'transverses/v1/ajouter/fichier': [broken] });
    expect(await uploadAttachment(canned, { name: 'a.pdf', bytes: Buffer.from('') }, deadline)).toEqual(unknown);
  });
});
