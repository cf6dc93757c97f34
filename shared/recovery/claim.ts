/** What can be claimed of a recipient for a late payment, with everything that the letter says of it. */
import { issuerOf, supplierOf } from '../connection/apply-settings.ts';
import type { Letterhead } from '../connection/letterhead.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { meaningOf } from '../chorus-pro/statuses.ts';
import type { Recipient } from '../chorus-pro/structures.ts';
import { inCents, sum } from '../invoice/amounts.ts';
import type { Said } from '../invoice/spoken.ts';
import type { RecordView } from '../ledger/record.ts';
import { bearsInterest, type Interest, interestOf } from '../tracking/interest.ts';
import { paymentTermOf } from '../tracking/lateness.ts';

/** Days are ISO, amounts decimal strings in euros. */
export interface Claim {
  /** The day of the letter. */
  on: string;
  supplier: Pick<Letterhead, 'address' | 'legalNotice'> & { siret: string; name: string };
  recipient: Pick<Recipient, 'siret' | 'name' | 'address'>;
  invoice: {
    number: string;
    issueDate: string;
    chorusProId?: number | undefined;
    contract?: string | undefined;
    commitment?: string | undefined;
    totalWithVat?: string | undefined;
    amountDue: string;
  };
  dueDate: string;
  /** Nobody said what kind of body it is: the term may have been shorter. */
  isLongestTerm: boolean;
  /** The recipient has asked the supplier for something since. */
  waitsForSupplier: boolean;
  /** Absent: it is not paid. */
  paidOn?: string | undefined;
  interest: Interest & Required<Pick<Interest, 'run'>>;
  /** The interest and the indemnity. */
  total: string;
}

/** Why nothing can be claimed. */
export const noClaims = {
  'not-late': {
    fr: 'rien à réclamer, car aucun retard de paiement n’a été constaté',
    en: 'nothing to claim: the payment was not found to be late',
  },
  'no-interest': {
    fr: 'rien à réclamer, car c’est un avoir, le net à payer est nul, ou la facture n’est pas en euros',
    en: 'nothing to claim: it is a credit note, nothing is due, or the invoice is not in euros',
  },
  'no-rate': {
    fr: 'le relais ne connaît pas le taux de la BCE pour le semestre où les intérêts ont commencé à courir : docs/fr/procedures/alarmes/interest-rates-end.md',
    en: 'the relay does not know the ECB’s rate for the half-year in which the interest began to run: docs/runbooks/alarms/interest-rates-end.md',
  },
} as const satisfies Record<string, Said>;

export type NoClaim = keyof typeof noClaims;

interface About {
  settings: ConnectionSettings;
  /** As the directory's cache has it. */
  recipient?: Pick<Recipient, 'name' | 'address'> | undefined;
  /** ISO, in Paris's calendar. */
  today: string;
}

/** @returns the claim, or why there is none */
export function claimOf(record: RecordView, { settings, recipient, today }: About): Claim | NoClaim {
  const { number, issueDate, type, amount, currency, supplier, recipient: siret, paymentDue: dueDate } = record;
  if (type === undefined || amount === undefined || currency === undefined) return 'not-late';
  if (!bearsInterest({ type, amount, currency })) return 'no-interest';
  const interest = interestOf(record, today);
  if (!interest || number === undefined || issueDate === undefined || dueDate === undefined) return 'not-late';
  if (supplier === undefined || siret === undefined) return 'not-late';
  const { run, indemnity } = interest;
  if (!run) return 'no-rate';
  const { chorusProId, totalWithVat, corrected, paidLateOn, status } = record;
  return {
    on: today,
    supplier: { siret: supplier, ...headOf(settings, supplier) },
    recipient: { siret, name: recipient?.name, address: recipient?.address },
    invoice: {
      ...{ number, issueDate, chorusProId, totalWithVat, amountDue: amount },
      contract: corrected?.contract ?? record.contract,
      commitment: corrected?.commitment ?? record.commitment,
    },
    ...{ dueDate, isLongestTerm: paymentTermOf(settings, siret).isLongest, paidOn: paidLateOn },
    waitsForSupplier: status !== undefined && meaningOf(status.code).actor === 'supplier',
    interest: { ...interest, run },
    total: inCents(sum([run.amount, indemnity])),
  };
}

/** The letter's head. A supplier that has left the settings has its SIRET alone. */
function headOf(
  settings: ConnectionSettings,
  siret: string,
): Pick<Letterhead, 'address' | 'legalNotice'> & { name: string } {
  const issuer = issuerOf(settings, siret);
  const found = issuer && supplierOf(settings, issuer);
  if (!issuer || !found || 'reason' in found) return { name: siret };
  const { legalName = issuer.company, address, legalNotice } = found.letterhead;
  return { name: legalName, address, legalNotice };
}
