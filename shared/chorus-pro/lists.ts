import Big from 'big.js';
import * as z from 'zod';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { AttachmentReference } from '../invoice/submit-command.ts';
import type { Terms } from '../invoice/terms.ts';
import type { Directory } from './directory.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { paymentMeans } from './submission.ts';

/** Chorus Pro's own lists: codes, bank accounts, means of payment. Not cached: see directory.ts. */

export const listedCodeSchema = z.object({ code: z.string(), label: z.string() });
export type ListedCode = z.infer<typeof listedCodeSchema>;

/** A supplier's account, a factor's included, by the name that it has in Chorus Pro. The list has no IBAN. [V-3P GO] */
export const bankAccountSchema = z.object({ id: z.int(), name: z.string() });
export type BankAccount = z.infer<typeof bankAccountSchema>;

export const codeListNames = ['exemption-reasons', 'attachment-types', 'vat-rates'] as const;
export type CodeList = (typeof codeListNames)[number];

/** What the ERP is told of a code that is not in its list, and whether its invoice is refused. */
const codeLists = {
  'exemption-reasons': { unlisted: 'exemption-reason-unknown', refuses: true },
  'attachment-types': { unlisted: 'attachment-type-unknown', refuses: true },
  // A rate is sent as a number, which Chorus Pro takes in place of a code: it may take one that it does not list.
  'vat-rates': { unlisted: 'vat-rate-unlisted', refuses: false },
} as const satisfies Record<CodeList, { unlisted: ReasonCode; refuses: boolean }>;

const label = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const exemptionsSchema = z.looseObject({
  listeMotifsExonerationTva: z
    .array(z.looseObject({ codeMotifExonerationTva: z.string(), libelleMotifExonerationTva: label }))
    .nullish(),
});
const typesSchema = z.looseObject({
  listeTypePieceJointe: z
    .array(z.looseObject({ codeTypePieceJointe: z.string(), libelleTypePieceJointe: label }))
    .nullish(),
});
const ratesSchema = z.looseObject({ listeTauxTva: z.array(z.looseObject({ valeurTauxTva: z.number() })).nullish() });
const accountsSchema = z.looseObject({
  listeCoordonneeBancaire: z
    .array(z.looseObject({ idCoordonneeBancaire: z.int(), nomCoordonneeBancaire: label }))
    .nullish(),
});
const modesSchema = z.looseObject({
  listeModePaiement: z.array(z.looseObject({ modePaiement: z.string() })).nullish(),
});

const inFrench = { codeLangue: 'fr' } as const;

const readers: Readonly<Record<CodeList, (call: BoundCall) => Promise<Outcome<ListedCode[]>>>> = {
  async 'exemption-reasons'(call) {
    const outcome = await call('transverses/v1/recuperer/motifs/exonerationtva', inFrench, exemptionsSchema);
    return mapAccepted(outcome, ({ listeMotifsExonerationTva }) =>
      (listeMotifsExonerationTva ?? []).map((one) => ({
        code: one.codeMotifExonerationTva,
        label: one.libelleMotifExonerationTva,
      })),
    );
  },
  async 'attachment-types'(call) {
    const body = { ...inFrench, typeObjet: 'FACTURE' };
    const outcome = await call('transverses/v1/recuperer/typespj', body, typesSchema);
    return mapAccepted(outcome, ({ listeTypePieceJointe }) =>
      (listeTypePieceJointe ?? []).map((one) => ({ code: one.codeTypePieceJointe, label: one.libelleTypePieceJointe })),
    );
  },
  async 'vat-rates'(call) {
    const outcome = await call('transverses/v1/recuperer/tauxtva', {}, ratesSchema);
    return mapAccepted(outcome, ({ listeTauxTva }) =>
      (listeTauxTva ?? []).map(({ valeurTauxTva }) => ({ code: rateCode(valeurTauxTva), label: '' })),
    );
  },
};

/** "5.50" and 5.5 are one rate; a rate has at most two decimals. */
const rateCode = (rate: string | number): string => Big(rate).round(2).toString();

export const listsOf = (call: BoundCall) => ({
  codesOf: (list: CodeList): Promise<Outcome<ListedCode[]>> => readers[list](call),

  /** @param structureId the supplier's */
  async bankAccounts(structureId: number): Promise<Outcome<BankAccount[]>> {
    const body = { idStructure: structureId };
    const outcome = await call('transverses/v1/recuperer/coordbanc/valides', body, accountsSchema);
    return mapAccepted(outcome, ({ listeCoordonneeBancaire }) =>
      (listeCoordonneeBancaire ?? []).map((one) => ({ id: one.idCoordonneeBancaire, name: one.nomCoordonneeBancaire })),
    );
  },

  /** Which of these means of payment are not in Chorus Pro's list. [V-3P GO] */
  async meansNotTaken(means: readonly Terms['paymentMeans'][]): Promise<Outcome<Terms['paymentMeans'][]>> {
    const outcome = await call('transverses/v1/recuperer/modereglements', {}, modesSchema);
    return mapAccepted(outcome, ({ listeModePaiement }) => {
      const taken = new Set(listeModePaiement?.map(({ modePaiement }) => modePaiement));
      return means.filter((one) => !taken.has(paymentMeans[one]));
    });
  },
});

export type Lists = ReturnType<typeof listsOf>;

