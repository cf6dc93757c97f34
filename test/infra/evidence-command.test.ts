import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { localClients } from '../../tools/local-cloud/clients.ts';
import { claim, draft } from '../unit/ledger/records.ts';
import { cloudWithLedger, runOperator } from './operator-fixture.ts';

const BucketName = 'chorus-relay-qualification-data-documents-f00';

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test('the evidence of an invoice is one file, which says what is missing, and shows if it was changed', async () => {
  const folder = folderOfTest();
  const out = join(folder, 'evidence.zip');
  const { cloud, ledger } = await cloudWithLedger({
    documents: { Type: 'AWS::S3::Bucket', Properties: { BucketName } },
  });
  const { s3, destroy } = localClients({ ...cloud, accessKeyId: 'relay' });
  onTestFinished(destroy);
  const { record } = claim(draft({ documents: [{ name: 'F-1.pdf', sha256: 'f'.repeat(64) }] }));
  await ledger.write(claim(draft({ documents: record.documents })));
  await s3.send(
    new PutObjectCommand({ Bucket: BucketName, Key: record.commandKey, Body: '{"type":"invoice.submit"}' }),
  );

  const made = await runOperator('evidence', ['example', 'F-1', '--out', out, '--language', 'fr'], cloud);
  expect([made.code, made.output]).toEqual([0, expect.stringContaining('Manque : pieces/01 F-1.pdf')]);
  expect(made.output).toContain(`${out} : 3 fichiers et leur manifeste.`);
  const seal = /Sceau : (\S+)/.exec(made.output)?.[1] ?? '';

  const whole = await runOperator('evidence', ['--verify', out, '--seal', seal]);
  const said = /, made on \d{4}-\d\d-\d\d \d\d:\d\d \(Paris time\): 3 files, all whole/;
  expect([whole.code, whole.output]).toEqual([0, expect.stringMatching(said)]);
  const other = await runOperator('evidence', ['--verify', out, '--seal', '0'.repeat(64), '--json']);
  expect([other.code, other.output]).toEqual([5, expect.stringContaining('"faults":[{"code":"seal"}]')]);

  const changed = join(folder, 'changed.zip');
  writeFileSync(changed, readFileSync(out, 'latin1').replace('invoice.submit', 'invoice.sabmit'), 'latin1');
  const found = await runOperator('evidence', ['--verify', changed, '--language', 'fr']);
  expect([found.code, found.output.trim()]).toEqual([5, 'commande.json : fichier modifié']);

  const again = await runOperator('evidence', ['example', 'F-1', '--out', out], cloud);
  expect([again.code, again.output]).toEqual([1, expect.stringContaining('is there already')]);
  const json = await runOperator('evidence', ['example', 'F-1', '--out', join(folder, 'b.zip'), '--json'], cloud);
  expect(JSON.parse(json.output)).toMatchObject({ missing: [{ path: 'pieces/01 F-1.pdf', why: 'gone' }] });
});

test('what it cannot find, it says', async () => {
  const { cloud } = await cloudWithLedger({ documents: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } });
  expect((await runOperator('evidence', ['example', 'F-9'], cloud)).code).toBe(4);
  expect((await runOperator('evidence', ['example'], cloud)).code).toBe(2);
  const file = join(folderOfTest(), 'none.zip');
  const unread = await runOperator('evidence', ['--verify', file]);
  expect([unread.code, unread.output]).toEqual([1, expect.stringContaining('cannot be read')]);
});
