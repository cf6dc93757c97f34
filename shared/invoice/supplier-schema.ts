/** How a command says who issues the invoice. */
import * as z from 'zod';
import { fault, identifier, siret } from './fields.ts';

/** In one way: two might name two. */
export const isNamedOnce = (by: {
  company?: string | undefined;
  agency?: string | undefined;
  siret?: string | undefined;
}) => (by.siret === undefined ? by.company !== undefined : by.company === undefined && by.agency === undefined);

export const supplierSchema = z
  .strictObject({
    company: identifier(100)
      .optional()
      .describe('The company, by its `name` in the connection’s settings. Either this or `siret`.'),
    agency: identifier(100)
      .optional()
      .describe('The company’s agency, by its `name` there, if it issues the invoice under its own SIRET.'),
    siret: siret
      .optional()
      .describe(
        'The SIRET of the company or agency, as events have it in `data.supplier`; the settings must have it. Either this or `company`.',
      ),
  })
  .refine(isNamedOnce, fault('supplier-name'))
  .meta({ exactlyOneOf: [['company', 'agency'], ['siret']] })
  .describe(
    'Who issues the invoice: by the ERP’s own names, for which the connection’s settings have the SIRET, or by that.',
  );