/** A code that a command uses. */
export interface UsedCode {
  list: CodeList;
  code: string;
  /** Where in the command. */
  path: string;
}

export const typesUsed = (attachments: readonly Pick<AttachmentReference, 'typeCode'>[]): UsedCode[] =>
  attachments.flatMap(({ typeCode: code }, i) =>
    code === undefined ? [] : [{ list: 'attachment-types', code, path: `attachments[${i}].typeCode` }],
  );

export function unusualRates(breakdown: readonly { rate: string }[]): UsedCode[] {
  const usual: readonly string[] = chorusProFacts.usualVatRates.value;
  return breakdown.flatMap(({ rate }, i) => {
    const code = rateCode(rate);
    return usual.includes(code) ? [] : [{ list: 'vat-rates', code, path: `invoice.vatBreakdown[${i}].rate` }];
  });
}

/** What is refused, and what is told although the invoice is sent. */
export interface Findings {
  reasons: Reason[];
  notices: Reason[];
}

/** The codes that are not in Chorus Pro's lists. A list that is empty or cannot be read says nothing against a code. */
export async function unlistedCodes(directory: Pick<Directory, 'codes'>, used: readonly UsedCode[]): Promise<Findings> {
  const byList = [...Map.groupBy(used, ({ list }) => list)];
  const unlisted = await Promise.all(byList.map(([list, uses]) => unlistedIn(directory, list, uses)));
  const told = (refused: boolean) =>
    unlisted.flatMap(({ list, reasons }) => (codeLists[list].refuses === refused ? reasons : []));
  return { reasons: told(true), notices: told(false) };
}

/** A code that the kept list lacks may have been added since: the list is read again. */
async function unlistedIn(
  directory: Pick<Directory, 'codes'>,
  list: CodeList,
  uses: readonly UsedCode[],
): Promise<{ list: CodeList; reasons: Reason[] }> {
  const lacking = (listed: readonly ListedCode[]) =>
    listed.length === 0 ? [] : uses.filter(({ code }) => !listed.some((one) => one.code === code));
  if (lacking(await directory.codes(list)).length === 0) return { list, reasons: [] };
  const fresh = await directory.codes(list, 'fresh');
  const reasons = lacking(fresh).map(({ code, path }) =>
    reason(codeLists[list].unlisted, path, { value: code, known: nearestFirst(fresh, code) }),
  );
  return { list, reasons };
}

/** Who writes an exemption in words finds the code whose label has the same words at the beginning. */
function nearestFirst(listed: readonly ListedCode[], given: string): string {
  const words = wordsOf(given);
  const likeness = ({ code, label: said }: ListedCode) =>
    [...wordsOf(`${code} ${said}`)].filter((word) => words.has(word)).length;
  return listed
    .toSorted((a, b) => likeness(b) - likeness(a))
    .map(({ code, label: said }) => (said ? `${code} (${said})` : code))
    .join(', ');
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+|\d+/g),
  );

/** Which account is to be paid: by its name, given in the command or in the settings, or by its IBAN alone. */
export interface Payee {
  name?: string | undefined;
  iban?: string | undefined;
  /** Where in the command. */
  path: string;
}

/**
 * Finds the supplier's account among those in Chorus Pro. An account that is named must be there. An IBAN alone is
 * found if the account's name has it; else the invoice is sent without it, and the ERP is told.
 */
export async function findAccount(
  directory: Pick<Directory, 'bankAccounts'>,
  supplier: { siret: string; structureId: number },
  payee: Payee,
): Promise<Outcome<Findings & { accountId?: number }>> {
  const kept = await directory.bankAccounts(supplier);
  const isThere = kept.kind === 'accepted' && accountOf(kept.value, payee) !== undefined;
  // An account that the kept list lacks may have been added since.
  const accounts = kept.kind !== 'accepted' || isThere ? kept : await directory.bankAccounts(supplier, 'fresh');
  // Without the right to read the list there is no id to send, today or tomorrow.
  if (accounts.kind === 'refused')
    return { kind: 'accepted', value: { reasons: [], notices: [reason('bank-accounts-unreadable', payee.path)] } };
  return mapAccepted(accounts, (known) => {
    const account = accountOf(known, payee);
    return account ? { reasons: [], notices: [], accountId: account.id } : noAccount(known, payee);
  });
}

/** The only account that fits: two of one name cannot be told apart. */
function accountOf(accounts: readonly BankAccount[], { name, iban = '' }: Payee): BankAccount | undefined {
  const [only, ...others] = accounts.filter(({ name: own }) =>
    name === undefined ? bare(own).includes(bare(iban)) : isSameName(own, name),
  );
  return others.length === 0 ? only : undefined;
}

/** As people compare names: without spaces, in capitals. */
const bare = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
export const isSameName = (one: string, other: string): boolean => bare(one) === bare(other);

function noAccount(accounts: readonly BankAccount[], { name, iban = '', path }: Payee): Findings {
  const known = accounts.map((account) => account.name).join(', ') || '–';
  if (name !== undefined)
    return { reasons: [reason('bank-account-unknown', path, { value: name, known })], notices: [] };
  // Not all of it: events are kept in more places than the invoice.
  const value = `${iban.slice(0, 4)}…${iban.slice(-4)}`;
  return { reasons: [], notices: [reason('iban-without-effect', path, { value, known })] };
}
