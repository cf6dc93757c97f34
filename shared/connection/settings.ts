import * as z from 'zod';
import { roundings } from '../invoice/amounts.ts';
import { tidy, withPlainSpaces } from '../invoice/characters.ts';
import { retentionSettingsSchema } from '../invoice/deductions.ts';
import { isIban, isSiret, limits } from '../invoice/fields.ts';
import { frameworks } from '../invoice/frameworks.ts';
import { eInvoiceChecksSchema, paymentMeans, routeSchema, vatRegimes } from '../invoice/submit-command.ts';
import { worksSettingsSchema } from '../works/settings.ts';
import { deskSetting } from './desk-setting.ts';
import { inboxSetting } from './inbox-setting.ts';
import { letterhead } from './letterhead.ts';
import { morningMailSchema } from './morning-mail.ts';
import { ordersSetting } from './orders-setting.ts';
import { paymentTermsSchema } from './payment-terms.ts';
import { validationsSchema } from './validation-settings.ts';

/** One connection's settings, as its file `connections/<name>.json` has them. */

/** Chorus Pro's two environments are separate: an invoice sent in one does not exist in the other. */
export const environmentSchema = z.enum(['production', 'qualification']);
export type Environment = z.infer<typeof environmentSchema>;

/** A connection's name is part of queue attributes, S3 keys and secret names. */
export const connectionNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, at most 32, starting with a letter')
  // Messages that name no connection of the deployment are stored under "unknown"; the others would give what belongs
  // to one connection the name of something that belongs to the stage: a stack, a queue.
  .refine((given) => !['unknown', 'data', 'dead-letters'].includes(given), {
    error: ({ input }) => `another name than "${String(input)}"`,
  });

const siret = z
  .string()
  .refine(isSiret, 'a SIRET of 14 digits with correct check digits; a supplier without a SIRET is not served yet');
/** Spelled as a command's names are, since they are compared. */
const name = z
  .string()
  .overwrite((text) => withPlainSpaces(tidy(text)))
  .min(1)
  .max(100);
const serviceCode = z
  .string()
  .regex(limits.service.value, 'a service code: letters, digits, spaces, - and _, at most 100');

