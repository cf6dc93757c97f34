import Big from 'big.js';

/** Amounts travel as decimal strings ("1250.40", euros unless the currency says otherwise) and are never floats. */
export type Decimal = string;

export const sum = (amounts: readonly Decimal[]): Big => amounts.reduce((total, amount) => total.plus(amount), Big(0));

/** Half away from zero, on invoices and credit notes alike: 48250.355 → 48250.36. */
export const toCent = (amount: Big): Big => amount.round(2, Big.roundHalfUp);

export const lineNet = (line: { quantity: Decimal; unitPrice: Decimal; discount?: Decimal | undefined }): Big =>
  toCent(
    Big(line.quantity)
      .times(line.unitPrice)
      .minus(line.discount ?? 0),
  );

export const vatOf = (base: Decimal, ratePercent: Decimal): Big => toCent(Big(base).times(ratePercent).div(100));

/** "1250.4" → "1250.40": what a person reads and what two ERPs would spell alike. */
export const inCents = (amount: Big | Decimal): Decimal => Big(amount).toFixed(2);

/** Two spellings of one number ("20", "20.0") are one VAT rate. */
export const canonical = (amount: Decimal): Decimal => Big(amount).toFixed();
