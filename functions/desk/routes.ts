/** The pages, their files, and the buttons. Who may come here at all is decided before: app.ts. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { Connections } from '../../shared/connection/connections.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { DocumentStore } from '../../shared/documents/document-store.ts';
import { type Language, languages, type Said } from '../../shared/invoice/spoken.ts';
import { noClaims } from '../../shared/recovery/claim.ts';
import { ask, type AskDependencies } from './actions/ask.ts';
import { askedSchema } from './actions/asked.ts';
import type { Desk } from './app.ts';
import { attachment, plain } from './attachment.ts';
import { rightIn } from './identity.ts';
import type { FileKind } from './list-file.ts';
import { cutNamed } from './pages/cut.ts';
import { frame, isPageName, pages, type Viewer } from './pages/frame.ts';
import { invoicePage, invoiceTitle } from './pages/invoice.ts';
import { nothingOpen } from './pages/nothing-open.ts';
import { requestText } from './pages/requests.ts';
import { DeskReading, type ReadingOptions } from './reading.ts';
import { searched, searchTitle, type View, views } from './views.ts';

export interface RouteDependencies extends AskDependencies {
  connections: Pick<Connections, 'get'>;
  ledger: ReadingOptions['ledger'];
  documents: AskDependencies['documents'] & Pick<DocumentStore, 'get'>;
}

/** A connection that a person has opened, in a language. */
interface Opened {
  viewer: Viewer;
  settings: ConnectionSettings;
  reading: DeskReading;
}

interface InConnection extends Desk {
  Variables: Desk['Variables'] & { opened: Opened };
}

const isLanguage = (name: string): name is Language => languages.some((one) => one === name);

const kinds = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<FileKind, string>;
const isKind = (ending: string): ending is FileKind => Object.hasOwn(kinds, ending);

const wrongForm: Said = {
  fr: 'Ce formulaire n’a pas pu être lu : rechargez la page. Rien n’a été envoyé.',
  en: 'This form could not be read: load the page again. Nothing was sent.',
};
const notThere: Said = {
  fr: 'Introuvable : rechargez la page. Rien n’a été envoyé.',
  en: 'Not found: load the page again. Nothing was sent.',
};

export function deskRoutes(dependencies: RouteDependencies): Hono<Desk> {
  const { connections, ledger, now } = dependencies;

  async function open(
    c: { var: Desk['Variables'] },
    connection: string,
    language: Language,
  ): Promise<Opened | undefined> {
    const settings = await connections.get(connection);
    const { person } = c.var;
    const today = parisDay(now());
    const mayAct = rightIn(person, connection) === 'act';
    const viewer: Viewer = { person, connection, language, today, mayAct };
    return settings && { viewer, settings, reading: new DeskReading({ ledger, settings, today }) };
  }

  const opening: MiddlewareHandler<InConnection, '/:connection/:language'> = async (c, next) => {
    const { connection, language } = c.req.param();
    const opened = isLanguage(language) ? await open(c, connection, language) : undefined;
    if (!opened) return c.notFound();
    c.set('opened', opened);
    return next();
  };
  const inConnection = new Hono<InConnection>();
  inConnection.use('/:page', opening);
  inConnection.get('/invoice', showInvoice);
  inConnection.get('/letter.pdf', giveLetter);
  inConnection.get('/proof.zip', (c) => giveProof(c, dependencies));
  inConnection.get('/:page', showList);

  const routes = new Hono<Desk>();
  routes.get('/pages', async (c) => {
    const [first] = c.var.person.connections;
    const opened = first && (await open(c, first.name, 'fr'));
    if (opened) return showOf(c, opened, await listOf(home, opened, {}));
    return c.html(nothingOpen(c.var.person));
  });
  routes.route('/pages/:connection/:language', inConnection);

  routes.post('/actions/:connection/send', async (c) => {
    const read = askedSchema.safeParse(await c.req.json().catch(() => undefined));
    const asked = read.data;
    if (asked?.connection !== c.req.param('connection')) return c.text(`${wrongForm.fr} / ${wrongForm.en}`, 422);
    const { language, connection } = asked;
    const opened = await open(c, connection, language);
    const answer = opened && (await ask(asked, { person: c.var.person, settings: opened.settings }, dependencies));
    if (!answer || answer.kind === 'unknown') return c.text(notThere[language], 404);
    if (answer.kind === 'faulty') return c.text(answer.reasons.map((one) => one[language]).join(' '), 422);
    return c.text(requestText(answer.request, language));
  });
  return routes;
}

