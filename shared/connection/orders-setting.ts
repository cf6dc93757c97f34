import * as z from 'zod';

/** Whether the State's orders (engagements juridiques) are read: off without the setting. */
export const ordersSetting = z
  .strictObject({
    events: z
      .boolean()
      .default(true)
      .describe('Whether the orders that the State notified since the day before become events, each morning.'),
    lookUp: z
      .boolean()
      .default(true)
      .describe(
        'Whether the commitment of an invoice to the State is looked up before the invoice is sent. What differs is told with `accepted`; nothing is refused for it.',
      ),
  })
  .optional()
  .describe(
    'Reads the State’s orders (engagements juridiques) in Chorus Pro: `{}` for both. Without it: not read. The PISTE application must have selected the API EngagementJuridique, which the usual guide leaves out.',
  );
