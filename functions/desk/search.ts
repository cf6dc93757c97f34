/** What a search finds: an amount, a contract, a commitment, or any words that the list shows. */
import Big from 'big.js';
import { isWanted } from '../../shared/lists/status-wanted.ts';
import type { ListedRow } from './pages/invoice-lists.ts';

/** « 1 200,00 € » or 1200.00: an amount as anybody types it. */
function amountIn(text: string): Big | undefined {
  const plain = text.replaceAll(/[\s€]|EUR/g, '').replace(',', '.');
  return /^-?\d{1,12}(\.\d{1,2})?$/.test(plain) ? Big(plain) : undefined;
}

const isPart = (text: string, of = ''): boolean => of.toLowerCase().includes(text.trim().toLowerCase());

export function isFound(row: ListedRow, text: string): boolean {
  const { amount, totalWithVat, contract, commitment } = row;
  const sought = amountIn(text);
  const isAmount = (one: string | undefined) =>
    sought !== undefined && one !== undefined && Big(one).abs().eq(sought.abs());
  return (
    isAmount(amount) ||
    isAmount(totalWithVat) ||
    isPart(text, contract) ||
    isPart(text, commitment) ||
    isWanted(row, { text })
  );
}
