import { describe, expect, it } from 'vitest';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submitInvoice } from '../../../tools/chorus-pro-simulator/example-client.ts';
import type { FaultRule } from '../../../tools/chorus-pro-simulator/faults.ts';
import { pdfText, submitCommand, tinyPdf } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { answering, codesOf, effectsOf, paths, recordOf, told } from './scenario.ts';

const done = { kind: 'done' };
const attachments = [{ name: 'plan.pdf', content: Buffer.from(pdfText('% plan')).toString('base64'), typeCode: 'ZZZ' }];

describe('accepted by Chorus Pro', () => {
  it('the invoice is followed, the lease is given back, the ERP knows its id', async () => {
    const world = relay();
    expect(await world.submit(submitCommand({ command: { attachments } }))).toEqual(done);
    const record = await recordOf(world);
    const [accepted] = world.model.accepted();
    expect(record).toMatchObject({
      state: 'followed',
      chorusProId: accepted?.id,
      attempts: 1,
      amount: '1200.00',
      recipient: RECIPIENTS.nothingMandatory,
      status: { code: 'DEPOSEE' },
      documents: [{ name: 'F-2026-0001.pdf' }, { name: 'plan.pdf' }],
    });
    expect(record).not.toHaveProperty('lease');
    const tenDays = 10 * 24 * 3_600_000;
    expect(record.watchAt).toBe(new Date(world.now().getTime() + tenDays).toISOString());
    expect(told(world)).toEqual(['accepted', 'submitted']);
    expect(world.published.at(-1)?.data).toMatchObject({
      chorusProId: accepted?.id,
      state: 'followed',
      status: { code: 'DEPOSEE' },
    });
  });

  it('an attachment needs no type', async () => {
    const world = relay();
    await world.submit(submitCommand({ command: { attachments: [{ name: 'plan.pdf', content: tinyPdf }] } }));
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('the message, the documents and what was answered are kept', async () => {
    const world = relay();
    await world.submit(submitCommand({ command: { attachments } }), { messageId: 'm-1' });
    const kept = world.documents.keys().sort();
    const { documents, commandKey, life = [] } = await recordOf(world);
    expect(commandKey).toBe('received/example/2026-11-23/m-1.json');
    const answered = life.flatMap((entry) => ('kept' in entry && entry.kept ? [entry.kept] : []));
    const hashes = [...documents.map(({ sha256 }) => sha256), ...answered];
    expect(answered).toHaveLength(1);
    expect(kept).toEqual([...hashes.map((hash) => `documents/${hash}`), commandKey].sort());
  });

  it('the message is kept once, under the day of its sending, however often and long it is delivered', async () => {
    const world = relay();
    const put = world.documents.put.bind(world.documents);
    const puts: string[] = [];
    world.documents.put = (key, bytes) => {
      puts.push(key);
      return put(key, bytes);
    };
    world.faults.add({ kind: 'unavailable', path: paths.suppliers });
    const sentAt = world.now();
    for (let day = 0; day < 3; day += 1) {
      await world.submit(submitCommand(), { messageId: 'm-1', sentAt, redelivered: day > 0 });
      world.advance(24 * 60);
    }
    expect(puts).toEqual(['received/example/2026-11-23/m-1.json']);
    world.documents.get = () => Promise.resolve({ kind: 'missing' });
    await world.submit(submitCommand(), { messageId: 'm-1', sentAt, redelivered: true });
    expect(puts, 'the first delivery had failed before it was stored').toHaveLength(2);
  });

  it('an agency sends under its own SIRET', async () => {
    const world = relay();
    await world.submit(submitCommand({ command: { supplier: { company: 'Constructions Duval', agency: 'Caen' } } }));
    expect(world.model.accepted()).toMatchObject([{ supplierSiret: SUPPLIERS.agency }]);
  });
});

describe('refused by Chorus Pro', () => {
  it('the ERP is told why, and the number is free', async () => {
    const world = relay();
    submitInvoice(exampleClient(world.model), { number: 'F-2026-0001' });
    expect(await world.submit(submitCommand())).toEqual(done);
    const record = await recordOf(world);
    expect(record.state).toBe('refused');
    expect(codesOf(record)).toEqual(['refused-by-chorus-pro']);
    expect(record).not.toHaveProperty('lease');
    expect(record).not.toHaveProperty('dueAt');
    expect(told(world)).toEqual(['accepted', 'refused']);
    expect(world.published.at(-1)?.data).toMatchObject({ actionNeeded: true, reasons: record.reasons });
  });

  it('already at an upload: no submission is tried', async () => {
    const no = JSON.stringify({ codeRetour: 20003, libelle: 'non' });
    const world = relay({ transport: answering(paths.attachment, () => no) });
    expect(await world.submit(submitCommand({ command: { attachments } }))).toEqual(done);
    const record = await recordOf(world);
    expect(record.state).toBe('refused');
    expect(record.reasons?.[0]).toMatchObject({
      fr: 'Refus de Chorus Pro : la pièce jointe dépasse 10 Mo (code 20003).',
      en: 'Chorus Pro refused: the attachment is over 10 MB (code 20003).',
    });
    expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
  });
});

describe('of unknown outcome', () => {
  it.each<[what: string, rule: Omit<FaultRule, 'path'>, invoices: number]>([
    ['a reset before the effect', { kind: 'reset-before' }, 0],
    ['a reset after the effect', { kind: 'reset-after' }, 1],
    ['silence before the effect', { kind: 'hang-before' }, 0],
    ['silence after the effect', { kind: 'hang-after' }, 1],
    ['half an answer', { kind: 'truncated' }, 1],
    ['an error of the server', { kind: 'server-error' }, 0],
    ['an error of the gateway, the work being done', { kind: 'gateway-timeout', strikes: 'after' }, 1],
    ['a closed platform, for all it says', { kind: 'maintenance' }, 0],
  ])('%s: in doubt, and the message is done with', async (_what, rule, invoices) => {
    const world = relay();
    world.faults.add({ ...rule, path: paths.submit, count: 1 });
    expect(await world.submit(submitCommand())).toEqual(done);
    const record = await recordOf(world);
    expect(record).toMatchObject({ state: 'in-doubt', doubt: { since: world.now().toISOString() } });
    expect(record).not.toHaveProperty('lease');
    expect(record).not.toHaveProperty('chorusProId');
    expect(effectsOf(world).invoices).toBe(invoices);
    expect(told(world)).toEqual(['accepted', 'in-doubt']);
    expect(await world.ledger.due('example', { before: new Date(world.now().getTime() + 60_000), limit: 1 })).toEqual([
      record.pk,
    ]);
  });
});

describe('certainly not done', () => {
  it.each<[what: string, rule: FaultRule, disposition: object]>([
    ['the upload met an error', { kind: 'server-error', path: paths.pdf }, { reason: 'platform-down' }],
    ['the upload met silence', { kind: 'hang-after', path: paths.pdf }, { reason: 'platform-down' }],
    [
      'the quota is used up',
      { kind: 'too-many-requests', path: paths.submit, retryAfterSeconds: 77 },
      { reason: 'throttled', atLeastSeconds: 77 },
    ],
    ['the API is not subscribed to', { kind: 'forbidden', path: paths.submit }, { reason: 'api-not-subscribed' }],
    ['the credentials are refused', { kind: 'unauthorized', path: paths.submit }, { reason: 'suspended' }],
  ])('%s: parked, and the message comes again', async (_what, rule, disposition) => {
    const world = relay();
    world.faults.add(rule);
    expect(await world.submit(submitCommand())).toEqual({ kind: 'retry', ...disposition });
    const record = await recordOf(world);
    expect(record.state).toBe('accepted');
    expect(record).not.toHaveProperty('lease');
    expect(record).not.toHaveProperty('doubt');
    expect(effectsOf(world).invoices).toBe(0);
    expect(told(world)).toEqual(['accepted']);
  });

  it('a 401 at random is overcome within the call', async () => {
    const world = relay();
    world.faults.add({ kind: 'unauthorized', path: paths.submit, count: 1 });
    expect(await world.submit(submitCommand())).toEqual(done);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('PISTE’s random refusals are overcome within the call', async () => {
    const world = relay();
    world.faults.add({ kind: 'invalid-client', count: 4 });
    expect(await world.submit(submitCommand())).toEqual(done);
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('a platform that cannot be reached leaves nothing in the ledger yet: nothing was checked', async () => {
    const world = relay({ transport: () => () => Promise.resolve({ kind: 'not-connected', why: 'ENOTFOUND' }) });
    expect(await world.submit(submitCommand())).toMatchObject({ kind: 'retry' });
    expect(world.ledger.records()).toEqual([]);
    expect(world.published).toEqual([]);
  });

  it('without credentials nothing is called', async () => {
    const world = relay({ credentials: () => Promise.resolve(undefined) });
    expect(await world.submit(submitCommand())).toEqual({ kind: 'retry', reason: 'secret-missing' });
    expect(world.model.effects.calls).toEqual({});
  });
});

it('a company’s SIRET as the recipient is refused at once, in our own words', async () => {
  const world = relay();
  await world.submit(submitCommand({ invoice: { recipient: { siret: SUPPLIERS.stranger } } }));
  expect(codesOf(await recordOf(world))).toEqual(['recipient-is-a-company']);
  expect(effectsOf(world)).toEqual({ invoices: 0, tries: 0 });
});
