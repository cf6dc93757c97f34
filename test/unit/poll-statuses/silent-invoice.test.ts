import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { CONFIDENTIAL_AGENTS, exampleWorld, RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { paths, recordOf, told } from '../submit-invoice/scenario.ts';

const day = 24 * 60;
const someText: unknown = expect.any(String);
const to = (siret: string) => submitCommand({ invoice: { recipient: { siret } } });

/** Chorus Pro's search for changes returns nothing, as if it had missed every change. */
function missingChanges(): { transport: (wire: Transport) => Transport; looks: () => number } {
  let looks = 0;
  const transport =
    (wire: Transport): Transport =>
    async (request) => {
      const byNumber = request.url.endsWith(paths.search) && request.body?.includes('"numeroFacture"');
      if (byNumber) looks += 1;
      const sending = await wire(request);
      if (!request.url.endsWith(paths.search) || byNumber || sending.kind !== 'response') return sending;
      return { ...sending, body: JSON.stringify({ codeRetour: 0, libelle: 'GCU_MSG_01_000', listeFactures: [] }) };
    };
  return { transport, looks: () => looks };
}

async function days(world: Relay, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    world.advance(day);
    await world.poll();
  }
}

describe('an invoice without news', () => {
  it('is looked up individually after ten days, not before', async () => {
    const { transport, looks } = missingChanges();
    const world = relay({ transport });
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 9);
    expect([looks(), (await recordOf(world)).status?.code]).toEqual([0, 'DEPOSEE']);
    await days(world, 2);
    expect([looks(), (await recordOf(world)).status?.code]).toEqual([1, 'MANDATEE']);
    await days(world, 12);
    expect((await recordOf(world)).state).toBe('settled');
    expect(told(world).at(-1)).toBe('paid');
  });

  it('is looked up again later when the search does not show it either', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.nothingMandatory));
    Object.assign(world.model.options, { searchLagMs: 60 * day * 60_000 });
    await days(world, 11);
    expect((await recordOf(world)).nextStepAt).toBe(new Date(world.now().getTime() + 9 * day * 60_000).toISOString());
  });
});

