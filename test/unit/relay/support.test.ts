import { describe, expect, it } from 'vitest';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { supportRequest } from '../../../tools/relay/support.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';

const number = 'F-2026-0001';
const day = 24 * 60;

/** A suspended invoice: its recipient said why, and its document has a name. */
async function suspended(): Promise<RecordView> {
  const world = relay();
  await world.submit(submitCommand({ invoice: { number, recipient: { siret: RECIPIENTS.suspends } } }));
  world.advance(2 * day + 60);
  await world.poll();
  const [record] = world.ledger.records();
  if (!record) throw new Error('there is no record');
  return record;
}

describe('the request for the support of Chorus Pro', () => {
  it('has ids, dates, calls, codes and hashes, in French or English', async () => {
    const record = await suspended();
    const french = supportRequest(record, 'fr');
    const { chorusProId, status, submittedAt, documents, supplier, recipient } = record;
    const facts = [
      number,
      chorusProId,
      status?.code,
      status?.at,
      submittedAt,
      supplier,
      recipient,
      documents[0]?.sha256,
    ];
    for (const text of [french, supportRequest(record, 'en')])
      for (const fact of [...facts, 'factures/v1/deposer/pdf', 'factures/v1/soumettre'])
        expect(text).toContain(String(fact));
    expect(french).toContain(`Objet : facture ${number}`);
    expect(french).toContain(`Identifiant Chorus Pro : ${chorusProId}`);
    expect(supportRequest(record, 'en')).toContain('Is it right, and who must act now?');
  });

  it('has no name, amount, person, or word of the recipient', async () => {
    const record = await suspended();
    const motive = 'Madame Martin attend une pièce';
    const text = supportRequest(
      {
        ...record,
        ...(record.status ? { status: { ...record.status, motive } } : {}),
        dismissed: { by: 'marie', at: record.updatedAt, need: 'x' },
        documents: [{ name: 'Facture Dupont.pdf', sha256: 'a'.repeat(64) }],
      },
      'fr',
    );
    for (const hidden of ['Martin', 'marie', 'Dupont', String(record.amount)]) expect(text).not.toContain(hidden);
  });

  it('of a doubt says since when, why, and which files were deposited', async () => {
    const record = await suspended();
    const doubt = { since: '2026-11-20T08:00:00.000Z', why: 'HTTP 503', times: 2, deposits: ['CPP-1'] };
    const text = supportRequest({ ...record, state: 'in-doubt', route: 'flux', chorusProId: undefined, doubt }, 'fr');
    for (const fact of [doubt.since, doubt.why, 'CPP-1', 'factures/v1/deposer/flux', 'Avez-vous cette facture ?'])
      expect(text).toContain(fact);
    expect(text).not.toContain('Identifiant Chorus Pro');
    expect(text).toContain('Dernière réponse : HTTP 503\n');
  });

  it('of a doubt that came back says when it was first and last tried, and that there was no reply', async () => {
    const record = await suspended();
    const [began, since] = ['2026-11-20T08:00:00.000Z', '2026-11-22T09:00:00.000Z'];
    const doubted: RecordView = { ...record, state: 'in-doubt', doubt: { began, since, why: 'ECONNRESET', times: 3 } };
    const english = supportRequest(doubted, 'en');
    expect(english).toContain(`First attempt without a certain reply: ${began}`);
    expect(english).toContain(`Last attempt without a certain reply: ${since}`);
    expect(english).toContain('Last reply: no reply (ECONNRESET)');
    const french = supportRequest(doubted, 'fr');
    expect(french).toContain(`Premier envoi sans réponse certaine : ${began}`);
    expect(french).toContain('Dernière réponse : aucune réponse (ECONNRESET)');
  });
});
