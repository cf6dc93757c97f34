/** Commands of the document store that a table does not know by their message: whose, and about which invoice. */
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';

export interface UnknownCommand {
  key: string;
  receivedAt: string;
  /** From its folder. */
  connection: string;
  /** `invoice.submit`, as far as it can be read. */
  type?: string | undefined;
  /** Its invoice's, if it says so itself: that of an e-invoice alone is in its file. */
  number?: string | undefined;
  /** The SIRETs of those of whom the table has an invoice of this number, which came with another message. */
  numberKnownOf: string[];
}

const commandSchema = z.object({
  type: z.string().optional().catch(undefined),
  invoice: z.object({ number: z.string().trim() }).optional().catch(undefined),
});
type Read = z.infer<typeof commandSchema>;

/** The numbers of a table's invoices. */
export class KnownNumbers {
  private readonly suppliers = new Map<string, string[]>();

  /** @param subject `<connection>/<supplier SIRET>/<number>`, perhaps with `#<year>` */
  add(subject: string): void {
    const [connection = '', supplier = '', ...rest] = subject.split('/');
    const [number = ''] = rest.join('/').split('#');
    const others = this.suppliersOf(connection, number);
    this.suppliers.set(`${connection}/${number}`, [...new Set([...others, supplier])]);
  }

  /** Whose they are: a command may have no SIRET, but the name of a company in its connection's settings. */
  suppliersOf(connection: string, number: string | undefined): string[] {
    return this.suppliers.get(`${connection}/${number ?? ''}`) ?? [];
  }
}

/** So many are read at a time. */
const together = 20;

export async function readUnknown(
  commands: readonly Pick<UnknownCommand, 'key' | 'receivedAt'>[],
  { s3, bucket, known }: { s3: S3Client; bucket: string; known: KnownNumbers },
): Promise<UnknownCommand[]> {
  const described: UnknownCommand[] = [];
  for (let at = 0; at < commands.length; at += together) {
    const some = commands.slice(at, at + together).map(async (command): Promise<UnknownCommand> => {
      const [, connection = ''] = command.key.split('/');
      const { type, invoice } = await readCommand(s3, bucket, command.key);
      const number = invoice?.number;
      return { ...command, connection, type, number, numberKnownOf: known.suppliersOf(connection, number) };
    });
    described.push(...(await Promise.all(some)));
  }
  return described;
}

async function readCommand(s3: S3Client, Bucket: string, Key: string): Promise<Read> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const text = (await Body?.transformToString()) ?? '';
  return commandSchema.safeParse(parsed(text)).data ?? {};
}

/** A byte order mark may precede it, as in a message. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
