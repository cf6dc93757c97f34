/** What Chorus Pro accepts in a field: lengths, characters, identifiers; and the zod types made from that. */
import { isValidIBAN } from 'ibantools';
import * as sirenNumber from 'stdnum/lib/cjs/fr/siren.js';
import * as siretNumber from 'stdnum/lib/cjs/fr/siret.js';
import * as frenchVat from 'stdnum/lib/cjs/fr/tva.js';
import * as z from 'zod';
import { hiddenIn, inLines, inOneLine, letters, spaces, ungrouped, withPlainSpaces } from './characters.ts';
import type { Fact } from '../facts/fact.ts';
import type { ReasonCode } from './reasons.ts';

/** A limit that turns out differently in qualification is corrected here and nowhere else. */
export const limits = {
  invoiceNumber: { value: /^[A-Za-z0-9+\-_/]{1,20}$/, mark: 'V-AIFE', source: 'AIFE page, CS17' },
  service: { value: /^[0-9A-Za-zÀ-ÖØ-öø-ɏ_\- ]{1,100}$/, mark: 'V-3P', source: 'CS17; characters: OCA' },
  commitment: { value: 50, mark: 'V-3P', source: 'OCA pull request 275' },
  contract: { value: 50, mark: 'V-3P', source: 'CS17' },
  comment: { value: 2000, mark: 'V-3P', source: 'CS17' },
  attachmentName: { value: 50, mark: 'V-AIFE', source: 'AIFE page, OCA' },
  documentName: { value: 200, mark: 'V-3P', source: 'CS17' },
  notInFileNames: {
    value: /[/\\<>:"|?*]/,
    mark: 'OURS',
    source: 'recipients save the files where none of these may be',
  },
  firstIssueDate: {
    value: '2012-01-01',
    mark: 'R',
    source:
      'law 2008-776 (LME): since then the State takes e-invoices; Chorus Pro is younger. An earlier date is a mistake',
  },
  documentBytes: { value: 10_000_000, mark: 'V-AIFE', source: 'Swagger: deposer/pdf, 413 over 10 MB; MB read as 10⁶' },
  attachmentBytes: { value: 10_000_000, mark: 'V-3P', source: 'ajouter/fichier, codeRetour 20003 over 10 MB' },
  fluxBytes: {
    value: 10_000_000,
    mark: 'V-3P',
    source: 'OMN: deposer/flux takes 10 MB in one file, else GDP_MSG_11.022; MB read as 10⁶',
  },
  dossierBytes: { value: 120_000_000, mark: 'V-AIFE', source: 'AIFE page: whole dossier 120 MB' },
} as const satisfies Record<string, Fact<number | string | RegExp>>;

export const attachmentExtensions: Fact<readonly string[]> = {
  value: [
    ...['BMP', 'BZ2', 'CSV', 'DOC', 'DOCX', 'FAX', 'GIF', 'GZ', 'GZIP', 'HTM', 'HTML', 'JPEG', 'JPG', 'ODP', 'ODS'],
    ...['ODT', 'P7S', 'PDF', 'PNG', 'PPS', 'PPT', 'PPTX', 'RTF', 'SVG', 'TGZ', 'TIF', 'TIFF', 'TXT', 'XHTML', 'XLC'],
    ...['XLM', 'XLS', 'XLSX', 'XML', 'ZIP'],
  ],
  mark: 'V-AIFE',
  source: 'AIFE page, OCA',
};

const zeros = /^0+$/;

/**
 * A SIRET has 14 digits, with a check digit for the whole and one for the SIREN in it. La Poste's establishments follow
 * a rule of their own (digit sum divisible by 5), which the library knows. Zeros alone would pass the check: refused
 * here.
 */
export const isSiret = (siret: string): boolean =>
  /^\d{14}$/.test(siret) &&
  !zeros.test(siret) &&
  sirenNumber.validate(sirenOf(siret)).isValid &&
  siretNumber.validate(siret).isValid;

export const sirenOf = (siret: string): string => siret.slice(0, 9);

/** An IBAN in its electronic form: no spaces, upper case. */
export const isIban = (iban: string): boolean => isValidIBAN(iban);

/**
 * An EU VAT number. Only a French one has its check digits verified: each other State has its own rule, and Chorus Pro
 * does not ask for it.
 */
export const isVatNumber = (number: string): boolean =>
  /^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(number) && (!number.startsWith('FR') || frenchVat.validate(number).isValid);

/** The message of a schema: a reason's code, so that a person reads that reason's sentence and not zod's. */
export const fault = (code: ReasonCode): ReasonCode => code;

/*
 * The kinds of text. Each is first spelled our way, then checked; `meta` says the same to the published JSON Schema, in
 * patterns that JavaScript and Python both know. read-command.ts has trimmed and composed every text before.
 */

const anyLetter = new RegExp(`[${letters}]`);
const hasLetter = (text: string): boolean => anyLetter.test(text);

const spelled = (spell: (text: string) => string, lawful = { inLines: false }) =>
  z
    .string()
    .overwrite(spell)
    .refine((text) => hiddenIn(text, lawful).length === 0, { error: fault('character'), abort: true, params: lawful })
    .min(1);

/** What identifies something: a commitment, a contract, a company, a code. At least one letter or digit. */
/** An amount of money. 15 significant digits at most: it goes through JSON's doubles without losing a cent. */
export const amount = z.string(fault('amount')).regex(/^-?\d{1,12}(\.\d{1,2})?$/, fault('amount'));

export const identifier = (length: number) =>
  spelled(withPlainSpaces)
    .max(length)
    .refine(hasLetter, fault('letter-or-digit'))
    .meta({ characters: 'oneLine', pattern: `[${letters}]` });

/** A code of one of Chorus Pro's lists. It may be longer than any code: whoever gives words is told the list. */
export const listedCode = identifier(500);

/** A text for people, of one line: a line break in it is read as a space. */
export const text = (length: number) =>
  spelled(inOneLine)
    .max(length)
    .meta({ characters: 'words', pattern: String.raw`\S` });

/** A text for people that may have several lines: each line break is read as "\n". */
export const paragraphs = (length: number) =>
  spelled(inLines, { inLines: true })
    .max(length)
    .meta({ characters: 'words', pattern: String.raw`\S` });

/** A file's name, without a folder. */
export const fileName = (length: number, tooLong?: ReasonCode) =>
  spelled(withPlainSpaces)
    .max(length, tooLong)
    .refine((name) => !limits.notInFileNames.value.test(name), fault('file-name'))
    .refine(hasLetter, fault('letter-or-digit'))
    .meta({ characters: 'oneLine', pattern: String.raw`^[^/\\<>:"|?*]*[${letters}][^/\\<>:"|?*]*$` });

const separated = String.raw`[\s.\-\u2010-\u2015]*`;

/** A company or body outside France has another identifier, with which it is not served yet. */
const otherIdentifiers: Fact<RegExp> = {
  value: /^(?:(?!FR)[A-Z]{2}[0-9A-Z]{2,16}|\d{10}|[A-Z]\d{8})$/,
  mark: 'V-3P',
  source: 'GOBL: a VAT number, or a country’s code and a name; RIDET, 10 digits; TAHITI, 9 characters',
};
const notSiret = ({ input }: { input?: unknown }): ReasonCode =>
  typeof input === 'string' && otherIdentifiers.value.test(input) ? 'party-not-served' : 'siret';

export const siret = z
  .string(fault('siret'))
  .overwrite(ungrouped)
  .refine(isSiret, { error: notSiret })
  .meta({ characters: 'words', pattern: `^${separated}[0-9](?:${separated}[0-9]){13}${separated}$` });

/** The label may come with it, as a RIB has it: "IBAN FR76 …", "IBAN : FR76 …". */
export const iban = z
  .string(fault('iban'))
  .overwrite((text) =>
    ungrouped(text)
      .toUpperCase()
      .replace(/^IBAN:?/, ''),
  )
  .refine(isIban, fault('iban'))
  .meta({
    characters: 'words',
    pattern: `^${separated}(?:[Ii][Bb][Aa][Nn]${separated}(?::${separated})?)?[A-Za-z]${separated}[A-Za-z](?:${separated}[0-9A-Za-z]){13,32}${separated}$`,
  });

export const vatNumber = z
  .string(fault('vat-number'))
  .overwrite((text) => ungrouped(text).toUpperCase())
  .refine(isVatNumber, fault('vat-number'))
  .meta({
    characters: 'words',
    pattern: `^${separated}[A-Za-z]${separated}[A-Za-z](?:${separated}[0-9A-Za-z+*]){2,12}${separated}$`,
  });

export const service = z
  .string(fault('service-code'))
  .overwrite(withPlainSpaces)
  .regex(limits.service.value, fault('service-code'))
  .refine(hasLetter, fault('service-code'))
  .meta({
    characters: 'words',
    maxLength: 100,
    pattern: `^\\s*[${letters}_\\-${spaces}]*[${letters}][${letters}_\\-${spaces}]*\\s*$`,
  });

export const invoiceNumber = z
  .string()
  .regex(limits.invoiceNumber.value, fault('invoice-number'))
  .refine(hasLetter, fault('invoice-number'))
  .meta({ characters: 'words', maxLength: 20, pattern: String.raw`^\s*[+\-_/]*[0-9A-Za-z][0-9A-Za-z+\-_/]*\s*$` });

/** The first character that a text may not have, by the reason for which the text is refused. */
export const strangers: Readonly<Partial<Record<ReasonCode, RegExp>>> = {
  'invoice-number': /[^A-Za-z0-9+\-_/]/u,
  'service-code': new RegExp(`[^${letters}_\\- ]`, 'u'),
  siret: /[^0-9]/u,
};

/** A supplier, in one way: two might name two. */
export const isNamedOnce = (by: {
  company?: string | undefined;
  agency?: string | undefined;
  siret?: string | undefined;
}) => (by.siret === undefined ? by.company !== undefined : by.company === undefined && by.agency === undefined);

export const supplierSchema = z
  .strictObject({
    company: identifier(100)
      .optional()
      .describe('The company, by its `name` in the connection’s settings. Either this or `siret`.'),
    agency: identifier(100)
      .optional()
      .describe('The company’s agency, by its `name` there, if it issues the invoice under its own SIRET.'),
    siret: siret
      .optional()
      .describe(
        'The SIRET of the company or agency, as events have it in `data.supplier`; the settings must have it. Either this or `company`.',
      ),
  })
  .refine(isNamedOnce, fault('supplier-name'))
  .meta({ exactlyOneOf: [['company', 'agency'], ['siret']] })
  .describe(
    'Who issues the invoice: by the ERP’s own names, for which the connection’s settings have the SIRET, or by that.',
  );
