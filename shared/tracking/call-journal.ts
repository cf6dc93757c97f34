import { isServiceFailure } from '../aws/runtime.ts';
import type { MadeCall } from '../chorus-pro/made-call.ts';
import { documentKey, type DocumentStore } from '../documents/document-store.ts';
import { sha256 } from '../invoice/terms.ts';
import type { CallEntry } from '../ledger/life.ts';
import { tellFault, type Telemetry } from '../telemetry/telemetry.ts';

/** The calls of one attempt that may have changed something in Chorus Pro, for the life of its invoice. */
export class CallJournal {
  private entries: CallEntry[] = [];
  private readonly exchanges = new Map<string, string>();

  /** For `About` of the calls. */
  readonly made = ({ entry, exchange }: MadeCall): void => {
    const kept = exchange === undefined ? undefined : sha256(exchange);
    if (kept !== undefined && exchange !== undefined) this.exchanges.set(kept, exchange);
    this.entries.push({ ...entry, ...(kept === undefined ? {} : { kept }) });
  };

  /** The calls since it was last asked. */
  take(): CallEntry[] {
    const taken = this.entries;
    this.entries = [];
    return taken;
  }

  /**
   * Stores what was sent and answered, once the outcome is on its way to the ledger. Never throws: an exchange that
   * could not be stored is missing in the evidence, and nothing else depends on it.
   */
  async keep(
    { documents, telemetry }: { documents: Pick<DocumentStore, 'put'>; telemetry: Telemetry },
    subject: string,
  ): Promise<void> {
    for (const [hash, exchange] of this.exchanges)
      try {
        await documents.put(documentKey(hash), exchange);
      } catch (error) {
        if (isServiceFailure(error)) telemetry.warn('EXCHANGE_NOT_KEPT', { subject, reason: error.name });
        else tellFault(telemetry, error, { subject });
      }
    this.exchanges.clear();
  }
}
