import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { documentKey } from '../../../shared/documents/document-store.ts';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { first, type Values } from '../../../shared/e-invoice/terms.ts';
import { PROJECT_MANAGERS, RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { pdfText, tinyPdf } from '../../support/commands.ts';
import { letterhead } from '../../support/random-invoices.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { statementCommand } from '../../support/works-commands.ts';
import { answering, deliver, paths } from './scenario.ts';

const settings = {
  companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company, ...letterhead }],
  paymentTerms: { others: 'state-or-local' },
  works: {},
};
const works = ({ settings: more, ...options }: RelayOptions = {}) =>
  relay({ settings: { ...settings, ...more }, ...options });

const typesOf = ({ published }: Relay): string[] => published.map(({ type }) => type.split('.').at(-2) ?? '');
const reasonsOf = ({ published }: Relay) => published.at(-1)?.data.reasons?.map(({ code, path }) => `${code} ${path}`);
const recordOf = ({ ledger }: Relay, number = 'PDM-2026-01') => ledger.records().find((one) => one.number === number);

/** The file that was sent, as an e-invoice. */
async function sentBy(run: Relay, number = 'PDM-2026-01'): Promise<Values> {
  const [main] = recordOf(run, number)?.documents ?? [];
  const stored = await run.documents.get(documentKey(main?.sha256 ?? ''), 10_000_000);
  const reading = stored.kind === 'found' ? readEInvoice(stored.bytes) : undefined;
  if (reading?.kind !== 'invoice') throw new Error(reading?.kind);
  return reading.invoice.values;
}

/** What a ZIP with one file has in it: PKWARE's local header has 30 bytes before the name. */
function unzipped(base64: string | undefined) {
  const zip = Buffer.from(base64 ?? '', 'base64');
  const [size, name] = [zip.readUInt32LE(18), zip.readUInt16LE(26)];
  return {
    name: zip.toString('utf8', 30, 30 + name),
    text: inflateRawSync(zip.subarray(30 + name, 30 + name + size)).toString('utf8'),
  };
}

describe('a works document without what its file says of the supplier', () => {
  it('is refused for the settings, and not asked for the document that it has', async () => {
    const run = works({ settings: { companies: [{ name: 'Constructions Duval', siret: SUPPLIERS.company }] } });
    await run.submit(statementCommand(1));
    const reasons = run.published.at(-1)?.data.reasons ?? [];
    expect(reasons.map(({ code }) => code)).toEqual(['make-seller', 'make-seller', 'make-seller']);
    expect(reasons[0]).toMatchObject({
      fr: 'Pour établir le fichier à déposer (même si vous joignez un PDF), il manque la raison sociale du fournisseur : complétez les réglages de la connexion (legalName), puis recommencez l’envoi.',
      en: 'To make the file to deposit (even if you send a PDF), the supplier’s legal name is missing: set legalName in the connection’s settings, then send again.',
    });
  });
});

describe('a works document', () => {
  it('goes once, as a CII with its framework, its project manager and its PDF', async () => {
    const run = works();
    expect(await run.submit(statementCommand(1))).toEqual({ kind: 'done' });
    expect(typesOf(run)).toEqual(['accepted', 'deposited']);
    const sent = await sentBy(run);
    expect([first(sent, 'BT-23'), first(sent, 'validator')]).toEqual(['A4', PROJECT_MANAGERS.answers]);
    const amounts = (['BT-112', 'BT-113', 'BT-115'] as const).map((term) => first(sent, term));
    expect(amounts).toEqual(['36432.00', '1821.60', '34610.40']);
    expect(sent['BG-1']?.map((note) => first(note, 'BT-22')).join()).toContain(
      'Retenue de garantie : 5 % de 36 432,00',
    );
    const [paper] = sent['BG-24'] ?? [];
    expect(unzipped(paper && first(paper, 'BT-125'))).toEqual({ name: 'PDM-2026-01.pdf', text: pdfText() });
    expect(recordOf(run)?.route).toBe('flux');
    await run.submit(statementCommand(1));
    expect(typesOf(run)).toEqual(['accepted', 'deposited', 'repeated']);
    expect(run.published.at(-1)?.data.command?.type).toBe('works.submit');
  });

  it('has its papers inside, each with its type', async () => {
    const run = works();
    const attachments = [
      { name: 'metre.csv', content: Buffer.from('a;b\n').toString('base64') },
      { name: 'plan.pdf', content: tinyPdf, typeCode: 'DIVERS' },
    ];
    await run.submit(statementCommand(1, { command: { attachments } }));
    expect(reasonsOf(run)).toBeUndefined();
    const inside = (await sentBy(run))['BG-24'] ?? [];
    expect(inside.map((one) => [first(one, 'BT-122'), first(one, 'BT-123')])).toEqual([
      ['PDM-2026-01.pdf', 'ZZZ'],
      ['metre.csv', 'ZZZ'],
      ['plan.pdf', 'DIVERS'],
    ]);
    expect(unzipped(inside[1] && first(inside[1], 'BT-125'))).toEqual({ name: 'metre.csv', text: 'a;b\n' });
  });

  it('is made from data alone, whatever the connection’s profile', async () => {
    const run = works({ settings: { eInvoices: { profile: 'fr-ctc-2026' } } });
    await run.submit(statementCommand(1, { command: { document: undefined } }));
    expect(reasonsOf(run)).toBeUndefined();
    const sent = await sentBy(run);
    expect(first(sent, 'BT-23')).toBe('A4');
    expect((sent['BG-25'] ?? []).map((line) => [first(line, 'BT-153'), first(line, 'BT-131')])).toEqual([
      ['Situation n° 1 : travaux', '30000.00'],
      ['Situation n° 1 : révision de prix', '360.00'],
    ]);
  });

  it('is refused without the setting, with all that is wrong at its own place', async () => {
    const off = works({ settings: { works: undefined } });
    await off.submit(statementCommand(1));
    expect(reasonsOf(off)).toEqual(['works-not-set connection']);

    const unknown = works();
    await unknown.submit(statementCommand(1, { works: { projectManager: { siret: '35600000000048' } } }));
    expect(reasonsOf(unknown)).toEqual(['validator-unknown works.projectManager.siret']);
  });

  it('may go to who owns works only, and name his own service as the project manager', async () => {
    const run = works();
    const invoice = { recipient: { siret: RECIPIENTS.moaOnly } };
    await run.submit(statementCommand(1, { invoice, works: { projectManager: { siret: RECIPIENTS.moaOnly } } }));
    expect(typesOf(run)).toEqual(['accepted', 'deposited']);
    expect(run.published[0]?.data.notes).toBeUndefined();
  });
});

