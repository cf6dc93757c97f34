import Big from 'big.js';
import type { Reason } from '../invoice/reasons.ts';
import type { GivenInvoice, Invoice } from '../invoice/submit-command.ts';
import type { Works } from '../invoice/works-command.ts';
import { kinds, worksDocuments, type WorksDocument } from './documents.ts';

/** A works document as an invoice with a framework: what is checked, claimed, sent and followed is one and the same. */

/** Where a command names the party that looks at a document first. */
const places = {
  'project-manager': 'projectManager',
  'main-contractor': 'mainContractor',
  lead: 'lead',
} as const satisfies Partial<Record<NonNullable<WorksDocument['first']>, keyof Works>>;

/** @returns undefined if nobody looks at such a document before the recipient */
export function placeOfFirst({ document }: Pick<Works, 'document'>): (typeof places)[keyof typeof places] | undefined {
  const { first }: WorksDocument = worksDocuments[document];
  return first === undefined || first === 'works-owner' ? undefined : places[first];
}

/** An invoice of `works.submit`, with what `works` says: the framework, who looks at it first, and what it answers. */
export function withWorks<Given extends Pick<GivenInvoice, 'works' | 'invoice'>>(given: Given): Given {
  const { works, invoice } = given;
  if (!works || !invoice) return given;
  const place = placeOfFirst(works);
  const whole: Invoice = {
    ...invoice,
    lines: invoice.lines.length > 0 ? invoice.lines : linesOf(works, invoice),
    framework: works.document,
    validator: place && works[place],
    precedingInvoice: works.answers,
  };
  return { ...given, invoice: whole };
}

/**
 * What an ERP that gives no lines bills: its statement's parts. Without them no file can be made; with several rates
 * nobody can tell what is at which.
 */
function linesOf({ document, statement }: Works, { totals, vatBreakdown, vatRegime }: Invoice): Invoice['lines'] {
  const [vat, ...others] = vatBreakdown;
  const isTaxed = vatRegime === undefined || vatRegime === 'on-debits' || vatRegime === 'on-receipts';
  if (isTaxed && (!vat || others.length > 0)) return [];
  const vatRate = vat && isTaxed ? vat.rate : '0';
  const billed: [name: string, amount: string][] = statement
    ? [
        [`Situation n° ${statement.number} : travaux`, statement.workDone.amount],
        [`Situation n° ${statement.number} : révision de prix`, statement.revision?.amount ?? '0'],
      ]
    : [[kinds[worksDocuments[document].kind].fr, totals.taxExclusive]];
  return billed
    .filter(([, amount], i) => i === 0 || !Big(amount).eq(0))
    .map(([name, net], i) => ({ number: i + 1, name, quantity: '1', unitPrice: net, vatRate, net }));
}

/** The reasons, at the places where the command says what they are about. */
export function atTheirPlaces(reasons: readonly Reason[], works: Works | undefined): Reason[] {
  const place = works && placeOfFirst(works);
  const moved: readonly [from: string, to: string][] = [
    ...(place ? [['invoice.validator', `works.${place}`] satisfies [string, string]] : []),
    ['invoice.framework', 'works.document'],
    ['invoice.precedingInvoice', 'works.answers'],
  ];
  if (!works) return [...reasons];
  return reasons.map((reason) => {
    const [from, to] = moved.find(([start]) => reason.path.startsWith(start)) ?? ['', ''];
    return { ...reason, path: `${to}${reason.path.slice(from.length)}` };
  });
}
