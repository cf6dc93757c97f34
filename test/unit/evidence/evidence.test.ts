import { describe, expect, it } from 'vitest';
import { unzipped } from '../../../shared/evidence/archive.ts';
import { deskActions } from '../../../shared/evidence/desk-actions.ts';
import type { Evidence } from '../../../shared/evidence/evidence.ts';
import { lifeLines } from '../../../shared/evidence/life-lines.ts';
import { verifyEvidence } from '../../../shared/evidence/verify.ts';
import { cii } from '../../../tools/chorus-pro-simulator/example-flux.ts';
import { submitCommand } from '../../support/commands.ts';
import { InMemoryDocumentStore } from '../../support/in-memory-document-store.ts';
import { relay } from '../../support/relay.ts';
import { recordOf } from '../submit-invoice/scenario.ts';
import { completed, evidenceIn } from './made.ts';

const textsIn = ({ bytes }: Evidence): Map<string, string> =>
  new Map((unzipped(bytes) ?? []).map(({ path, bytes: file }) => [path, Buffer.from(file).toString('utf8')]));

describe('the evidence of an invoice', () => {
  it('has the record, the commands, the papers, what was sent and answered, a page, and the manifest last', async () => {
    const made = await evidenceIn(await completed());
    expect(made.name).toBe('preuve-F-2026-0001.zip');
    expect([...textsIn(made).keys()]).toEqual([
      'registre.json',
      'commande.json',
      'pieces/01 F-2026-0001.pdf',
      'pieces/02 pv n- 1é.pdf',
      'echanges/01 submit.json',
      'echanges/02 complete.json',
      'commandes/01 invoice.complete.json',
      'preuve.html',
      'manifeste.json',
    ]);
    expect(made.manifest.missing).toEqual([]);
    expect(verifyEvidence(made.bytes, made.manifest.seal).faults).toEqual([]);
  });

  it('holds the record as it is', async () => {
    const world = await completed();
    const text = textsIn(await evidenceIn(world)).get('registre.json') ?? '';
    expect(JSON.parse(text)).toEqual(await recordOf(world));
  });

  it('has a page in French, with each status and its motive, the calls, and who asked', async () => {
    const page = textsIn(await evidenceIn(await completed())).get('preuve.html') ?? '';
    for (const said of [
      /Suspendue : le destinataire attend des pièces\. Motif : .*<\/td>\s*<td>SUSPENDUE<\/td>/,
      /Accepté par Chorus Pro : dépôt de la facture<\/td>\s*<td>HTTP 200, code retour 0<\/td>/,
      /Le logiciel de gestion a demandé : compléter la facture<\/td>\s*<td>expéditeur AROAEXAMPLE:erp<\/td>/,
      /<time datetime="2026-11-25T10:00:00.000Z">25 novembre 2026 à 11:00<\/time>/,
      'La réponse de Chorus Pro au dépôt est jointe',
      'Aucun original ne manque.',
    ])
      expect(page).toMatch(said);
  });

  it('says what the report on a file was', async () => {
    const world = relay();
    const content = Buffer.from(cii({ number: 'F-2026-0001' })).toString('base64');
    await world.submit(submitCommand({ command: { document: { name: 'F.xml', format: 'cii', content } } }));
    const page = async () => textsIn(await evidenceIn(world)).get('preuve.html') ?? '';
    expect(await page()).toContain('Le registre n’a pas de compte rendu définitif de ce flux.');
    world.advance(10);
    await world.poll();
    expect(await page()).toMatch(/Compte rendu de Chorus Pro : fichier intégré, lu le .* \(IN_INTEGRE\)\./);
  });

  it('names originals that are gone, and is made all the same', async () => {
    const world = await completed();
    const empty = new InMemoryDocumentStore();
    const made = await evidenceIn({ ...world, documents: empty });
    expect(made.manifest.missing.map(({ path, why }) => `${path}: ${why}`)).toEqual([
      'commande.json: gone',
      'pieces/01 F-2026-0001.pdf: gone',
      'pieces/02 pv n- 1é.pdf: gone',
      'echanges/01 submit.json: gone',
      'echanges/02 complete.json: gone',
      'commandes/01 invoice.complete.json: gone',
    ]);
    expect(textsIn(made).get('preuve.html')).toContain('n’est plus dans l’espace de documents');
    expect(verifyEvidence(made.bytes).faults).toEqual([]);
  });

  it('names an original whose bytes are no longer what the record says', async () => {
    const world = await completed();
    const [paper] = (await recordOf(world)).documents;
    await world.documents.put(`documents/${paper?.sha256 ?? ''}`, 'another');
    const made = await evidenceIn(world);
    expect(made.manifest.missing[0]).toMatchObject({ path: 'pieces/01 F-2026-0001.pdf', why: 'altered' });
    expect(textsIn(made).get('pieces/01 F-2026-0001.pdf')).toBe('another');
  });

  it('leaves out and names what is too large for whoever makes it', async () => {
    const { manifest } = await evidenceIn(await completed(), 10);
    expect(manifest.missing).toHaveLength(6);
    expect(manifest.missing).toContainEqual(expect.objectContaining({ path: 'commande.json', why: 'too-large' }));
  });

  it('has what was asked for at the desk', async () => {
    const world = await completed();
    const { pk } = await recordOf(world);
    const request = { at: world.now().toISOString(), by: 'a@example.org', name: 'Marie Dupont', messageId: 'm-2' };
    const requests = [{ ...request, type: 'invoice.complete' }];
    await world.ledger.remember(deskActions(pk), { version: 1, requests });
    const texts = textsIn(await evidenceIn(world));
    expect(texts.get('bureau.json')).toContain('a@example.org');
    expect(texts.get('preuve.html')).toContain('Marie Dupont a demandé : compléter la facture');
    expect(texts.get('preuve.html')).not.toContain('logiciel de gestion a demandé : compléter');
  });

  it('has on its page what leads to the seal, which no page that it covers can have', async () => {
    const made = await evidenceIn(await completed());
    const { chain } = made.manifest.entries.at(-2) ?? {};
    expect(chain).toMatch(/^[0-9a-f]{64}$/);
    expect(textsIn(made).get('preuve.html')).toContain(chain);
  });

  it('tells a life in the order of time, whichever the relay learnt first', async () => {
    const world = await completed();
    const record = await recordOf(world);
    const life = [...(record.life ?? []), { at: '2026-01-01T08:00:00.000Z', status: 'DEPOSEE' }];
    const [first] = lifeLines({ ...record, life }, []);
    expect(first).toMatchObject({ said: { fr: 'Déposée', en: 'Deposited' }, detail: { fr: 'DEPOSEE' } });
  });

  it('runs no script, whatever an invoice says', async () => {
    const world = relay();
    await world.submit(submitCommand());
    const motive = '<script>alert(1)</script>';
    world.model.setStatus('F-2026-0001', 'SUSPENDUE', motive);
    world.advance(20);
    await world.poll();
    const page = textsIn(await evidenceIn(world)).get('preuve.html') ?? '';
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toContain('<script>');
  });
});
