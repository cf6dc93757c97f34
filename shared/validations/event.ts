import { parisDay } from '../chorus-pro/dates.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { frenchAmount, frenchDate } from '../invoice/amounts.ts';
import type { ValidationEvent } from '../messaging/validation-event.ts';
import { dayOn, untilOf } from './deadline.ts';
import { keyOf, type KnownRequest, type Note } from './notes.ts';

/** What the ERP is told about a request to validate, as an event. */

/** `action`: someone must do something. */
export const validationEventTypes = {
  requested: {
    action: true,
    fr: 'Un sous-traitant ou un cotraitant demande une validation.',
    en: 'A subcontractor or co-contractor asks for a validation.',
  },
  due: {
    action: true,
    fr: 'Une demande de validation attend toujours : le silence vaudra acceptation.',
    en: 'A request to validate still waits: silence will accept it.',
  },
  tacit: {
    action: false,
    fr: 'Une demande de validation est acceptée tacitement : personne n’a répondu à temps.',
    en: 'A request to validate is accepted by silence: nobody answered in time.',
  },
  answered: {
    action: false,
    fr: 'Une demande de validation a reçu sa réponse dans Chorus Pro.',
    en: 'A request to validate was answered in Chorus Pro.',
  },
  'answer-refused': {
    action: true,
    fr: 'La réponse à une demande de validation n’a pas pu être transmise : voir les motifs.',
    en: 'The answer to a request to validate could not be given: see the reasons.',
  },
} as const satisfies Record<string, { action: boolean; fr: string; en: string }>;

export type ValidationEventType = keyof typeof validationEventTypes;

export const isValidationEventType = (type: string): type is ValidationEventType =>
  Object.hasOwn(validationEventTypes, type);

export const validationTypeOf = <Type extends ValidationEventType>(type: Type) =>
  `chorus-relay.validation.${type}.v1` as const;

type Said = Pick<ValidationEvent['data'], 'outcome' | 'by' | 'command' | 'reasons'>;

interface Told extends Said {
  type: ValidationEventType;
  /** Tells the events of one request apart. */
  mark: string;
}

type Asking = Pick<ConnectionSettings, 'name' | 'environment'>;

export function validationEvent(
  { name: connection, environment }: Asking,
  { request, turn }: Pick<Note, 'request' | 'turn'>,
  { type, mark, ...said }: Told,
  now: Date,
): ValidationEvent {
  const { chorusProId, round, validator, type: invoiceType, deposited, ...shown } = request;
  const again = turn > 1 ? [`turn ${turn}`] : [];
  return {
    specversion: '1.0',
    id: ['validation', environment, keyOf(request), ...again, mark].join('#'),
    source: `chorus-relay/${connection}`,
    type: validationTypeOf(type),
    subject: `${connection}/-/validation ${keyOf(request)}`,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ connection, environment, chorusProId },
      ...{ validator: validator.siret, isSecondValidator: round === 2 },
      ...{ ...shown, invoiceType, deposited },
      day: dayOn(deposited, parisDay(now)),
      until: untilOf(deposited),
      onSilence: 'accepted',
      ...said,
      actionNeeded: validationEventTypes[type].action,
      message: sentenceOf(type, request, said, now),
    },
  };
}

interface Sentence {
  fr: string;
  en: string;
}

function sentenceOf(type: ValidationEventType, request: KnownRequest, said: Said, now: Date): Sentence {
  const { fr, en } = namesOf(request);
  const until = untilOf(request.deposited);
  const end = { fr: frenchDate(until), en: until };
  const left = dayOn(parisDay(now), until);
  switch (type) {
    case 'requested':
      return {
        fr: `${fr.who} demande de valider ${fr.what}. Répondez au plus tard le ${end.fr} : sans réponse, la demande est acceptée et transmise à ${fr.next}.`,
        en: `${en.who} asks for the validation of ${en.what}. Answer by ${end.en}: without an answer it is accepted and goes on to ${en.next}.`,
      };
    case 'due': {
      const days = { fr: left > 1 ? `${left} jours` : '1 jour', en: left > 1 ? `${left} days` : '1 day' };
      const rest = left > 0 ? { fr: `il reste ${days.fr}`, en: `${days.en} left` } : lastDay;
      return {
        fr: `À valider au plus tard le ${end.fr} (${rest.fr}) : ${fr.what}, de ${fr.who}. Sans réponse, la demande est acceptée et transmise à ${fr.next}.`,
        en: `To validate by ${end.en} (${rest.en}): ${en.what}, from ${en.who}. Without an answer it is accepted and goes on to ${en.next}.`,
      };
    }
    case 'tacit':
      return {
        fr: `Acceptée tacitement : ${fr.what}, de ${fr.who}. Le délai a expiré le ${end.fr} sans réponse ; la demande est transmise à ${fr.next}.`,
        en: `Accepted by silence: ${en.what}, from ${en.who}. The time ended on ${end.en} without an answer; it goes on to ${en.next}.`,
      };
    case 'answered': {
      const { outcome = 'accepted', by = 'relay' } = said;
      const how = by === 'relay' ? { fr: '', en: '' } : { fr: ', hors du relais', en: ', not by the relay' };
      return {
        fr: `${outcomes[outcome].fr}${how.fr} : ${fr.what}, de ${fr.who}.`,
        en: `${outcomes[outcome].en}${how.en}: ${en.what}, from ${en.who}.`,
      };
    }
    case 'answer-refused': {
      const reasons = said.reasons ?? [];
      return {
        fr: `Réponse non transmise pour ${fr.what}, de ${fr.who}. ${reasons.map((one) => one.fr).join(' ')}`,
        en: `Not answered: ${en.what}, from ${en.who}. ${reasons.map((one) => one.en).join(' ')}`,
      };
    }
  }
}

const lastDay = { fr: 'dernier jour', en: 'the last day' } as const;

const outcomes = {
  accepted: { fr: 'Acceptée', en: 'Accepted' },
  refused: { fr: 'Refusée', en: 'Refused' },
  withdrawn: { fr: 'Retirée : plus rien n’est demandé', en: 'Withdrawn: nothing is asked any more' },
} as const;

function namesOf(request: KnownRequest): Record<keyof Sentence, { who: string; what: string; next: string }> {
  const { subcontractor, recipient, projectManager, number, type, worksDocument, contract, due, currency } = request;
  const kind = worksDocument
    ? { fr: 'la pièce de travaux', en: 'the works document' }
    : type === 'credit-note'
      ? { fr: 'l’avoir', en: 'the credit note' }
      : { fr: 'la facture', en: 'the invoice' };
  const money = due === undefined ? { fr: '', en: '' } : amountsOf(due, currency ?? 'EUR');
  const under =
    contract === undefined ? { fr: '', en: '' } : { fr: `, marché ${contract}`, en: `, contract ${contract}` };
  const next = projectManager ?? recipient;
  const named = ({ name, siret }: { name?: string | undefined; siret?: string | undefined }) => name ?? siret ?? '–';
  const whatIn = (language: keyof Sentence) =>
    `${kind[language]}${number === undefined ? '' : ` ${number}`}${money[language]}${under[language]}`;
  const parties = { who: named(subcontractor), next: named(next) };
  return { fr: { ...parties, what: whatIn('fr') }, en: { ...parties, what: whatIn('en') } };
}

const amountsOf = (due: string, currency: string): Sentence => ({
  fr: ` de ${frenchAmount(due, currency)}`,
  en: ` of ${due} ${currency}`,
});
