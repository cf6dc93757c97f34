import * as z from 'zod';
import type { ConnectionSettings } from '../connection/settings.ts';
import { after } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { sirenOf } from '../invoice/fields.ts';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { Memory } from '../ledger/ledger.ts';
import { type Entry, entrySchema, recipientEntry } from './directory-entries.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { worksDocumentOf } from '../works/documents.ts';
import {
  type BankAccount,
  bankAccountSchema,
  type CodeList,
  listedCodeSchema,
  type ListedCode,
  type Lists,
} from './lists.ts';
import { mapAccepted, type Outcome, whyNot } from './outcome.ts';
import {
  recipientSchema,
  recipientServiceSchema,
  type Recipient,
  type RecipientService,
  type Structures,
} from './structures.ts';

/** What Chorus Pro's directory and its lists say, cached, and the rules for an invoice's parties that follow. */

/**
 * An entry older than this is read again. If that fails, the old entry is good enough to let an invoice pass, and the
 * log says so; it is not good enough to refuse one, which is what `fresh` is for.
 */
const ageLimits = { kept: timings.directoryCache, fresh: timings.directoryReread } as const;
export type Wanted = keyof typeof ageLimits;

const suppliersSchema = z.record(z.string(), z.int());

interface DirectoryDependencies {
  connection: ConnectionSettings;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
}

/** Chorus Pro's directory for one deadline. */
export interface Directory {
  recipient(siret: string, wanted?: Wanted): Promise<Outcome<Recipient | undefined>>;
  service(
    recipient: Pick<Recipient, 'siret' | 'structureId'>,
    code: string,
    wanted?: Wanted,
  ): Promise<Outcome<RecipientService | undefined>>;
  /**
   * Chorus Pro's ids of the connection's own structures, by SIRET. If the cached list lacks the SIRET that is `wanted`,
   * the list is read again: the structure may have been attached since.
   */
  suppliers(wanted: string | undefined): Promise<Outcome<Record<string, number> | undefined>>;
  bankAccounts(
    supplier: Pick<Recipient, 'siret' | 'structureId'>,
    wanted?: Wanted,
  ): Promise<Outcome<readonly BankAccount[]>>;
  /** The names that Chorus Pro offers for files: `syntaxeFlux`. */
  fluxSyntaxes(): Promise<Outcome<readonly string[]>>;
  /** Empty if the list cannot be read: no invoice is stopped because a list is not there. */
  codes(list: CodeList, wanted?: Wanted): Promise<readonly ListedCode[]>;
}

/** Two caches in front of Chorus Pro's directory: this function's memory, and the ledger's table for all functions. */
export class DirectoryCache {
  private readonly dependencies: DirectoryDependencies;
  private readonly warm = new Map<string, Entry>();

  constructor(dependencies: DirectoryDependencies) {
    this.dependencies = dependencies;
  }

  over(
    chorusPro: Pick<Structures, 'findRecipient' | 'findService' | 'suppliers'> & Omit<Lists, 'meansNotTaken'>,
  ): Directory {
    const { environment, name } = this.dependencies.connection;
    return {
      recipient: (siret, wanted = 'kept') =>
        this.cached(recipientEntry(environment, siret), recipientSchema, wanted, () => chorusPro.findRecipient(siret)),
      service: ({ siret, structureId }, code, wanted = 'kept') =>
        this.cached(`service#${environment}#${siret}#${code}`, recipientServiceSchema, wanted, () =>
          chorusPro.findService(structureId, code),
        ),
      suppliers: (wanted) => {
        const usable = suppliersSchema.refine((ids) => wanted === undefined || wanted in ids);
        return this.cached(`suppliers#${name}`, usable, 'kept', () => chorusPro.suppliers());
      },
      bankAccounts: async ({ siret, structureId }, wanted = 'kept') => {
        const key = `accounts#${environment}#${siret}`;
        const fetch = () => chorusPro.bankAccounts(structureId);
        return mapAccepted(await this.cached(key, z.array(bankAccountSchema), wanted, fetch), (known) => known ?? []);
      },
      fluxSyntaxes: async () => {
        const key = `syntaxes#${environment}`;
        const listed = await this.cached(key, z.array(z.string()), 'kept', () => chorusPro.fluxSyntaxes());
        return mapAccepted(listed, (known) => known ?? []);
      },
      codes: async (list, wanted = 'kept') => {
        const key = `codes#${environment}#${list}`;
        const listed = await this.cached(key, z.array(listedCodeSchema), wanted, () => chorusPro.codesOf(list));
        if (listed.kind === 'accepted') return listed.value ?? [];
        const reason = whyNot(listed);
        this.dependencies.telemetry.warn('LIST_UNREAD', { connection: name, operation: list, reason });
        return [];
      },
    };
  }

