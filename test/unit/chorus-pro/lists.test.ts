import { describe, expect, it } from 'vitest';
import { findAccount, unlistedCodes, unusualRates } from '../../../shared/chorus-pro/list-rules.ts';
import type { BankAccount, ListedCode } from '../../../shared/chorus-pro/lists.ts';
import type { Outcome } from '../../../shared/chorus-pro/outcome.ts';
import { canned, type Asked } from './canned.ts';

describe('a list of codes', () => {
  it.each([
    [
      'exemption-reasons',
      'transverses/v1/recuperer/motifs/exonerationtva',
      { listeMotifsExonerationTva: [{ codeMotifExonerationTva: 'A', libelleMotifExonerationTva: 'Export' }] },
      [{ code: 'A', label: 'Export' }],
      { codeLangue: 'fr' },
    ],
    [
      'attachment-types',
      'transverses/v1/recuperer/typespj',
      { listeTypePieceJointe: [{ codeTypePieceJointe: 'RIB', libelleTypePieceJointe: null }] },
      [{ code: 'RIB', label: '' }],
      { codeLangue: 'fr', typeObjet: 'FACTURE' },
    ],
    [
      'vat-rates',
      'transverses/v1/recuperer/tauxtva',
      { listeTauxTva: [{ valeurTauxTva: 5.5 }, { valeurTauxTva: 2.0999999046325684 }] },
      [
        { code: '5.5', label: '' },
        { code: '2.1', label: '' },
      ],
      {},
    ],
  ] as const)('of %s is read by its names', async (list, path, response, value, body) => {
    const asked: Asked[] = [];
    expect(await canned({ [path]: [response] }, asked).codesOf(list)).toEqual({ kind: 'accepted', value });
    expect(asked).toEqual([{ path, body }]);
    expect(await canned({}).codesOf(list)).toEqual({ kind: 'accepted', value: [] });
  });

  const directoryOf = (kept: ListedCode[], fresh = kept) => ({
    codes: (_list: string, wanted?: string) => Promise.resolve(wanted === 'fresh' ? fresh : kept),
  });
  const used = (...codes: string[]) => codes.map((code) => ({ list: 'attachment-types' as const, code, path: code }));

  it('says nothing against a code if it is empty, or empty when it is read again', async () => {
    const listed = [{ code: 'RIB', label: '' }];
    const nothing = { reasons: [], notes: [] };
    expect(await unlistedCodes(directoryOf([]), used('X'))).toEqual(nothing);
    expect(await unlistedCodes(directoryOf(listed, []), used('X'))).toEqual(nothing);
    expect(await unlistedCodes(directoryOf(listed), used('RIB'))).toEqual(nothing);
  });

  it('is told for each code that it lacks, the nearest entries first, whatever the accents', async () => {
    const listed = [
      { code: 'RIB', label: '' },
      { code: 'PV', label: 'Procès-verbal de réception' },
      { code: 'BDC', label: 'Bon de commande' },
    ];
    const { reasons } = await unlistedCodes(directoryOf(listed), used('rib', 'PROCES VERBAL'));
    expect(reasons.map(({ en }) => en.replace(/^.*: /, ''))).toEqual([
      'RIB, PV (Procès-verbal de réception), BDC (Bon de commande).',
      'PV (Procès-verbal de réception), RIB, BDC (Bon de commande).',
    ]);
  });
});

it('only rates that are not usual are looked for', () => {
  const rates = ['20', '20.00', '5.50', '2.1', '0', '8.5', '19.60'].map((rate) => ({ rate }));
  expect(unusualRates(rates)).toEqual([
    { list: 'vat-rates', code: '8.5', path: 'invoice.vatBreakdown[5].rate' },
    { list: 'vat-rates', code: '19.6', path: 'invoice.vatBreakdown[6].rate' },
  ]);
});

describe('the account to be paid', () => {
  const accounts = [
    { id: 1, name: 'Compte courant' },
    { id: 2, name: 'DE89 3704 0044 0532 0130 00' },
    { id: 3, name: 'Factor' },
    { id: 4, name: 'Factor' },
  ];
  const directory = (outcome: Outcome<BankAccount[]> = { kind: 'accepted', value: accounts }) => ({
    bankAccounts: () => Promise.resolve(outcome),
  });
  const supplier = { siret: '99910001900010', structureId: 7 };
  const find = (payee: { name?: string; iban?: string }, outcome?: Outcome<BankAccount[]>) =>
    findAccount(directory(outcome), supplier, { ...payee, path: 'at' });

  it.each([
    [{ name: ' COMPTE  courant ' }, 1],
    [{ iban: 'DE89370400440532013000' }, 2],
    // The settings decide, whatever an account's name says.
    [{ name: 'Compte courant', mapped: 'Compte courant', iban: 'DE89370400440532013000' }, 1],
  ])('%j is the account %i', async (payee, accountId) => {
    expect(await find(payee)).toMatchObject({ value: { accountId, reasons: [], notes: [] } });
  });

  it.each<[what: string, payee: { name?: string; iban?: string }, code: string]>([
    ['refused, since two have that name', { name: 'Factor' }, 'bank-account-unknown'],
    ['refused, since a part of a name is not enough', { name: 'Compte' }, 'bank-account-unknown'],
    ['only told, if there is nothing but an IBAN', { iban: 'FR7630006000011234567890189' }, 'iban-without-effect'],
  ])('that is not there is %s', async (_what, payee, code) => {
    const found = await find(payee);
    const { reasons, notes, accountId } =
      found.kind === 'accepted' ? { accountId: undefined, ...found.value } : never();
    expect(accountId).toBeUndefined();
    expect([...reasons, ...notes]).toMatchObject([{ code, path: 'at' }]);
    expect(notes).toHaveLength(code === 'iban-without-effect' ? 1 : 0);
  });

  it('is waited for while the list cannot be read, unless Chorus Pro refuses to show it', async () => {
    const down = { kind: 'not-done', reason: 'platform-down' } as const;
    expect(await find({ name: 'Factor' }, down)).toEqual(down);
    const refusal = { operation: 'x', code: 20001, message: 'GDP_MSG_11.005' };
    expect(await find({ name: 'Factor' }, { kind: 'refused', refusal })).toMatchObject({
      value: { reasons: [], notes: [{ code: 'bank-accounts-unreadable' }] },
    });
  });
});

function never(): never {
  throw new Error('not accepted');
}
