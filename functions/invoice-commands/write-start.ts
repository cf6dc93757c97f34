import { isDeepStrictEqual } from 'node:util';
import { type InvoiceInChorusPro, isInChorusPro } from '../../shared/ledger/record.ts';
import type { Write } from '../../shared/ledger/transition.ts';
import type { CommandCase, CommandDependencies } from './plan.ts';

/**
 * Writes the ledger BEFORE Chorus Pro is asked to change anything. If a poll has noted a status since the record was
 * read, it writes beside that: what was uploaded would be lost otherwise.
 * @returns undefined if another attempt or command has written meanwhile
 */
export async function writeStart<Started extends Write>(
  { record }: CommandCase,
  start: (record: InvoiceInChorusPro) => Started,
  { ledger }: CommandDependencies,
): Promise<Started['record'] | undefined> {
  const started = start(record);
  if ((await ledger.write(started)) !== 'conflict') return started.record;
  const current = await ledger.get(record.pk);
  if (!current || !isInChorusPro(current) || !isDeepStrictEqual(commandsOf(current), commandsOf(record)))
    return undefined;
  const again = start(current);
  return (await ledger.write(again)) === 'conflict' ? undefined : again.record;
}

const commandsOf = ({ pendingCommand, unansweredCommands, endedCommands }: InvoiceInChorusPro) => [
  pendingCommand,
  unansweredCommands,
  endedCommands,
];