  /** The cached entry if it is recent enough; else what Chorus Pro says now; else, unless `fresh`, the old entry. */
  private async cached<T extends object>(
    name: string,
    schema: z.ZodType<T>,
    wanted: Wanted,
    fetch: () => Promise<Outcome<T | undefined>>,
  ): Promise<Outcome<T | undefined>> {
    const { memory, telemetry, connection, now } = this.dependencies;
    const known = this.warm.get(name) ?? entrySchema.safeParse(await memory.recall(name)).data;
    const value = schema.safeParse(known?.value);
    if (known && value.success && now().getTime() - Date.parse(known.at) < ageLimits[wanted].ms) {
      this.warm.set(name, known);
      return { kind: 'accepted', value: value.data };
    }
    const fetched = await fetch();
    if (fetched.kind === 'accepted' && fetched.value) {
      const entry = { at: now().toISOString(), value: fetched.value };
      this.warm.set(name, entry);
      await memory.remember(name, entry, new Date(after(now(), timings.directoryKept)));
    }
    if (fetched.kind === 'refused') {
      const { operation, code } = fetched.refusal;
      telemetry.warn('DIRECTORY_REFUSED', { connection: connection.name, operation, reason: String(code) });
    }
    if (fetched.kind === 'accepted' || !value.success || wanted === 'fresh') return fetched;
    telemetry.warn('DIRECTORY_STALE', { connection: connection.name, reason: fetched.kind });
    return { kind: 'accepted', value: value.data };
  }
}

/** To whom an invoice goes, as a command says it or as Chorus Pro has it. */
export interface Addressed {
  /** Its SIRET; absent if it is not known. */
  supplier?: string | undefined;
  recipient: { siret: string; service?: string | undefined };
  commitment?: string | undefined;
  validator?: { siret: string } | undefined;
  framework?: string | undefined;
}

/** What the directory knows about an invoice's parties; `service` and `validator` only if the invoice names them. */
export interface Parties {
  recipient: Recipient | undefined;
  service?: RecipientService | undefined;
  validator?: Recipient | undefined;
}

const absent = { kind: 'accepted', value: undefined } as const;

/**
 * Reads what the directory says about an invoice's parties.
 * @param serviceByDefault addressed if the recipient requires a service and the invoice names none
 * @returns with the service that the invoice is addressed to
 */
export async function askParties(
  directory: Directory,
  { recipient: { siret, service: named }, validator: by }: Addressed,
  { wanted, serviceByDefault }: { wanted: Wanted; serviceByDefault?: string | undefined },
): Promise<Outcome<Parties & { serviceCode: string | undefined }>> {
  const [recipient, validator] = await Promise.all([
    directory.recipient(siret, wanted),
    by ? directory.recipient(by.siret, wanted) : absent,
  ]);
  if (recipient.kind !== 'accepted') return recipient;
  if (validator.kind !== 'accepted') return validator;
  const serviceCode = named ?? (recipient.value?.serviceRequired ? serviceByDefault : undefined);
  const service =
    recipient.value?.publicBody && serviceCode ? await directory.service(recipient.value, serviceCode, wanted) : absent;
  if (service.kind !== 'accepted') return service;
  const parties = { recipient: recipient.value, service: service.value, validator: validator.value };
  return { kind: 'accepted', value: { ...parties, serviceCode } };
}

