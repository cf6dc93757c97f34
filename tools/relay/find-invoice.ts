/** The one invoice that a person names by its number. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { Language } from '../../shared/invoice/spoken.ts';
import { Failure } from '../command-line/command.ts';
import { readLedger, warnOfUnreadable } from './read-ledger.ts';

export const noSuchInvoice = { code: 4, about: 'there is no invoice with this number' } as const;

interface Named {
  table: string;
  connection: string;
  /** The invoice's number, or its subject. */
  number: string;
  language: Language;
}

/** @throws Failure if there is none, or if several have the number */
export async function invoiceNamed(
  client: DynamoDBClient,
  { table, connection, number, language }: Named,
): Promise<LedgerRecord> {
  const found: LedgerRecord[] = [];
  for await (const { records, unreadable } of readLedger(client, { table, connection })) {
    warnOfUnreadable(unreadable, language);
    found.push(...records.filter((record) => [record.number, record.subject].includes(number)));
  }
  const [only, other] = found;
  if (!only)
    throw new Failure(
      {
        fr: `Il n’y a pas de facture ${number} dans le registre.`,
        en: `There is no invoice ${number} in the ledger.`,
      },
      { exitCode: noSuchInvoice.code },
    );
  if (other) {
    const subjects = found.map(({ subject }) => subject).join('\n');
    throw new Failure({
      fr: `Plusieurs portent ce numéro : nommez l’une d’elles.\n${subjects}`,
      en: `Several have this number: name one of them.\n${subjects}`,
    });
  }
  return only;
}
