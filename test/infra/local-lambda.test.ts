import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { DrivenClock, type LogLine } from '../../tools/local-cloud/index.ts';
import { cloudOf, lambda, textLike } from './local-fixture.ts';

test('a function has the environment, the context and the files it has on Lambda', async () => {
  const worker = `
    exports.handler = async (event, context) => ({
      environment: process.env,
      remaining: context.getRemainingTimeInMillis(),
      context,
      beside: require('node:fs').readdirSync(process.env.LAMBDA_TASK_ROOT),
    });
  `;
  const properties = {
    FunctionName: 'stage-worker',
    Timeout: 10,
    MemorySize: 256,
    Environment: { Variables: { REGION: { Ref: 'AWS::Region' } } },
  };
  const cloud = await cloudOf({ worker: lambda('worker', properties) }, { bundles: { worker } });
  expect(cloud.functions).toEqual(['stage-worker']);
  const outcome = await cloud.invoke('stage-worker');
  expect(outcome).toMatchObject({
    payload: {
      environment: {
        REGION: 'eu-west-3',
        AWS_REGION: 'eu-west-3',
        AWS_ACCESS_KEY_ID: 'stage-worker',
        AWS_ENDPOINT_URL: cloud.endpoint,
        AWS_LAMBDA_FUNCTION_NAME: 'stage-worker',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      },
      context: {
        functionName: 'stage-worker',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:stage-worker',
      },
      beside: ['index.js'],
    },
  });
  expect(JSON.stringify(outcome)).not.toContain(process.env['HOME']);
  expect(JSON.stringify(outcome)).toMatch(/"remaining":(9\d{3}|10000)/);
  expect(await cloud.invoke('worker')).toHaveProperty('payload');
});

test('a module of this project is out of reach: a bundle contains what it needs', async () => {
  const worker = `exports.handler = async () => typeof require('zod');`;
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker } });
  expect(await cloud.invoke('worker')).toMatchObject({ error: { message: textLike(/zod/) } });
});

test.each([
  ['throws', `exports.handler = async () => { throw new RangeError('on purpose'); };`, 'RangeError'],
  ['does not load', `throw new SyntaxError('on purpose');`, 'SyntaxError'],
  ['exports no handler', `exports.other = 1;`, 'Runtime.HandlerNotFound'],
  ['exits', `exports.handler = async () => process.exit(3);`, 'Runtime.ExitError'],
  [
    'throws later',
    `exports.handler = () => new Promise(() => setTimeout(() => { throw new TypeError('on purpose'); }, 1));`,
    'TypeError',
  ],
])('a function that %s gives an error, and the next call starts afresh', async (_, worker, type) => {
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker } });
  expect(await cloud.invoke('worker')).toMatchObject({ error: { type } });
  expect(await cloud.invoke('worker')).toMatchObject({ error: { type } });
});

test('the time-out ends the function mid-call', async () => {
  const worker = `
    let calls = 0;
    exports.handler = async (event) => {
      calls += 1;
      if (event.spin) for (;;);
      return calls;
    };
  `;
  const lines: LogLine[] = [];
  const cloud = await cloudOf(
    { worker: lambda('worker', { Timeout: 1 }) },
    { bundles: { worker }, onLog: (line) => lines.push(line) },
  );
  expect(await cloud.invoke('worker')).toEqual({ payload: 1 });
  expect(await cloud.invoke('worker')).toEqual({ payload: 2 });
  expect(await cloud.invoke('worker', { spin: true })).toMatchObject({ error: { type: 'Sandbox.Timedout' } });
  expect(lines.map(({ line }) => line).join()).toMatch(/Task timed out after 1\.00 seconds/);
  expect(await cloud.invoke('worker')).toEqual({ payload: 1 });
});

test('a function that holds more than its memory is killed, where it holds it in Buffers too', async () => {
  const worker = `
    const held = [];
    exports.handler = async ({ megabytes, wait = 0 }) => {
      for (let i = 0; i < megabytes; i += 10) held.push(Buffer.alloc(10e6, 1));
      await new Promise((resolve) => setTimeout(resolve, wait));
      return held.length;
    };
  `;
  const cloud = await cloudOf({ worker: lambda('worker', { MemorySize: 256, Timeout: 60 }) }, { bundles: { worker } });
  const killed = { error: { type: 'Runtime.ExitError', message: textLike(/signal: killed.* of 256 MB/) } };
  expect(await cloud.invoke('worker', { megabytes: 50 })).toEqual({ payload: 5 });
  expect(await cloud.invoke('worker', { megabytes: 300 })).toMatchObject(killed);
  expect(await cloud.invoke('worker', { megabytes: 50 })).toEqual({ payload: 5 });
  expect(await cloud.invoke('worker', { megabytes: 300, wait: 50_000 })).toMatchObject(killed);
});

