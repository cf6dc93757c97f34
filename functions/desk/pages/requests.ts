/** What was asked at the desk about one invoice: by whom, when, and what became of it. */
import { html } from 'hono/html';
import { commandNames, isInvoiceCommandType } from '../../../shared/invoice/invoice-commands.ts';
import { type Language, type Said, spokenMoment } from '../../../shared/invoice/spoken.ts';
import type { DeskRequest } from '../actions/requests.ts';
import type { Decision } from '../actions/asked.ts';
import { type Content, type Html, instant } from './html.ts';

/** A request and its end, as far as the ledger shows it. */
export interface Followed extends DeskRequest {
  end: 'waiting' | 'done' | 'not-done' | 'failed' | 'unsure';
  /** Why it was not done, if that is known. */
  reasons: readonly Said[];
}

const ends: Readonly<Record<Followed['end'], Said>> = {
  waiting: { fr: 'en attente du résultat', en: 'waiting for the result' },
  done: { fr: 'exécutée', en: 'carried out' },
  'not-done': { fr: 'non exécutée', en: 'not carried out' },
  failed: { fr: 'non envoyée : recommencez', en: 'not sent: try again' },
  unsure: {
    fr: 'peut-être envoyée, la file n’a pas répondu : voyez ce que devient la facture avant de recommencer',
    en: 'perhaps sent, the queue did not answer: see what becomes of the invoice before you try again',
  },
};

const decisions: Readonly<Record<Decision, Said>> = {
  'validation.accept': { fr: 'valider la demande', en: 'accept the request' },
  'validation.refuse': { fr: 'refuser la demande', en: 'refuse the request' },
};

const nameOf = (type: DeskRequest['type'], language: Language): string =>
  (isInvoiceCommandType(type) ? commandNames[type] : decisions[type])[language];

const asked = {
  fr: (what: string, by: string) => `Demande de ${by} (${what}), le `,
  en: (what: string, by: string) => `Request of ${by} (${what}), on `,
} as const satisfies Record<Language, object>;

const colon = { fr: ' : ', en: ': ' } as const;

/** « Demande de Marie Dupont (compléter la facture), le 26 novembre 2026 à 17:30 : exécutée. » */
const requestSaid = ({ type, name, at, end, reasons }: Followed, language: Language): Html =>
  html`${asked[language](nameOf(type, language), name)}${instant(at, language)}${colon[language]}<strong>${ends[end][language]}</strong>.
  ${reasons.map((one) => one[language]).join(' ')}`;

/** What is said below the form that was just sent. */
export const requestText = ({ type, name, at }: DeskRequest, language: Language): string =>
  `${asked[language](nameOf(type, language), name)}${spokenMoment(at, language)}${colon[language]}${ends.waiting[language]}.`;

/** While one waits, the client asks again for this part of the page. */
export function requestsSaid(requests: readonly Followed[], language: Language): Content {
  if (requests.length === 0) return undefined;
  const waits = requests.some(({ end }) => end === 'waiting');
  return html`<ul class="plain requests" ${waits ? html`data-waiting` : ''}>
    ${requests.map((one) => html`<li>${requestSaid(one, language)}</li>`)}
  </ul>`;
}
