import { worksWithNumber } from '../../shared/chorus-pro/readings.ts';
import type { InvoiceCommandOf } from '../../shared/invoice/invoice-commands.ts';
import type { WorksRecord } from '../../shared/works/record.ts';
import type { CommandCase } from './plan.ts';

/**
 * What the final draft's record keeps of its general statement once that is signed: the signed one has no record of its
 * own. What is due by it comes from Chorus Pro; if that cannot be read now, it is left out.
 */
export async function withSignedAccount(
  { account, signed }: InvoiceCommandOf<'works.sign-final'>,
  { chorusPro, record: { supplier, environment, works } }: Pick<CommandCase, 'chorusPro' | 'record'>,
): Promise<WorksRecord | undefined> {
  if (!works) return undefined;
  const found = await worksWithNumber({ number: account.number, supplier, environment }, chorusPro);
  const listed = found.kind === 'accepted' ? found.value : [];
  const dues = listed.filter(({ supplierSiret }) => supplierSiret === supplier).map((one) => one.works?.amounts.due);
  const due = dues.find((amount) => amount !== undefined);
  return { ...works, signed: { account: account.number, ...signed, ...(due === undefined ? {} : { due }) } };
}
