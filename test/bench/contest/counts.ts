import * as z from 'zod';

/** What a stand-in of AWS was asked for, by action, and the bytes of bodies both ways. */
export const countsSchema = z.object({
  requests: z.record(z.string(), z.int()),
  bytesIn: z.int(),
  bytesOut: z.int(),
});
export type Counted = z.infer<typeof countsSchema>;

export class Counts {
  private readonly requests = new Map<string, number>();
  private bytesIn = 0;
  private bytesOut = 0;

  note(action: string, bytes: number): void {
    this.requests.set(action, (this.requests.get(action) ?? 0) + 1);
    this.bytesIn += bytes;
  }

  reply(bytes: number): void {
    this.bytesOut += bytes;
  }

  told(): Counted {
    const { bytesIn, bytesOut } = this;
    return { requests: Object.fromEntries(this.requests), bytesIn, bytesOut };
  }
}
