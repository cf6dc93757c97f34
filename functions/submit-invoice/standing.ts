import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { answerTo, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { frenchDate } from '../../shared/invoice/amounts.ts';
import { commandNames, type InvoiceCommandType } from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { type InvoicePart, invoiceParts } from '../../shared/invoice/terms.ts';
import {
  type InvoiceInChorusPro,
  isInChorusPro,
  worksFrameworkOf,
  isNumberedPerYear,
  type LedgerRecord,
  yearOf,
} from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import type { Draft, Told } from '../../shared/ledger/transition.ts';
import { isWorksFramework } from '../../shared/works/documents.ts';
import { givenAnswer, statusOf } from '../../shared/tracking/record-status.ts';

/** Where an invoice stands that the relay already has: for whoever sends it, or its number, again. */

interface Bilingual {
  fr: string;
  en: string;
}

/** An invoice whose number is in use. */
export type Living = Exclude<LedgerRecord, { state: 'refused' | 'withheld' }>;

/** Its status in Chorus Pro, or else the relay's state. */
function standingOf(record: LedgerRecord): Bilingual {
  if (!isInChorusPro(record)) return states[record.state];
  const { code, at, motive } = record.status;
  const { fr, en } = meaningOf(code);
  const day = at && parisDay(new Date(at));
  const since = day ? { fr: ` depuis le ${frenchDate(day)}`, en: ` since ${day}` } : { fr: '', en: '' };
  const why = motive ? { fr: ` (motif : ${motive})`, en: ` (reason given: ${motive})` } : { fr: '', en: '' };
  const answer = answeredOn(record);
  return { fr: `« ${fr} »${since.fr}${why.fr}${answer.fr}`, en: `"${en}"${since.en}${why.en}${answer.en}` };
}

/** Chorus Pro shows the status that asked for the answer until the recipient's next step. */
function answeredOn(record: InvoiceInChorusPro): Bilingual {
  const given = givenAnswer(record);
  if (!given) return { fr: '', en: '' };
  const day = parisDay(new Date(given.at));
  return {
    fr: `, réponse transmise le ${frenchDate(day)} (${given.type})`,
    en: `, answered on ${day} (${given.type})`,
  };
}

const usedUp: Bilingual = {
  fr: 'Ce numéro est déjà utilisé : émettez une nouvelle facture sous un autre numéro.',
  en: 'This number is used up: issue the invoice again under a new number.',
};
const nothing: Bilingual = { fr: 'Il n’y a rien à faire.', en: 'There is nothing to do.' };
/** Beside a refusal, which asks for something itself: only the invoice is meant. */
const notForIt: Bilingual = {
  fr: 'Pour cette facture, il n’y a rien à faire : seule la commande refusée est à corriger, ou à abandonner.',
  en: 'That invoice needs nothing: only the refused command is to be corrected, or dropped.',
};
const itself: Bilingual = {
  fr: 'Le relais poursuit de lui-même : il n’y a rien à faire.',
  en: 'The relay goes on by itself: there is nothing to do.',
};
const onlyFirst: Bilingual = {
  fr: 'C’est la première version qui compte. N’utilisez pas un autre numéro : la même créance serait facturée deux fois. Si le destinataire demande des pièces, complétez la facture (invoice.complete).',
  en: 'The first version counts. Do not take a new number: the same debt would be billed twice. If the recipient asks for documents, send them with invoice.complete.',
};

const answerWith = (command: InvoiceCommandType): Bilingual => ({
  fr: `Chorus Pro attend votre réponse : ${commandNames[command].fr} (${command}).`,
  en: `Chorus Pro waits for your answer: ${command}.`,
});

/** What somebody should do about an invoice that came again. `changed`: with another paper, or other details. */
function nextOf(record: LedgerRecord, changed: boolean): Bilingual & { needed: boolean } {
  if (record.state === 'rejected') return { ...usedUp, needed: true };
  const followed = record.state === 'followed' ? meaningOf(record.status.code) : undefined;
  const isAwaited = isInChorusPro(record) && givenAnswer(record) === undefined;
  const command = record.state === 'followed' ? answerTo(record.status.code, worksFrameworkOf(record)) : undefined;
  if (followed?.actor === 'supplier' && command && isAwaited) return { ...answerWith(command), needed: true };
  if (changed) return { ...onlyFirst, needed: false };
  return { ...(isInChorusPro(record) ? nothing : itself), needed: false };
}

const inWords = (parts: readonly InvoicePart[]): Bilingual => ({
  fr: parts.map((part) => invoiceParts[part].fr).join(', '),
  en: parts.map((part) => invoiceParts[part].en).join(', '),
});

/** A new print is common and changes nothing; other data are not in Chorus Pro, and somebody should know. */
const isMoreThanPrint = (parts: readonly InvoicePart[]): boolean => parts.some((part) => part !== 'document');

interface Change {
  /** Empty if it is the same in everything. */
  parts: readonly InvoicePart[];
  /** The relay makes its document: another one is the work of the settings or the directory, not of the command. */
  isMade: boolean;
}

/**
 * The event for an invoice that came again: nothing is sent.
 * @param messageId of the message that brought it again
 */
export function repeatedTold(
  record: Living,
  messageId: string,
  { parts, isMade }: Change = { parts: [], isMade: false },
): Told {
  const isMadeOtherwise = isMade && parts.length > 0 && !isMoreThanPrint(parts);
  const { needed, ...next } = nextOf(record, parts.length > 0 && !isMadeOtherwise);
  const parameters = { value: record.number, standing: standingOf(record), next };
  const why = isMadeOtherwise
    ? reason('made-otherwise', 'invoice.number', { ...parameters, ...correctionOf(record) })
    : parts.length > 0
      ? reason('invoice-changed', 'invoice.number', { ...parameters, parts: inWords(parts) })
      : reason('same-invoice', 'invoice.number', parameters);
  return {
    type: 'repeated',
    command: { type: isWorksFramework(record.terms.framework) ? 'works.submit' : 'invoice.submit', messageId },
    reasons: [why],
    message: { fr: why.fr, en: why.en },
    actionNeeded: needed || isMoreThanPrint(parts),
    ...(isInChorusPro(record) ? statusOf(record) : {}),
  };
}

const kinds = {
  invoice: { fr: 'une facture', en: 'an invoice' },
  'credit-note': { fr: 'un avoir', en: 'a credit note' },
} as const;

const cancelFirst: Bilingual = {
  fr: 'Si vous corrigez une facture déjà envoyée, annulez-la d’abord par un avoir.',
  en: 'To correct an invoice that was sent, cancel it first with a credit note.',
};
const notThereYet: Bilingual = {
  fr: 'Si vous la corrigez : elle n’est pas encore dans Chorus Pro, attendez qu’elle y soit avant de l’annuler par un avoir.',
  en: 'To correct it: it is not in Chorus Pro yet; wait until it is before you cancel it with a credit note.',
};

/** How to correct the invoice that has the number; nothing if it is rejected, or a credit note. */
function correctionOf(record: Living): { correction?: Bilingual } {
  if (record.state === 'rejected' || record.type === 'credit-note') return {};
  return { correction: isInChorusPro(record) ? cancelFirst : notThereYet };
}

const setting: Bilingual = {
  fr: 'Si votre numérotation recommence chaque année, indiquez-le dans les réglages de la connexion (numbering : per-year).',
  en: 'If your numbers begin anew each year, set "numbering" to "per-year" in the connection.',
};

const detailsOf = (record: Living) => {
  const { number: value, issueDate, amount, currency, recipient } = record;
  return { value, issueDate, amount, currency, recipient, standing: standingOf(record) };
};

/** Why another invoice cannot have this number. */
export const numberUsed = (record: Living, { issueDate }: Pick<Draft, 'issueDate'>): Reason =>
  reason('number-already-used', 'invoice.number', {
    ...(!isNumberedPerYear(record) && issueDate && yearOf(issueDate) !== yearOf(record.issueDate) ? { setting } : {}),
    ...detailsOf(record),
    kind: kinds[record.type],
    ...correctionOf(record),
  });

/** For a refusal of an invoice whose number is in use: the earlier one lives on. */
export const livesOn = (record: Living): Reason => {
  const { needed, ...own } = nextOf(record, false);
  const { fr, en } = needed ? own : notForIt;
  return reason('known-invoice', 'invoice.number', { ...detailsOf(record), next: { fr, en } });
};
