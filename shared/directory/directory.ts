import * as z from 'zod';
import { findRecipient, findService } from '../chorus-pro/structures.ts';
import { suppliersOf } from '../chorus-pro/transverses.ts';
import type { Outcome } from '../chorus-pro/outcome.ts';
import type { Call } from '../chorus-pro/session.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { recipientSchema, recipientServiceSchema, type Recipient, type RecipientService } from './recipient.ts';

/** An entry older than this is read again; when that fails, the old one serves and the log says so. */
const ageLimitMs = 24 * 3_600_000;

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

  recipient(siret: string, deadline: Deadline): Promise<Outcome<Recipient | undefined>> {
    const name = `recipient#${this.dependencies.connection.environment}#${siret}`;
    return this.cached(name, recipientSchema, () => findRecipient(this.dependencies.call, siret, deadline));
  }

  service(
    recipient: Pick<Recipient, 'siret' | 'structureId'>,
    code: string,
    deadline: Deadline,
  ): Promise<Outcome<RecipientService | undefined>> {
    const { connection, call } = this.dependencies;
    const name = `service#${connection.environment}#${recipient.siret}#${code}`;
    const wanted = { structureId: recipient.structureId, code };
    return this.cached(name, recipientServiceSchema, () => findService(call, wanted, deadline));
  }

  /**
   * Chorus Pro's ids of the connection's own structures, by SIRET. A list kept from before that lacks the one `wanted` is asked
   * for again: it may have been attached since.
   */
  suppliers(wanted: string | undefined, deadline: Deadline): Promise<Outcome<Record<string, number> | undefined>> {
    const { connection, call } = this.dependencies;
    const usable = suppliersSchema.refine((ids) => wanted === undefined || wanted in ids);
    return this.cached(`suppliers#${connection.name}`, usable, () => suppliersOf(call, deadline));
  }

  /** What is kept and still fits; else what Chorus Pro says now; else, when it says nothing, what was kept. */
  private async cached<T extends object>(
    name: string,
    schema: z.ZodType<T>,
    fetch: () => Promise<Outcome<T | undefined>>,
  ): Promise<Outcome<T | undefined>> {
    const { memory, telemetry, connection, now } = this.dependencies;
    const known = this.warm.get(name) ?? entrySchema.safeParse(await memory.recall(name)).data;
    const value = schema.safeParse(known?.value);
    if (known && value.success && now().getTime() - Date.parse(known.at) < ageLimitMs) {
      this.warm.set(name, known);
      return { kind: 'accepted', value: value.data };
    }
    const fetched = await fetch();
    if (fetched.kind === 'accepted' && fetched.value) {
      const entry = { at: now().toISOString(), value: fetched.value };
      this.warm.set(name, entry);
      await memory.remember(name, entry);
    }
    if (fetched.kind === 'accepted' || !value.success) return fetched;
    telemetry.warn('DIRECTORY_STALE', { connection: connection.name, reason: fetched.kind });
    return { kind: 'accepted', value: value.data };
  }
}

const entrySchema = z.object({ at: z.iso.datetime(), value: z.unknown() });
type Entry = z.infer<typeof entrySchema>;