test('an environment runs one invocation at a time; more are started up to the limit', async () => {
  const worker = `
    let busy = false;
    const { threadId } = require('node:worker_threads');
    exports.handler = async () => {
      if (busy) throw new Error('two at once');
      busy = true;
      await new Promise((resolve) => setTimeout(resolve, 50));
      busy = false;
      return threadId;
    };
  `;
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker }, maximumConcurrency: 3 });
  const outcomes = await Promise.all(Array.from({ length: 7 }, () => cloud.invoke('worker')));
  expect(new Set(outcomes.map((outcome) => ('payload' in outcome ? outcome.payload : outcome.error))).size).toBe(3);
});

test('functions read the driven clock, however they read the time', async () => {
  const worker = `
    class Sub extends Date {}
    const loaded = Date.now();
    exports.handler = async () => ({
      loaded,
      now: Date.now(),
      made: new Date().toISOString(),
      sub: new Sub().getTime(),
      text: Date().slice(11, 15),
      fixed: new Date('2001-02-03T04:05:06Z').toISOString(),
      utc: Date.UTC(2001, 0),
      kinds: [new Date() instanceof Date, new Sub() instanceof Sub, new Date().constructor === Date],
    });
  `;
  const clock = new DrivenClock({ start: new Date('2031-06-01T00:00:00Z') });
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker }, clock });
  const first = await cloud.invoke('worker');
  expect(first).toMatchObject({
    payload: {
      made: textLike(/^2031-06-01T00:00/),
      text: '2031',
      fixed: '2001-02-03T04:05:06.000Z',
      utc: 978_307_200_000,
      kinds: [true, true, true],
    },
  });
  await cloud.advance(100 * 86_400_000);
  expect(await cloud.invoke('worker')).toMatchObject({
    payload: { made: textLike(/^2031-09-09T00:00/) },
  });
  expect(new Date(clock.now()).toISOString()).toMatch(/^2031-09-09T00:00/);
});

test('the lines that a function writes arrive before its result', async () => {
  const worker = `exports.handler = async () => { console.log('one\\ntwo'); process.stderr.write('half '); console.error('done'); };`;
  const lines: LogLine[] = [];
  const cloud = await cloudOf({ worker: lambda('worker') }, { bundles: { worker }, onLog: (line) => lines.push(line) });
  await cloud.invoke('worker');
  expect(lines.map(({ stream, line }) => [stream, line])).toEqual([
    ['stdout', 'one'],
    ['stdout', 'two'],
    ['stderr', 'half done'],
  ]);
});

test('an unknown function is an error that names it', async () => {
  const cloud = await cloudOf({});
  await expect(cloud.invoke('missing')).rejects.toThrow('missing');
});

test('a new version takes over at once; the alias can be turned back by hand, over HTTP', async () => {
  const worker = 'exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_VERSION;';
  const cloud = await cloudOf({ worker: lambda('worker', { FunctionName: 'worker' }) }, { bundles: { worker } });
  const folder = await mkdtemp(join(tmpdir(), 'version-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'index.js'), 'exports.handler = async () => "new";');
  const call = async (method: string, path: string, body?: object) => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=operator/20260101/eu-west-3/lambda/aws4_request';
    const url = `${cloud.endpoint}/2015-03-31/functions/worker/${path}`;
    const reply = await fetch(url, { method, headers: { authorization }, body: body ? JSON.stringify(body) : null });
    return z.looseObject({}).parse(await reply.json());
  };
  expect(await cloud.invoke('worker')).toEqual({ payload: '1' });
  cloud.publish('worker', folder);
  expect(await cloud.invoke('worker')).toEqual({ payload: 'new' });
  expect(await call('GET', 'versions')).toMatchObject({ Versions: [{}, { Version: '1' }, { Version: '2' }] });
  expect(await call('PUT', 'aliases/live', { FunctionVersion: '1' })).toMatchObject({ FunctionVersion: '1' });
  expect(await call('GET', 'aliases/live')).toMatchObject({ FunctionVersion: '1' });
  expect(await cloud.invoke('worker')).toEqual({ payload: '1' });
  const { message } = await call('GET', 'policy');
  expect(message).toContain('does not know GET /2015-03-31/functions/worker/policy:');
});
