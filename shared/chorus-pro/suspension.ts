import * as z from 'zod';
import type { Memory } from '../ledger/ledger.ts';

const suspensionSchema = z.object({ version: z.string(), until: z.iso.datetime() });
type Suspended = z.infer<typeof suspensionSchema>;

/** How long refused credentials are left alone, so that nobody locks the technical account. */
const suspensionMs = 3_600_000;
/** How long a warm function may go on without hearing that another one suspended the connection. */
const readAgainMs = 60_000;

export interface SuspensionDependencies {
  connection: string;
  memory: Memory;
  now: () => Date;
}

/** Which version of a connection's credentials is suspended, for all functions: a new version is tried at once. */
export class Suspension {
  private readonly dependencies: SuspensionDependencies;
  private readAt = -Infinity;
  // The promise is kept, not its value: calls made side by side wait for one reading.
  private known: Promise<Suspended | undefined> = Promise.resolve(undefined);

  constructor(dependencies: SuspensionDependencies) {
    this.dependencies = dependencies;
  }

  async holds(version: string): Promise<boolean> {
    const { now } = this.dependencies;
    if (now().getTime() - this.readAt >= readAgainMs) {
      this.readAt = now().getTime();
      this.known = this.read();
    }
    const suspended = await this.known;
    return suspended?.version === version && now().toISOString() < suspended.until;
  }

  async begin(version: string): Promise<void> {
    const { memory, now } = this.dependencies;
    const suspended = { version, until: new Date(now().getTime() + suspensionMs).toISOString() };
    this.known = Promise.resolve(suspended);
    await memory.remember(this.name(), suspended);
  }

  private async read(): Promise<Suspended | undefined> {
    try {
      return suspensionSchema.safeParse(await this.dependencies.memory.recall(this.name())).data;
    } catch (error) {
      this.readAt = -Infinity;
      throw error;
    }
  }

  private name(): string {
    return `suspension#${this.dependencies.connection}`;
  }
}
