/** Lambda's runtime as a bundle sees it. Runs in a worker thread and imports only Node's own modules. */
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

type Handler = (event: unknown, context: object) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const post = (message: object): void => parentPort?.postMessage(message);

const clock: unknown = workerData;
if (!(clock instanceof SharedArrayBuffer)) throw new Error('started without a clock');
const offset = new BigInt64Array(clock);

/** The functions live on the cloud's clock. Code that runs before the bundle is loaded does not see this. */
const realDate = Date;
const now = (): number => realDate.now() + Number(Atomics.load(offset, 0));
const drivenDate = new Proxy(realDate, {
  construct: (target, given: unknown[], newTarget): Date => {
    const made: unknown = Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget);
    return made instanceof realDate ? made : new target(Number.NaN);
  },
  apply: (target): string => new target(now()).toString(),
  get: (target, property): unknown => (property === 'now' ? now : Reflect.get(target, property)),
});
realDate.prototype.constructor = drivenDate;
globalThis.Date = drivenDate;

/** Lines go the same way as results, so that an invocation's lines arrive before its result. */
function capture(stream: NodeJS.WriteStream, name: 'stdout' | 'stderr'): void {
  let rest = '';
  stream.write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) post({ kind: 'line', stream: name, line });
    const done = more.at(-1);
    if (typeof done === 'function') queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  };
}
capture(process.stdout, 'stdout');
capture(process.stderr, 'stderr');

/** Reports where the bundle connects to. Everything goes through a socket, whatever library opens it. */
const connect: unknown = Reflect.get(Socket.prototype, 'connect');
Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
  this.once('connect', () => post({ kind: 'reached', address: `${this.remoteAddress}:${this.remotePort}` }));
  if (typeof connect === 'function') Reflect.apply(connect, this, given);
  return this;
};

/** Node itself, and the code that it has compiled. */
const runtimeMegabytes = 50;
const memoryMegabytes = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']);

/** Lambda kills a process that outgrows its memory. V8's own limit does not count Buffers, which hold the documents. */
function checkMemory(): void {
  const { total_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  const megabytes = runtimeMegabytes + Math.ceil((heap + buffers) / 2 ** 20);
  if (megabytes > memoryMegabytes) post({ kind: 'outgrown', megabytes });
}
setInterval(checkMemory, 25).unref();

function load(): Handler {
  const { LAMBDA_TASK_ROOT: root = '', _HANDLER: path = '' } = process.env;
  const [file = '', name = ''] = path.split('.');
  const loaded: unknown = createRequire(join(root, 'index.js'))(join(root, file));
  const handler = isRecord(loaded) ? loaded[name] : undefined;
  if (isHandler(handler)) return handler;
  const error = new Error(`${file} exports no function '${name}'`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
}

const failure = (error: unknown) =>
  error instanceof Error
    ? { type: error.name, message: error.message, trace: (error.stack ?? '').split('\n') }
    : { type: typeof error, message: String(error) };

async function invoke(handler: Handler, invocation: Record<string, unknown>): Promise<void> {
  const { event, milliseconds, ...named } = invocation;
  const deadline = performance.now() + Number(milliseconds);
  const context = {
    ...named,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  try {
    const payload: unknown = await handler(JSON.parse(String(event)), context);
    checkMemory();
    post({ kind: 'result', payload: JSON.stringify(payload ?? null) });
  } catch (error) {
    post({ kind: 'failure', failure: failure(error) });
  }
}

try {
  const handler = load();
  parentPort?.on('message', (message: unknown) => {
    if (isRecord(message)) void invoke(handler, message);
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'broken', failure: failure(error) });
}
