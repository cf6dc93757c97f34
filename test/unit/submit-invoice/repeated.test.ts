import { describe, expect, it } from 'vitest';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { isInChorusPro } from '../../../shared/ledger/record.ts';
import { move } from '../../../shared/ledger/transition.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { codesOf, effectsOf, paths, recordOf, told, trackedRecordOf } from './scenario.ts';

const done = { kind: 'done' };
const once = { invoices: 1, tries: 1 };

const repeatsOf = (world: Relay) =>
  world.published.filter(({ type }) => type === 'chorus-relay.invoice.repeated.v1').map(({ data }) => data);
const reasonsOf = (world: Relay) => repeatsOf(world).flatMap(({ reasons = [] }) => reasons.map(({ code }) => code));
const newPrint = Buffer.concat([Buffer.from(tinyPdf, 'base64'), Buffer.from('% 09:05\n')]).toString('base64');

describe('the same invoice again', () => {
  it('as the same message is acknowledged in silence', async () => {
    const world = relay();
    await world.submit(submitCommand(), { messageId: 'm-1' });
    const before = await recordOf(world);
    for (const redelivered of [false, true])
      expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered })).toEqual(done);
    expect(await recordOf(world)).toEqual(before);
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('as another message is told where it stands, once, and nothing is sent', async () => {
    const world = relay();
    await world.submit(submitCommand(), { messageId: 'm-1' });
    for (const redelivered of [false, false, true])
      expect(await world.submit(submitCommand(), { messageId: 'm-2', redelivered })).toEqual(done);
    expect(effectsOf(world)).toEqual(once);
    expect(told(world)).toEqual(['accepted', 'submitted', 'repeated']);
    expect(repeatsOf(world)).toMatchObject([
      {
        state: 'followed',
        status: { code: 'DEPOSEE' },
        messageId: 'm-1',
        command: { type: 'invoice.submit', messageId: 'm-2' },
        actionNeeded: false,
        reasons: [{ code: 'same-invoice' }],
      },
    ]);
    expect((await recordOf(world)).messageIds).toEqual(['m-1', 'm-2']);
  });

  it('after a rejection says since when, why, and that the number is used up', async () => {
    const world = relay();
    await world.submit(submitCommand());
    world.advance(60);
    world.model.setStatus('F-2026-0001', 'REJETEE', 'Erreur de montant');
    world.advance(1);
    await world.poll();
    await world.submit(submitCommand());
    const [repeat] = repeatsOf(world);
    expect(repeat).toMatchObject({ state: 'rejected', status: { code: 'REJETEE' }, actionNeeded: true });
    expect(repeat?.message.fr).toContain('depuis le 23 novembre 2026 (motif : Erreur de montant)');
    expect(repeat?.message.fr).toContain(
      'Ce numéro est déjà utilisé : émettez une nouvelle facture sous un autre numéro.',
    );
    expect(effectsOf(world)).toEqual(once);
  });

  it('that the recipient has suspended says how to answer', async () => {
    const world = relay();
    await world.submit(submitCommand());
    world.advance(60);
    world.model.setStatus('F-2026-0001', 'SUSPENDUE', 'Bon manquant');
    world.advance(1);
    await world.poll();
    await world.submit(submitCommand());
    expect(repeatsOf(world)).toMatchObject([{ actionNeeded: true }]);
    expect(repeatsOf(world)[0]?.message.en).toContain('invoice.complete');
  });

  it('while it is parked is sent by the new message, and told once', async () => {
    const world = relay();
    world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
    await world.submit(submitCommand(), { messageId: 'm-1' });
    world.advance(2);
    await world.submit(submitCommand(), { messageId: 'm-2' });
    expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(told(world)).toEqual(['accepted', 'repeated', 'submitted']);
    expect(repeatsOf(world)[0]?.message.fr).toContain('en attente d’envoi');
    expect(effectsOf(world)).toEqual(once);
  });

  it('while it is in doubt is told so', async () => {
    const world = relay();
    world.faults.add({ kind: 'reset-before', path: paths.submit });
    await world.submit(submitCommand(), { messageId: 'm-1' });
    await world.submit(submitCommand(), { messageId: 'm-2' });
    expect(told(world)).toEqual(['accepted', 'in-doubt', 'repeated']);
    expect(repeatsOf(world)).toMatchObject([{ state: 'in-doubt', actionNeeded: false }]);
  });

  it('that cannot be checked any more is refused with where the invoice stands', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const document = { name: 'F-2026-0001.pdf', key: 'incoming/example/gone.pdf' };
    await world.submit(submitCommand({ command: { document } }), { messageId: 'm-2' });
    const refused = await recordOf(world, 'command#m-2');
    expect(codesOf(refused).at(-1)).toBe('known-invoice');
    expect(refused.reasons?.at(-1)?.fr).toContain('reste inchangée. État : « Déposée »');
    // Somebody must act, though not on the invoice.
    expect(world.published.at(-1)?.data.actionNeeded).toBe(true);
    expect(refused.reasons?.at(-1)?.en).toContain('That invoice needs nothing: only the refused command');
    expect(refused.reasons?.at(-1)?.en).not.toContain('There is nothing to do');
    expect((await recordOf(world)).state).toBe('followed');
  });

  it('that travels by key instead of inline is the same', async () => {
    const world = relay();
    await world.submit(submitCommand());
    await world.documents.put('incoming/example/a.pdf', Buffer.from(tinyPdf, 'base64'));
    const document = { name: 'F-2026-0001.pdf', key: 'incoming/example/a.pdf' };
    expect(await world.submit(submitCommand({ command: { document } }))).toEqual(done);
    expect(effectsOf(world)).toEqual(once);
    expect(reasonsOf(world)).toEqual(['same-invoice']);
  });

  it('whose document the ERP has removed meanwhile is answered by what the ledger knows', async () => {
    const world = relay();
    const key = 'incoming/example/a.pdf';
    await world.documents.put(key, Buffer.from(tinyPdf, 'base64'));
    const command = submitCommand({ command: { document: { name: 'F-2026-0001.pdf', key } } });
    await world.submit(command, { messageId: 'm-1' });
    await world.documents.put(key, 'no longer what it was');
    expect(await world.submit(command, { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });

  it('at the very same moment is sent once', async () => {
    const world = relay();
    const outcomes = await Promise.all([1, 2, 3].map(() => world.submit(submitCommand(), { messageId: 'm-1' })));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'retry')).toHaveLength(2);
    expect(effectsOf(world)).toEqual(once);
    expect(await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true })).toEqual(done);
    expect(told(world)).toEqual(['accepted', 'submitted']);
  });
});

