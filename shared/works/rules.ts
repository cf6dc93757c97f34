/** What must hold in a works document before it is sent, besides what must hold in any invoice. */
import { reason, type Reason } from '../invoice/reasons.ts';
import type { SubmitInvoice } from '../invoice/submit-command.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';
import type { Works } from '../invoice/works-command.ts';
import { placeOfFirst } from './as-invoice.ts';
import { worksDocuments, type Kind, type WorksDocument } from './documents.ts';
import { parties } from './parties.ts';
import { brokenStatementRules, statementNotes } from './statement-rules.ts';

interface Submitted {
  works: Works;
  invoice: CompleteInvoice;
  /** What its file is. */
  sentAs: SubmitInvoice['sentAs'];
  /** The file's name. */
  name: string;
}

const withStatement: ReadonlySet<Kind> = new Set<Kind>(['monthly-draft', 'final-draft', 'tacit-draft']);

export function brokenWorksRules({ works, invoice, sentAs, name }: Submitted): Reason[] {
  const { document, statement } = works;
  const row: WorksDocument = worksDocuments[document];
  const place = placeOfFirst(works);
  const party = row.first && parties[row.first];
  return [
    ...(place && party && !works[place] ? [reason('works-party-missing', `works.${place}`, { document, party })] : []),
    ...(sentAs === 'ubl' && party ? [reason('works-ubl', 'document', { value: name, party })] : []),
    ...(withStatement.has(row.kind) && !statement
      ? [reason('works-statement-missing', 'works.statement', { document })]
      : []),
    ...(statement ? brokenStatementRules(statement, invoice) : []),
  ];
}

/** What is told although it is sent. */
export function worksNotes({ works, invoice }: Pick<Submitted, 'works' | 'invoice'>): Reason[] {
  const { document, statement } = works;
  const isSubcontractors = worksDocuments[document].by === 'subcontractor';
  const charges = invoice.vatRegime === 'on-debits' || invoice.vatRegime === 'on-receipts';
  return [
    ...(statement ? statementNotes(statement, invoice) : []),
    ...(isSubcontractors && charges ? [reason('works-subcontractor-vat', 'invoice.vatRegime', { document })] : []),
  ];
}
