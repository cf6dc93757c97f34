/** Who issues invoices through a connection: its companies and their agencies. */
import * as z from 'zod';
import { tidy, withPlainSpaces } from '../invoice/characters.ts';
import { isSiret, limits } from '../invoice/fields.ts';
import { letterhead } from './letterhead.ts';

const siret = z
  .string()
  .refine(isSiret, 'a SIRET of 14 digits with correct check digits; a supplier without a SIRET is not served yet');
/** Spelled as a command's names are, since they are compared. */
export const settingsName = z
  .string()
  .overwrite((text) => withPlainSpaces(tidy(text)))
  .min(1)
  .max(100);
export const serviceCode = z
  .string()
  .regex(limits.service.value, 'a service code: letters, digits, spaces, - and _, at most 100');

const issuer = {
  name: settingsName.describe('Its name in the ERP, by which a command’s `supplier` refers to it. Each name once.'),
  siret: siret.describe('The SIRET under which Chorus Pro knows it: 14 digits.'),
  service: serviceCode.optional().describe('The supplier’s own service code in Chorus Pro, if it has one.'),
  numbering: z
    .enum(['for-ever', 'per-year'])
    .optional()
    .describe(
      'Whether an invoice number serves once `for-ever` (if absent), or once `per-year`: numbers that begin anew each January. The year is that of the issue date. To go back from `per-year`, write `for-ever`: then invoices under a year are found too.',
    ),
  ...letterhead,
};

/** A command refers to companies and agencies by name, so each name must be unique. */
export const namedOnce = (list: readonly { name: string }[]): boolean =>
  new Set(list.map(({ name: one }) => one)).size === list.length;
export const twice = 'the same name twice';

export const companySchema = z.strictObject({
  ...issuer,
  agencies: z
    .array(z.strictObject(issuer))
    .refine(namedOnce, twice)
    .default([])
    .describe('The company’s agencies that issue invoices under their own SIRET. Any other agency may not send.'),
});
