import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { knownRecipient } from '../../../shared/chorus-pro/directory-entries.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { spokenStatus } from '../../../tools/relay/status-text.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay } from '../../support/relay.ts';
import { recordIn } from '../ledger/records.ts';
import { late, rows, rowsIn, to } from './status-fixture.ts';

describe('the list of invoices', () => {
  it('has what waits for somebody first, the oldest first', async () => {
    expect((await rows()).map(({ number, needsAction }) => [number, needsAction])).toEqual([
      ['F-REFUSED', true],
      ['F-SUSPENDED', true],
      ['F-ON-ITS-WAY', false],
    ]);
  });

  it('tells what the event told: the motive, the field of each reason, how to answer', async () => {
    const [refused, suspended, onItsWay] = await rows();
    expect(refused?.reasons).toMatchObject([{ path: 'invoice.recipient.siret' }]);
    expect(suspended).toMatchObject({
      status: 'SUSPENDUE',
      motive: 'Pièce justificative manquante : joindre le procès-verbal de réception.',
      answer: 'invoice.complete',
      en: ['Suspended: the recipient waits for documents'],
      amount: '1200.00',
    });
    expect(onItsWay?.answer).toBeUndefined();
  });

  it('has a message that was refused before it had a number', async () => {
    const world = relay();
    await world.submit({ ...submitCommand(), invoice: {} });
    expect(rowsIn(world)).toMatchObject([{ about: 'message', number: undefined, needsAction: true }]);
    const text = spokenStatus(rowsIn(world), 'fr');
    expect(text).toMatch(/^! +example +F-2026-0001\.pdf /m);
    expect(text).toMatch(/^ {4}Message \S+ : « npx relay dismiss » accepte cet identifiant\.$/m);
    expect(text).toContain('1 message refusé, dont 1 en attente d’une action (!).');
    expect(spokenStatus(rowsIn(world), 'fr', Infinity, { local: true })).toContain('« npx relay dismiss --local »');
  });

  it('shows the number of an invoice for a connection that nobody knows, and the sentence as it is', async () => {
    const world = relay();
    await world.submit({ ...submitCommand(), connection: 'nowhere' });
    const text = spokenStatus(rowsIn(world), 'en');
    expect(text).toMatch(/^! +nowhere +F-2026-0001 /m);
    expect(text).toContain('There is no connection "nowhere", or it was disconnected.');
    expect(spokenStatus(rowsIn(world), 'fr')).toContain('La connexion « nowhere » n’existe pas');
  });

  it('shows of a refused command what it gave, even if it is wrong', async () => {
    const world = relay();
    const totals = { ...submitCommand().invoice.totals, due: '1300.00' };
    await world.submit(submitCommand({ invoice: { number: 'F-1', recipient: { siret: '99900101900011' }, totals } }));
    expect(rowsIn(world)).toMatchObject([
      { state: 'refused', recipient: '99900101900011', amount: '1300.00', totalWithVat: '1200.00', owed: '0.00' },
    ]);
    expect(spokenStatus(rowsIn(world), 'fr')).toMatch(/F-1 +99900101900011 +1\u202f300,00\u00a0€ +Non déposée/);
  });

  it('shows of a command that no number can be read from the name of its file', async () => {
    const world = relay();
    const document = { name: 'facture mairie.pdf', key: 'incoming/example/facture mairie.pdf' };
    await world.submit({ ...submitCommand(), invoice: { number: 'n° 12' }, document });
    expect(rowsIn(world)).toMatchObject([{ about: 'message', file: document.name }]);
    expect(spokenStatus(rowsIn(world), 'fr')).toMatch(/^! +example +facture mairie\.pdf /m);
  });

  it('says once what several fields lack, and calls them by their names', async () => {
    const world = relay();
    const { document, connection, version, type } = submitCommand();
    await world.submit({ type, version, connection, document });
    const [, , ...lines] = spokenStatus(rowsIn(world), 'fr').split('\n');
    expect(lines.filter((line) => line.includes('simple'))).toEqual([
      expect.stringMatching(/\(la société émettrice, la facture\)\.$/),
    ]);
    expect(rowsIn(world)).toMatchObject([{ file: 'F-2026-0001.pdf' }]);
  });

  it('no longer marks a refused command once a later one was carried out', async () => {
    const world = relay();
    await world.submit(to('F-1', RECIPIENTS.suspends));
    world.advance(2 * 24 * 60 + 60);
    await world.poll();
    const complete = {
      type: 'invoice.complete',
      version: 1,
      connection: 'example',
      supplier: submitCommand().supplier,
    };
    await world.submit({ ...complete, invoice: { number: 'F-1' }, comment: 7 });
    expect(rowsIn(world).map(({ about, needsAction }) => [about, needsAction])).toEqual([
      ['invoice', true],
      ['message', true],
    ]);
    // The invoice itself is in Chorus Pro.
    expect(spokenStatus(rowsIn(world), 'en')).toContain('  Request refused: complete the invoice  ');
    expect(spokenStatus(rowsIn(world), 'fr')).toContain('  Demande refusée : compléter la facture  ');
    expect(spokenStatus(rowsIn(world), 'en')).not.toContain('Refused before it became');
    world.advance(5);
    await world.submit({ ...complete, invoice: { number: 'F-1' }, comment: 'Procès-verbal envoyé.' });
    expect(rowsIn(world).map(({ needsAction }) => needsAction)).toEqual([false, false]);
  });

  it('has the names of recipients, from what the relay remembers of the directory', async () => {
    const world = relay();
    const of = { environment: 'qualification', siret: RECIPIENTS.nothingMandatory };
    expect(await knownRecipient(world.ledger, of)).toBeUndefined();
    await world.submit(to('F-1', of.siret));
    const { name = '' } = (await knownRecipient(world.ledger, of)) ?? {};
    expect(name).not.toBe('');
    const named = rowsIn(world).map((row) => ({ ...row, recipientName: name }));
    expect(spokenStatus(named, 'fr')).toContain(`${name} (${of.siret})`);
  });
});

