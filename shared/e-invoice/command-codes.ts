/** The codes that an e-invoice has for what a command says in words. */
import type { Fact } from '../facts/fact.ts';
import { isInvoiceFramework, type InvoiceFramework } from '../invoice/frameworks.ts';
import type { Profile } from '../invoice/submit-command.ts';
import type { CompleteInvoice } from '../invoice/terms.ts';

type Means = NonNullable<CompleteInvoice['payment']>['means'];

/** UNTDID 4461; the first of each is the one that we write. */
export const meansCodes: Fact<Readonly<Record<Means, readonly [string, ...string[]]>>> = {
  value: {
    'credit-transfer': ['30', '31', '42', '58'],
    'direct-debit': ['49', '59'],
    cheque: ['20'],
    cash: ['10'],
    'carried-over': ['97'],
    other: ['1', '57', 'ZZZ'],
  },
  mark: 'R',
  source: 'transfers: OCA and AIFE’s examples; the other pairs from memory',
};

/** The reform's framework for each of Chorus Pro's: builders bill services. */
const reformFrameworks: Fact<Readonly<Record<InvoiceFramework, string>>> = {
  value: { A1: 'S1', A2: 'S2', A9: 'S3', A12: 'S6' },
  mark: 'V-3P',
  source: 'XP Z12-012; S3 for a subcontractor of a public buyer: GOBL',
};

/** A works document has Chorus Pro's framework in any profile: the reform has none for it. */
export const frameworkIn = (profile: Profile, { framework }: Pick<CompleteInvoice, 'framework'>): string =>
  profile === 'chorus-classic' || !isInvoiceFramework(framework) ? framework : reformFrameworks.value[framework];

/** Of identifiers: a SIRET, a SIREN, and an address for e-invoices. */
export const schemes: Fact<Readonly<Record<'siret' | 'siren' | 'address', string>>> = {
  value: { siret: '0009', siren: '0002', address: '0225' },
  mark: 'V-3P',
  source: 'ISO 6523; files of FNFE. Chorus Pro’s classic files have 0009, 0002 or 1 for a SIRET',
};

/** UNTDID 2005, BT-8: when VAT falls due. */
export const regimeCodes: Fact<ReadonlyMap<string, CompleteInvoice['vatRegime']>> = {
  value: new Map([
    ['5', 'on-debits'],
    ['72', 'on-receipts'],
  ]),
  mark: 'R',
  source: '72: a comment in AIFE’s example; 5 from memory',
};
