import * as z from 'zod';
import { isSiret } from '../invoice/identifiers.ts';
import { limits } from '../invoice/limits.ts';
import { frameworks, paymentMeans, vatRegimes } from '../invoice/submit-invoice-command.ts';

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
  .regex(limits.service.pattern, 'a service code: letters, digits, spaces, - and _, at most 100');

/** Who issues invoices, as the ERP calls it, the SIRET under which Chorus Pro knows it, and its own service there, if it has one. */
const issuer = { name, siret, service: serviceCode.optional() };

/** A command names its company and agency: two of one name would be a guess. */
const namedOnce = (list: readonly { name: string }[]): boolean =>
  new Set(list.map(({ name: one }) => one)).size === list.length;
const twice = 'the same name twice';

const companySchema = z.strictObject({
  ...issuer,
  /** An agency that is left out may not send. */
  agencies: z.array(z.strictObject(issuer)).refine(namedOnce, twice).default([]),
});

/** The certificate of older guides: closed to new connections since January 2020 (docs/adr/0006-piste-only.md). */
const authentications = ['piste'] as const;
const noCertificate = 'only "piste" (OAuth2): Chorus Pro’s access by certificate takes no new connections since 2020';

/** What does not go to Chorus Pro: it is withheld, and the ERP is told why. */
const transferSchema = z.strictObject({
  /** Invoices issued before this day (ISO) are withheld. */
  from: z.iso.date('a day, written YYYY-MM-DD').optional(),
  /** The ERP's categories of customers that go to Chorus Pro; without the list, all do. */
  customerCategories: z.array(name).min(1).optional(),
  /** Contracts and worksites taken off the circuit, one by one, as commands name them. */
  withoutContracts: z.array(name).default([]),
  withoutWorksites: z.array(name).default([]),
});

/**
 * One company group's access to Chorus Pro: `connections/<name>.json`. Never a secret: the credentials are in Secrets
 * Manager under `chorus-relay/<name>`.
 */
export const connectionSettingsSchema = z.strictObject({
  $schema: z.string().optional(),
  label: z.string().min(1),
  environment: environmentSchema,
  authentication: z.enum(authentications, noCertificate).default('piste'),
  /** For people: the technical account's login and the PISTE application's name. */
  technicalAccount: name.optional(),
  pisteApplication: name.optional(),
  companies: z.array(companySchema).min(1).refine(namedOnce, twice),
  /** The ERP's own words for ways of paying; the relay's own words are always understood. */
  paymentMeans: z.record(name, z.enum(paymentMeans)).default({}),
  transfer: transferSchema.default({ withoutContracts: [], withoutWorksites: [] }),
  /** Where a command leaves it open. */
  defaults: z
    .strictObject({
      vatRegime: z.enum(vatRegimes).optional(),
      framework: z.enum(frameworks).default('A1'),
      /** The service to address where a recipient demands one. */
      recipientService: serviceCode.optional(),
    })
    .default({ framework: 'A1' }),
  /** At most so many calls a second from one running function: PISTE shows an application's quota in its console. */
  callsPerSecond: z
    .number()
    .min(2, 'at least 2: an invoice of fifty attachments must fit into a minute')
    .max(1_000)
    .optional(),
  /** How often the statuses are read. */
  pollingIntervalMinutes: z.int().min(1).max(1440).default(15),
  /** E-mail addresses that hear of alarms and of credentials to renew. */
  contacts: z.array(z.email('an e-mail address')).default([]),
  /** AWS's unique ids (AIDA…, AROA…, or an account's number) of who may send for it; without the list, whoever may use the queue. */
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
    .optional(),
  /** PISTE advises a new client secret every three months; the first reminder comes 14 days before. */
  secretRenewalDays: z.int().min(15).max(365).default(90),
});

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
