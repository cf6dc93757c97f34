/** An invoice of a command in the terms of EN 16931. */
import Big from 'big.js';
import { canonical, inCents, sentComment, sum } from '../../invoice/amounts.ts';
import { sirenOf } from '../../invoice/fields.ts';
import type { Profile } from '../../invoice/submit-command.ts';
import type { CompleteInvoice } from '../../invoice/terms.ts';
import { isWorksFramework } from '../../works/documents.ts';
import { frameworkIn, meansCodes, regimeCodes, schemes } from '../command-codes.ts';
import { groupNames, termNames, type GroupName, type Term, type Values } from '../terms.ts';
import { mentions, type Address, type InvoiceToMake } from './invoice-to-make.ts';
import { paymentTerms } from './printed-terms.ts';
import { one, unitCode } from './unit-codes.ts';

type Line = CompleteInvoice['lines'][number];

interface Untaxed {
  category: string;
  reason: (invoice: CompleteInvoice) => Values;
}

/** Why there is no VAT, by regime. */
const untaxed: Readonly<Partial<Record<CompleteInvoice['vatRegime'], Untaxed>>> = {
  exempt: { category: 'E', reason: ({ exemptionReason = '' }) => ({ 'BT-120': [`Exonération : ${exemptionReason}`] }) },
  'reverse-charge': {
    category: 'AE',
    reason: () => ({ 'BT-120': [mentions.reverseCharge.value], 'BT-121': ['VATEX-EU-AE'] }),
  },
  none: { category: 'O', reason: () => ({ 'BT-120': ['Opération non soumise à la TVA'], 'BT-121': ['VATEX-EU-O'] }) },
};

/** The category of VAT at a rate; what is not subject to VAT has no rate. */
function vatAt(rate: string, invoice: CompleteInvoice): { category: string; rate: string[] } {
  const { category = Big(rate).eq(0) ? 'Z' : 'S' } = untaxed[invoice.vatRegime] ?? {};
  return { category, rate: category === 'O' ? [] : [category === 'S' ? canonical(rate) : '0'] };
}

/** An allowance, or a charge if its amount is negative. */
const asAllowance = (amount: string): { isCharge: boolean; amount: string } => ({
  isCharge: Big(amount).lt(0),
  amount: inCents(Big(amount).abs()),
});

function lineOf(line: Line, invoice: CompleteInvoice): Values {
  const code = line.unit === undefined ? one : unitCode(line.unit);
  // A price is never negative: what is taken back has a negative quantity.
  const isBack = Big(line.unitPrice).lt(0);
  const { category, rate } = vatAt(line.vatRate, invoice);
  const discount = asAllowance(line.discount ?? '0');
  return filled({
    'BT-126': String(line.number),
    'BT-153': line.name,
    'BT-154': code === undefined && line.unit ? `Unité : ${line.unit}` : undefined,
    'BT-155': line.reference,
    'BT-129': isBack ? Big(line.quantity).neg().toFixed() : line.quantity,
    'BT-130': code ?? one,
    'BT-146': isBack ? line.unitPrice.slice(1) : line.unitPrice,
    'BT-131': inCents(line.net),
    'BT-151': category,
    'BT-152': rate,
    ...discountOf(discount),
  });
}

function discountOf({ isCharge, amount }: ReturnType<typeof asAllowance>): Values {
  if (Big(amount).eq(0)) return {};
  return isCharge
    ? { 'BG-28': [{ 'BT-141': [amount], 'BT-144': ['Majoration'] }] }
    : { 'BG-27': [{ 'BT-136': [amount], 'BT-139': ['Remise'] }] };
}

/** Discounts before VAT, by rate. */
function documentDiscounts(invoice: CompleteInvoice): { allowances: Values[]; charges: Values[] } {
  const all = invoice.vatBreakdown.flatMap(({ rate: stated, discount }) => {
    if (!discount || Big(discount.amount).eq(0)) return [];
    const { category, rate } = vatAt(stated, invoice);
    return [{ ...asAllowance(discount.amount), reason: discount.reason, category, rate }];
  });
  return {
    allowances: all
      .filter(({ isCharge }) => !isCharge)
      .map(({ amount, reason, category, rate }) =>
        filled({ 'BT-92': amount, 'BT-97': reason, 'BT-95': category, 'BT-96': rate }),
      ),
    charges: all
      .filter(({ isCharge }) => isCharge)
      .map(({ amount, reason, category, rate }) =>
        filled({ 'BT-99': amount, 'BT-104': reason, 'BT-102': category, 'BT-103': rate }),
      ),
  };
}

