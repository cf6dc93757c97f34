import { describe, expect, it } from 'vitest';
import { BANK_DETAILS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type RelayOptions } from '../../support/relay.ts';
import { answering, deliver, keyOf, paths, recordOf, told } from './scenario.ts';

const list = '/cpro/transverses/v1/recuperer/coordbanc/valides';
const noRight = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
const paidTo = (payment: object) => submitCommand({ invoice: { payment: { means: 'credit-transfer', ...payment } } });

describe('the account to be paid', () => {
  const submitted = (options: RelayOptions = {}) => {
    const bodies: string[] = [];
    const world = relay({
      ...options,
      transport: (wire) => (request) => {
        if (request.url.endsWith(paths.submit)) bodies.push(request.body ?? '');
        return wire(request);
      },
    });
    return { world, bodies };
  };
  const [current, factor] = BANK_DETAILS;
  const iban = 'DE89370400440532013000';
  const other = 'FR7630006000011234567890189';

  it.each<[how: string, payment: object, settings: object, id: number]>([
    ['by its name', { account: 'compte courant' }, {}, current.id],
    ['by an IBAN that is in its name', { iban }, {}, factor.id],
    ['by an IBAN that the settings map', { iban: other }, { bankAccounts: { [other]: current.name } }, current.id],
  ])('is found %s, and its id is sent', async (_how, payment, settings, id) => {
    const { world, bodies } = submitted({ settings });
    await world.submit(paidTo(payment));
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ fournisseur: { codeCoordonneesBancairesFournisseur: id } });
    expect((await recordOf(world)).terms?.supplierAccountId).toBe(id);
    expect(world.published[0]?.data.notes).toBeUndefined();
  });

  it.each<[what: string, payment: object, settings: object]>([
    ['the factor’s IBAN', { account: current.name, iban }, {}],
    [
      'an IBAN that the settings map',
      { account: current.name, iban: other },
      { bankAccounts: { [other]: factor.name } },
    ],
  ])('is refused if an account and %s name two: both are said', async (_what, payment, settings) => {
    const { world, bodies } = submitted({ settings });
    await world.submit(paidTo(payment));
    const [reason] = (await recordOf(world)).reasons ?? [];
    expect(reason).toMatchObject({ code: 'bank-accounts-differ', path: 'invoice.payment' });
    for (const sentence of [reason?.fr, reason?.en])
      for (const name of [current.name, factor.name]) expect(sentence).toContain(name);
    expect(bodies).toEqual([]);
  });

  it.each<[what: string, payment: object, settings: object, notes: string[]]>([
    ['has it in its name', { account: factor.name, iban }, {}, []],
    [
      'is its own by the settings',
      { account: current.name, iban: other },
      { bankAccounts: { [other]: current.name } },
      [],
    ],
    ['is one that nothing knows', { account: current.name, iban: other }, {}, ['iban-not-of-account']],
  ])(
    'is the named one, and an IBAN beside it is told if it says nothing: it %s',
    async (_what, payment, settings, notes) => {
      const { world, bodies } = submitted({ settings });
      await world.submit(paidTo(payment));
      expect(world.published[0]?.data.notes?.map(({ code }) => code) ?? []).toEqual(notes);
      expect(bodies[0]).toContain('codeCoordonneesBancairesFournisseur');
      expect(JSON.stringify(world.published)).not.toContain(other);
    },
  );

  it('is found again when the invoice was parked', async () => {
    const { world, bodies } = submitted();
    world.faults.add({ kind: 'too-many-requests', path: paths.submit, count: 1 });
    expect(await world.submit(paidTo({ iban }))).toMatchObject({ kind: 'retry' });
    await world.submit(paidTo({ iban }), { redelivered: true });
    await deliver(world);
    expect(bodies.at(-1)).toContain(`"codeCoordonneesBancairesFournisseur":${factor.id}`);
  });

  it('is told to be without effect if Chorus Pro does not know the IBAN, without showing all of it', async () => {
    const { world, bodies } = submitted();
    await world.submit(paidTo({ iban: other }));
    expect(told(world)[0]).toBe('accepted');
    const [note] = world.published[0]?.data.notes ?? [];
    expect(note).toMatchObject({ code: 'iban-without-effect', path: 'invoice.payment.iban' });
    expect(note?.fr).toContain('Compte courant');
    expect(JSON.stringify(world.published)).not.toContain(other);
    expect(bodies[0]).not.toContain('codeCoordonneesBancairesFournisseur');
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('is found if it was added since the list was read', async () => {
    const { world } = submitted();
    const at = new Date(world.now().getTime() - 3_600_000).toISOString();
    await world.ledger.remember(`accounts#qualification#${SUPPLIERS.company}`, { at, value: [] });
    await world.submit(paidTo({ iban }));
    expect((await recordOf(world)).terms?.supplierAccountId).toBe(factor.id);
  });

  it.each<[who: string, payment: object, settings: object, at: string]>([
    ['the command', { account: 'Compte fermé', iban }, {}, 'invoice.payment.account'],
    ['the settings', { iban }, { bankAccounts: { [iban]: 'Compte fermé' } }, 'invoice.payment.iban'],
  ])(
    'that %s names is refused if Chorus Pro does not have it, with its accounts',
    async (_who, payment, settings, at) => {
      const { world } = submitted({ settings });
      await world.submit(paidTo(payment));
      const [reason] = (await recordOf(world)).reasons ?? [];
      expect(reason).toMatchObject({ code: 'bank-account-unknown', path: at });
      expect(reason?.fr).toContain('Compte courant');
      expect(reason?.fr).toContain('« Compte fermé »');
    },
  );

  it('is not sent if the accounts may not be read: that is told', async () => {
    const world = relay({ transport: answering(list, () => noRight) });
    await world.submit(paidTo({ account: 'Compte courant' }));
    expect(world.published[0]?.data.notes).toMatchObject([{ code: 'bank-accounts-unreadable' }]);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('is waited for while the list is down', async () => {
    const world = relay();
    world.faults.add({ kind: 'server-error', path: list, count: 1 });
    expect(await world.submit(paidTo({ iban }))).toMatchObject({ kind: 'retry', reason: 'platform-down' });
    expect(await world.ledger.get(keyOf())).toBeUndefined();
  });

  it('of an e-invoice is in its file: nothing is looked up', async () => {
    const world = relay();
    const xml = Buffer.from('<?xml version="1.0"?><Invoice/>').toString('base64');
    const command = paidTo({ iban });
    await world.submit({ ...command, document: { name: 'f.xml', content: xml, format: 'ubl' } });
    expect(world.model.effects.calls[list]).toBeUndefined();
  });
});
