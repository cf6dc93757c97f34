/** What a click at the desk does: who did it is written, then the command goes its way, once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { aboutValidation, note, requestsAbout } from '../../../functions/desk/actions/requests.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { deskWorld, type DeskWorld } from '../../support/desk-world.ts';

const keyOf = (number: string) => `invoice#qualification#${SUPPLIERS.company}#${number}`;

/** An invoice that its recipient has sent back. */
async function sentBack(siret: string, number = 'F-1', beforeSending?: () => void): Promise<DeskWorld> {
  const world = deskWorld({}, beforeSending);
  await world.submit(submitCommand({ invoice: { number, recipient: { siret } } }));
  await world.poll();
  world.advance(2 * 24 * 60 + 60);
  await world.poll();
  return world;
}

/** What AWS's clients say of a refusal. */
const refusal = { $fault: 'client', $metadata: { httpStatusCode: 403 } };

const click = (changes: object = {}) => ({
  ...{ id: randomUUID(), language: 'fr', connection: 'example', key: keyOf('F-1'), type: 'invoice.complete' },
  ...{ fields: { comment: 'Voici la pièce.' }, files: [] },
  ...changes,
});

const pdf = { name: 'pv.pdf', content: tinyPdf };

describe('a click at the desk', () => {
  it('completes an invoice with a file, and the page says by whom and how it ended', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    expect(await world.page('example/fr/to-do')).toContain('data-action="invoice.complete"');
    const asked = click({ files: [pdf] });
    const response = await world.click(asked);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^Demande de Marie Dupont \(compléter la facture\), le /);
    const key = `incoming/example/desk/${asked.id}/pv.pdf`;
    expect(world.commands).toEqual([
      {
        ...{ type: 'invoice.complete', version: 1, connection: 'example' },
        ...{ supplier: { company: 'Constructions Duval' }, comment: 'Voici la pièce.' },
        invoice: { number: 'F-1', issueDate: '2026-11-20' },
        attachments: [{ name: 'pv.pdf', key }],
      },
    ]);
    const page = await world.page(`example/fr/invoice?key=${encodeURIComponent(keyOf('F-1'))}`);
    expect(page).toMatch(/Marie Dupont a demandé\s: compléter la facture.*Demande exécutée/s);
    expect(page).not.toContain('data-waiting');
  });

  it.each([
    [
      'invoice.recycle',
      RECIPIENTS.toRecycle,
      { service: 'VOIRIE' },
      { recipient: { siret: RECIPIENTS.toRecycle, service: 'VOIRIE' } },
    ],
    ['invoice.acknowledge-rejection', RECIPIENTS.rejects, {}, {}],
    ['invoice.status', RECIPIENTS.nothingMandatory, {}, {}],
  ])('sends %s as an ERP would', async (type, siret, fields, expected) => {
    const world = await sentBack(siret);
    expect((await world.click(click({ type, fields }))).status).toBe(200);
    expect(world.commands).toEqual([
      {
        ...{ type, version: 1, connection: 'example', supplier: { company: 'Constructions Duval' } },
        invoice: { number: 'F-1', issueDate: '2026-11-20' },
        ...expected,
      },
    ]);
    const [request] = await requestsAbout(world.ledger, keyOf('F-1'));
    expect(request).toMatchObject({ by: 'compta@duval.example', name: 'Marie Dupont', type, messageId: 'desk-1' });
  });

  it('sends once what is clicked twice', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    const asked = click();
    const answers = await Promise.all([world.click(asked), world.click(asked)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(world.commands).toHaveLength(1);
    expect(await requestsAbout(world.ledger, keyOf('F-1'))).toHaveLength(1);
  });

  it('is not said to have failed if it was sent and that could not be noted', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    const swap = world.ledger.swap.bind(world.ledger);
    let writes = 0;
    vi.spyOn(world.ledger, 'swap').mockImplementation((name, given) => {
      if (name.startsWith('desk-actions#')) writes += 1;
      return writes === 2 ? Promise.reject(new Error('no answer')) : swap(name, given);
    });
    expect((await world.click(click())).status).toBe(200);
    expect(world.commands).toHaveLength(1);
    const [request] = await requestsAbout(world.ledger, keyOf('F-1'));
    expect(request?.failed).toBeUndefined();
  });

  it('sends the same form again if it was certainly not sent', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    vi.spyOn(world.documents, 'put').mockRejectedValueOnce(new Error('no answer'));
    const asked = click({ files: [pdf] });
    expect([(await world.click(asked)).status, world.commands.length]).toEqual([500, 0]);
    expect([(await world.click(asked)).status, world.commands.length]).toEqual([200, 1]);
    const requests = await requestsAbout(world.ledger, keyOf('F-1'));
    expect(requests).toMatchObject([{ id: asked.id, messageId: 'desk-1' }]);
  });

  it.each<[answer: string, error: Error, end: object, status: number, sent: number]>([
    ['refuses', Object.assign(new Error('denied'), refusal), { failed: true }, 500, 1],
    ['does not answer', new Error('socket hang up'), { unsure: true }, 200, 0],
  ])('says what it knows if the queue %s', async (_answer, error, end, status, sent) => {
    let fails = true;
    const world = await sentBack(RECIPIENTS.suspends, 'F-1', () => {
      if (fails) throw error;
    });
    const asked = click();
    expect((await world.click(asked)).status).toBe(status);
    expect(await requestsAbout(world.ledger, keyOf('F-1'))).toMatchObject([end]);
    if (status === 200) expect(await world.page('example/fr/to-do')).toContain('peut-être envoyée');
    fails = false;
    await world.click(asked);
    expect(world.commands).toHaveLength(sent);
  });

  it('sends nothing that would be refused, and says why', async () => {
    const world = await sentBack(RECIPIENTS.toRecycle);
    const response = await world.click(click({ type: 'invoice.recycle', fields: { siret: '123' } }));
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('SIRET')]);
    expect(world.commands).toEqual([]);
    expect(await requestsAbout(world.ledger, keyOf('F-1'))).toEqual([]);
  });

  it('says why a command was not carried out', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    const cutOff = { name: 'pv.pdf', content: Buffer.from('%PDF-1.7\n').toString('base64') };
    expect((await world.click(click({ files: [cutOff] }))).status).toBe(200);
    const page = await world.page('example/fr/to-do');
    expect(page).toMatch(/<strong>non exécutée.*Le PDF pv\.pdf est incomplet/s);
    expect(page).toContain('data-action="invoice.complete"');
  });

  it('takes no more than a request can carry', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    const content = Buffer.alloc(2_100_000).toString('base64');
    const files = ['a.pdf', 'b.pdf'].map((name) => ({ name, content }));
    expect((await world.click(click({ files }))).status).toBe(422);
    expect(world.commands).toEqual([]);
  });

  it('is for who may act, on an invoice of that connection', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    expect((await world.click(click(), 'read')).status).toBe(403);
    expect((await world.click(click({ key: keyOf('F-2') }))).status).toBe(404);
    expect((await world.click(click({ connection: 'other' }))).status).toBe(422);
    expect(await world.page('example/fr/to-do', 'read')).not.toContain('data-action');
    expect(world.commands).toEqual([]);
  });

  it('stays written, however often the status is read after it', async () => {
    const world = await sentBack(RECIPIENTS.suspends);
    await world.click(click());
    for (let reading = 0; reading < 25; reading += 1) await world.click(click({ type: 'invoice.status', fields: {} }));
    const requests = await requestsAbout(world.ledger, keyOf('F-1'));
    expect(requests.length).toBeLessThan(25);
    expect(requests.at(-1)).toMatchObject({ type: 'invoice.complete', by: 'compta@duval.example' });
  });

  it('may be made again the next day if nothing was heard of an answer, since silence accepts', async () => {
    const world = deskWorld();
    const chorusProId = world.model.askValidation({
      ...{ number: 'ST-1', subcontractor: SUPPLIERS.subcontractor, validator: SUPPLIERS.company },
      ...{ recipient: RECIPIENTS.nothingMandatory, net: 8400, vat: 0 },
    });
    await world.pollValidations();
    const about = aboutValidation('example', `${chorusProId}-1`);
    const request = { id: randomUUID(), at: world.now().toISOString(), by: 'marie', name: 'Marie Dupont' };
    await note(world.ledger, about, { ...request, type: 'validation.accept' });
    expect(await world.page('example/fr/validations')).not.toContain('data-action');
    world.advance(24 * 60);
    const page = await world.page('example/fr/validations');
    expect(page).toContain('data-waiting');
    expect(page).toContain('data-action="validation.accept"');
  });

  it('answers a subcontractor’s request, once', async () => {
    const world = deskWorld();
    const chorusProId = world.model.askValidation({
      ...{ number: 'ST-1', subcontractor: SUPPLIERS.subcontractor, validator: SUPPLIERS.company },
      ...{ recipient: RECIPIENTS.nothingMandatory, net: 8400, vat: 0 },
    });
    await world.pollValidations();
    expect(await world.page('example/fr/validations')).toContain('data-action="validation.accept"');
    const asked = click({ key: `${chorusProId}-1`, type: 'validation.accept', fields: {} });
    expect((await world.click(asked)).status).toBe(200);
    expect(world.commands).toMatchObject([
      { type: 'validation.answer', decision: 'accept', request: { number: 'ST-1' } },
    ]);
    expect(await world.page('example/fr/validations')).toContain('validée');
  });
});
