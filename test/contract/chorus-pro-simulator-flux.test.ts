import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  createChorusPro,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  RECIPIENTS,
  SUPPLIERS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { exampleClient, submission, type ExampleClient } from '../../tools/chorus-pro-simulator/example-client.ts';
import { cii, pdfWith, tarOf, UBL, type FluxSample } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { readFlux } from '../../tools/chorus-pro-simulator/flux-reader.ts';

const MINUTE = 60_000;

function fresh(options: Parameters<typeof createChorusPro>[0]['options'] = {}) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, options: { errorStatus: 200, ...options } });
  return { clock, model, client: exampleClient(model) };
}

function deposit(
  client: ExampleClient,
  file: string | Buffer,
  syntaxeFlux = 'IN_DP_E1_CII_16B',
  nomFichier = 'flux.xml',
) {
  const fichierFlux = Buffer.from(file).toString('base64');
  const { body } = client.call('factures/deposer/flux', { fichierFlux, nomFichier, syntaxeFlux, avecSignature: false });
  return z.object({ numeroFluxDepot: z.string(), codeRetour: z.literal(0) }).parse(body).numeroFluxDepot;
}

const report = (client: ExampleClient, numeroFluxDepot: string) =>
  client.call('transverses/consulterCRDetaille', { numeroFluxDepot }).body;

test('a flux is received, on its way, then integrated, and only then is there an invoice', () => {
  const { client, model, clock } = fresh();
  const number = deposit(client, cii());
  expect(number).toMatch(/^CPP0011106\d{15}$/);
  expect(report(client, number)).toMatchObject({
    etatCourantDepotFlux: 'IN_RECU',
    codeInterfaceDepotFlux: 'FSO1106A',
    dateDepotFlux: '2026-11-23',
    dateHeureEtatCourantFlux: '2026-11-23 10:00',
  });
  clock.advance(3 * MINUTE);
  expect(report(client, number)['etatCourantDepotFlux']).toBe('IN_EN_ATTENTE_TRAITEMENT_CPP');
  expect(model.accepted()).toEqual([]);
  clock.advance(2 * MINUTE);
  expect(report(client, number)).toMatchObject({ etatCourantDepotFlux: 'IN_INTEGRE', listeErreurDP: [] });
  expect(model.accepted()).toMatchObject([{ supplierSiret: SUPPLIERS.company, number: 'F-1', via: 'flux' }]);
  const found = client.call('factures/rechercher/fournisseur', { numeroFluxDepot: number }).body;
  expect(found['listeFactures']).toMatchObject([{ numeroFacture: 'F-1', modeDepot: 'UPLOAD_API', montantTTC: 1200 }]);
});

test.each([
  ['UBL', UBL, 'IN_DP_E1_UBL_INVOICE', 'u.xml', 1],
  ['Factur-X', pdfWith(cii()), 'IN_DP_E2_CII_FACTURX', 'f.pdf', 1],
  ['an archive', gzipSync(tarOf([cii(), cii({ number: 'F-2' })])), 'IN_DP_E1_CII_16B', 'lot.tar.gz', 2],
])('reads %s', (_case, file, syntax, name, invoices) => {
  const { client, model, clock } = fresh();
  const number = deposit(client, file, syntax, name);
  clock.advance(5 * MINUTE);
  expect(report(client, number)['etatCourantDepotFlux']).toBe('IN_INTEGRE');
  expect(model.accepted()).toHaveLength(invoices);
});

test('takes the correct invoices of a flux and names the others, one alone without a list', () => {
  const { client, model, clock } = fresh();
  const bad = cii({ number: 'F-2', recipient: '99999999999999' });
  const number = deposit(client, gzipSync(tarOf([cii(), bad])), 'IN_DP_E1_CII_16B', 'lot.tar.gz');
  clock.advance(5 * MINUTE);
  expect(report(client, number)).toMatchObject({
    etatCourantDepotFlux: 'IN_INTEGRE_PARTIEL',
    listeErreurDP: {
      numeroDP: 'F-2',
      identifiantFournisseur: SUPPLIERS.company,
      identifiantDestinataire: '99999999999999',
    },
  });
  expect(model.accepted()).toHaveLength(1);
});

test.each<[string, FluxSample]>([
  ['a stranger as supplier', { supplier: SUPPLIERS.stranger }],
  ['an inactive recipient', { recipient: RECIPIENTS.inactive }],
  ['a missing service', { recipient: RECIPIENTS.serviceMandatory }],
  ['a number too long', { number: 'F'.repeat(21) }],
  ['no payment means', { means: '' }],
  ['tomorrow', { date: '20261124' }],
])('rejects a flux for %s', (_case, sample) => {
  const { client, model, clock } = fresh();
  const number = deposit(client, cii(sample));
  clock.advance(5 * MINUTE);
  expect(report(client, number)['etatCourantDepotFlux']).toBe('IN_REJETE');
  expect(model.accepted()).toEqual([]);
});

