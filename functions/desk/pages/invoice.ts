/** The page of one invoice: where it stands, what is to do, its interest, its life, its papers, its proof. */
import { html } from 'hono/html';
import { explained } from '../../../shared/lists/status-explained.ts';
import type { RetentionRow } from '../../../shared/lists/retention-row.ts';
import { nounFor } from '../../../shared/lists/nouns.ts';
import { labelOf } from '../../../shared/lists/status-label.ts';
import { deductedOf } from '../../../shared/lists/status-csv.ts';
import { whoHas } from '../../../shared/lists/who-has.ts';
import type { Language, Said } from '../../../shared/invoice/spoken.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { states } from '../../../shared/ledger/states.ts';
import { commandForm } from './drawn-form.ts';
import type { Viewer } from './frame.ts';
import { anchor, type Content, day, dayOf, type Html, linkTo, money, plainList, reference, siretSaid } from './html.ts';
import { interestSection } from './interest.ts';
import { dueSaid, type ListedRow, owedSaid } from './invoice-lists.ts';
import { lifeList } from './life.ts';
import { requestsSaid } from './requests.ts';
import { releasedTable } from './retentions.ts';

export interface ShownInvoice {
  row: ListedRow;
  record: RecordView;
  retentions: readonly RetentionRow[];
  /** Its name in the settings. */
  supplierName: string | undefined;
}

const texts = {
  fr: {
    proof: 'Preuve (ZIP)',
    proofSays: 'Tout ce qui a été envoyé et répondu, avec les empreintes des fichiers : vérifiable sans connexion.',
    seal: 'Sceau de ce fichier, à noter ailleurs :',
    what: 'Situation',
    toDo: 'Agir',
    life: 'Historique',
    papers: 'Fichiers',
    later: (on: Content) => html`ajouté le ${on}`,
    noPapers: 'Aucun fichier conservé.',
    retentions: 'Retenues',
    sha: 'empreinte SHA-256',
  },
  en: {
    proof: 'Proof (ZIP)',
    proofSays: 'All that was sent and answered, with the hashes of the files: it can be verified offline.',
    seal: 'Seal of this file, to be noted elsewhere:',
    what: 'Where it stands',
    toDo: 'Act',
    life: 'History',
    papers: 'Files',
    later: (on: Content) => html`added on ${on}`,
    noPapers: 'No file was kept.',
    retentions: 'Retentions',
    sha: 'SHA-256',
  },
} as const;

export const invoiceTitle = (row: ListedRow, language: Language): string =>
  `${nounFor(row, language)} ${row.number ?? row.file ?? ''}`.trim();

/** The number in the key of a record; the relay's own keys have it last but for the year. */
const released = ({ releases = [] }: RecordView, viewer: Viewer): Content =>
  releases.length === 0
    ? undefined
    : html`${[...new Set(releases.map(({ of }) => of))].map(
        (key) => html`${anchor(linkTo(viewer, 'invoice', { key }), reference(numberIn(key)))} `,
      )}`;

const numberIn = (key: string): string => key.split('#').slice(3).join('#');

const named = (name: string | undefined, siret: string | undefined): Content =>
  siret === undefined ? name : html`${name} <span class="quiet">${siretSaid(siret)}</span>`;

/** Without it, the total less what is retained would not be the amount due: an advance is paid back as well. */
function deductedSaid(row: ListedRow, language: Language): Content {
  const deducted = deductedOf(row);
  return deducted === undefined || Number(deducted) === 0 ? undefined : money(deducted, row.currency, language);
}

