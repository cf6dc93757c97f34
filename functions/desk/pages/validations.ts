/** What subcontractors and co-contractors ask the companies to validate, and by when. */
import { html } from 'hono/html';
import { parisDay } from '../../../shared/chorus-pro/dates.ts';
import { isRetryReason, retryTexts } from '../../../shared/messaging/retry-texts.ts';
import type { Language, Said } from '../../../shared/invoice/spoken.ts';
import type { EndedRequest, Waiting, WaitingRequest } from '../../../shared/lists/validation-rows.ts';
import { outcomes } from '../../../shared/lists/validation-words.ts';
import { keyOf, type KnownRequest } from '../../../shared/validations/notes.ts';
import { answerForms } from './drawn-form.ts';
import type { Viewer } from './frame.ts';
import { type Column, type Content, day, type Html, instant, money, reference, siretSaid, table } from './html.ts';
import { type Followed, requestsSaid } from './requests.ts';

const texts = {
  fr: {
    none: 'Aucune demande de validation en attente.',
    caption: (count: number) => `${count} ${count < 2 ? 'demande attend' : 'demandes attendent'} votre réponse`,
    left: (days: number) =>
      days < 0 ? 'délai expiré' : days === 0 ? 'dernier jour' : `${days} ${days === 1 ? 'jour' : 'jours'}`,
    silence: 'Passé ce jour, votre silence vaut acceptation.',
    refused: (at: Html, why: string) => html`La réponse du ${at} n’a pas été transmise : ${why}`,
    never: 'Les demandes de cette connexion n’ont pas été lues : a-t-elle le réglage « validations » ?',
    read: (at: Html) => html`Dernière lecture dans Chorus Pro : ${at}.`,
    stopped: (why: string) => ` Cette lecture n’est pas allée à son terme : ${why}.`,
    ended: 'Terminées au cours des 30 derniers jours',
    noneEnded: 'Aucune demande terminée au cours des 30 derniers jours.',
  },
  en: {
    none: 'Nothing waits for a validation.',
    caption: (count: number) => `${count} ${count === 1 ? 'request waits' : 'requests wait'} for your answer`,
    left: (days: number) =>
      days < 0 ? 'time is over' : days === 0 ? 'last day' : `${days} ${days === 1 ? 'day' : 'days'}`,
    silence: 'After that day, silence accepts.',
    refused: (at: Html, why: string) => html`The answer of ${at} was not given: ${why}`,
    never: 'The requests of this connection have not been read: has it the setting "validations"?',
    read: (at: Html) => html`Last read in Chorus Pro: ${at}.`,
    stopped: (why: string) => ` That reading did not reach its end: ${why}.`,
    ended: 'Ended in the last 30 days',
    noneEnded: 'No request ended in the last 30 days.',
  },
} as const;

type Named = KnownRequest;

const columnsOfAll = (language: Language) =>
  [
    { head: { fr: 'Document', en: 'Document' }, is: 'head', of: ({ number }) => reference(number) },
    {
      head: { fr: 'Demandeur', en: 'From' },
      of: ({ subcontractor: { name, siret } }) =>
        html`${name ?? siretSaid(siret)}${name && siret ? html` <span class="quiet">${siretSaid(siret)}</span>` : ''}`,
    },
    { head: { fr: 'Marché', en: 'Contract' }, of: ({ contract }) => reference(contract) },
    {
      head: { fr: 'Net à payer', en: 'Amount due' },
      is: 'amount',
      of: ({ due, currency }) => money(due, currency, language),
    },
  ] as const satisfies readonly Column<Named>[];

export interface ListedRequest extends WaitingRequest {
  requests: readonly Followed[];
}

function below(row: ListedRequest, i: number, { language, mayAct, today }: Viewer): Content {
  const { silence, refused } = texts[language];
  const { refusedAnswer, requests, refusalReasons = [], connection } = row;
  // Of one that was never sent nothing is heard: the buttons must be back while there is time.
  const isAsked = requests.some(({ end, at }) => end === 'waiting' && parisDay(new Date(at)) === today);
  return html`${refusedAnswer ? html`<p>${refused(instant(refusedAnswer.at, language), refusedAnswer.why.map((one) => one[language]).join(' '))}</p>` : ''}
    <p class="quiet">${silence}</p>
    ${requestsSaid(requests, language)}
    ${mayAct && !isAsked ? answerForms({ connection, key: keyOf(row), row: i }, refusalReasons, language) : ''}`;
}

const readSaid = ({ read }: Pick<Waiting, 'read'>, language: Language): Html => {
  const { never, read: lastRead, stopped } = texts[language];
  if (!read) return html`<p class="note">${never}</p>`;
  const why = read.stopped === undefined ? '' : stopped(reasonSaid(read.stopped, language));
  return html`<p class="quiet">${lastRead(instant(read.at, language))}${why}</p>`;
};

/** Chorus Pro's own code, if it is not one of the reasons to wait. */
const reasonSaid = (stopped: string, language: Language): string =>
  isRetryReason(stopped) ? retryTexts[stopped][language] : stopped;

const left: Said = { fr: 'Délai restant', en: 'Time left' };

/** What waits for an answer. */
export function waitingTable(requests: readonly ListedRequest[], viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  return table<ListedRequest>({
    caption: text.caption(requests.length),
    ...{ rows: requests, language, none: text.none },
    columns: [
      ...columnsOfAll(language),
      {
        head: { fr: 'Destinataire', en: 'Recipient' },
        of: ({ recipient }) => recipient.name ?? siretSaid(recipient.siret),
      },
      { head: { fr: 'Déposée le', en: 'Deposited' }, of: ({ deposited }) => day(deposited, language) },
      { head: { fr: 'Répondre au plus tard le', en: 'Answer by' }, of: ({ until }) => day(until, language) },
      {
        head: left,
        of: ({ daysLeft, atRisk }) => html`<span class="${atRisk ? 'urgent' : ''}">${text.left(daysLeft)}</span>`,
      },
    ],
    below: (row, i) => below(row, i, viewer),
  });
}

export interface Validations extends Pick<Waiting, 'read' | 'ended'> {
  requests: ListedRequest[];
}

/** With those that ended lately, and when Chorus Pro was read last. */
export function validationPage({ requests, ended, read }: Validations, viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  return html`${waitingTable(requests, viewer)} ${readSaid({ read }, language)}
    <h2>${text.ended}</h2>
    ${table<EndedRequest>({
      caption: text.ended,
      ...{ rows: ended, language, none: text.noneEnded },
      columns: [
        ...columnsOfAll(language),
        { head: { fr: 'Suite donnée', en: 'Result' }, of: ({ outcome }) => outcomes[outcome][language] },
        { head: { fr: 'Le', en: 'On' }, of: ({ endedOn }) => day(endedOn, language) },
      ],
    })}`;
}