describe('the syntax of a works document', () => {
  /** By which syntaxes the files of a relay are deposited. */
  async function syntaxesOf(options: RelayOptions): Promise<string[]> {
    const syntaxes: string[] = [];
    const run = works({
      ...options,
      transport: (transport) => (request) => {
        const body = request.body ?? '';
        if (request.url.endsWith(paths.flux)) syntaxes.push(/"syntaxeFlux":"(\w+)"/.exec(body)?.[1] ?? '?');
        return transport(request);
      },
    });
    await run.submit(statementCommand(1));
    return syntaxes;
  }

  it('is one for works, if Chorus Pro offers one', async () => {
    expect(await syntaxesOf({ model: { worksSyntaxes: true } })).toEqual(['IN_DP_E5_CII_MIN_16B']);
  });

  it('is that of an invoice, if it offers none', async () => {
    expect(await syntaxesOf({})).toEqual(['IN_DP_E2_CII_MIN_16B']);
  });

  it('is the one that the settings name', async () => {
    const syntax = { 'cii-with-pdf': 'IN_DP_E5_CII_FACTURX' };
    expect(await syntaxesOf({ settings: { works: { syntax } } })).toEqual(['IN_DP_E5_CII_FACTURX']);
  });
});

describe('the next statement', () => {
  it('must agree with the one before it that the relay sent', async () => {
    const run = works();
    await run.submit(statementCommand(1));
    await run.submit(statementCommand(2));
    expect(typesOf(run)).toEqual(['accepted', 'deposited', 'accepted', 'deposited']);

    const other = works();
    await other.submit(
      statementCommand(1, {
        works: {
          statement: { number: 1, workDone: { cumulative: '30360.00', amount: '30360.00' } },
        },
      }),
    );
    await other.submit(statementCommand(2));
    expect(reasonsOf(other)).toEqual([
      'works-preceding-differs works.statement.earlier[0].workDone',
      'works-preceding-differs works.statement.earlier[0].revision',
    ]);
  });
});

describe('a works document in Chorus Pro', () => {
  it('is followed to its payment, and each event says who acts next and until when', async () => {
    const run = works();
    await run.submit(statementCommand(1));
    for (let hours = 0; hours < 26 * 24; hours += 4) {
      run.advance(240);
      await run.poll();
    }
    const seen = run.published.map(({ data }) => [data.status?.code, data.next?.actor, data.next?.until]);
    expect(typesOf(run)).toEqual(['accepted', 'deposited', 'submitted', 'status-changed', 'status-changed', 'paid']);
    expect(seen).toEqual([
      [undefined, 'chorus-pro', undefined],
      [undefined, 'chorus-pro', undefined],
      ['MISE_A_DISPOSITION_MOE', 'project-manager', '2026-11-30'],
      ['PRISE_EN_COMPTE_MOE', 'project-manager', '2026-11-30'],
      ['TRANSMISE_MOA', 'works-owner', '2026-12-23'],
      ['MISE_EN_PAIEMENT', 'nobody', undefined],
    ]);
    expect(run.published[2]?.data.next).toMatchObject({
      fr: 'Prochain intervenant : le maître d’œuvre, jusqu’au 30 novembre 2026.',
      en: 'Next to act: the project manager, until 2026-11-30.',
    });
  });

  it('is deposited once, though the reply to its deposit is lost', async () => {
    const run = works({ transport: answering(paths.flux, () => 'cut o') });
    await run.submit(statementCommand(1));
    expect(recordOf(run)?.state).toBe('in-doubt');
    for (let hours = 0; hours < 30; hours += 1) {
      run.advance(60);
      await run.poll();
      await deliver(run);
    }
    expect(recordOf(run)?.state).toBe('followed');
    expect(run.model.effects.calls[paths.flux]).toBe(1);
  });
});
