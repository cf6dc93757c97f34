/** Cadres de facturation: what an invoice may be, and which documents of a works contract a company deposits. */

export const frameworks = ['A1', 'A2', 'A9', 'A12'] as const;
export type InvoiceFramework = (typeof frameworks)[number];

/** One that an invoice has, and no works document. */
export const isInvoiceFramework = (framework: string): framework is InvoiceFramework =>
  frameworks.some((one) => one === framework);

/** Those of the other parties are in shared/works/documents.ts. */
export const worksFrameworks = ['A4', 'A5', 'A6', 'A7', 'A8', 'A10', 'A11', 'A13', 'A14', 'A22', 'A23'] as const;
export type SentWorksFramework = (typeof worksFrameworks)[number];

/** What an invoice may not be: justice (A3), works (A4 to A25, but A21, which have a command of their own), refunds. */
export const frameworksNotServed: ReadonlySet<unknown> = new Set(
  Array.from({ length: 25 }, (_, i) => `A${i + 1}`).filter((code) => !isInvoiceFramework(code)),
);
