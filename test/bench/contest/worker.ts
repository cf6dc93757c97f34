/** A function in a process of its own, as Lambda runs it: one batch after the other. */
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { answerTo, workSoFar } from './processes.ts';

const [bundle = ''] = process.argv.slice(2);
const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const loaded = z.object({ handler: z.unknown() }).parse(createRequire(import.meta.url)(bundle));
if (!isHandler(loaded.handler)) throw new Error(`${bundle} has no handler`);
const { handler } = loaded;

const responseSchema = z.object({ batchItemFailures: z.array(z.unknown()) });
const timeoutMs = 120_000;

function context() {
  const endsAt = Date.now() + timeoutMs;
  return {
    ...{ callbackWaitsForEmptyEventLoop: true, functionName: 'contest', functionVersion: '1' },
    ...{ invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:contest', memoryLimitInMB: '1024' },
    ...{ awsRequestId: 'contest', logGroupName: '', logStreamName: '' },
    ...{ done: () => undefined, fail: () => undefined, succeed: () => undefined },
    getRemainingTimeInMillis: () => endsAt - Date.now(),
  };
}

answerTo({
  async run(given) {
    const events = z.array(z.string()).parse(given);
    const [started, before] = [performance.now(), workSoFar()];
    let failures = 0;
    for (const event of events) {
      const response: unknown = await handler(JSON.parse(event), context(), () => undefined);
      failures += responseSchema.parse(response).batchItemFailures.length;
    }
    const [ms, work] = [performance.now() - started, workSoFar() - before];
    // What it wrote to its log is on its way.
    await wait(20);
    return { ms, work, failures, rss: process.memoryUsage.rss() };
  },
});
