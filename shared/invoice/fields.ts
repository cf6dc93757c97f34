/** What Chorus Pro accepts in a single field: lengths, characters, identifiers; and the zod types made from that. */
import { isValidIBAN } from 'ibantools';
import * as sirenNumber from 'stdnum/lib/cjs/fr/siren.js';
import * as siretNumber from 'stdnum/lib/cjs/fr/siret.js';
import * as vatNumber from 'stdnum/lib/cjs/fr/tva.js';
import * as z from 'zod';
import type { Fact } from '../facts/fact.ts';
import type { ReasonCode } from './reasons.ts';

/** A limit that turns out differently in qualification is corrected here and nowhere else. */
export const limits = {
  invoiceNumber: { value: /^[A-Za-z0-9+\-_/]{1,20}$/, mark: 'V-AIFE', source: 'AIFE page, CS17' },
  service: { value: /^[\p{L}\p{N}_\- ]{1,100}$/u, mark: 'V-3P', source: 'CS17; characters: OCA' },
  commitment: { value: 50, mark: 'V-3P', source: 'OCA pull request 275' },
  contract: { value: 50, mark: 'V-3P', source: 'CS17' },
  comment: { value: 2000, mark: 'V-3P', source: 'CS17' },
  attachmentName: { value: 50, mark: 'V-AIFE', source: 'AIFE page, OCA' },
  documentName: { value: 200, mark: 'V-3P', source: 'CS17' },
  documentBytes: { value: 10_000_000, mark: 'V-AIFE', source: 'Swagger: deposer/pdf, 413 over 10 MB; MB read as 10⁶' },
  attachmentBytes: { value: 10_000_000, mark: 'V-3P', source: 'ajouter/fichier, codeRetour 20003 over 10 MB' },
  dossierBytes: { value: 120_000_000, mark: 'V-AIFE', source: 'AIFE page: whole dossier 120 MB' },
} as const satisfies Record<string, Fact<number | RegExp>>;

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
  /^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(number) && (!number.startsWith('FR') || vatNumber.validate(number).isValid);

/** The message of a schema: a reason's code, so that a person reads that reason's sentence and not zod's. */
export const fault = (code: ReasonCode): ReasonCode => code;

export const text = (length: number) => z.string().trim().min(1).max(length);
/** A company or body outside France has another identifier, with which it is not served yet. */
const otherIdentifiers: Fact<RegExp> = {
  value: /^(?:(?!FR)[A-Z]{2}[0-9A-Z]{2,16}|\d{10}|[A-Z]\d{8})$/,
  mark: 'V-3P',
  source: 'GOBL: a VAT number, or a country’s code and a name; RIDET, 10 digits; TAHITI, 9 characters',
};
const notSiret = ({ input }: { input?: unknown }): ReasonCode =>
  typeof input === 'string' && otherIdentifiers.value.test(input) ? 'party-not-served' : 'siret';

export const siret = z.string(fault('siret')).refine(isSiret, { error: notSiret });
export const service = z.string().regex(limits.service.value, fault('service-code'));
export const invoiceNumber = z.string().regex(limits.invoiceNumber.value, fault('invoice-number'));
