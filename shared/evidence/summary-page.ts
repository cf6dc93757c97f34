import { html } from 'hono/html';
import { meaningOf } from '../chorus-pro/statuses.ts';
import { frenchAmount, frenchDate, spacedSiret } from '../invoice/french.ts';
import { spokenMoment } from '../invoice/spoken.ts';
import type { LifeEntry } from '../ledger/life.ts';
import type { RecordView } from '../ledger/record.ts';
import { states } from '../ledger/states.ts';
import type { DeskAction } from './desk-actions.ts';
import { lifeLines } from './life-lines.ts';
import { saidOf } from './life-said.ts';
import type { Head, Manifest } from './manifest.ts';

/** The page that a person reads first: in French, for whoever has to judge it is a French body or court. */

interface Around extends Head {
  files: readonly Pick<Manifest['entries'][number], 'path' | 'bytes' | 'sha256'>[];
  /** The hash of the chain after the last of these files. */
  chain: string;
  /** What people asked for at the desk. */
  actions: readonly DeskAction[];
}

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
  table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left;
  vertical-align: top } code { overflow-wrap: anywhere } @media print { body { margin: 0; font-size: .8rem } }`;

const whyMissing: Readonly<Record<Head['missing'][number]['why'], string>> = {
  gone: 'n’est plus dans l’espace de documents (sa durée de conservation est peut-être écoulée)',
  altered: 'ses octets ne sont plus ceux que le registre a notés ; le fichier joint est celui d’aujourd’hui',
  'too-large': 'trop volumineux pour ce téléchargement : la commande « relay evidence » le fournit',
};

const moment = (instant: string) => html`<time datetime="${instant}">${spokenMoment(instant, 'fr')}</time>`;

export async function summaryPage(record: RecordView, around: Around): Promise<string> {
  const { number = '', life = [], lifeLeftOut } = record;
  const what = record.works ? 'pièce' : record.type === 'credit-note' ? 'avoir' : 'facture';
  const page = html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>Preuve : ${what} ${number}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>Preuve : ${what} ${number}</h1>
        <p>
          Document établi le ${moment(around.madeAt)} (heure de Paris) à partir du registre du relais chorus-relay et de
          l’espace où il conserve les originaux.
        </p>
        <table>
          ${rowsOf(record).map(
            ([head, value]) =>
              html`<tr>
                <th scope="row">${head}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </table>
        <h2>Le dépôt</h2>
        ${depositOf(record).map((sentence) => html`<p>${sentence}</p>`)}
        <h2>Ce qui s’est passé</h2>
        ${lifeLeftOut === undefined ? '' : html`<p>Entrées omises au milieu, faute de place : ${lifeLeftOut}.</p>`}
        ${life.length === 0 ? html`<p>Le registre n’a pas noté le détail : il date d’une version antérieure.</p>` : ''}
        <table>
          <tr>
            <th scope="col">Date et heure de Paris</th>
            <th scope="col">Ce qui s’est passé</th>
            <th scope="col">Code ou identifiant</th>
          </tr>
          ${lifeLines(record, around.actions).map(
            ({ at, said, detail }) =>
              html`<tr>
                <td>${moment(at)}</td>
                <td>${said.fr}</td>
                <td>${detail?.fr}</td>
              </tr>`,
          )}
        </table>
        <h2>Les fichiers joints</h2>
        <table>
          <tr>
            <th scope="col">Fichier</th>
            <th scope="col">Octets</th>
            <th scope="col">SHA-256</th>
          </tr>
          ${around.files.map(
            ({ path, bytes, sha256 }) =>
              html`<tr>
                <td>${path}</td>
                <td>${bytes}</td>
                <td><code>${sha256}</code></td>
              </tr>`,
          )}
        </table>
        ${around.missing.length === 0 ? html`<p>Aucun original ne manque.</p>` : html`<h2>Ce qui manque</h2>`}
        <ul>
          ${around.missing.map(({ path, why }) => html`<li>${path} : ${whyMissing[why]}</li>`)}
        </ul>
        <h2>Ce que cela prouve</h2>
        <p>
          Le manifeste (manifeste.json) enchaîne l’empreinte de chaque fichier à la précédente. Après le dernier des
          fichiers ci-dessus, la chaîne vaut <code>${around.chain}</code>. L’empreinte suivante comprend aussi cette
          page : c’est le sceau, que donnent le manifeste (« seal »), le bureau au téléchargement et la commande « npx
          relay evidence ». La commande « npx relay evidence --verify fichier.zip » vérifie le tout hors ligne : un seul
          octet modifié se voit.
        </p>
        <p>
          Ce fichier n’est ni signé ni horodaté par un tiers : il montre ce que le relais a noté, et qu’il n’a pas été
          modifié depuis que son sceau a été noté ailleurs. Seul Chorus Pro peut confirmer ses propres réponses.
        </p>
      </body>
    </html>`;
  return String(await page);
}

function rowsOf(record: RecordView): (readonly [head: string, value: string])[] {
  const { environment, supplier, recipient, amount, currency, issueDate, status, state, contract } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Fournisseur (SIRET)', supplier && spacedSiret(supplier)],
    ['Destinataire (SIRET)', recipient && spacedSiret(recipient)],
    ['Date d’émission', issueDate && frenchDate(issueDate)],
    ['Net à payer', amount === undefined ? undefined : frenchAmount(amount, currency)],
    ['Numéro de marché', contract],
    ['Identifiant Chorus Pro', record.chorusProId?.toString()],
    ['Numéro de flux', record.depositId],
    ['Environnement de Chorus Pro', environment],
    ['État', status ? `${meaningOf(status.code).fr} (${status.code})` : states[state].fr],
    ['Motif du dernier état', status?.motive],
  ];
  return rows.flatMap(([head, value]) => (value ? [[head, value] as const] : []));
}

const isCall = (entry: LifeEntry) => 'call' in entry && (entry.call === 'submit' || entry.call === 'deposit-file');

/** What Chorus Pro gave for the deposit. */
function depositOf({
  route,
  depositId,
  depositedAt,
  life = [],
  chorusProId,
  submittedAt,
  reasons,
}: RecordView): string[] {
  const answered = life.some((entry) => isCall(entry) && 'kept' in entry && entry.http !== undefined);
  const report = life.findLast((entry) => 'report' in entry);
  const answer = answered ? ['La réponse de Chorus Pro au dépôt est jointe, telle quelle (dossier « echanges »).'] : [];
  if (route === 'flux' && depositId !== undefined)
    return [
      `Fichier déposé sous le numéro de flux ${depositId}${depositedAt ? ` le ${spokenMoment(depositedAt, 'fr')}` : ''}.`,
      report && 'report' in report
        ? `${saidOf(report).fr}, lu le ${spokenMoment(report.at, 'fr')} (${report.report}).`
        : 'Le registre n’a pas de compte rendu définitif de ce flux.',
      ...(reasons ?? []).map(({ fr }) => fr),
      ...answer,
    ];
  if (chorusProId === undefined) return ['Chorus Pro n’a donné ni identifiant ni accusé de dépôt.', ...answer];
  return [
    `Chorus Pro a donné à la facture l’identifiant ${chorusProId}${submittedAt ? ` (déposée le ${spokenMoment(submittedAt, 'fr')})` : ''}.`,
    ...(answered ? answer : ['Il n’a pas donné d’autre accusé de dépôt, ou sa réponse n’a pas été conservée.']),
  ];
}
