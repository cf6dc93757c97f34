import type { ConnectionSettings } from '../connection/settings.ts';
import { reason, type Reason, type ReasonCode } from '../invoice/reasons.ts';
import type { AttachmentReference, Invoice, SubmitInvoice } from '../invoice/submit-command.ts';
import type { Directory } from './directory.ts';
import { listFacts, rateCode, type BankAccount, type CodeList, type ListedCode } from './lists.ts';
import { mapAccepted, type Outcome } from './outcome.ts';

/** What a command names that Chorus Pro does not list: codes, VAT rates, and the account to be paid. */

/** What the ERP is told of a code that is not in its list, and whether its invoice is refused. */
const codeLists = {
  'exemption-reasons': { unlisted: 'exemption-reason-unknown', refuses: true },
  'attachment-types': { unlisted: 'attachment-type-unknown', refuses: true },
  // A rate is sent as a number, which Chorus Pro takes in place of a code: it may take one that it does not list.
  'vat-rates': { unlisted: 'vat-rate-unlisted', refuses: false },
} as const satisfies Record<CodeList, { unlisted: ReasonCode; refuses: boolean }>;

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
  const usual: readonly string[] = listFacts.usualVatRates.value;
  return breakdown.flatMap(({ rate }, i) => {
    const code = rateCode(rate);
    return usual.includes(code) ? [] : [{ list: 'vat-rates', code, path: `invoice.vatBreakdown[${i}].rate` }];
  });
}

/** The codes that are sent, and the rates that are not usual: those of each invoice need no look into a list. */
export const codesUsed = ({ invoice, attachments }: Pick<SubmitInvoice, 'invoice' | 'attachments'>): UsedCode[] => [
  ...(invoice.exemptionReason
    ? [{ list: 'exemption-reasons', code: invoice.exemptionReason, path: 'invoice.exemptionReason' } as const]
    : []),
  ...typesUsed(attachments),
  ...unusualRates(invoice.vatBreakdown),
];

/** What is refused, and what is told although the invoice is sent. */
export interface Findings {
  reasons: Reason[];
  notes: Reason[];
}

/** The codes that are not in Chorus Pro's lists. A list that is empty or cannot be read says nothing against a code. */
export async function unlistedCodes(directory: Pick<Directory, 'codes'>, used: readonly UsedCode[]): Promise<Findings> {
  const byList = [...Map.groupBy(used, ({ list }) => list)];
  const unlisted = await Promise.all(byList.map(([list, uses]) => unlistedIn(directory, list, uses)));
  const told = (refused: boolean) =>
    unlisted.flatMap(({ list, reasons }) => (codeLists[list].refuses === refused ? reasons : []));
  return { reasons: told(true), notes: told(false) };
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
  /** To which account the settings map the IBAN. */
  mapped?: string | undefined;
  /** Where in the command. */
  path: string;
}

/** The account to be paid: the one that the command names, or the one to which the settings map its IBAN. */
export function payeeOf(
  { payment: { account, iban } = {} }: Pick<Invoice, 'payment'>,
  { bankAccounts }: Pick<ConnectionSettings, 'bankAccounts'>,
): Payee | undefined {
  const mapped = iban === undefined ? undefined : bankAccounts[iban];
  if (account) return { name: account, iban, mapped, path: 'invoice.payment.account' };
  return iban ? { name: mapped, iban, mapped, path: 'invoice.payment.iban' } : undefined;
}

/**
 * Finds the supplier's account among those in Chorus Pro. An account that is named must be there, and must not be
 * another one than the IBAN beside it. An IBAN alone is found if the account's name has it; else the invoice is sent
 * without it, and the ERP is told.
 */
export async function findAccount(
  directory: Pick<Directory, 'bankAccounts'>,
  supplier: { siret: string; structureId: number },
  payee: Payee,
): Promise<Outcome<Payable>> {
  const kept = await directory.bankAccounts(supplier);
  const isFound = kept.kind !== 'accepted' || isPayable(payableOf(kept.value, payee));
  // An account that the kept list lacks may have been added since.
  const accounts = isFound ? kept : await directory.bankAccounts(supplier, 'fresh');
  // Without the right to read the list there is no id to send, today or tomorrow.
  if (accounts.kind === 'refused')
    return { kind: 'accepted', value: { reasons: [], notes: [reason('bank-accounts-unreadable', payee.path)] } };
  return mapAccepted(accounts, (known) => payableOf(known, payee));
}

interface Payable extends Findings {
  accountId?: number;
}

const isPayable = ({ accountId, reasons }: Payable): boolean => accountId !== undefined && reasons.length === 0;

function payableOf(known: readonly BankAccount[], payee: Payee): Payable {
  const account = accountOf(known, payee);
  return account ? { ...besideIban(known, account, payee), accountId: account.id } : noAccount(known, payee);
}

/** The only account that fits: two of one name cannot be told apart. */
function accountOf(
  accounts: readonly BankAccount[],
  { name, iban = '' }: Pick<Payee, 'name' | 'iban'>,
): BankAccount | undefined {
  const [only, ...others] = accounts.filter(({ name: own }) =>
    name === undefined ? bare(own).includes(bare(iban)) : isSameName(own, name),
  );
  return others.length === 0 ? only : undefined;
}

/** As people compare names: without spaces, in capitals. */
const bare = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
export const isSameName = (one: string, other: string): boolean => bare(one) === bare(other);

/** Not all of it: events are kept in more places than the invoice. */
const shortened = (iban: string): string => `${iban.slice(0, 4)}…${iban.slice(-4)}`;

function noAccount(accounts: readonly BankAccount[], { name, iban = '', path }: Payee): Findings {
  const known = accounts.map((account) => account.name).join(', ') || '–';
  if (name !== undefined) return { reasons: [reason('bank-account-unknown', path, { value: name, known })], notes: [] };
  return { reasons: [], notes: [reason('iban-without-effect', path, { value: shortened(iban), known })] };
}

/** Whether an IBAN beside a named account is of the same one, of another, or of nobody knows which. */
function besideIban(accounts: readonly BankAccount[], { name }: BankAccount, { iban, mapped }: Payee): Findings {
  const none = { reasons: [], notes: [] };
  if (iban === undefined) return none;
  const other = mapped ?? accountOf(accounts, { iban })?.name;
  const said = { value: name, iban: shortened(iban) };
  if (other === undefined) return { ...none, notes: [reason('iban-not-of-account', 'invoice.payment.iban', said)] };
  if (isSameName(name, other)) return none;
  return { ...none, reasons: [reason('bank-accounts-differ', 'invoice.payment', { ...said, other })] };
}