describe('an invoice that is not paid in time', () => {
  const late = (world: Relay) => world.published.filter(({ type }) => type.includes('.late.'));

  const thirtyDays = { paymentTerms: { others: 'state-or-local' } };
  const still = { world: { ...exampleWorld(), scenarioOf: () => 'still' as const }, settings: thirtyDays };

  it('is reported once, with its due date, the days late and the amount', async () => {
    const world = relay(still);
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 1);
    world.model.setStatus('F-2026-0001', 'MISE_A_DISPOSITION');
    await days(world, 30);
    expect(late(world)).toEqual([]);
    await days(world, 40);
    expect(late(world)).toHaveLength(1);
    const [event] = late(world);
    expect(event?.data).toMatchObject({
      late: {
        ...{ dueDate: '2026-12-24', days: 1 },
        interest: {
          ...{ since: '2026-12-25', until: '2026-12-25', indemnity: '40.00' },
          ...{ rate: '10.40', amount: '0.34', perDay: '0.34' },
        },
      },
      amount: '1200.00',
      state: 'followed',
    });
    expect(event?.data.message.fr).toBe(
      'Facture non payée 1 jour après l’échéance légale du 24 décembre 2026 : 1\u202f200,00\u00a0€. Intérêts moratoires à ce jour : 0,34\u00a0€ (10,40\u00a0% l’an), et 40,00\u00a0€ d’indemnité forfaitaire.',
    );
  });

  it.each([
    ['the kind of body is not known', {}, '2027-01-23'],
    ['it is a hospital', { paymentTerms: { recipients: { [RECIPIENTS.nothingMandatory]: 'health' } } }, '2027-01-13'],
  ])('is reported after the term of its recipient: %s', async (_what, settings, dueDate) => {
    const world = relay({ ...still, settings });
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 1);
    world.model.setStatus('F-2026-0001', 'MISE_A_DISPOSITION');
    await days(world, 75);
    expect(late(world).map(({ data }) => data.late)).toMatchObject([{ dueDate, days: 1 }]);
  });

  it('is reported after the new term that a suspension opens', async () => {
    const world = relay(still);
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 1);
    world.model.setStatus('F-2026-0001', 'MISE_A_DISPOSITION');
    await days(world, 10);
    world.model.setStatus('F-2026-0001', 'SUSPENDUE');
    await days(world, 40);
    world.model.setStatus('F-2026-0001', 'COMPLETEE');
    await days(world, 30);
    expect(late(world)).toEqual([]);
    await days(world, 10);
    // Completed on 13 January 2027: 18 days of January and 12 of February.
    expect(late(world)[0]?.data.late?.dueDate).toBe('2027-02-12');
  });

  it('is not reported while it has not reached the recipient', async () => {
    const world = relay(still);
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 90);
    expect(late(world)).toEqual([]);
  });

  it('is not reported without its history; it is once that can be read', async () => {
    const world = relay(still);
    await world.submit(to(RECIPIENTS.nothingMandatory));
    world.model.setStatus('F-2026-0001', 'MISE_A_DISPOSITION');
    await days(world, 30);
    world.faults.add({ kind: 'server-error', path: '/cpro/factures/v1/consulter/historique' });
    await days(world, 5);
    expect(late(world)).toEqual([]);
    world.faults.clear();
    await days(world, 2);
    expect(late(world)).toHaveLength(1);
  });

  it.each([
    [
      'nothing is due',
      {
        totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', paid: '1200.00', due: '0.00' },
        framework: 'A2',
      },
    ],
    ['it is a credit note', { type: 'credit-note' }],
  ])('is not reported when %s', async (_what, invoice) => {
    const world = relay(still);
    await world.submit(submitCommand({ invoice }));
    world.model.setStatus('F-2026-0001', 'MISE_A_DISPOSITION');
    await days(world, 45);
    expect((await recordOf(world)).state).toBe('followed');
    expect(late(world)).toEqual([]);
  });

  it('is not reported while the recipient waits for the supplier', async () => {
    const world = relay({ settings: thirtyDays });
    await world.submit(to(RECIPIENTS.suspends));
    await days(world, 45);
    expect(late(world)).toEqual([]);
  });

  it.each(['EN_COURS_ACHEMINEMENT', 'SUSPENDUE'] as const)(
    'is not reported once its payment was told, whatever its status is afterwards: %s',
    async (status) => {
      const world = relay(still);
      await world.submit(to(RECIPIENTS.nothingMandatory));
      for (const next of ['MISE_EN_PAIEMENT', status, 'MISE_A_DISPOSITION'] as const) {
        await days(world, 1);
        world.model.setStatus('F-2026-0001', next);
        await days(world, 1);
      }
      expect(told(world)).toContain('paid');
      expect((await recordOf(world)).state).toBe('followed');
      await days(world, 60);
      expect(late(world)).toEqual([]);
    },
  );

  it('is reported if the recipient, which reports no payments, ordered it and then suspended the invoice', async () => {
    const world = relay({ world: { ...exampleWorld(), scenarioOf: () => 'still' } });
    await world.submit(to(RECIPIENTS.paymentNotReported));
    for (const next of ['MANDATEE', 'SUSPENDUE', 'COMPLETEE'] as const) {
      await days(world, 1);
      world.model.setStatus('F-2026-0001', next);
      await days(world, 1);
    }
    expect((await recordOf(world)).state).toBe('followed');
    await days(world, 60);
    expect(late(world)).toHaveLength(1);
  });

  it('is not reported when it was paid in the meantime', async () => {
    const world = relay({ settings: thirtyDays });
    await world.submit(to(RECIPIENTS.nothingMandatory));
    await days(world, 45);
    expect(late(world)).toEqual([]);
  });
});

describe('a recipient that reports no payments', () => {
  it('settles an invoice at the last status that it reports', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.paymentNotReported));
    await days(world, 10);
    expect((await recordOf(world)).state).toBe('settled');
    const [paid] = world.published.filter(({ type }) => type.includes('.paid.'));
    expect(paid?.data.status?.code).toBe('MANDATEE');
    expect(paid?.data.message.fr).toBe('Mandatée (ce destinataire ne signale pas la mise en paiement).');
    await days(world, 10);
    expect((await recordOf(world)).status?.code).toBe('COMPTABILISEE');
    expect(told(world).filter((type) => type === 'paid')).toHaveLength(1);
  });
});

describe('when a person must act', () => {
  it('the event has the status history with dates and motives, but no names', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.suspends));
    await days(world, 3);
    const [needed] = world.published.filter(({ type }) => type.includes('action-needed'));
    expect(needed?.data.history?.map(({ code }) => code)).toEqual([
      'DEPOSEE',
      'EN_COURS_ACHEMINEMENT',
      'MISE_A_DISPOSITION',
      'SUSPENDUE',
    ]);
    expect(needed?.data.history?.at(-1)).toMatchObject({ at: someText, motive: someText });
    const all = JSON.stringify([world.published, world.ledger.records()]);
    for (const agent of CONFIDENTIAL_AGENTS)
      for (const personal of Object.values(agent)) expect(all).not.toContain(personal);
  });

  it('the event has no history when it cannot be read', async () => {
    const world = relay();
    await world.submit(to(RECIPIENTS.suspends));
    world.faults.add({ kind: 'server-error', path: '/cpro/factures/v1/consulter/historique' });
    await days(world, 3);
    const [needed] = world.published.filter(({ type }) => type.includes('action-needed'));
    expect(needed?.data.status?.code).toBe('SUSPENDUE');
    expect(needed?.data.history).toBeUndefined();
  });
});
