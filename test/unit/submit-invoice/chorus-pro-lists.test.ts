import { describe, expect, it } from 'vitest';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { answering, codesOf, effectsOf, paths, recordOf } from './scenario.ts';

const lists = {
  exemptions: '/cpro/transverses/v1/recuperer/motifs/exonerationtva',
  types: '/cpro/transverses/v1/recuperer/typespj',
  accounts: '/cpro/transverses/v1/recuperer/coordbanc/valides',
  rates: '/cpro/transverses/v1/recuperer/tauxtva',
} as const;
const callsOf = ({ model }: Relay) => Object.values(model.effects.calls).reduce((sum, calls) => sum + calls, 0);
const noRight = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });

const exempt = (exemptionReason: string, number = 'F-2026-0001') =>
  submitCommand({
    invoice: {
      number,
      vatRegime: 'exempt',
      exemptionReason,
      lines: [],
      vatBreakdown: [],
      totals: { taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00', due: '1000.00' },
    },
  });
const inWords = 'Exoneration de TVA, article 261-4-4 du CGI, formation professionnelle';
const withAttachment = (typeCode: string, number = 'F-2026-0001') =>
  submitCommand({
    invoice: { number },
    command: { attachments: [{ name: 'plan.pdf', content: tinyPdf, typeCode }] },
  });
const paidTo = (payment: object, number = 'F-2026-0001') =>
  submitCommand({ invoice: { number, payment: { means: 'credit-transfer', ...payment } } });

describe('a code that is not in Chorus Pro’s list is refused at once, with the list', () => {
  it('an exemption in words, the nearest code first', async () => {
    const world = relay();
    await world.submit(exempt(inWords));
    expect(codesOf(await recordOf(world))).toEqual(['exemption-reason-unknown']);
    const [reason] = world.published.at(-1)?.data.reasons ?? [];
    expect(reason?.path).toBe('invoice.exemptionReason');
    expect(reason?.fr).toMatch(/ : ART261 \(Exonération, article 261 du CGI .*ART262 \(.*ART293B \(.*ART298 \(/);
    expect(reason?.en).toMatch(/: ART261 \(/);
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });

  it('a type of attachment', async () => {
    const world = relay();
    await world.submit(withAttachment('Attestation de vigilance délivrée par l’URSSAF au sous-traitant'));
    expect(codesOf(await recordOf(world))).toEqual(['attachment-type-unknown']);
    expect(world.published.at(-1)?.data.reasons?.[0]).toMatchObject({ path: 'attachments[0].typeCode' });
    expect(world.model.effects.calls[paths.attachment]).toBeUndefined();
  });

  it('but one that was added since the list was read is taken', async () => {
    const world = relay();
    const at = new Date(world.now().getTime() - 3_600_000).toISOString();
    await world.ledger.remember('codes#qualification#exemption-reasons', { at, value: [{ code: 'ART1', label: '' }] });
    await world.submit(exempt('ART261'));
    expect((await recordOf(world)).state).toBe('followed');
    expect(world.model.effects.calls[lists.exemptions]).toBe(1);
  });
});

describe('a list', () => {
  it.each([
    ['the reasons of an exemption', (number: string) => exempt('ART261', number), 2],
    ['the types of attachments', (number: string) => withAttachment('ZZZ', number), 3],
    ['the bank accounts', (number: string) => paidTo({ account: 'Compte courant' }, number), 2],
  ])('of %s is read once a day: a warm invoice makes the same calls as before', async (_what, command, calls) => {
    const world = relay();
    await world.submit(command('F-1'));
    const before = callsOf(world);
    await world.submit(command('F-2'));
    expect(callsOf(world) - before).toBe(calls);
  });

  it('is not asked for by an invoice that does not use it', async () => {
    const world = relay();
    await world.submit(submitCommand());
    expect(Object.values(lists).map((list) => world.model.effects.calls[list])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('that may not be read does not stop an invoice', async () => {
    const world = relay({ transport: answering(lists.exemptions, () => noRight) });
    await world.submit(exempt('ART261'));
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('of codes that is down does not stop an invoice', async () => {
    const world = relay();
    world.faults.add({ kind: 'server-error', path: lists.types });
    await world.submit(withAttachment('RIB'));
    expect((await recordOf(world)).state).toBe('followed');
  });
});

describe('a VAT rate that is not usual in France', () => {
  const at = (rate: string, amount: string) => {
    const taxInclusive = (1000 + Number(amount)).toFixed(2);
    return submitCommand({
      invoice: {
        lines: [],
        vatBreakdown: [{ rate, base: '1000.00', amount }],
        totals: { taxExclusive: '1000.00', vat: amount, taxInclusive, due: taxInclusive },
      },
    });
  };

  it('is sent, and told not to be in Chorus Pro’s list', async () => {
    const world = relay();
    await world.submit(at('21', '210.00'));
    expect(world.published[0]?.data.notes).toMatchObject([
      { code: 'vat-rate-unlisted', path: 'invoice.vatBreakdown[0].rate' },
    ]);
    expect((await recordOf(world)).state).toBe('followed');
  });
});
