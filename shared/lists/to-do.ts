/** What a person must do about a row of the list: in an accountant's words, where, and until when. */
import { type Language, type Said, spokenDay } from '../invoice/spoken.ts';
import { commandNames, type InvoiceCommandType } from '../invoice/invoice-commands.ts';
import type { ReasonCode } from '../invoice/reasons.ts';
import { kinds, worksDocuments } from '../works/documents.ts';
import type { StatusRow } from './status-row.ts';

const places = {
  software: { fr: 'par votre logiciel', en: 'in your software' },
  portal: { fr: 'sur le portail Chorus Pro', en: 'on the Chorus Pro portal' },
  either: {
    fr: 'par votre logiciel ou sur le portail Chorus Pro',
    en: 'in your software or on the Chorus Pro portal',
  },
  operator: { fr: 'par la personne qui exploite le relais', en: 'by whoever operates the relay' },
  both: {
    fr: 'par la personne qui exploite le relais, puis par votre logiciel',
    en: 'by whoever operates the relay, then in your software',
  },
} as const satisfies Record<string, Said>;

interface ToDo extends Said {
  where: keyof typeof places;
}

/** The answers that a status asks for. */
const answers: Readonly<Record<InvoiceCommandType, ToDo>> = {
  'invoice.complete': {
    ...{ fr: 'ajouter les pièces ou la réponse demandées (Compléter)', where: 'either' },
    en: 'add the documents or the answer that are asked for (Compléter)',
  },
  'invoice.recycle': {
    ...{ fr: 'corriger le destinataire, le service ou l’engagement et la renvoyer (Recycler)', where: 'either' },
    en: 'correct the recipient, the service or the commitment and send it again (Recycler)',
  },
  'invoice.acknowledge-rejection': {
    ...{ fr: 'refaire la facture et l’envoyer sous un nouveau numéro, puis prendre acte du rejet', where: 'software' },
    en: 'make the invoice anew and send it with a new number, then acknowledge the rejection',
  },
  'invoice.correct-validator': {
    ...{ fr: 'désigner le bon valideur', where: 'software' },
    en: 'name the right validator',
  },
  'invoice.fetch': { ...commandNames['invoice.fetch'], where: 'software' },
  'invoice.status': { ...commandNames['invoice.status'], where: 'software' },
  'works.complete': {
    ...{ fr: 'ajouter les pièces ou la réponse demandées (Compléter)', where: 'either' },
    en: 'add the documents or the answer that are asked for (Compléter)',
  },
  'works.recycle': {
    ...{ fr: 'corriger le destinataire, le service ou l’engagement et la renvoyer (Recycler)', where: 'either' },
    en: 'correct the recipient, the service or the commitment and send it again (Recycler)',
  },
  'works.sign-final': {
    ...{ fr: 'signer le décompte général et déposer l’exemplaire signé', where: 'either' },
    en: 'sign the general statement and deposit the signed copy',
  },
};

/** What is left where no command answers. */
const others = {
  doubt: {
    ...{ fr: 'faire vérifier si Chorus Pro a reçu la facture, puis relancer l’envoi', where: 'operator' },
    en: 'have somebody check whether Chorus Pro has the invoice, then put it on again',
  },
  request: {
    ...{ fr: 'corriger la demande et la renvoyer, ou y renoncer', where: 'software' },
    en: 'correct the request and send it again, or drop it',
  },
  refused: {
    ...{ fr: 'corriger la facture et la renvoyer, sous le même numéro', where: 'software' },
    en: 'correct the invoice and send it again, with the same number',
  },
  refusedMessage: {
    ...{ fr: 'corriger ce qui est signalé et renvoyer la facture', where: 'software' },
    en: 'correct what is said above and send the invoice again',
  },
  settings: {
    fr: 'mettre à jour les réglages de la connexion, puis recommencer l’envoi, sous le même numéro',
    en: 'update the connection’s settings, then send again, with the same number',
    where: 'both',
  },
  settingsAndMore: {
    fr: 'mettre à jour les réglages de la connexion, corriger le reste de ce qui est signalé et recommencer l’envoi',
    en: 'update the connection’s settings, correct the rest of what is said, and send again',
    where: 'both',
  },
  replaceWorks: {
    ...{ fr: 'refaire la pièce et la déposer sous un nouveau numéro', where: 'software' },
    en: 'make the document anew and deposit it with a new number',
  },
  replace: {
    ...{ fr: 'refaire la facture et l’envoyer sous un nouveau numéro', where: 'software' },
    en: 'make the invoice anew and send it with a new number',
  },
  portal: { fr: 'intervenir sur cette pièce', en: 'act on it', where: 'portal' },
} as const satisfies Record<string, ToDo>;