type PageContext = Context<InConnection>;

async function showInvoice(c: PageContext): Promise<Response> {
  const { viewer, reading } = c.var.opened;
  const shown = await reading.invoice(c.req.query('key') ?? '');
  if (!shown) return c.notFound();
  const [title, address] = [invoiceTitle(shown.row, viewer.language), `invoice${new URL(c.req.url).search}`];
  return c.html(frame(viewer, { title, address, content: invoicePage(shown, viewer) }));
}

async function giveLetter(c: PageContext): Promise<Response> {
  const { viewer, reading } = c.var.opened;
  const claim = await reading.claim(c.req.query('key') ?? '');
  if (claim === undefined) return c.notFound();
  if (typeof claim === 'string') return c.text(noClaims[claim][viewer.language], 404);
  // What makes PDFs is as large as all the rest.
  const { letterOf } = await import('../../shared/recovery/letter.ts');
  const name = `interets-${plain(claim.invoice.number)}.pdf`;
  return attachment(new Uint8Array(await letterOf(claim)), 'application/pdf', name);
}

/** What a proof may weigh: Lambda answers with 6 MB, in which a file is a third larger. [AWS: Lambda quotas] */
const mostProofBytes = 4_000_000;

async function giveProof(c: PageContext, { documents, ledger, now }: RouteDependencies): Promise<Response> {
  const record = await c.var.opened.reading.record(c.req.query('key') ?? '');
  if (!record) return c.notFound();
  const { evidenceOf } = await import('../../shared/evidence/evidence.ts');
  const made = await evidenceOf(record, { documents, memory: ledger, now, mostBytes: mostProofBytes });
  // Each time it is made it has another seal, which the page then shows.
  const seal = { 'x-seal': made.manifest.seal };
  return attachment(new Uint8Array(made.bytes), 'application/zip', plain(made.name), seal);
}

/** What one comes to first. */
const home = 'to-do';

interface ShownList extends View {
  /** With what was asked. */
  address: string;
  title: string;
  name: string;
  /** Of its files, in the reader's language. */
  called: string;
}

const search: Said = { fr: 'recherche', en: 'search' };

/** A list or a search; undefined if there is no such list. */
async function listOf(name: string, { viewer, reading }: Opened, query: Record<string, string>) {
  const { language } = viewer;
  const asked = new URLSearchParams(query).toString();
  const address = asked === '' ? name : `${name}?${asked}`;
  if (name === 'search')
    return {
      ...{ address, name, called: search[language] },
      title: searchTitle(query['text'] ?? '', language),
      ...(await searched(reading, viewer, query)),
    };
  if (!isPageName(name)) return undefined;
  const title = pages[name][language];
  return { address, name, title, called: title, ...(await views[name](reading, viewer, query)) };
}

function showOf(c: Context, { viewer }: Opened, list: ShownList | undefined): Response | Promise<Response> {
  if (!list) return c.notFound();
  const { address, title, name, content } = list;
  return c.html(frame(viewer, { name, title, address, content, downloads: address }));
}

async function showList(c: PageContext): Promise<Response> {
  const { opened } = c.var;
  const [name = '', ending, ...more] = (c.req.param('page') ?? '').split('.');
  if ((ending !== undefined && !isKind(ending)) || more.length > 0) return c.notFound();
  const list = await listOf(name, opened, c.req.query());
  if (!list || ending === undefined) return showOf(c, opened, list);
  const { connection, language, today } = opened.viewer;
  const { content, cut } = await list.file(ending);
  const called = [connection, list.called, today, ...cutNamed(cut, language)].join(' ');
  return attachment(content, kinds[ending], plain(`${called}.${ending}`));
}
