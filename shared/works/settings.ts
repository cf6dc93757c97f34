import * as z from 'zod';

/** What a connection's settings say of works contracts. */
export const worksSettingsSchema = z
  .strictObject({
    answers: z
      .enum(['off', 'inferred'])
      .default('off')
      .describe(
        'Whether `works.complete`, `works.recycle` and `works.sign-final` go to Chorus Pro. `off`: they are refused, and the reason says what to do on the portal. `inferred`: by paths that no public source confirms; a wrong one changes nothing and is reported.',
      ),
    syntax: z
      .partialRecord(
        z.enum(['factur-x', 'cii', 'cii-with-pdf']),
        z.string().regex(/^IN_[A-Z0-9_]+$/, 'a syntaxeFlux of Chorus Pro, such as IN_DP_E1_CII_16B'),
      )
      .default({})
      .describe(
        'By which `syntaxeFlux` each kind of file is deposited: `factur-x`, `cii`, `cii-with-pdf` (what the relay makes). If absent, the relay asks Chorus Pro which it offers for works: docs/works.md.',
      ),
  })
  .describe(
    'Turns works contracts (marchés de travaux) on: `works.submit`, and following their documents. Absent: off.',
  );

export type WorksSettings = z.infer<typeof worksSettingsSchema>;
