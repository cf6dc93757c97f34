/** The terms of an invoice as they are printed: in French, each with its label. */
import Big from 'big.js';
import { canonical, deductionBase, frenchAmount, frenchDate, frenchNumber, inCents } from '../../invoice/amounts.ts';
import { spacedSiret } from '../../invoice/french.ts';
import { isInvoiceFramework, type InvoiceFramework } from '../../invoice/frameworks.ts';
import type { CompleteInvoice } from '../../invoice/terms.ts';
import { kinds, worksDocuments } from '../../works/documents.ts';
import { mentions, type InvoiceToMake } from './invoice-to-make.ts';

type Totals = CompleteInvoice['totals'];

/** With plain spaces: a narrow column may break it. */
export const siretOf = (siret: string): string => spacedSiret(siret).replaceAll('\u00a0', ' ');
export const ibanOf = (iban: string): string => iban.replace(/(.{4})/g, '$1 ').trim();

/** As many decimals as are needed: "46.750" is "46,75". */
export const plain = (number: string): string => frenchNumber(canonical(number));
/** Two decimals at least: a price may have up to six. */
export const price = (amount: string): string =>
  frenchNumber((canonical(amount).split('.')[1]?.length ?? 0) > 2 ? canonical(amount) : inCents(amount));
const rateOf = (rate: string): string => `${plain(rate)} %`;

export const titles = { invoice: 'Facture', 'credit-note': 'Avoir' } as const;
export const amountDue = { invoice: 'Net à payer', 'credit-note': 'Net à déduire' } as const;

const frameworks = {
  A1: undefined,
  A2: 'A2 – Facture déjà payée',
  A9: 'A9 – Facture de sous-traitant',
  A12: 'A12 – Facture de cotraitant',
} as const satisfies Record<InvoiceFramework, string | undefined>;

/** "A4 – Projet de décompte mensuel". */
const frameworkLabel = (framework: CompleteInvoice['framework']): string | undefined => {
  if (isInvoiceFramework(framework)) return frameworks[framework];
  const { fr } = kinds[worksDocuments[framework].kind];
  return `${framework} – ${fr.charAt(0).toUpperCase()}${fr.slice(1)}`;
};

export const means = {
  'credit-transfer': 'Virement',
  'direct-debit': 'Prélèvement',
  cheque: 'Chèque',
  cash: 'Espèces',
  'carried-over': 'Report',
  other: 'Autre moyen de paiement',
} as const satisfies Record<NonNullable<CompleteInvoice['payment']>['means'], string>;

/** What is said of the VAT. */
export const regimeOf = ({ vatRegime, exemptionReason = '' }: CompleteInvoice): string | undefined =>
  ({
    'on-debits': `${mentions.onDebits.value}.`,
    'on-receipts': undefined,
    exempt: `Exonération de TVA : ${exemptionReason}.`,
    'reverse-charge': `${mentions.reverseCharge.value}.`,
    none: 'Opération non soumise à la TVA.',
  })[vatRegime];

const untaxed: Readonly<Partial<Record<CompleteInvoice['vatRegime'], string>>> = {
  exempt: 'Exonérée',
  'reverse-charge': mentions.reverseCharge.value,
  none: 'Non soumise',
};

/** The VAT of a line or of a base: its rate, or why it has none. */
export const vatAt = (rate: string, regime: CompleteInvoice['vatRegime']): string => untaxed[regime] ?? rateOf(rate);

/** @returns how long the recipient has to pay, in words */
export function paymentTerms({ invoice, paymentDays }: Pick<InvoiceToMake, 'invoice' | 'paymentDays'>): string {
  if (invoice.type === 'credit-note') return 'Avoir.';
  if (Big(invoice.totals.due).lte(0)) return 'Facture déjà payée.';
  return paymentDays === undefined
    ? 'Paiement dans le délai prévu par le code de la commande publique.'
    : `Paiement à ${paymentDays} jours à compter de la réception de la facture.`;
}

/** A label and what it stands for, if it is there. */
type Entry = [label: string, value: string | undefined];

export const given = (entries: readonly Entry[]): [string, string][] =>
  entries.flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]));

export const referencesOf = ({ invoice, validatorName }: InvoiceToMake): [string, string][] => {
  const { commitment, contract, recipient, validator, precedingInvoice, precedingInvoiceDate, framework } = invoice;
  const { deliveryDate, period } = invoice;
  const dated = precedingInvoiceDate ? ` du ${frenchDate(precedingInvoiceDate)}` : '';
  return given([
    ['Numéro d’engagement', commitment],
    ['Numéro de marché', contract],
    ['Code service', recipient.service],
    ['Facture d’origine', precedingInvoice && `${precedingInvoice}${dated}`],
    ['Date de la prestation', deliveryDate && frenchDate(deliveryDate)],
    ['Période', period && `du ${frenchDate(period.start)} au ${frenchDate(period.end)}`],
    ['Cadre de facturation', frameworkLabel(framework)],
    ['Valideur', validator && [validatorName, `SIRET ${siretOf(validator.siret)}`].filter(Boolean).join(', ')],
    ['Service du valideur', validator?.service],
  ]);
};

function deductionName(deduction: NonNullable<Totals['deductions']>[number], totals: Totals, currency: string): string {
  const { name, rate, previous, releaseDate } = deduction;
  const already = previous ? `, ${frenchAmount(inCents(previous), currency)} déjà déduits` : '';
  const base = frenchAmount(inCents(deductionBase(deduction, totals)), currency);
  const origin = rate === undefined ? '' : ` (${rateOf(rate)} de ${base}${already})`;
  return `${name}${origin}${releaseDate ? `, à libérer le ${frenchDate(releaseDate)}` : ''}`;
}

const lowered = (amount: string): string => inCents(Big(amount).neg());

export function totalsOf({ totals, lines, vatBreakdown, currency }: CompleteInvoice): [string, string][] {
  const discounts = vatBreakdown.flatMap(({ discount }) => discount ?? []).filter(({ amount }) => !Big(amount).eq(0));
  const net = lines.reduce((sum, line) => sum.plus(line.net), Big(0));
  const all: [string, string][] = [
    ...(discounts.length > 0 ? [['Total des lignes HT', inCents(net)] satisfies [string, string]] : []),
    ...discounts.map(({ amount, reason }): [string, string] => [`Remise HT : ${reason}`, lowered(amount)]),
    ['Total HT', inCents(totals.taxExclusive)],
    ['Total TVA', inCents(totals.vat)],
    ['Total TTC', inCents(totals.taxInclusive)],
    ...(totals.discount
      ? [[`Remise : ${totals.discount.reason}`, lowered(totals.discount.amount)] satisfies [string, string]]
      : []),
    ...(totals.paid && !Big(totals.paid).eq(0) ? [['Déjà payé', lowered(totals.paid)] satisfies [string, string]] : []),
    ...(totals.deductions ?? []).map((one): [string, string] => [
      deductionName(one, totals, currency),
      lowered(one.amount),
    ]),
  ];
  return all.map(([label, amount]) => [label, frenchAmount(amount, currency)]);
}