function facts({ row, record, supplierName }: ShownInvoice, viewer: Viewer): Html {
  const { language } = viewer;
  const all: readonly [Said, Content][] = [
    [{ fr: 'État', en: 'Status' }, html`<strong>${labelOf(row, language)}</strong>`],
    [{ fr: 'Depuis le', en: 'Since' }, dayOf(row.since, language)],
    [{ fr: 'Chez qui', en: 'Who has it' }, whoHas(row)[language]],
    [{ fr: 'Destinataire', en: 'Recipient' }, named(row.recipientName, row.recipient)],
    [{ fr: 'Fournisseur', en: 'Supplier' }, named(supplierName, row.supplier)],
    [{ fr: 'Engagement', en: 'Commitment' }, row.commitment],
    [{ fr: 'Marché', en: 'Contract' }, row.contract],
    [{ fr: 'Émise le', en: 'Issued on' }, day(row.issueDate, language)],
    [{ fr: 'Total TTC', en: 'Total with VAT' }, money(row.totalWithVat, row.currency, language)],
    [{ fr: 'Retenues et déductions', en: 'Retentions and deductions' }, deductedSaid(row, language)],
    [{ fr: 'Net à payer', en: 'Amount due' }, money(row.amount, row.currency, language)],
    [{ fr: 'Reste à payer', en: 'Still to be paid' }, owedSaid(row, language)],
    [{ fr: 'Libère la retenue de', en: 'Releases the retention of' }, released(record, viewer)],
    [{ fr: 'Échéance', en: 'Due date' }, dueSaid(row, language)],
    [{ fr: 'Mise en paiement le', en: 'Payment issued on' }, day(row.paidOn, language)],
  ];
  return html`<dl class="facts">
    ${all.map(([name, value]) =>
      value === undefined || value === ''
        ? ''
        : html`<dt>${name[language]}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`;
}

function actions({ row, record }: ShownInvoice, { language, mayAct, connection }: Viewer): Content {
  const { form, requests, key } = row;
  const isFollowed = record.chorusProId !== undefined && !states[record.state].final;
  const offered = [...(form === undefined ? [] : [form]), ...(isFollowed ? (['invoice.status'] as const) : [])];
  const forms = mayAct ? offered.map((type) => commandForm(type, { connection, key, row: 0 }, language)) : [];
  // What was carried out stands in the history.
  const open = requests.filter(({ end }) => end !== 'done');
  if (forms.length === 0 && open.length === 0) return undefined;
  return html`<section class="screen">
    <h2>${texts[language].toDo}</h2>
    ${requestsSaid(open, language)} ${forms}
  </section>`;
}

/** What it was sent with, and what later commands added. */
function papers({ documents, life = [] }: RecordView, language: Language): Html {
  const text = texts[language];
  const later = life.flatMap((entry) =>
    'papers' in entry ? (entry.papers ?? []).map((paper) => ({ ...paper, at: entry.at })) : [],
  );
  const all: readonly { name: string; sha256: string; at?: string }[] = [...documents, ...later];
  if (all.length === 0) return html`<p class="nothing">${text.noPapers}</p>`;
  return html`<ul class="plain">
    ${all.map(
      ({ name, sha256, at }) =>
        html`<li>
          ${name}${at === undefined ? '' : html`, ${text.later(dayOf(at, language))}`}
          <span class="quiet hash">${text.sha} ${sha256}</span>
        </li>`,
    )}
  </ul>`;
}

export function invoicePage(shown: ShownInvoice, viewer: Viewer): Html {
  const { language } = viewer;
  const text = texts[language];
  const { row, record, retentions } = shown;
  return html`${facts(shown, viewer)}
    <section>
      <h2>${text.what}</h2>
      ${plainList(explained(row, language))}
    </section>
    ${actions(shown, viewer)} ${interestSection(row, viewer)}
    ${
      retentions.length === 0
        ? ''
        : html`<section>
            <h2>${text.retentions}</h2>
            ${releasedTable(retentions, viewer)}
          </section>`
    }
    <section>
      <h2>${text.life}</h2>
      ${lifeList(record, row.requests, language)}
    </section>
    <section>
      <h2>${text.papers}</h2>
      ${papers(record, language)}
      <p class="screen">
        <button type="button" data-download="${linkTo(viewer, 'proof.zip', { key: row.key })}" data-seal="${text.seal}">
          ${text.proof}
        </button>
        <span class="quiet">${text.proofSays}</span>
      </p>
      <output></output>
    </section>`;
}
