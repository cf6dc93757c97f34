import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { commandKey } from '../../../shared/ledger/record.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { codesOf, effectsOf, keyOf, paths, recordOf, told } from './scenario.ts';

const transfer = (changes: object) => ({ transfer: changes });
const command = (changes: object, invoice: object = {}) => submitCommand({ command: changes, invoice });

describe('the settings keep back, and say so', () => {
  it.each<[what: string, settings: object, dropped: object, codes: string[]]>([
    [
      'an invoice from before the first day',
      transfer({ from: '2026-11-21' }),
      command({}, { issueDate: '2026-11-20' }),
      ['before-transfer-date'],
    ],
    ['a customer whose own flag says no', {}, command({ customer: { chorusPro: false } }), ['customer-not-chorus-pro']],
    [
      'a category of customers',
      transfer({ customerCategories: ['Client - Chorus Pro'] }),
      command({ customer: { category: 'Client' } }),
      ['customer-category'],
    ],
    [
      'a contract and a worksite at once',
      transfer({ withoutContracts: ['2026-M7'], withoutWorksites: ['Gare'] }),
      command({ worksite: 'Gare' }, { contract: '2026-M7' }),
      ['contract-not-transferred', 'worksite-not-transferred'],
    ],
    [
      'what the ERP pads with blanks',
      transfer({ withoutContracts: ['2026-M7'], withoutWorksites: ['Gare'] }),
      command({ worksite: 'Gare ' }, { contract: ' 2026-M7' }),
      ['contract-not-transferred', 'worksite-not-transferred'],
    ],
    [
      'a customer who need not have a SIRET',
      transfer({ customerCategories: ['Client - Chorus Pro'] }),
      command({ customer: { category: 'Client' } }, { recipient: {} }),
      ['customer-category'],
    ],
  ])('%s', async (_what, settings, dropped, codes) => {
    const world = relay({ settings });
    expect(await world.submit(dropped)).toEqual({ kind: 'done' });
    const record = await recordOf(world);
    expect(record.state).toBe('withheld');
    expect(codesOf(record)).toEqual(codes);
    expect(told(world)).toEqual(['withheld']);
    expect(world.published[0]?.data.message.fr).toContain(record.reasons?.[0]?.fr);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });

  it.each<[what: string, settings: object, dropped: object]>([
    ['an invoice of the first day', transfer({ from: '2026-11-20' }), command({}, { issueDate: '2026-11-20' })],
    [
      'a customer whose flag outweighs its category',
      transfer({ customerCategories: ['Public'] }),
      command({ customer: { category: 'Client', chorusPro: true } }),
    ],
    ['another worksite', transfer({ withoutWorksites: ['Gare'] }), command({ worksite: 'Port' })],
  ])('and not %s', async (_what, settings, dropped) => {
    const world = relay({ settings });
    await world.submit(dropped);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('a Chorus Pro customer without a SIRET is refused', async () => {
    const world = relay({ settings: transfer({ customerCategories: ['Public'] }) });
    await world.submit(command({ customer: { category: 'Public' } }, { recipient: {} }));
    expect(codesOf(await recordOf(world))).toEqual(['recipient-siret-missing']);
  });

  it('until they change: what was withheld is then sent under its own number', async () => {
    const world = relay({ settings: transfer({ withoutWorksites: ['Gare'] }) });
    await world.submit(command({ worksite: 'Gare' }));
    await world.submit(submitCommand());
    expect((await recordOf(world)).state).toBe('followed');
    expect(told(world)).toEqual(['withheld', 'accepted', 'submitted']);
  });

  it('beside a living invoice, without touching it', async () => {
    const world = relay({ settings: transfer({ withoutWorksites: ['Gare'] }) });
    await world.submit(submitCommand(), { messageId: 'm-1' });
    await world.submit(command({ worksite: 'Gare' }), { messageId: 'm-2' });
    expect((await recordOf(world)).state).toBe('followed');
    const beside = await recordOf(world, commandKey('m-2'));
    expect(beside).toMatchObject({ state: 'withheld', subject: 'example/-/message m-2' });
  });
});

describe('the settings fill in what the command leaves open', () => {
  /** @returns what the ledger knows of the invoice, and the body of its submission */
  const submitted = async (settings: object, invoice: object, others: object = {}) => {
    let sent = '';
    const watching =
      (transport: Transport): Transport =>
      (request) => {
        if (request.url.endsWith(paths.submit)) sent = request.body ?? '';
        return transport(request);
      };
    const world = relay({ settings, transport: watching });
    await world.submit(command(others, invoice));
    const [record] = world.ledger.records();
    return { record, sent };
  };

  it('the VAT regime and the framework', async () => {
    const settings = { defaults: { vatRegime: 'on-receipts', framework: 'A2' } };
    const paid = {
      vatRegime: undefined,
      totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', paid: '1200.00', due: '0' },
    };
    const { record, sent } = await submitted(settings, paid);
    expect(record?.state).toBe('followed');
    expect(sent).toMatch(/TVA_SUR_ENCAISSEMENT/);
    expect(sent).toMatch(/A2_FACTURE_FOURNISSEUR_DEJA_PAYEE/);
  });

  it('no VAT regime at all is refused', async () => {
    const { record } = await submitted({}, { vatRegime: undefined });
    expect(record?.reasons).toMatchObject([{ code: 'missing-field', path: 'invoice.vatRegime' }]);
  });

  it('the ERP’s words for a way of paying', async () => {
    const settings = { paymentMeans: { 'LCR acceptée': 'other', Virement: 'credit-transfer' } };
    const { record, sent } = await submitted(settings, { payment: { means: 'LCR acceptée' } });
    expect(record?.state).toBe('followed');
    expect(sent).toMatch(/"modePaiement":"AUTRE"/);
  });

  it('and refuse by its name a word that has no mapping', async () => {
    const { record } = await submitted(
      { paymentMeans: { Virement: 'credit-transfer' } },
      { payment: { means: 'Troc' } },
    );
    expect(record?.reasons?.map(({ code }) => code)).toEqual(['unknown-payment-means']);
    expect(record?.reasons?.[0]?.fr).toMatch(/« Troc ».*Virement, credit-transfer/);
  });

  it('the service to address, only where the recipient demands one', async () => {
    const settings = { defaults: { recipientService: 'SERVICE_DEST_SERV_OBL' } };
    const demanding = await submitted(settings, { recipient: { siret: RECIPIENTS.serviceMandatory } });
    expect(demanding.record?.state).toBe('followed');
    expect(demanding.sent).toMatch(/"codeServiceExecutant":"SERVICE_DEST_SERV_OBL"/);
    const easy = await submitted(settings, {});
    expect(easy.record?.state).toBe('followed');
    expect(easy.sent).not.toMatch(/codeServiceExecutant/);
  });

  it('the supplier’s own service', async () => {
    const agency = { name: 'Caen', siret: SUPPLIERS.agency, service: 'SERVICE_FOURNISSEUR' };
    const companies = [{ name: 'Constructions Duval', siret: SUPPLIERS.company, agencies: [agency] }];
    const supplier = { company: 'Constructions Duval', agency: 'Caen' };
    const { record, sent } = await submitted({ companies }, {}, { supplier });
    expect(record?.state).toBe('followed');
    expect(sent).toMatch(/"idServiceFournisseur":\d+/);

    const wrong = [{ ...companies[0], agencies: [{ ...agency, service: 'CLOSED' }] }];
    const refused = await submitted({ companies: wrong }, {}, { supplier });
    expect(refused.record?.reasons?.map(({ code }) => code)).toEqual(['supplier-service-unknown']);
  });
});

describe('who may send', () => {
  const settings = { allowedSenders: ['AROAEXAMPLEEXAMPLE00'] };

  it.each([
    ['a role that is named, in any of its sessions', 'AROAEXAMPLEEXAMPLE00:erp-7', 'followed'],
    ['nobody else', 'AROAEXAMPLEEXAMPLE01:erp-7', undefined],
  ])('is %s', async (_who, senderId, state) => {
    const world = relay({ settings });
    await world.submit(submitCommand(), { messageId: 'm-1', senderId });
    expect((await world.ledger.get(keyOf()))?.state).toBe(state);
    if (state) return;
    expect(codesOf(await recordOf(world, commandKey('m-1')))).toEqual(['sender-not-allowed']);
    expect(effectsOf(world).tries).toBe(0);
  });

  it('is the desk, which asks who may act, whoever else is named; and nobody in its place', async () => {
    const desk = 'AROADESKDESKDESK0000';
    for (const [deskRole, state] of [
      [desk, 'followed'],
      [undefined, undefined],
    ] as const) {
      const world = relay({ settings, ...(deskRole === undefined ? {} : { deskRole }) });
      await world.submit(submitCommand(), { messageId: 'm-1', senderId: `${desk}:chorus-relay-test-desk` });
      expect((await world.ledger.get(keyOf()))?.state).toBe(state);
    }
    const world = relay({ settings, deskRole: desk });
    for (const senderId of [`AROAEXAMPLEEXAMPLE01:${desk}`, `${desk}x:erp`, ':erp', 'undefined']) {
      await world.submit(submitCommand(), { messageId: senderId, senderId });
      expect((await world.ledger.get(keyOf()))?.state, senderId).toBeUndefined();
    }
  });

  const ids = { duval: 'AROADUVALDUVALDUVAL0', bertin: 'AROABERTINBERTIN0000', leroy: '123456789012' };
  const names = ['duval', 'bertin', 'leroy'] as const;
  const pairs = names.flatMap((sender) => names.map((owner) => ({ sender, owner })));

  it.each(pairs)('as $owner is not $sender, unless they are the same', async ({ sender, owner }) => {
    const world = relay({ settings: { allowedSenders: [ids[owner]] } });
    const senderId = `${ids[sender]}:erp`;
    await world.submit(submitCommand(), { messageId: 'm-1', senderId });
    expect((await world.ledger.get(keyOf()))?.state).toBe(sender === owner ? 'followed' : undefined);
    if (sender === owner) return;
    // Nor may it ask about an invoice of the other, answer for it, or have it fetched.
    await world.submit(submitCommand(), { messageId: 'm-2', senderId: ids[owner] });
    const { connection, supplier, invoice } = submitCommand();
    for (const type of ['invoice.status', 'invoice.fetch']) {
      const question = { type, version: 1, connection, supplier, invoice: { number: invoice.number } };
      await world.submit(question, { messageId: type, senderId });
      expect(codesOf(await recordOf(world, commandKey(type)))).toEqual(['sender-not-allowed']);
    }
  });
});
