/** `npx relay restore verify` and `apply`: what docs/runbooks/restore.md does with a restored ledger. */
import { aboutAws, command, common, flag, option, textOption, WrongUsage } from '../command-line/command.ts';
import { progressOn, textTable } from '../command-line/terminal.ts';
import * as z from 'zod';
import { ledgerTable } from './read-ledger.ts';
import { applyRestored, verifyRestored, type Applied, type Verified } from './restored-table.ts';
import { awsFor, chosenStage } from './targets.ts';

export function spokenVerified({ records, commands, missingDocuments, unknownCommands }: Verified): string {
  const missing = textTable(
    [
      { head: 'invoice', of: ({ subject }: Verified['missingDocuments'][number]) => subject },
      { head: 'not in the store', of: ({ key }) => key },
    ],
    missingDocuments,
  );
  const unknown = textTable(
    [
      { head: 'received', of: ({ receivedAt }: Verified['unknownCommands'][number]) => receivedAt },
      { head: 'command', of: ({ key }) => key },
    ],
    unknownCommands,
  );
  return [
    `${records} records, ${commands} commands in the store.`,
    ...(missingDocuments.length > 0 ? ['', ...missing] : ['Every record has its documents.']),
    ...(unknownCommands.length > 0
      ? [
          '',
          `${unknownCommands.length} commands that the table does not know: they came after it was taken.`,
          ...unknown,
        ]
      : ['Every command is known to the table.']),
  ].join('\n');
}

export const verify = command({
  about: `Compares a restored ledger with the document store: is every document of every invoice there, and which commands came
in after the moment to which the table was restored? It only reads. docs/runbooks/restore.md says what to do next.`,
  takes: {
    table: textOption('T', 'the restored table'),
    bucket: textOption('B', 'the document store'),
    local: flag('the relay of "npx relay local": its table and bucket, unless others are named'),
    json: common.json,
  },
  notes: aboutAws,
  exitCodes: { 0: 'the table is whole', 1: 'something is missing' },
  run: async ({ json, local, ...asked }) => {
    const { endpoints, dynamodb, s3 } = await awsFor({ local });
    const { table = endpoints?.table, bucket = endpoints?.bucket } = asked;
    if (table === undefined || bucket === undefined)
      throw new WrongUsage(`--${table === undefined ? 'table' : 'bucket'} is missing`);
    const progress = progressOn(process.stderr);
    const onRead = (read: number) => progress.update(`${read} read`);
    const verified = await verifyRestored({ dynamodb: dynamodb(), s3: s3(), table, bucket }, onRead);
    progress.clear();
    console.log(json ? JSON.stringify(verified, undefined, 2) : spokenVerified(verified));
    return verified.missingDocuments.length === 0 ? 0 : 1;
  },
});

const spokenApplied = ({ put, left, unreadable }: Applied, dryRun: boolean): string =>
  [
    `${put} ${dryRun ? 'would be put back' : 'put back'}, ${left} left as they are in the ledger.`,
    ...unreadable.map((pk) => `cannot be read in the restored table: ${pk}`),
  ].join('\n');

export const apply = command({
  about: `Copies items of a restored table into the ledger: each item that is missing there, or cannot be read there. An item
that can be read is left as it is, unless the restored one is of a later version. docs/runbooks/restore.md says when.`,
  takes: {
    table: option('T', z.string(), 'the restored table'),
    'dry-run': flag('count, and write nothing'),
    stage: common.stage,
    local: flag('the ledger of "npx relay local"'),
    json: flag('the counts as JSON'),
  },
  notes: aboutAws,
  exitCodes: { 0: 'done', 1: 'the restored table has items that cannot be read' },
  run: async ({ table: restored, stage, local, json, 'dry-run': dryRun }) => {
    const { endpoints, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const ledger = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage)));
    if (restored === ledger) throw new WrongUsage(`${restored} is the ledger itself`);
    const progress = progressOn(process.stderr);
    const onRead = (read: number) => progress.update(`${read} read`);
    const applied = await applyRestored(client, { restored, ledger, dryRun }, onRead);
    progress.clear();
    client.destroy();
    console.log(json ? JSON.stringify(applied, undefined, 2) : spokenApplied(applied, dryRun));
    return applied.unreadable.length === 0 ? 0 : 1;
  },
});
