import * as z from 'zod';
import { isSiret, limits } from '../invoice/fields.ts';
import { frameworks, paymentMeans, vatRegimes } from '../invoice/submit-command.ts';

/** Two worlds that never meet: an invoice sent in one says nothing about the other. */
export const environmentSchema = z.enum(['production', 'qualification']);
export type Environment = z.infer<typeof environmentSchema>;

/** A connection's name is part of queue attributes, S3 keys and secret names. */
export const connectionNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, at most 32, starting with a letter');

const siret = z.string().refine(isSiret, 'a SIRET of 14 digits whose key holds');
const name = z.string().trim().min(1).max(100);
const serviceCode = z
  .string()
  .regex(limits.service.value, 'a service code: letters, digits, spaces, - and _, at most 100');

const issuer = {
  name: name.describe('Its name in the ERP, by which `supplier` of a command calls it; once only.'),
  siret: siret.describe('The SIRET under which Chorus Pro knows it: 14 digits.'),
  service: serviceCode.optional().describe('The supplier’s own service code in Chorus Pro, if it has one.'),
};

/** A command names its company and agency: two of one name would be a guess. */
const namedOnce = (list: readonly { name: string }[]): boolean =>
  new Set(list.map(({ name: one }) => one)).size === list.length;
const twice = 'the same name twice';

const companySchema = z.strictObject({
  ...issuer,
  agencies: z
    .array(z.strictObject(issuer))
    .refine(namedOnce, twice)
    .default([])
    .describe('The company’s agencies that issue invoices under their own SIRET; one that is left out may not send.'),
});

/** The certificate of older guides: closed to new connections since January 2020 (docs/adr/0006-piste-only.md). */
const authentications = ['piste'] as const;
const noCertificate = 'only "piste" (OAuth2): Chorus Pro’s access by certificate takes no new connections since 2020';

const transferSchema = z.strictObject({
  from: z.iso
    .date('a day, written YYYY-MM-DD')
    .optional()
    .describe('Invoices issued before this day, YYYY-MM-DD, are withheld.'),
  customerCategories: z
    .array(name)
    .min(1)
    .optional()
    .describe('The ERP’s categories of customers that go to Chorus Pro; without the list, all do.'),
  withoutContracts: z
    .array(name)
    .default([])
    .describe('Contracts taken off the circuit, as commands name them in `invoice.contract`.'),
  withoutWorksites: z
    .array(name)
    .default([])
    .describe('Worksites taken off the circuit, as commands name them in `worksite`.'),
});

const defaultsSchema = z.strictObject({
  vatRegime: z
    .enum(vatRegimes)
    .optional()
    .describe('The VAT regime of an invoice that names none; without it such an invoice is refused, if it is a PDF.'),
  framework: z
    .enum(frameworks)
    .default('A1')
    .describe('The framework (cadre de facturation, BT-23) of one that names none.'),
  recipientService: serviceCode
    .optional()
    .describe('The service to address where a recipient demands one and none is named.'),
});

export const connectionSettingsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where this schema is. Not read.'),
    label: z.string().min(1).describe('What people read in reminders: the company group, say.'),
    environment: environmentSchema.describe(
      'Which Chorus Pro: `production`, or `qualification` for tests, where nothing is a real invoice.',
    ),
    authentication: z
      .enum(authentications, noCertificate)
      .default('piste')
      .describe('How the relay proves who it is: by PISTE (OAuth2), the one way there is.'),
    technicalAccount: name
      .optional()
      .describe(
        'For people: the technical account’s login. Never its password: the credentials are in Secrets Manager.',
      ),
    pisteApplication: name.optional().describe('For people: the PISTE application’s name.'),
    companies: z
      .array(companySchema)
      .min(1)
      .refine(namedOnce, twice)
      .describe('Who issues invoices by this connection.'),
    paymentMeans: z
      .record(name, z.enum(paymentMeans))
      .default({})
      .describe(
        'The ERP’s own words for ways of paying, each with the relay’s; the relay’s own are always understood.',
      ),
    transfer: transferSchema
      .default({ withoutContracts: [], withoutWorksites: [] })
      .describe('What does not go to Chorus Pro: it is withheld, and the ERP is told why.'),
    defaults: defaultsSchema.default({ framework: 'A1' }).describe('What holds where a command leaves it open.'),
    callsPerSecond: z
      .number()
      .min(2, 'at least 2: an invoice of fifty attachments must fit into a minute')
      .max(1_000)
      .optional()
      .describe(
        'At most so many calls a second from one running function: PISTE shows an application’s quota in its console.',
      ),
    callsPerDay: z
      .int()
      .positive()
      .optional()
      .describe(
        'The quota of calls a day, as PISTE shows it in its console: the dashboard then tells what is left of it.',
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
      .describe('E-mail addresses that hear of alarms and of credentials to renew.'),
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
        'AWS’s unique ids (AIDA…, AROA…, or an account’s number) of who may send for it; without the list, whoever may use the queue.',
      ),
    secretRenewalDays: z
      .int()
      .min(15)
      .max(365)
      .default(90)
      .describe(
        'After how many days the PISTE client secret should be renewed: PISTE advises three months. The first reminder comes 14 days before.',
      ),
  })
  .describe(
    'One company group’s access to Chorus Pro: `connections/<name>.json`. Never a secret: those are in Secrets Manager under `chorus-relay/<name>`.',
  );

export type ConnectionSettings = z.infer<typeof connectionSettingsSchema> & { name: string };

export const secretNameOf = (connection: string): string => `chorus-relay/${connection}`;
/** Secrets Manager ends a secret's ARN with a hyphen and six characters of its own. */
export const connectionOfSecret = (arn: string): string | undefined =>
  /:secret:chorus-relay\/(.+)-[A-Za-z0-9]{6}$/.exec(arn)?.[1];

/** `connections.json` beside a function's bundle: the connections of this deployment, validated when it was built. */
const deployedConnectionsSchema = z.array(connectionSettingsSchema.extend({ name: connectionNameSchema }));

export type Connections = ReadonlyMap<string, ConnectionSettings>;

/** @throws Error when the file is not what the build writes */
export const readConnections = (json: string): Connections =>
  new Map(deployedConnectionsSchema.parse(JSON.parse(json)).map((settings) => [settings.name, settings]));
