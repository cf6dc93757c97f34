import { describe, expect, it } from 'vitest';
import type { Access } from '../../../shared/chorus-pro/chorus-pro.ts';
import { MANY_SERVICES, RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { relay } from '../../support/relay.ts';
import { broken, canned, type Asked } from './canned.ts';

async function accessOf({ dependencies }: ReturnType<typeof relay>): Promise<Access> {
  const access = await dependencies.access('example');
  if (!access) throw new Error('no example');
  return access;
}
const chorusPro = (await accessOf(relay())).chorusPro({ remainingMs: () => 20_000 });
const unknown = { kind: 'unknown', why: 'HTTP 503' };

const nothing = {
  active: true,
  publicBody: true,
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
    const found = await chorusPro.findRecipient(siret);
    expect(found).toMatchObject({ kind: 'accepted', value: { ...nothing, siret, ...demands } });
  });

  it('may be unknown', async () => {
    expect(await chorusPro.findRecipient('35600000000048')).toEqual({ kind: 'accepted', value: undefined });
    expect(await canned({}).findRecipient('35600000000048')).toEqual({
      kind: 'accepted',
      value: undefined,
    });
  });

  it.each<[keyof typeof SUPPLIERS]>([['company'], ['stranger']])(
    'is told from a company, whether its page may be read or not: %s',
    async (name) => {
      const found = await chorusPro.findRecipient(SUPPLIERS[name]);
      expect(found).toMatchObject({ kind: 'accepted', value: { ...nothing, publicBody: false } });
    },
  );

  it('whose page is refused is not taken for a company', async () => {
    const listeStructures = [{ idStructureCPP: 1, identifiantStructure: '12345678200051' }];
    const asked: Asked[] = [];
    const refusal = { codeRetour: 20001, libelle: 'GDP_MSG_11.005' };
    const answers = {
      'structures/v1/rechercher': [{ listeStructures }, {}],
      'structures/v1/consulter': [refusal],
    };
    expect(await canned(answers, asked).findRecipient('12345678200051')).toMatchObject({ kind: 'refused' });
    expect(asked.at(-1)?.body).toMatchObject({ structure: { typeStructure: 'PRIVEE' } });
    const down = { ...answers, 'structures/v1/rechercher': [{ listeStructures }, broken] };
    expect(await canned(down).findRecipient('12345678200051')).toEqual(unknown);
  });

  it('is found by its exact SIRET among others', async () => {
    const listeStructures = [
      { idStructureCPP: 1, identifiantStructure: '12345678200051' },
      { idStructureCPP: 2, identifiantStructure: '12345678200036' },
    ];
    const asked: Asked[] = [];
    const known = canned({ 'structures/v1/rechercher': [{ listeStructures }], 'structures/v1/consulter': [{}] }, asked);
    const found = await known.findRecipient('12345678200036');
    expect(found).toEqual({ kind: 'accepted', value: { siret: '12345678200036', structureId: 2, ...nothing } });
    expect(asked.at(-1)?.body).toEqual({ idStructureCPP: 2 });
  });

  it.each(['structures/v1/rechercher', 'structures/v1/consulter'] as const)(
    'is not guessed when %s fails',
    async (path) => {
      const listeStructures = [{ idStructureCPP: 1, identifiantStructure: '12345678200051' }];
      const answers = { 'structures/v1/rechercher': [{ listeStructures }], 'structures/v1/consulter': [{}] };
      expect(await canned({ ...answers, [path]: [broken] }).findRecipient('12345678200051')).toEqual(unknown);
    },
  );
});

describe('a service of a recipient', () => {
  const find = async (code: string) => {
    const recipient = await chorusPro.findRecipient(RECIPIENTS.manyServices);
    if (recipient.kind !== 'accepted' || !recipient.value) throw new Error('no recipient');
    return chorusPro.findService(recipient.value.structureId, code);
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

  it.each([MANY_SERVICES.reserved, 'NO_SUCH_SERVICE'])('%s cannot be addressed', async (code) => {
    expect(await find(code)).toEqual({ kind: 'accepted', value: undefined });
  });

  const list = 'structures/v1/rechercher/services';
  const read = 'structures/v1/consulter/service';
  const pageOf = (code: string, page: number) => ({
    listeServices: [{ idService: page, codeService: code }],
    parametresRetour: { pages: 2 },
  });

  it('is searched on every page, and is active unless Chorus Pro says otherwise', async () => {
    const asked: Asked[] = [];
    const found = await canned({ [list]: [pageOf('A', 1), pageOf('B', 2)], [read]: [{}] }, asked).findService(5, 'B');
    expect(found).toEqual({
      kind: 'accepted',
      value: { serviceId: 2, code: 'B', active: true, commitmentRequired: false },
    });
    expect(asked.at(-1)).toEqual({ path: read, body: { idStructure: 5, idService: 2 } });
  });

  it('is unknown when there is no list', async () => {
    expect(await canned({ [list]: [{}] }).findService(5, 'B')).toEqual({
      kind: 'accepted',
      value: undefined,
    });
  });

  it('stays undecided when a page or the service itself cannot be read', async () => {
    expect(await canned({ [list]: [pageOf('B', 1), broken] }).findService(5, 'B')).toEqual(unknown);
    const half = canned({ [list]: [pageOf('B', 1), pageOf('A', 2)], [read]: [broken] });
    expect(await half.findService(5, 'B')).toEqual(unknown);
  });
});

describe('the connection’s own structures', () => {
  it('are known by SIRET', async () => {
    const own = await chorusPro.suppliers();
    expect(own.kind === 'accepted' && Object.keys(own.value).sort()).toEqual([SUPPLIERS.company, SUPPLIERS.agency]);
  });

  it('may be empty, or unreadable', async () => {
    const path = 'transverses/v1/recuperer/structures/actives/fournisseur';
    expect(await canned({}).suppliers()).toEqual({ kind: 'accepted', value: {} });
    expect(await canned({ [path]: [broken] }).suppliers()).toEqual(unknown);
  });
});
