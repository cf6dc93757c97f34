/** What the relay would say of an e-invoice's file by itself: what was read, and which rules it breaks. */
import { readPdf } from '../../shared/documents/pdf.ts';
import { eInvoiceIn, faultOf } from '../../shared/e-invoice/check-e-invoice.ts';
import { invoiceTypeOf } from '../../shared/e-invoice/differences.ts';
import { readEInvoice, type EInvoice, type EInvoiceReading } from '../../shared/e-invoice/read-e-invoice.ts';
import { rulesBrokenBy } from '../../shared/e-invoice/rules/check-rules.ts';
import type { Level } from '../../shared/e-invoice/rules/rule.ts';
import type { Profile } from '../../shared/invoice/submit-command.ts';
import { first, type Term, type Values } from '../../shared/e-invoice/terms.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';

/** `unsupported`: readable, but no e-invoice that the relay knows. */
export type FileVerdict = 'accepted' | 'refused' | 'unreadable' | 'unsupported';

interface FileFinding {
  rule: string;
  level: Exclude<Level, 'off'>;
  /** Absent where the file as a whole is meant. */
  term?: string;
  at: string;
  fr: string;
  en: string;
}

export interface FileJudgement {
  kind: 'e-invoice';
  syntax?: 'cii' | 'ubl' | 'factur-x';
  profile: Profile;
  verdict: FileVerdict;
  findings: FileFinding[];
  invoice?: Summary;
  notChecked: never[];
}

/** What the file says: decimal strings, ISO dates. */
interface Summary extends Partial<Record<keyof typeof terms | 'type', string>> {
  totals: Partial<Record<keyof typeof totals, string>>;
}

const totals = { taxExclusive: 'BT-109', vat: 'BT-110', taxInclusive: 'BT-112', due: 'BT-115' } as const;

/** @param name for the sentences */
export function judgeFile(name: string, bytes: Uint8Array, profile: Profile): FileJudgement {
  const isPdf = Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-');
  return isPdf ? judgePdf(name, bytes, profile) : judgeReading(name, readEInvoice(bytes), profile);
}

function judgePdf(name: string, bytes: Uint8Array, profile: Profile): FileJudgement {
  const pdf = readPdf(bytes);
  if (pdf.kind !== 'whole') {
    const code = pdf.kind === 'locked' ? 'document-encrypted' : 'document-cut-off';
    return withoutInvoice('unreadable', reason(code, '', { value: name }), profile);
  }
  const inside = eInvoiceIn(pdf.embedded());
  if (!inside) return withoutInvoice('unsupported', reason('e-invoice-missing', '', { value: name }), profile);
  return judgeReading(inside.name, inside.reading, profile, 'factur-x');
}

function judgeReading(
  value: string,
  reading: EInvoiceReading,
  profile: Profile,
  container?: 'factur-x',
): FileJudgement {
  if (reading.kind === 'invoice') return judgeInvoice(reading.invoice, profile, container);
  const verdict = reading.kind === 'unreadable' ? 'unreadable' : 'unsupported';
  return withoutInvoice(verdict, faultOf(reading, { value, format: container ?? 'cii' }), profile);
}

function judgeInvoice(invoice: EInvoice, profile: Profile, container?: 'factur-x'): FileJudgement {
  const findings = rulesBrokenBy(invoice, profile);
  return {
    kind: 'e-invoice',
    syntax: container ?? invoice.syntax,
    profile,
    verdict: findings.some(({ level }) => level === 'refuse') ? 'refused' : 'accepted',
    findings,
    invoice: summaryOf(invoice),
    notChecked: [],
  };
}

const withoutInvoice = (verdict: FileVerdict, { code: rule, fr, en }: Reason, profile: Profile): FileJudgement => ({
  kind: 'e-invoice',
  profile,
  verdict,
  findings: [{ rule, level: 'refuse', at: '', fr, en }],
  notChecked: [],
});

const terms = { number: 'BT-1', issueDate: 'BT-2', currency: 'BT-5', supplier: 'BT-30', recipient: 'BT-47' } as const;

/** Those of the terms that the file has, by their names. */
const given = <Name extends string>(values: Values, named: Readonly<Record<Name, Term>>) =>
  Object.fromEntries(
    Object.entries<Term>(named).flatMap(([name, term]) => {
      const value = first(values, term);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function summaryOf(invoice: EInvoice): Summary {
  const { values } = invoice;
  const type = invoiceTypeOf(invoice);
  return { ...given(values, terms), ...(type ? { type } : {}), totals: given(values, totals) };
}
