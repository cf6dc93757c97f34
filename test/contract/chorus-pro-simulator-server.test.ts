import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  startChorusProServer,
  type ChorusProServer,
} from '../../tools/chorus-pro-simulator/index.ts';
import {
  exampleClient,
  submission,
  submitInvoice,
  tokenRequest,
} from '../../tools/chorus-pro-simulator/example-client.ts';

let running: ChorusProServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function fresh() {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock });
  const faults = createFaultPlan({ clock });
  const recorded: unknown[] = [];
  const server = await startChorusProServer({
    ...{ model, faults, onRequest: (request) => recorded.push(request) },
    passTime: (milliseconds) => {
      clock.advance(milliseconds);
      return Promise.resolve();
    },
  });
  running = server;
  const client = exampleClient(model);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null });
  const submit = (number = 'F-1', signal?: AbortSignal) => {
    const { path, headers, body } = client.request('factures/soumettre', submission(client, { number }));
    return fetch(server.url + path, {
      method: 'POST',
      headers: z.record(z.string(), z.string()).parse(headers),
      body,
      signal: signal ?? null,
    });
  };
  return { clock, model, faults, recorded, server, client, post, submit };
}

test('speaks HTTP: a token, a submission, and what was recorded of it', async () => {
  const { server, submit, recorded, model } = await fresh();
  const { body } = tokenRequest();
  const token = await fetch(server.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  expect(await token.json()).toMatchObject({ token_type: 'Bearer' });
  const reply = await submit();
  expect(reply.headers.get('content-type')).toContain('application/json');
  expect(await reply.json()).toMatchObject({ codeRetour: 0, statutFacture: 'DEPOSEE' });
  expect(model.accepted()).toHaveLength(1);
  expect(recorded.at(-1)).toMatchObject({ path: '/cpro/factures/v1/soumettre', body: { numeroFactureSaisi: 'F-1' } });
  expect(JSON.stringify(recorded)).not.toContain('Bearer');
});

test('its control routes show its state and change it', async () => {
  const { client, post, server, clock } = await fresh();
  const id = submitInvoice(client, { number: 'F-7' });
  clock.advance(2 * 3_600_000);
  const state = async () => (await fetch(`${server.url}/simulator/state`)).json();
  expect(await state()).toMatchObject({
    now: '2026-11-23T12:00:00.000+01:00',
    invoices: [{ id, number: 'F-7', status: 'MISE_A_DISPOSITION' }],
  });
  await post('/simulator/status', { invoice: 'F-7', status: 'REJETEE', comment: 'motif' });
  expect(await state()).toMatchObject({ invoices: [{ status: 'REJETEE', comment: 'motif' }] });
});

test('its clock is read and moved, one leap after the other', async () => {
  const { post, server } = await fresh();
  const forward = async (span: string) => (await post('/simulator/clock', { forward: span })).json();
  await Promise.all([forward('+39d'), forward('1j'), forward('90m'), forward('2h')]);
  const read = await fetch(`${server.url}/simulator/clock`);
  expect(await read.json()).toEqual({ now: '2027-01-02T13:30:00.000+01:00', calls: { '/api/oauth/token': 1 } });
});

test.each<[string, string, object, number]>([
  ['a leap backwards', '/simulator/clock', { forward: '-1d' }, 400],
  ['a leap of more than 400 days', '/simulator/clock', { forward: '401d' }, 400],
  ['an unknown route', '/simulator/nothing', {}, 404],
  ['an unknown status', '/simulator/status', { invoice: 'F-7', status: 'PAYEE' }, 400],
  ['an unknown invoice', '/simulator/status', { invoice: 'F-7', status: 'REJETEE' }, 404],
])('the control routes refuse %s', async (_case, path, body, status) => {
  const { post } = await fresh();
  expect((await post(path, body)).status).toBe(status);
});

test('a reset breaks the connection, before the effect or after it', async () => {
  const { submit, faults, model } = await fresh();
  faults.add({ kind: 'reset-before', count: 1, nth: 1 });
  await expect(submit()).rejects.toThrow();
  expect(model.accepted()).toHaveLength(0);
  faults.add({ kind: 'reset-after', count: 1, nth: 1 });
  await expect(submit()).rejects.toThrow();
  expect(model.accepted()).toHaveLength(1);
});

test('a hang lasts until the caller gives up, a latency for its time', async () => {
  const { submit, faults, model } = await fresh();
  faults.add({ kind: 'hang-after', count: 1 });
  await expect(submit('F-1', AbortSignal.timeout(100))).rejects.toThrow();
  expect(model.accepted()).toHaveLength(1);
  faults.add({ kind: 'latency', milliseconds: 60 });
  const before = performance.now();
  expect((await submit('F-2')).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});

test('closes while a call hangs and another waits, and leaves nothing open', async () => {
  const { submit, faults, server } = await fresh();
  faults.add({ kind: 'hang-before', nth: 1 });
  faults.add({ kind: 'latency', milliseconds: 60_000, nth: 2 });
  const calls = Promise.allSettled([submit('F-1'), submit('F-2')]);
  await pause(50);
  const before = performance.now();
  await server.close();
  expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(performance.now() - before).toBeLessThan(2000);
  await expect(fetch(server.url)).rejects.toThrow();
  running = undefined;
});

test('takes a PDF of ten megabytes, and says 413 beyond what it reads', async () => {
  const { client, server } = await fresh();
  const pdf = Buffer.alloc(10_000_000);
  pdf.write('%PDF-1.4');
  const send = (body: string) =>
    fetch(`${server.url}/cpro/factures/v1/deposer/pdf`, { method: 'POST', headers: client.headers, body });
  const body = { fichierFacture: pdf.toString('base64'), nomFichier: 'a.pdf', formatDepot: 'PDF_NON_SIGNE' };
  expect((await send(JSON.stringify(body))).status).toBe(200);
  expect((await send('x'.repeat(45_000_001))).status).toBe(413);
});