function breakdownOf(invoice: CompleteInvoice): Values[] {
  const none = untaxed[invoice.vatRegime];
  const { taxExclusive } = invoice.totals;
  if (none || invoice.vatBreakdown.length === 0) {
    const { category, rate } = vatAt('0', invoice);
    const [base, reason] = [inCents(taxExclusive), none?.reason(invoice) ?? {}];
    return [filled({ 'BT-116': base, 'BT-117': '0.00', 'BT-118': category, 'BT-119': rate, ...reason })];
  }
  const billed = new Set(invoice.lines.map(({ vatRate }) => canonical(vatRate)));
  return invoice.vatBreakdown
    .filter(({ rate, base }) => billed.has(canonical(rate)) || !Big(base).eq(0))
    .map(({ rate: stated, base, amount }) => {
      const { category, rate } = vatAt(stated, invoice);
      const [taxed, vat] = [inCents(base), inCents(amount)];
      return filled({ 'BT-116': taxed, 'BT-117': vat, 'BT-118': category, 'BT-119': rate });
    });
}

/** An advance was paid: what is repaid of it lowers what is due, as any payment does. */
const paidBefore = ({ totals, framework }: CompleteInvoice): Big => {
  if (isWorksFramework(framework)) return Big(totals.taxInclusive).minus(totals.due);
  return sum([
    totals.paid ?? '0',
    ...(totals.deductions ?? []).filter(({ kind }) => kind === 'advance-repayment').map(({ amount }) => amount),
  ]);
};

interface Bilingual {
  fr: string;
  en: string;
}

/** What an invoice has and EN 16931 has no term for. Such an invoice is not made as an e-invoice. */
export function withoutTerm({ totals, validator }: Pick<CompleteInvoice, 'totals' | 'validator'>): Bilingual[] {
  const kept = (totals.deductions ?? []).filter(
    ({ kind, amount }) => kind !== 'advance-repayment' && !Big(amount).eq(0),
  );
  return [
    ...kept.map(({ name }) => ({ fr: name, en: name })),
    ...(totals.discount && !Big(totals.discount.amount).eq(0)
      ? [{ fr: 'une remise sur le total TTC', en: 'a discount on the total with VAT' }]
      : []),
    ...(validator?.service === undefined ? [] : [{ fr: 'le service du valideur', en: 'the validator’s service' }]),
  ];
}

interface Filling
  extends Partial<Record<Term, string | string[] | undefined>>, Partial<Record<GroupName, Values[] | undefined>> {}

/** What is not given is not there. */
function filled(given: Filling): Values {
  const values: Values = {};
  for (const name of termNames) {
    const value = given[name];
    if (value !== undefined && value.length > 0) values[name] = typeof value === 'string' ? [value] : value;
  }
  for (const group of groupNames) {
    const list = given[group];
    if (list && list.length > 0) values[group] = list;
  }
  return values;
}

type AddressTerms = readonly [one: Term, two: Term, three: Term, city: Term, postcode: Term];

const addressOf = (
  [one, two, three, cityTerm, postcodeTerm]: AddressTerms,
  { lines, city, postcode }: Omit<Address, 'country'>,
): Filling => ({ [one]: lines[0], [two]: lines[1], [three]: lines[2], [cityTerm]: city, [postcodeTerm]: postcode });

const partiesOf = ({ seller, buyer, invoice }: InvoiceToMake, profile: Profile): Values => {
  const { siret, siren, address } = schemes.value;
  const [own, theirs] = [seller.siret, buyer.siret];
  if (profile === 'chorus-classic')
    return { 'BT-30': [own], 'BT-30-1': [siret], 'BT-47': [theirs], 'BT-47-1': [siret], ...validatorOf(invoice) };
  return {
    ...{ 'BT-29': [own], 'BT-29-1': [siret], 'BT-30': [sirenOf(own)], 'BT-30-1': [siren] },
    ...{ 'BT-34': [sirenOf(own)], 'BT-34-1': [address] },
    ...{ 'BT-46': [theirs], 'BT-46-1': [siret], 'BT-47': [sirenOf(theirs)], 'BT-47-1': [siren] },
    ...{ 'BT-49': [sirenOf(theirs)], 'BT-49-1': [address] },
  };
};