test('the same file twice: two deposits, one invoice, and the duplicate in the report', () => {
  const { client, model, clock } = fresh();
  const first = deposit(client, cii());
  const second = deposit(client, cii());
  expect(second).not.toBe(first);
  clock.advance(5 * MINUTE);
  expect(report(client, second)).toMatchObject({
    etatCourantDepotFlux: 'IN_REJETE',
    listeErreurDP: { numeroDP: 'F-1' },
  });
  expect(report(client, first)['etatCourantDepotFlux']).toBe('IN_INTEGRE');
  expect(model.effects.invoices).toEqual({ [`${SUPPLIERS.company}/F-1`]: 1 });
});

test('a PDF submission that overtakes a flux wins', () => {
  const { client, model, clock } = fresh();
  const number = deposit(client, cii());
  client.call('factures/soumettre', submission(client, { number: 'F-1' }));
  clock.advance(5 * MINUTE);
  expect(report(client, number)['etatCourantDepotFlux']).toBe('IN_REJETE');
  expect(model.accepted()).toMatchObject([{ via: 'pdf' }]);
});

test('without the duplicate check both invoices come into being', () => {
  const { client, model, clock } = fresh({ duplicateCheck: 'off' });
  deposit(client, cii());
  deposit(client, cii());
  clock.advance(5 * MINUTE);
  expect(model.effects.invoices).toEqual({ [`${SUPPLIERS.company}/F-1`]: 2 });
});

test('a flux may be unknown for a while, and always is to other accounts', () => {
  const { client, model, clock } = fresh({ fluxUnknownMs: MINUTE });
  const number = deposit(client, cii());
  const unknown = { codeRetour: 20001, libelle: 'POQ_MSG_01.003' };
  expect(report(client, number)).toEqual(unknown);
  clock.advance(MINUTE);
  expect(report(client, number)['codeRetour']).toBe(0);
  expect(report(client, 'CPP0')).toEqual(unknown);
  const other = exampleClient(model, { login: EXAMPLE_CREDENTIALS.unconnectedAccount });
  expect(report(other, number)['libelle']).toBe('GDP_MSG_11.005');
});

test('a test may order how a flux ends; unreadable and misnamed files end in their own ways', () => {
  const { client, model, clock } = fresh({
    fluxOutcome: ({ name }) => (name === 'bad.xml' ? 'IN_INCIDENTE' : undefined),
  });
  const incident = deposit(client, cii(), undefined, 'bad.xml');
  const unreadable = deposit(client, '<Invoice/>');
  const truncated = deposit(client, gzipSync('abc').subarray(0, 12), undefined, 'lot.tar.gz');
  const misnamed = deposit(client, cii(), undefined, 'flux.pdf');
  clock.advance(5 * MINUTE);
  expect(report(client, incident)['etatCourantDepotFlux']).toBe('IN_INCIDENTE');
  expect(report(client, unreadable)).toMatchObject({
    etatCourantDepotFlux: 'IN_REJETE',
    listeErreurTechnique: [{ codeErreur: 'ERR_XSD_001' }],
  });
  expect(report(client, truncated)['etatCourantDepotFlux']).toBe('IN_REJETE');
  expect(report(client, misnamed)['etatCourantDepotFlux']).toBe('QP_IRRECEVABLE');
  expect(model.accepted()).toEqual([]);
});

test('refuses a flux over its limit and a syntax that AIFE does not list', () => {
  const { client } = fresh();
  const heavy = { fichierFlux: Buffer.alloc(10_000_001).toString('base64'), syntaxeFlux: 'IN_DP_E1_CII_16B' };
  expect(client.call('factures/deposer/flux', { ...heavy, nomFichier: 'a.xml' }).body['libelle']).toBe(
    'GDP_MSG_11.022',
  );
  expect(client.call('factures/deposer/flux', { ...heavy, nomFichier: 'a.tar.gz' }).body['codeRetour']).toBe(0);
  const wrong = { fichierFlux: 'AAAA', nomFichier: 'a.xml', syntaxeFlux: 'IN_DP_E2_CII_16B' };
  expect(client.call('factures/deposer/flux', wrong).status).toBe(400);
});

const examples = process.env['AIFE_EXAMPLES'];

test.skipIf(!examples).each(['FSO1116A_P01.xml', 'FSO1116A_P92.xml', 'FSO1117A_EN16931_P02.pdf'])(
  "reads AIFE's own %s",
  (name) => {
    const content = readFlux(readFileSync(join(examples ?? '', name)));
    const invoices = 'invoices' in content ? content.invoices : [];
    expect(invoices).toMatchObject([{ type: name.includes('P92') ? 'AVOIR' : 'FACTURE', total: 120 }]);
  },
);
