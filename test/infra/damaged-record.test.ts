import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { damageRecord, isDamaged, repairRecord } from '../../tools/relay/damaged-record.ts';
import { claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, ledgerName } from './operator-fixture.ts';

async function damaging() {
  const { cloud, ledger } = await cloudWithLedger();
  const { dynamodb, destroy } = localClients({ ...cloud, accessKeyId: 'operator' });
  onTestFinished(destroy);
  const written = claim(draft({}));
  const place = { table: ledgerName, pk: written.record.pk };
  return { ledger, written, dynamodb, place };
}

test('a record that was damaged, even twice, becomes what it was', async () => {
  const { ledger, written, dynamodb, place } = await damaging();
  await ledger.write(written);
  const before = await ledger.get(place.pk);
  await damageRecord(dynamodb, place);
  await damageRecord(dynamodb, place);
  await expect(ledger.get(place.pk)).rejects.toThrow();
  expect(await isDamaged(dynamodb, place)).toBe(true);
  await repairRecord(dynamodb, place);
  expect(await isDamaged(dynamodb, place)).toBe(false);
  expect(before).toBeDefined();
  expect(await ledger.get(place.pk)).toEqual(before);
});

test('of an invoice that had not been sent nothing is left, and a whole record stays', async () => {
  const { ledger, written, dynamodb, place } = await damaging();
  await damageRecord(dynamodb, place);
  await repairRecord(dynamodb, place);
  expect(await ledger.get(place.pk)).toBeUndefined();
  await ledger.write(written);
  await repairRecord(dynamodb, place);
  expect(await ledger.get(place.pk)).toEqual(written.record);
});
