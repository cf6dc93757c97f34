import * as z from 'zod';
import { findRecipient, findService } from '../structures.ts';
import { suppliersOf } from '../transverses.ts';
import type { Outcome } from '../outcome.ts';
import type { Call } from '../session.ts';
import type { ConnectionSettings } from '../../connection/settings.ts';
import type { Memory } from '../../ledger/ledger.ts';
import type { Deadline } from '../../aws/deadline.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { recipientSchema, recipientServiceSchema, type Recipient, type RecipientService } from './recipient.ts';

/**
 * An entry older than this is read again. When that fails, an old one is good enough to let an invoice pass, and the log says so;
 * it is not good enough to refuse one.
 */
const ageLimitsMs = { kept: 24 * 3_600_000, fresh: 60_000 } as const;
export type Wanted = keyof typeof ageLimitsMs;

const suppliersSchema = z.record(z.string(), z.int());

interface DirectoryDependencies {
  connection: ConnectionSettings;
  call: Call;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
}

/** Chorus Pro's directory behind two caches: this function's memory, and the ledger's table for all functions. */
export class Directory {
  private readonly dependencies: DirectoryDependencies;
  private readonly warm = new Map<string, Entry>();

  constructor(dependencies: DirectoryDependencies) {
    this.dependencies = dependencies;
  }

  recipient(siret: string, deadline: Deadline, wanted: Wanted = 'kept'): Promise<Outcome<Recipient | undefined>> {
    const name = `recipient#${this.dependencies.connection.environment}#${siret}`;
    return this.cached(name, recipientSchema, wanted, () => findRecipient(this.dependencies.call, siret, deadline));
  }

  service(
    recipient: Pick<Recipient, 'siret' | 'structureId'>,
    code: string,
    deadline: Deadline,
    wanted: Wanted = 'kept',
  ): Promise<Outcome<RecipientService | undefined>> {
    const { connection, call } = this.dependencies;
    const name = `service#${connection.environment}#${recipient.siret}#${code}`;
    const one = { structureId: recipient.structureId, code };
    return this.cached(name, recipientServiceSchema, wanted, () => findService(call, one, deadline));
  }

  /**
   * Chorus Pro's ids of the connection's own structures, by SIRET. A list kept from before that lacks the one `wanted` is asked
   * for again: it may have been attached since.
   */
  suppliers(wanted: string | undefined, deadline: Deadline): Promise<Outcome<Record<string, number> | undefined>> {
    const { connection, call } = this.dependencies;
    const usable = suppliersSchema.refine((ids) => wanted === undefined || wanted in ids);
    return this.cached(`suppliers#${connection.name}`, usable, 'kept', () => suppliersOf(call, deadline));
  }

  /** What is kept and still fits; else what Chorus Pro says now; else, where it may be old, what was kept. */
  private async cached<T extends object>(
    name: string,
    schema: z.ZodType<T>,
    wanted: Wanted,
    fetch: () => Promise<Outcome<T | undefined>>,
  ): Promise<Outcome<T | undefined>> {
    const { memory, telemetry, connection, now } = this.dependencies;
    const known = this.warm.get(name) ?? entrySchema.safeParse(await memory.recall(name)).data;
    const value = schema.safeParse(known?.value);
    if (known && value.success && now().getTime() - Date.parse(known.at) < ageLimitsMs[wanted]) {
      this.warm.set(name, known);
      return { kind: 'accepted', value: value.data };
    }
    const fetched = await fetch();
    if (fetched.kind === 'accepted' && fetched.value) {
      const entry = { at: now().toISOString(), value: fetched.value };
      this.warm.set(name, entry);
      await memory.remember(name, entry);
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

const entrySchema = z.object({ at: z.iso.datetime(), value: z.unknown() });
type Entry = z.infer<typeof entrySchema>;
