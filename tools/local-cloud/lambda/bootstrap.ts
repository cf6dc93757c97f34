/** Runs in a worker thread: Lambda's runtime, as far as a bundle can tell. Imports nothing but Node's own. */
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

type Handler = (event: unknown, context: object) => unknown;
interface Failure {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const post = (message: object): void => parentPort?.postMessage(message);

const settings: unknown = workerData;
if (!isRecord(settings) || !(settings['clock'] instanceof SharedArrayBuffer))
  throw new Error('started without its settings');
const offset = new BigInt64Array(settings['clock']);
const file = String(settings['file']);
const exportName = String(settings['export']);
const names = isRecord(settings['names']) ? settings['names'] : {};

/** The functions live on the cloud's clock; code that runs before the bundle is loaded does not see this. */
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

/** Lines go the way that results go, so that an invocation's lines are there before its result. */
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

/** Whom the bundle reaches: nothing can leave but through a socket, whatever library opened it. */
function reportSockets(): void {
  const connect: unknown = Reflect.get(Socket.prototype, 'connect');
  if (typeof connect !== 'function') return;
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
    this.once('connect', () => post({ kind: 'reached', address: `${this.remoteAddress}:${this.remotePort}` }));
    Reflect.apply(connect, this, given);
    return this;
  };
}
reportSockets();

async function loadModule(): Promise<unknown> {
  try {
    return createRequire(file)(file);
  } catch (error) {
    // An ES module with a top-level await can only be imported.
    if (!isRecord(error) || error['code'] !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return import(pathToFileURL(file).href);
  }
}

async function load(): Promise<Handler> {
  const loaded = await loadModule();
  const handler = isRecord(loaded) ? loaded[exportName] : undefined;
  if (isHandler(handler)) return handler;
  const error = new Error(`${file} exports no function '${exportName}'`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
}

function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

interface Invocation {
  id: string;
  event: string;
  milliseconds: number;
}

const isInvocation = (message: unknown): message is Invocation =>
  isRecord(message) && typeof message['event'] === 'string';

async function invoke(handler: Handler, { id, event, milliseconds }: Invocation): Promise<void> {
  const deadline = performance.now() + milliseconds;
  const context = {
    ...names,
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  try {
    const answer: unknown = await handler(JSON.parse(event), context);
    post({ kind: 'result', id, payload: JSON.stringify(answer ?? null) });
  } catch (error) {
    post({ kind: 'failure', id, failure: failure(error) });
  }
}

try {
  const handler = await load();
  parentPort?.on('message', (message: unknown) => {
    if (isInvocation(message)) void invoke(handler, message);
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'broken', failure: failure(error) });
}
