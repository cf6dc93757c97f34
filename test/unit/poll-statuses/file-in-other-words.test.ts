import { describe, expect, it } from 'vitest';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { codesOf, paths, recordOf, told } from '../submit-invoice/scenario.ts';

const number = 'F-2026-0001';
const command = (xml: string) => {
  const content = Buffer.from(xml).toString('base64');
  return submitCommand({ command: { document: { name: `${number}.xml`, content, format: 'cii' } } });
};

it('a file whose first deposit was turned away after it took effect is not told rejected', async () => {
  const world = relay();
  world.faults.add({ kind: 'unauthorized', path: paths.flux, strikes: 'after', count: 1 });
  await world.submit(command(cii({ number })));
  for (let poll = 0; poll < 60 * 4; poll += 1) {
    world.advance(15);
    await world.poll();
  }
  expect(told(world)).not.toContain('rejected');
  expect(Object.values(world.model.effects.invoices)).toEqual([1]);
  expect((await recordOf(world)).state).not.toBe('rejected');
});

describe('a file that says otherwise than its command', () => {
  it.each([
    ['another recipient', cii({ number, recipient: '35600000000048' }), 'invoice.recipient.siret'],
    ['another currency', cii({ number }).replaceAll('>EUR<', '>USD<'), 'invoice.currency'],
    ['another date', cii({ number }).replaceAll('20261120', '20251120'), 'invoice.issueDate'],
  ])('(%s) is refused before it is deposited', async (_what, xml, path) => {
    const world = relay();
    await world.submit(command(xml));
    const record = await recordOf(world);
    // VAT in a currency that is not the invoice’s is no total of VAT.
    expect(codesOf(record)[0]).toBe('file-differs');
    expect(record.reasons?.[0]?.path).toBe(path);
    expect(world.model.effects.calls[paths.flux]).toBeUndefined();
  });
});
