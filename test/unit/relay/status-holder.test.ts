import { expect, it } from 'vitest';
import { holderOf } from '../../../shared/lists/status-explained.ts';
import { rows } from './status-fixture.ts';

it('says who has an invoice: nobody once it was refused', async () => {
  const all = await rows();
  expect(Object.fromEntries(all.map((row) => [row.number, holderOf(row)?.fr]))).toEqual({
    'F-ON-ITS-WAY': 'le destinataire',
    'F-SUSPENDED': 'vous',
    'F-REFUSED': undefined,
  });
});