const validatorOf = ({ validator, framework }: CompleteInvoice): Values => {
  if (!validator) return {};
  const service = isWorksFramework(framework) && validator.service ? { 'validator-service': [validator.service] } : {};
  return { validator: [validator.siret], 'validator-scheme': [schemes.value.siret], ...service };
};

/** The law's mentions have their own subjects; a remark has none. */
function notesOf({ invoice, seller }: InvoiceToMake): Values[] {
  const note = (subject: string, text: string): Values => ({ 'BT-21': [subject], 'BT-22': [text] });
  const remark = isWorksFramework(invoice.framework) ? sentComment(invoice) : invoice.comment;
  return [
    ...(remark ? [{ 'BT-22': [remark] }] : []),
    note('PMT', mentions.recoveryCosts.value),
    note('PMD', mentions.latePenalties.value),
    note('AAB', seller.earlyPaymentNotice),
  ];
}

/**
 * @param made an invoice that passed the rules for commands, without anything that `withoutTerm` tells of
 * @returns its terms: amounts with two decimals, dates ISO
 */
export function valuesOf(made: InvoiceToMake, profile: Profile): Values {
  const { invoice, seller, buyer } = made;
  const { totals } = invoice;
  const { allowances, charges } = documentDiscounts(invoice);
  const paid = paidBefore(invoice);
  const means = invoice.payment?.means;
  const vatNumber = invoice.sellerVatNumber ?? seller.vatNumber;
  const total = (list: readonly Values[], name: Term) => inCents(sum(list.flatMap((own) => own[name] ?? [])));
  return filled({
    'BT-1': invoice.number,
    'BT-2': invoice.issueDate,
    'BT-3': invoice.type === 'invoice' ? '380' : '381',
    'BT-5': invoice.currency,
    'BT-8': [...regimeCodes.value].find(([, regime]) => regime === invoice.vatRegime)?.[0],
    'BT-10': invoice.recipient.service,
    'BT-12': invoice.contract,
    'BT-13': invoice.commitment,
    'BT-20': paymentTerms(made),
    'BT-23': frameworkIn(profile, invoice),
    'BT-24': 'urn:cen.eu:en16931:2017',
    'BT-27': seller.legalName,
    // What is not subject to VAT is billed without a VAT number.
    'BT-31': invoice.vatRegime === 'none' ? undefined : vatNumber,
    'BT-33': seller.legalNotice,
    ...addressOf(['BT-35', 'BT-36', 'BT-162', 'BT-37', 'BT-38'], seller.address),
    'BT-40': seller.address.country,
    'BT-44': buyer.name,
    ...(buyer.address ? addressOf(['BT-50', 'BT-51', 'BT-163', 'BT-52', 'BT-53'], buyer.address) : {}),
    'BT-55': 'FR',
    ...partiesOf(made, profile),
    'validator-name': profile === 'chorus-classic' && invoice.validator ? made.validatorName : undefined,
    'BT-72': invoice.deliveryDate,
    ...(invoice.period ? { 'BT-73': invoice.period.start, 'BT-74': invoice.period.end } : {}),
    'BT-106': total(
      invoice.lines.map(({ net }) => ({ 'BT-131': [net] })),
      'BT-131',
    ),
    'BT-107': allowances.length > 0 ? total(allowances, 'BT-92') : undefined,
    'BT-108': charges.length > 0 ? total(charges, 'BT-99') : undefined,
    'BT-109': inCents(totals.taxExclusive),
    'BT-110': inCents(totals.vat),
    'BT-112': inCents(totals.taxInclusive),
    // The reform's rules demand it of an invoice that is paid already, even if there was nothing to pay.
    'BT-113': paid.eq(0) && invoice.framework !== 'A2' ? undefined : inCents(paid),
    'BT-115': inCents(totals.due),
    'BG-1': notesOf(made),
    'BG-3': invoice.precedingInvoice
      ? [filled({ 'BT-25': invoice.precedingInvoice, 'BT-26': invoice.precedingInvoiceDate })]
      : [],
    'BG-16': means ? [filled({ 'BT-81': meansCodes.value[means][0], 'BT-84': made.iban })] : [],
    'BG-20': allowances,
    'BG-21': charges,
    'BG-23': breakdownOf(invoice),
    'BG-25': invoice.lines.map((line) => lineOf(line, invoice)),
  });
}