/** Only the connection's settings mend these, not what the software sends. */
const inSettings: ReadonlySet<string> = new Set<ReasonCode>([
  'make-seller',
  'sender-not-allowed',
  'supplier-service-unknown',
  'works-not-set',
  'works-answers-off',
]);

function refusedBecause({ about, reasons, request }: StatusRow): ToDo {
  const ofSettings = reasons.filter(({ code }) => inSettings.has(code)).length;
  if (ofSettings > 0) return ofSettings === reasons.length ? others.settings : others.settingsAndMore;
  if (request !== undefined) return others.request;
  return about === 'message' ? others.refusedMessage : others.refused;
}

/** About another party's works document, which has no row. */
export const toAnswerAsked: ToDo = { fr: 'répondre à cette pièce', en: 'answer this document', where: 'either' };

/** @returns undefined if nothing is to be done */
export function toDoOf(row: StatusRow): ToDo | undefined {
  const { needsAction, answer, isForPortal, state, request, toSubmit } = row;
  if (!needsAction) return undefined;
  if (state === 'in-doubt') return others.doubt;
  if (request !== undefined || state === 'refused') return refusedBecause(row);
  if (toSubmit.length > 0) return submitting(toSubmit);
  if (answer !== undefined) return isForPortal ? { ...answers[answer], where: 'portal' } : answers[answer];
  if (state === 'rejected') return row.isWorks ? others.replaceWorks : others.replace;
  return others.portal;
}

function submitting(frameworks: StatusRow['toSubmit']): ToDo {
  const named = (language: Language) =>
    frameworks.map((one) => `${kinds[worksDocuments[one].kind][language]} (${one})`).join(', ');
  return { fr: `déposer : ${named('fr')}`, en: `deposit: ${named('en')}`, where: 'software' };
}

export const placeOf = (toDo: ToDo, language: Language): string => places[toDo.where][language];

const until = {
  fr: (day: string) => `au plus tard le ${day}`,
  en: (day: string) => `by ${day}`,
} as const satisfies Record<Language, object>;

const noDate: Said = { fr: 'sans date limite fixée par Chorus Pro', en: 'Chorus Pro sets no last day' };

/** @param day the last one, ISO */
export const spokenUntil = (day: string, language: Language): string => until[language](spokenDay(day, language));

/** What Chorus Pro has, and asks to be answered. Of a works document the contract sets the time. */
const isAskedByChorusPro = ({ state, request, isWorks }: StatusRow): boolean =>
  !isWorks && request === undefined && (state === 'followed' || state === 'rejected');

/** « → compléter la facture, par votre logiciel (sans date limite fixée par Chorus Pro) » */
export function spokenToDo(row: StatusRow, language: Language): string[] {
  const toDo = toDoOf(row);
  if (!toDo) return [];
  const none = isAskedByChorusPro(row) ? noDate[language] : undefined;
  const by = row.until === undefined ? none : spokenUntil(row.until, language);
  return [`→ ${toDo[language]}, ${placeOf(toDo, language)}${by === undefined ? '' : ` (${by})`}`];
}