const issuer = {
  name: name.describe('Its name in the ERP, by which a command’s `supplier` refers to it. Each name once.'),
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
const namedOnce = (list: readonly { name: string }[]): boolean =>
  new Set(list.map(({ name: one }) => one)).size === list.length;

const companySchema = z.strictObject({
  ...issuer,
  agencies: z
    .array(z.strictObject(issuer))
    .refine(namedOnce, 'the same name twice')
    .default([])
    .describe('The company’s agencies that issue invoices under their own SIRET. Any other agency may not send.'),
});

const transferSchema = z.strictObject({
  from: z.iso
    .date('a day, written YYYY-MM-DD')
    .optional()
    .describe('Invoices issued before this day, YYYY-MM-DD, are withheld.'),
  customerCategories: z
    .array(name)
    .min(1)
    .optional()
    .describe('The ERP’s categories of customers whose invoices go to Chorus Pro. Without this list: all.'),
  withoutContracts: z
    .array(name)
    .default([])
    .describe('Contracts whose invoices do not go to Chorus Pro, as commands name them in `invoice.contract`.'),
  withoutWorksites: z
    .array(name)
    .default([])
    .describe('Worksites whose invoices do not go to Chorus Pro, as commands name them in `worksite`.'),
});

const defaultsSchema = z.strictObject({
  vatRegime: z
    .enum(vatRegimes)
    .optional()
    .describe(
      'The VAT regime of an invoice that does not give one. Without this default, such a PDF invoice is refused.',
    ),
  framework: z
    .enum(frameworks)
    .default('A1')
    .describe('The framework (cadre de facturation, BT-23) of a PDF invoice that does not give one.'),
  creditNotePayment: z
    .enum(paymentMeans)
    .optional()
    .describe('The means of payment of a credit note that does not give one. Without this default, none is sent.'),
  recipientService: serviceCode
    .optional()
    .describe(
      'The service to address if a recipient requires one and a PDF invoice does not give it. An e-invoice has its own.',
    ),
});

export const connectionSettingsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where this schema is. Not read.'),
    label: z.string().min(1).describe('The name that people read in reminders, for example of the company group.'),
    environment: environmentSchema.describe(
      'Which Chorus Pro: `production`, or `qualification` for tests, where nothing is a real invoice.',
    ),
    // Older guides use a certificate: closed to new connections since January 2020 (docs/adr/0006-piste-only.md).
    authentication: z
      .enum(['piste'], 'only "piste" (OAuth2): Chorus Pro accepts no new connections by certificate since 2020')
      .default('piste')
      .describe('How the relay authenticates: `piste` (OAuth2) is the only way.'),
    technicalAccount: name
      .optional()
      .describe(
        'For people: the technical account’s login. Never its password: the credentials are in Secrets Manager.',
      ),
    pisteApplication: name.optional().describe('For people: the PISTE application’s name.'),
    companies: z
      .array(companySchema)
      .min(1)
      .refine(namedOnce, 'the same name twice')
      .describe('The companies that issue invoices through this connection.'),
    paymentMeans: z
      .record(name, z.enum(paymentMeans))
      .default({})
      .describe(
        'The ERP’s own words for means of payment, each with the relay’s word. The relay’s words are always valid.',
      ),
    bankAccounts: z
      .record(z.string().refine(isIban, 'an IBAN without spaces, with correct check digits'), name)
      .default({})
      .describe(
        'The IBANs on the ERP’s invoices, a factor’s included, each with the name that the supplier’s account has in Chorus Pro. Chorus Pro’s list shows names and no IBAN; an account whose name has its IBAN needs no entry here.',
      ),
    transfer: transferSchema
      .default({ withoutContracts: [], withoutWorksites: [] })
      .describe('Which invoices do not go to Chorus Pro: they are withheld, and the ERP is told why.'),
    defaults: defaultsSchema.default({ framework: 'A1' }).describe('What applies if a command does not say it.'),
    paymentTerms: paymentTermsSchema
      .default({ recipients: {} })
      .describe(
        'How long recipients have to pay, by the kind of body: docs/payment-terms.md. Chorus Pro does not say.',
      ),
    retentions: retentionSettingsSchema,
    validations: validationsSchema.optional(),
    eInvoices: eInvoiceChecksSchema
      .default({ profile: 'chorus-classic', refuse: [] })
      .describe('How e-invoices are checked: docs/e-invoices.md.'),
    orders: ordersSetting,
    rounding: z
      .enum(roundings)
      .default('either')
      .describe(
        'How the ERP rounds VAT: `by-total` (once for each rate), `by-line` (line by line), `either`. What is not base × rate is told with `accepted`. It holds for e-invoices too: with `by-total`, VAT that is rounded line by line is refused.',
      ),
    route: routeSchema
      .default('auto')
      .describe(
        'How invoices go to Chorus Pro if a command does not say it: `pdf`, `flux` or `auto` (docs/e-invoices.md).',
      ),
    works: worksSettingsSchema.optional(),
    callsPerSecond: z
      .number()
      .min(5, 'at least 5: a function makes a fifth of them, and fifty attachments must fit into its minute')
      .max(1_000)
      .optional()
      .describe(
        'The largest number of calls per second, all functions together; each makes at most a fifth of them. PISTE’s console shows the application’s quota.',
      ),
    callsPerDay: z
      .int()
      .positive()
      .optional()
      .describe(
        'The quota of calls per day, as PISTE’s console shows it. The dashboard then shows how much of it is left.',
      ),
    pollingIntervalMinutes: z
      .int()
      .min(1)
      .max(1440)
      .default(15)
      .describe('How often the statuses are read, in minutes.'),
    contacts: z
      .array(z.email('an e-mail address'))
      .default([])
      .describe(
        'E-mail addresses that receive reminders to renew this connection’s credentials, and a mail a day while there are none or they are refused.',
      ),
    morningMail: morningMailSchema,
    allowedSenders: z
      .array(
        z
          .string()
          .regex(
            /^(A[A-Z0-9]{15,}|\d{12})$/,
            'the unique id of an IAM user or role (AIDA…, AROA…), or an account number',
          ),
      )
      .min(1)
      .optional()
      .describe(
        'Who may send for this connection: AWS’s unique ids (AIDA…, AROA…) or account numbers. Without this list: everyone who may use the queue. Whoever may write into its folder of e-invoices may send those: docs/e-invoices.md.',
      ),
    inbox: inboxSetting,
    desk: deskSetting,
    secretRenewalDays: z
      .int()
      .min(15)
      .max(365)
      .default(90)
      .describe(
        'After how many days the PISTE client secret should be renewed: PISTE advises three months. The first reminder comes 14 days earlier.',
      ),
  })
  .describe(
    'One company group’s access to Chorus Pro: `connections/<name>.json`. Never a secret: those are in Secrets Manager under `chorus-relay/<stage>/<name>`.',
  );

export type ConnectionSettings = z.infer<typeof connectionSettingsSchema> & { name: string };

type Companies = Pick<ConnectionSettings, 'companies'>;

/** The companies of a connection, and their agencies. */
export const issuersOf = ({ companies }: Companies) => companies.flatMap((company) => [company, ...company.agencies]);

/** Whether a company or agency of the connection has this SIRET. */
export const isIssuer = (settings: Companies, siret: string) => issuersOf(settings).some((one) => one.siret === siret);

export const secretNameOf = (stage: string, connection: string): string => `chorus-relay/${stage}/${connection}`;
/** Secrets Manager ends a secret's ARN with a hyphen and six characters of its own. */
export const connectionOfSecret = (arn: string): string | undefined =>
  /:secret:chorus-relay\/[^/]+\/(.+)-[A-Za-z0-9]{6}$/.exec(arn)?.[1];
