import { reason, type Reason } from '../invoice/reasons.ts';
import type { SubmitInvoice } from '../invoice/submit-command.ts';
import type { ConnectionSettings } from './settings.ts';

/** @property service the code of its own service, where it has one */
export interface Supplier {
  siret: string;
  service?: string | undefined;
}

/** The SIRET of the company or agency that a command names, or why there is none. */
export function supplierOf(
  { companies }: ConnectionSettings,
  { company: companyName, agency: agencyName }: SubmitInvoice['supplier'],
): Supplier | { reason: Reason } {
  const named = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(', ') || '–';
  const company = companies.find(({ name }) => name === companyName);
  if (!company)
    return { reason: reason('unknown-company', 'supplier.company', { value: companyName, known: named(companies) }) };
  if (agencyName === undefined) return { siret: company.siret, service: company.service };
  const agency = company.agencies.find(({ name }) => name === agencyName);
  if (!agency) {
    const known = named(company.agencies);
    return { reason: reason('unknown-agency', 'supplier.agency', { value: agencyName, known }) };
  }
  return { siret: agency.siret, service: agency.service };
}
