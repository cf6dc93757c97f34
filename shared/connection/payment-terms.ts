import * as z from 'zod';

/** The kinds of public bodies whose payment terms differ; the directory does not tell them apart. */
const publicBodies = ['state-or-local', 'health', 'enterprise'] as const;

export const paymentTermsSchema = z.strictObject({
  others: z
    .enum(publicBodies)
    .optional()
    .describe(
      'What the recipients are that `recipients` does not name: `state-or-local` (30 days), `health` (50), `enterprise` (60). If absent: late after 60 days.',
    ),
  recipients: z
    .record(z.string().regex(/^(\d{9}|\d{14})$/, 'a SIREN of 9 digits or a SIRET of 14'), z.enum(publicBodies))
    .default({})
    .describe('Recipients by SIREN or SIRET, each with its kind of body. A SIRET goes before its SIREN.'),
});