/**
 * The recipient's requirements that an invoice does not meet, found before it is sent and not days later.
 * @param within where the command has these fields: `invoice.` of invoice.submit
 */
export function brokenRecipientRules(
  invoice: Addressed,
  { recipient, service, validator }: Parties,
  within = 'invoice.',
): Reason[] {
  const { siret: value, service: code } = invoice.recipient;
  const at = `${within}recipient.siret`;
  const atService = `${within}recipient.service`;
  const ofValidator = validatorRules(invoice, validator, within);
  if (!recipient) return [reason('recipient-unknown', at, { value }), ...ofValidator];
  if (!recipient.publicBody) return [reason('recipient-is-a-company', at, { value }), ...ofValidator];
  const { commitment } = invoice;
  const commitmentRequired = recipient.commitmentRequired || (service?.commitmentRequired ?? false);
  const broken: [boolean, Reason][] = [
    [!recipient.active, reason('recipient-inactive', at, { value })],
    [recipient.worksOnly && !worksOf(invoice), reason('recipient-works-only', at, { value })],
    [recipient.serviceRequired && !code, reason('service-required', atService, { value })],
    [commitmentRequired && !commitment, reason('commitment-required', `${within}commitment`, { value })],
    [
      recipient.serviceOrCommitmentRequired && !code && !commitment,
      reason('service-or-commitment-required', atService, { value }),
    ],
    [code !== undefined && !service, reason('service-unknown', atService, { value, service: code ?? '' })],
    [service?.active === false, reason('service-inactive', atService, { value, service: code ?? '' })],
  ];
  return [...broken.filter(([isBroken]) => isBroken).map(([, fault]) => fault), ...ofValidator];
}

/** A works owner may take nothing else, and the project manager may be his own service. */
const worksOf = ({ framework = '' }: Pick<Addressed, 'framework'>) => worksDocumentOf(framework);

/** By SIREN: one company may have several establishments. */
export const isSameCompany = (one: string | undefined, other: string): boolean =>
  one !== undefined && sirenOf(one) === sirenOf(other);

/**
 * A validator must be known and active, and somebody else: nobody has a contract with himself (see `validators` in
 * facts.ts).
 */
export function validatorRules(
  { supplier, recipient, validator: named, framework }: Omit<Addressed, 'commitment'>,
  validator: Recipient | undefined,
  within: string,
): Reason[] {
  if (!named) return [];
  const same = validatorIsOther({ supplier, recipient, validator: named, framework }, within);
  if (same.length > 0 || validator?.active) return same;
  return [reason('validator-unknown', `${within}validator.siret`, { value: named.siret })];
}

/** What of it needs no directory. */
export function validatorIsOther(
  {
    supplier,
    recipient,
    validator: named,
    framework,
  }: Pick<Addressed, 'supplier' | 'validator' | 'framework'> & { recipient: { siret: string } },
  within: string,
): Reason[] {
  if (!named) return [];
  const { siret: value } = named;
  const unfit = (code: ReasonCode): Reason[] => [reason(code, `${within}validator.siret`, { value })];
  if (isSameCompany(supplier, value)) return unfit('validator-is-supplier');
  const mayBe = worksOf({ framework })?.first === 'project-manager' || !isSameCompany(recipient.siret, value);
  return mayBe ? [] : unfit('validator-is-recipient');
}

/** A public body may be a main contractor, but the customer's SIRET in the wrong field is more common. */
export function validatorNotes(known: Recipient | undefined, within: string, about: Pick<Addressed, 'framework'> = {}) {
  if (!known?.publicBody || worksOf(about)?.first === 'project-manager') return [];
  return [reason('validator-is-public', `${within}validator.siret`, { value: known.siret })];
}
