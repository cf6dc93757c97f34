import { describe, expect, it } from 'vitest';
import { ownInvoiceAmong } from '../../../shared/tracking/own-invoice.ts';
import type { FoundInvoice } from '../../../shared/chorus-pro/search.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submitInvoice } from '../../../tools/chorus-pro-simulator/example-client.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { deliver, effectsOf, paths, recordOf, told, trackedRecordOf } from '../submit-invoice/scenario.ts';

const number = 'F-2026-0001';

/**
 * An invoice of the number that somebody sent by other means, and that was rejected; then ours, whose answer was lost.
 */
async function afterARejectedOne(lost: 'reset-before' | 'reset-after', before?: object) {
  const world = relay({ model: { reuseAfterRejection: true } });
  if (before) await world.submit(before, { messageId: 'before' });
  submitInvoice(exampleClient(world.model), { number });
  world.advance(10);
  world.model.setStatus(number, 'REJETEE', 'doublon');
  const older = world.model.accepted()[0]?.id;
  world.advance(60);
  world.faults.add({ kind: lost, path: paths.submit, count: 1 });
  await world.submit(submitCommand());
  return { world, older };
}

describe('an older invoice of the same number that was rejected', () => {
  it('is none of ours: what vanished is sent again', async () => {
    const { world, older } = await afterARejectedOne('reset-before');
    for (let i = 0; i < 2; i += 1) {
      world.advance(15);
      await world.poll();
    }
    await deliver(world);
    const record = await recordOf(world);
    expect(record).toMatchObject({ state: 'followed', status: { code: 'DEPOSEE' } });
    expect(record.chorusProId).not.toBe(older);
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'submitted']);
  });

  it('is none of ours: the one that was taken is found beside it', async () => {
    const { world, older } = await afterARejectedOne('reset-after');
    world.advance(15);
    await world.poll();
    const { state, chorusProId } = await recordOf(world);
    expect([state, chorusProId === older]).toEqual(['followed', false]);
    expect(effectsOf(world)).toEqual({ invoices: 2, tries: 2 });
  });
});

it('an invoice that was rejected between our refusal of the number and its correction is none of ours', async () => {
  const refusedBefore = submitCommand({ invoice: { issueDate: '2026-11-24' } });
  const { world, older } = await afterARejectedOne('reset-before', refusedBefore);
  world.published.splice(0);
  for (let i = 0; i < 3; i += 1) {
    world.advance(15);
    await world.poll();
  }
  await deliver(world);
  const record = await recordOf(world);
  expect(record.state).toBe('followed');
  expect(record.chorusProId).not.toBe(older);
  expect(told(world)).not.toContain('rejected');
});

describe('the record’s own invoice among those of its number', () => {
  const found = async () => {
    const { world } = await afterARejectedOne('reset-before');
    const record = await trackedRecordOf(world);
    const began = Date.parse(record.createdAt);
    const invoice = (chorusProId: number, status: string, minutes?: number): FoundInvoice => ({
      ...{ chorusProId, number, supplierSiret: SUPPLIERS.company, status },
      ...(minutes === undefined ? {} : { at: new Date(began + minutes * 60_000) }),
    });
    return { invoice, own: (...all: FoundInvoice[]) => ownInvoiceAmong(record, all)?.chorusProId };
  };

  it('lives rather than was rejected, and is the youngest of several', async () => {
    const { invoice, own } = await found();
    expect(own(invoice(1, 'DEPOSEE', 1), invoice(2, 'REJETEE', 5))).toBe(1);
    expect(own(invoice(1, 'DEPOSEE', 1), invoice(3, 'MANDATEE', 1), invoice(2, 'DEPOSEE', 9))).toBe(3);
    expect(own(invoice(1, 'REJETEE', 1), invoice(2, 'REJETEE', 1))).toBe(2);
  });

  it('may have been rejected since the record began, as far as clocks agree', async () => {
    const { invoice, own } = await found();
    expect(own(invoice(1, 'REJETEE', 1))).toBe(1);
    expect(own(invoice(1, 'REJETEE', -9))).toBe(1);
    expect(own(invoice(1, 'REJETEE', -11))).toBeUndefined();
    expect(own(invoice(1, 'REJETEE'))).toBe(1);
  });

  it('is of the same supplier, of exactly that number, and an invoice', async () => {
    const { invoice, own } = await found();
    expect(own({ ...invoice(1, 'DEPOSEE', 1), supplierSiret: SUPPLIERS.agency })).toBeUndefined();
    expect(own({ ...invoice(1, 'DEPOSEE', 1), number: `${number}1` })).toBeUndefined();
    expect(own(invoice(1, 'INTERPRETEE_OCR', 1))).toBeUndefined();
  });
});
