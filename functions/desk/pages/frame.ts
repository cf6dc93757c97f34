/** What stands around every page: where one is, where one can go, the search, the other language. */
import { html } from 'hono/html';
import type { Language, Said } from '../../../shared/invoice/spoken.ts';
import type { Person } from '../identity.ts';
import { anchor, type Content, type Html, linkTo } from './html.ts';

/** The pages of a connection, in the order in which they are offered. */
export const pages = {
  'to-do': { fr: 'À faire', en: 'To do' },
  late: { fr: 'En retard', en: 'Late' },
  'under-way': { fr: 'En cours', en: 'In progress' },
  paid: { fr: 'Mises en paiement', en: 'Payment issued' },
  refused: { fr: 'Rejetées ou non déposées', en: 'Rejected or not submitted' },
  recipients: { fr: 'Destinataires', en: 'Recipients' },
  weeks: { fr: 'À encaisser', en: 'Expected' },
  retentions: { fr: 'Retenues', en: 'Retentions' },
  validations: { fr: 'À valider', en: 'To validate' },
  works: { fr: 'Travaux', en: 'Works' },
} as const satisfies Record<string, Said>;

export type PageName = keyof typeof pages;
export const isPageName = (name: string): name is PageName => Object.hasOwn(pages, name);

/** Who looks at which connection, in which language. */
export interface Viewer {
  person: Person;
  connection: string;
  language: Language;
  mayAct: boolean;
  /** The day in Paris, ISO. */
  today: string;
}

const texts = {
  fr: {
    lists: 'Listes',
    search: 'Rechercher une facture',
    searchHint: 'numéro, destinataire, engagement, marché ou montant',
    find: 'Rechercher',
    connection: 'Connexion',
    other: 'English',
    signOut: 'Se déconnecter',
    readOnly: 'Vous pouvez consulter cette connexion, sans agir sur ses factures.',
    download: 'Télécharger cette liste :',
  },
  en: {
    lists: 'Lists',
    search: 'Find an invoice',
    searchHint: 'number, recipient, commitment, contract or amount',
    find: 'Find',
    connection: 'Connection',
    other: 'Français',
    signOut: 'Sign out',
    readOnly: 'You may read this connection, and not act on its invoices.',
    download: 'Download this list:',
  },
} as const satisfies Record<Language, object>;

const otherLanguage: Readonly<Record<Language, Language>> = { fr: 'en', en: 'fr' };

export interface Page {
  /** Which of the lists it is; an invoice or a search is none. */
  name?: string;
  title: string;
  /** The page's own address below the connection, for the other language: `late`, `invoice?key=…`. */
  address: string;
  content: Content;
  /** The list can be downloaded at this address, with `.csv` or `.xlsx` before its question mark. */
  downloads?: string | undefined;
}

function switchOf({ person, connection, language }: Viewer): Content {
  const { connections } = person;
  if (connections.length < 2) return undefined;
  const label = texts[language].connection;
  return html`<details class="switch">
    <summary>${label}${language === 'fr' ? ' : ' : ': '}<strong>${connection}</strong></summary>
    <ul>
      ${connections.map(({ name }) => html`<li>${anchor(linkTo({ language, connection: name }, 'to-do'), name, name === connection)}</li>`)}
    </ul>
  </details>`;
}

function downloadsOf(address: string | undefined, { language, connection }: Viewer): Content {
  if (address === undefined) return undefined;
  const [path = '', query] = address.split('?');
  const at = (ending: string) => `${linkTo({ language, connection }, `${path}.${ending}`)}${query ? `?${query}` : ''}`;
  return html`<p class="downloads">
    ${texts[language].download}
    <button type="button" data-download="${at('csv')}">CSV</button>
    <button type="button" data-download="${at('xlsx')}">XLSX</button>
  </p>`;
}

/** The whole page, which the client puts in place of the last one. The heading takes the focus. */
export function frame(viewer: Viewer, { name, title, address, content, downloads }: Page): Html {
  const { person, connection, language, mayAct } = viewer;
  const text = texts[language];
  const other = otherLanguage[language];
  return html`<div class="page" lang="${language}">
    <header>
      <p class="brand">${anchor(linkTo(viewer, 'to-do'), 'chorus-relay')}</p>
      <form role="search" data-go="${linkTo(viewer, 'search')}">
        <label for="sought">${text.search}</label>
        <input
          id="sought"
          name="text"
          type="search"
          required
          maxlength="100"
          autocomplete="off"
          aria-describedby="sought-hint"
        />
        <button type="submit">${text.find}</button>
        <small id="sought-hint">${text.searchHint}</small>
      </form>
      <div class="who">
        ${switchOf(viewer)}
        <a href="#${linkTo({ language: other, connection }, address)}" lang="${other}" hreflang="${other}"
          >${text.other}</a
        >
        <span>${person.name}</span>
        <button type="button" data-sign-out>${text.signOut}</button>
      </div>
    </header>
    <nav aria-label="${text.lists}">
      <ul>
        ${Object.entries(pages).map(
          ([page, said]) => html`<li>${anchor(linkTo(viewer, page), said[language], page === name)}</li>`,
        )}
      </ul>
    </nav>
    <main>
      <h1 tabindex="-1">${title}</h1>
      ${mayAct ? '' : html`<p class="note">${text.readOnly}</p>`} ${content} ${downloadsOf(downloads, viewer)}
    </main>
  </div>`;
}
