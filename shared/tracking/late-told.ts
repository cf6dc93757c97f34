/** How the ERP is told that a payment is late, or was: by how many days, and what that is worth. */
import { parisDay } from '../chorus-pro/dates.ts';
import { frenchAmount, frenchDate, frenchNumber } from '../invoice/amounts.ts';
import type { InvoiceInChorusPro } from '../ledger/record.ts';
import type { Told } from '../ledger/transition.ts';
import { type Interest, interestOn } from './interest.ts';
import { daysBetween, type LatePayment } from './lateness.ts';

type Owed = Pick<InvoiceInChorusPro, 'type' | 'amount' | 'currency'>;

type Due = Omit<LatePayment, 'paidOn'>;

const termOf = ({ dueDate, isLongest }: Due): { fr: string; en: string } =>
  isLongest
    ? {
        fr: `le plus long délai légal de paiement, qui expirait le ${frenchDate(dueDate)}`,
        en: `the longest legal payment term, which ended on ${dueDate}`,
      }
    : { fr: `l’échéance légale du ${frenchDate(dueDate)}`, en: `the legal due date of ${dueDate}` };

const spokenDays = (days: number): { fr: string; en: string } => ({
  fr: `${days} ${days < 2 ? 'jour' : 'jours'}`,
  en: `${days} ${days === 1 ? 'day' : 'days'}`,
});

type Late = NonNullable<Told['late']>;

const dataOf = ({ since, until, indemnity, run }: Interest): Late['interest'] => ({
  ...{ since, until, indemnity },
  ...(run ? { rate: run.rate.total, amount: run.amount, perDay: run.perDay } : {}),
});

/** @param until ISO: the day of the payment, or today */
function lateOf(owed: Owed, { dueDate, until }: { dueDate: string; until: string }): Late {
  const interest = interestOn({ ...owed, dueDate }, until);
  return { dueDate, days: daysBetween(dueDate, until), ...(interest ? { interest: dataOf(interest) } : {}) };
}

const notInEuros = {
  fr: ' Les intérêts moratoires ne sont pas calculés : la facture n’est pas en euros.',
  en: ' No interest is counted: the invoice is not in euros.',
};

/** What the lateness is worth, as the last sentence of a message. */
function worthOf(owed: Owed, { interest }: Late, isOver: boolean): { fr: string; en: string } {
  if (!interest) return owed.currency === 'EUR' ? { fr: '', en: '' } : notInEuros;
  const { rate, amount, indemnity } = interest;
  const lump = { fr: frenchAmount(indemnity, owed.currency), en: `${indemnity} ${owed.currency}` };
  if (rate === undefined || amount === undefined)
    return {
      fr: ` Indemnité forfaitaire : ${lump.fr} ; le taux des intérêts moratoires de ce semestre n’est pas connu du relais.`,
      en: ` Fixed indemnity: ${lump.en}; the relay does not know the interest rate of that half-year.`,
    };
  return {
    fr: ` Intérêts moratoires ${isOver ? 'dus' : 'à ce jour'} : ${frenchAmount(amount, owed.currency)} (${frenchNumber(rate)}\u00a0% l’an), et ${lump.fr} d’indemnité forfaitaire.`,
    en: ` Interest ${isOver ? 'owed' : 'so far'}: ${amount} ${owed.currency} (${rate} % a year), and a fixed indemnity of ${lump.en}.`,
  };
}

/** The event for an invoice that is late, and not paid. */
export function lateTold(owed: Owed, due: Due, now: Date): Told {
  const late = lateOf(owed, { dueDate: due.dueDate, until: parisDay(now) });
  const [days, term, worth] = [spokenDays(late.days), termOf(due), worthOf(owed, late, false)];
  const { amount, currency } = owed;
  return {
    type: 'late',
    late,
    message: {
      fr: `Facture non payée ${days.fr} après ${term.fr} : ${frenchAmount(amount, currency)}.${worth.fr}`,
      en: `Not paid ${days.en} after ${term.en}: ${amount} ${currency}.${worth.en}`,
    },
  };
}

export interface PaidLateTold {
  late: Late;
  /** What is added to the message. */
  more: { fr: string; en: string };
}

/** What the event of a payment says of its lateness. */
export function paidLateTold(owed: Owed, due: LatePayment): PaidLateTold {
  const late = lateOf(owed, { dueDate: due.dueDate, until: due.paidOn });
  const [days, term, worth] = [spokenDays(late.days), termOf(due), worthOf(owed, late, true)];
  return {
    late,
    more: { fr: ` Payée ${days.fr} après ${term.fr}.${worth.fr}`, en: ` Paid ${days.en} after ${term.en}.${worth.en}` },
  };
}
