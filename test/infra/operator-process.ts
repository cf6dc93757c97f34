/** Runs verbs of `npx relay`, one after the other, for `runOperator`: what they load is loaded once. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { runVerb } from '../../tools/command-line/run.ts';
import { verbs } from '../../tools/relay/verbs.ts';

const orderSchema = z.object({
  id: z.int(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  input: z.string(),
});
type Order = z.infer<typeof orderSchema>;

/** What is said on a stream, as it is written. */
function caught(stream: NodeJS.WriteStream, into: string[]): () => void {
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array) => {
    into.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  return () => {
    stream.write = write;
  };
}

async function run({ id, args, env, input }: Order): Promise<void> {
  process.env = env;
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from([Buffer.from(input)]) });
  const [output, errors]: [string[], string[]] = [[], []];
  const free = [caught(process.stdout, output), caught(process.stderr, errors)];
  const code = await runVerb('npx relay', verbs, args).catch((error: unknown) => {
    errors.push(String(error));
    return 1;
  });
  for (const give of free) give();
  // What a command does when it is interrupted is over with it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  process.send?.({ id, code, output: output.join(''), errors: errors.join('') });
}

let done = Promise.resolve();
process.on('message', (message) => {
  const order = orderSchema.parse(message);
  done = done.then(() => run(order));
});
process.once('disconnect', () => process.exit());
