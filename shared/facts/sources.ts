interface Source {
  what: string;
  /** Where to read it. */
  where: string;
}

/**
 * What the short names beside the marks stand for. All of these are public. If a source is a client without a page of
 * its own, the entry only describes it. AIFE's annexes to its API specification are not public, and we have not read
 * them.
 */
export const sources = {
  SWF: {
    what: 'AIFE’s Swagger of the API "Factures", 1.0.0',
    where: 'github.com/betagouv/api.gouv.fr, public/swaggers/api-chorus-pro.json (2020)',
  },
  SWS: {
    what: 'AIFE’s Swagger of the API "Structures"',
    where: 'github.com/Gizmo091/piste-gouv-fr, doc/Structures.json',
  },
  EX16: {
    what: 'AIFE’s official example flows FSO1116A, CII 16B with a PDF (April 2018)',
    where: 'github.com/Virgile-Dauge/facturix, doc_reference/plateforme/chorus/exemples',
  },
  EX17: {
    what: 'AIFE’s official example flows FSO1117A, Factur-X (April 2018)',
    where: 'github.com/Virgile-Dauge/facturix, doc_reference/plateforme/chorus/exemples',
  },
  GO: { what: 'a client in Go (2023)', where: 'github.com/antoine2116/go-choruspro' },
  OCA: {
    what: 'Odoo modules l10n_fr_chorus_account, _facturx and _sale, in use for years',
    where: 'github.com/OCA/l10n-france',
  },
  TRY: { what: 'Tryton’s module account_fr_chorus', where: 'github.com/tryton/tryton' },
  INV: {
    what: 'a client in TypeScript with dated notes of live calls (September 2026), and its guide to credentials',
    where: 'github.com/invoicerr-app/invoicerr',
  },
  CS17: {
    what: 'a client in C# of 2017, before PISTE, with the lengths of many fields',
    where: 'github.com/CPP-2017/ChorusPro',
  },
  PAS: {
    what: 'Pastell of Libriciel and ADULLACT: the public tests of its Chorus Pro extension',
    where: 'the tests of extension-cpp',
  },
  CHP: { what: 'choruspay’s guide to setting up PISTE and Chorus Pro', where: 'cpro-docs.choruspay.fr' },
  FPU: { what: 'factpulse’s client and its documentation', where: 'github.com/factpulse/sdk-typescript' },
  CHT: { what: 'a client in TypeScript with reports of live calls (2026)', where: 'a public client' },
  FLK: { what: 'a client in Python with Flask, with reports of live calls (2026)', where: 'a public client' },
  BTP: { what: 'a client with Symfony and its proof in qualification (April 2026)', where: 'a public client' },
  OMN: { what: 'a client whose documentation cites AIFE’s annex V5.00; never run live', where: 'a public client' },
  ECB: {
    what: 'the European Central Bank’s table of its key interest rates',
    where: 'ecb.europa.eu, Statistics, Key ECB interest rates',
  },
  CCAG: {
    what: 'the general terms of public works contracts (cahier des clauses administratives générales, marchés de travaux)',
    where: 'legifrance.gouv.fr, arrêtés of 8 September 2009, 3 March 2014 and 30 March 2021',
  },
  PILOT: { what: 'a client in Python that sorts Chorus Pro’s errors', where: 'a public client' },
} as const satisfies Record<string, Source>;