describe('the same debt with another paper or other details', () => {
  it.each<[string, Parameters<typeof submitCommand>[0], string, boolean]>([
    ['a new print', { command: { document: { name: 'F-2026-0001.pdf', content: newPrint } } }, 'le document', false],
    ['another file name', { command: { document: { name: 'copie.pdf', content: tinyPdf } } }, 'le document', false],
    ['another comment', { invoice: { comment: 'autre' } }, 'le commentaire', true],
    ['no lines', { invoice: { lines: [] } }, 'les lignes', true],
    ['an attachment', { command: { attachments: [{ name: 'a.pdf', content: tinyPdf }] } }, 'les pièces jointes', true],
    ['a commitment', { invoice: { commitment: 'E-1' } }, 'l’engagement, le marché ou la facture d’origine', true],
  ])('%s is not sent, and told as what it is', async (_what, changes, part, actionNeeded) => {
    const world = relay();
    await world.submit(submitCommand());
    expect(await world.submit(submitCommand(changes), { messageId: 'm-2' })).toEqual(done);
    expect(effectsOf(world)).toEqual(once);
    expect(told(world)).toEqual(['accepted', 'submitted', 'repeated']);
    const [repeat] = repeatsOf(world);
    expect(repeat).toMatchObject({ state: 'followed', actionNeeded, reasons: [{ code: 'invoice-changed' }] });
    expect(repeat?.message.fr).toContain(`n’est pas envoyé (${part})`);
    expect(repeat?.message.fr).toContain('N’utilisez pas un autre numéro');
  });

  it('does not replace what was accepted before and waits', async () => {
    const world = relay();
    world.faults.add({ kind: 'unavailable', path: paths.pdf, count: 1 });
    await world.submit(submitCommand(), { messageId: 'm-1' });
    const before = await recordOf(world);
    world.advance(2);
    await world.submit(submitCommand({ invoice: { comment: 'autre' } }), { messageId: 'm-2' });
    expect(await recordOf(world)).toMatchObject({ state: 'accepted', digest: before.digest });
    await world.submit(submitCommand(), { messageId: 'm-1', redelivered: true });
    expect(told(world)).toEqual(['accepted', 'repeated', 'submitted']);
    expect(reasonsOf(world)).toEqual(['invoice-changed']);
    expect(effectsOf(world).invoices).toBe(1);
  });

  it('is still the same debt after the recipient was corrected', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const record = await trackedRecordOf(world);
    if (!isInChorusPro(record)) throw new Error('not sent');
    const corrected = { name: 'end-command', changes: { recipient: '13001653800014' } } as const;
    await world.ledger.write(move(record, corrected, world.now()));
    await world.submit(submitCommand({ invoice: { comment: 'autre' } }));
    expect(reasonsOf(world)).toEqual(['invoice-changed']);
  });

  it('is compared by its papers if the first command is lost', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const { commandKey } = await recordOf(world);
    await world.documents.put(commandKey, 'gone');
    await world.submit(submitCommand({ command: { document: { name: 'copie.pdf', content: tinyPdf } } }));
    expect(repeatsOf(world)[0]?.message.fr).toContain('(le document)');
  });
});
