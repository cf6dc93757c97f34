import * as z from 'zod';

/** How a connection deals with requests to validate. */

/** The words for typeValideur, which no source has. */
const validatorTypesSchema = z.strictObject({
  first: z.string().min(1).describe('For a request with one validator, or at its first one.'),
  second: z.string().min(1).describe('For a request at its second validator: the lead, after a co-contractor.'),
});

export const validationsSchema = z
  .strictObject({
    pollingIntervalMinutes: z
      .int()
      .min(5)
      .max(720)
      .default(60)
      .describe('How often the requests are read, in minutes: at least twice a day, for they are told by the day.'),
    validatorTypes: validatorTypesSchema
      .optional()
      .describe(
        'Chorus Pro’s own words for the kind of validator (typeValideur), if it refuses those of docs/to-try-first.md.',
      ),
  })
  .describe(
    'Reads what subcontractors and co-contractors ask the companies to validate, and takes answers: docs/building-trade.md. If absent: neither. The technical account needs the space "Factures à valider" of each company.',
  );