describe('the list as a table', () => {
  it('lines up, with French labels, amounts and dates', async () => {
    const [head = '', title, ...lines] = spokenStatus(await rows(), 'fr').split('\n');
    expect(title).toBe('À faire aujourd’hui (2)');
    expect(lines).toContain('Rien à faire dans Chorus Pro (1)');
    const at = head.indexOf('état');
    const rowsAlone = lines.filter((line) => line.includes('/2026'));
    expect(rowsAlone.map((line) => line.slice(at).split(/ {2}/)[0])).toEqual([
      'Non déposée dans Chorus Pro',
      'Suspendue',
      'Mise à disposition du destinataire',
    ]);
    expect(rowsAlone.map((line) => line[0])).toEqual(['!', '!', ' ']);
    expect(rowsAlone[1]).toContain('1\u202f200,00\u00a0€');
    expect(rowsAlone[1]).toMatch(/25\/11\/2026$/);
    expect(lines[1]).toMatch(
      /^ {4}Le destinataire 99900104300010 n’est plus actif.* À corriger dans votre logiciel : le SIRET du destinataire\.$/,
    );
    expect(lines).toContain(
      '    Motif du destinataire : Pièce justificative manquante : joindre le procès-verbal de réception.',
    );
    expect(lines).toContain(
      '    → ajouter les pièces ou la réponse demandées (Compléter), par votre logiciel ou sur le portail Chorus Pro (sans date limite fixée par Chorus Pro)',
    );
    expect(lines.at(-1)).toBe('3 factures, dont 2 en attente d’une action (!). Reste à payer : 2\u202f400,00\u00a0€.');
  });

  it('has no date of Chorus Pro’s for an invoice that was never deposited', async () => {
    const refused = (await rows()).filter(({ number }) => number === 'F-REFUSED');
    expect(spokenStatus(refused, 'fr')).toMatch(
      /→ corriger la facture et la renvoyer, sous le même numéro, par votre logiciel$/m,
    );
  });

  it.each([
    ['fr', 'Fichier déposé', 'Compte rendu attendu'],
    ['en', 'File deposited', 'Waiting for its report'],
  ] as const)('does not repeat below a row what stands in it (%s)', (language, label, beyond) => {
    const [row = '', line] = spokenStatus(rowsOf([recordIn('deposited')]), language)
      .split('\n')
      .slice(1);
    expect(row).toContain(label);
    expect(line).toBe(`    ${beyond}`);
  });

  it('says how much is late, and since when', async () => {
    const text = spokenStatus(
      (await rows()).map((row) => (row.number === 'F-SUSPENDED' ? late(row) : row)),
      'fr',
    );
    expect(text).toContain('    En retard de 25 jours : elle était à payer au plus tard le 31 octobre 2026.');
    expect(text).toContain('Reste à payer : 3\u202f600,50\u00a0€, dont en retard : 2\u202f400,50\u00a0€ (1 facture).');
  });

  it('says which messages it cannot have, also when it is empty', async () => {
    const french = (deadLetters: number) => spokenStatus([], 'fr', Infinity, { deadLetters }).split('\n');
    expect(french(0)).toEqual(['Aucune facture.']);
    expect(french(1)).toEqual([
      'Aucune facture.',
      '1 message illisible n’est pas dans cette liste (peut-être une facture) : npx relay dead-letters',
    ]);
    expect(french(2).at(-1)).toMatch(/^2 messages illisibles ne sont pas dans cette liste/);
    const english = spokenStatus(await rows(), 'en', Infinity, { deadLetters: 1, local: true }).split('\n');
    expect(english.at(-1)).toBe(
      '1 dead letter is not in this list (perhaps an invoice): npx relay dead-letters --local',
    );
  });

  it('names what waits for a person in other lists, with the command that shows it', async () => {
    const asked = { validations: { count: 2, until: '2026-12-11' }, retentionsDue: 1 };
    const french = spokenStatus(await rows(), 'fr', Infinity, { ...asked, local: true }).split('\n');
    expect(french.slice(-2)).toEqual([
      'À faire aussi : 2 demandes à valider, réponse au plus tard le 11 décembre 2026 : npx relay validations --local',
      'À faire aussi : 1 retenue à libérer : npx relay retentions --local',
    ]);
    expect(spokenStatus([], 'en', Infinity, { ...asked, retentionsDue: 2 }).split('\n')).toEqual([
      'No invoice.',
      'To do as well: 2 requests to validate, to answer by 2026-12-11 at the latest: npx relay validations',
      'To do as well: 2 retentions to be released: npx relay retentions',
    ]);
    expect(spokenStatus(await rows(), 'fr')).not.toContain('À faire aussi');
  });

  it('names no command where a person must act', async () => {
    const text = spokenStatus(await rows(), 'fr') + spokenStatus(await rows(), 'en');
    expect(text).not.toMatch(/\b(invoice|works)\.[a-z]/);
  });

  it('deducts credit notes from what is to be paid', async () => {
    const credited = (await rows()).map((row) =>
      row.number === 'F-SUSPENDED' ? { ...row, type: 'credit-note' as const, amount: '-200.00', owed: '-200.00' } : row,
    );
    expect(spokenStatus(credited, 'en')).toContain('Still to be paid: 1000.00 EUR.');
  });

  it('speaks English', async () => {
    const text = spokenStatus(await rows(), 'en');
    expect(text).toContain('Reason given by the recipient: Pièce');
    expect(text).toContain('3 invoices, 2 waiting for somebody (!). Still to be paid: 2400.00 EUR.');
    expect(spokenStatus([], 'en')).toBe('No invoice.');
  });

  it('shows a whole status, and where it cuts a long cell', async () => {
    const [row] = await rows();
    const named = (recipientName: string) => spokenStatus(row ? [{ ...row, recipientName }] : [], 'en');
    const label = 'Refused before it became an invoice in Chorus Pro';
    expect(named('Commune')).toContain(`  ${label}  `);
    expect(named('Commune '.repeat(20))).toMatch(/Commune Com… {2}/);
  });

  it('fits a narrow terminal, a block for each row', async () => {
    const lines = spokenStatus(await rows(), 'fr', 40).split('\n');
    expect(lines.filter(({ length }) => length > 40)).toEqual([]);
    expect(lines.slice(0, 6)).toEqual([
      'À faire aujourd’hui (2)',
      '! F-REFUSED',
      '  connexion : example',
      '  destinataire : 99900104300010',
      '  net à payer : 1\u202f200,00\u00a0€',
      '  état : Non déposée dans Chorus Pro',
    ]);
  });
});
