/** The morning mail as an accountant reads it: plain French text, in lines that every mail program shows whole. */
import { frenchAmount, frenchDate } from '../../shared/invoice/amounts.ts';
import { spokenSum } from '../../shared/invoice/spoken.ts';
import { interestSaid } from '../../shared/lists/interest-said.ts';
import type { RetentionRow } from '../../shared/lists/retention-row.ts';
import { labelOf, shownNumber } from '../../shared/lists/status-label.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import { placeOf, spokenToDo, spokenUntil, toAnswerAsked } from '../../shared/lists/to-do.ts';
import type { WaitingRequest } from '../../shared/lists/validation-rows.ts';
import { spokenAsked } from '../../shared/lists/works-asked.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { inAscii, longestSubject, type OperationsMessage } from '../../shared/messaging/senders.ts';
import type { EndingCredential } from '../../shared/tracking/credential-ends.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { type Morning, named, truncated } from './morning.ts';

const width = 76;
const margin = '  ';

const counted = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

interface Section<Item> {
  title: string;
  items: readonly Item[];
  /** What its items come to. */
  sum?: string;
  say: (item: Item) => readonly string[];
}

/** A list under its title; nothing if it is empty. */
function section<Item>({ title, items, sum, say }: Section<Item>): string[] {
  if (items.length === 0) return [];
  const isCut = items.length >= truncated;
  const more = items.length - named;
  return [
    `${title} (${items.length}${isCut ? ' ou plus' : ''})${sum === undefined || isCut ? '' : ` : ${sum}`}`,
    ...items.slice(0, named).flatMap((item) => {
      const [first = '', ...others] = say(item);
      return [...hanging(`- ${first}`), ...others.flatMap((line) => wrapped(unbroken(line), width, margin))];
    }),
    ...(more > 0 ? [`- … et ${counted(more, 'autre', 'autres')}`] : []),
    '',
  ];
}

/** The lines after the first are set in below its text. */
const hanging = (text: string): string[] =>
  wrapped(unbroken(text), width - margin.length).map((line, i) => (i === 0 ? line : `${margin}${line}`));

/** No line begins with a colon, nor where a telephone breaks the lines anew. */
const unbroken = (text: string): string => text.replaceAll(/ (?=[:;!?»])/g, '\u00a0');

/** A date stays on one line. */
const day = (date: string): string => frenchDate(date).replaceAll(' ', '\u00a0');

const sumOf = (rows: readonly StatusRow[]): string =>
  spokenSum(
    rows.flatMap(({ amount, currency }) => (amount === undefined ? [] : [{ amount, currency }])),
    'fr',
  );

type Shown = Pick<StatusRow, 'recipient' | 'recipientName'>;
const nameOf = ({ recipientName, recipient }: Shown): string => recipientName ?? recipient ?? 'destinataire inconnu';

/** « FA-2026-0104, Ville de Caen, 1 200,00 € » */
function headOf(row: StatusRow): string {
  const money = row.amount === undefined ? [] : [frenchAmount(row.amount, row.currency)];
  return [shownNumber(row, 'fr'), nameOf(row), ...money].join(', ');
}

const toDo = (row: StatusRow): string[] => [`${headOf(row)} : ${labelOf(row, 'fr')}`, ...spokenToDo(row, 'fr')];

function toValidate({ number, subcontractor, due, currency, until, daysLeft }: WaitingRequest): string[] {
  const who = subcontractor.name ?? subcontractor.siret ?? 'demandeur inconnu';
  const money = due === undefined ? [] : [frenchAmount(due, currency)];
  const left =
    daysLeft < 0 ? 'délai expiré' : daysLeft === 0 ? 'dernier jour' : `il reste ${counted(daysLeft, 'jour', 'jours')}`;
  return [
    [number ?? 'sans numéro', who, ...money].join(', '),
    `→ valider ou refuser au plus tard le ${day(until)} (${left}) ; votre silence vaut acceptation`,
  ];
}

const works = (asked: WorksAsked): string[] => [
  capitalised(spokenAsked(asked, 'fr')),
  `→ ${[toAnswerAsked.fr, placeOf(toAnswerAsked, 'fr'), ...(asked.until === undefined ? [] : [spokenUntil(asked.until, 'fr')])].join(', ')}`,
];

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function late(row: StatusRow): string[] {
  const days = row.daysOverdue === undefined ? '' : ` (${counted(row.daysOverdue, 'jour', 'jours')} de retard)`;
  const due = row.dueDate === undefined ? '' : ` : à payer au plus tard le ${day(row.dueDate)}${days}`;
  return [`${headOf(row)}${due}`, ...interestSaid(row, 'fr')];
}

const paid = (row: StatusRow): string[] => [
  `${headOf(row)}${row.paidOn === undefined ? '' : ` : le ${day(row.paidOn)}`}`,
  ...interestSaid(row, 'fr'),
];

function retention(row: RetentionRow): string[] {
  const since = row.until === undefined ? '' : ` : à libérer depuis le ${day(row.until)}`;
  return [
    `${row.name} sur ${row.number ?? '–'}, ${nameOf(row)}, ${frenchAmount(row.held, row.currency)}${since}${row.expected ? ' (date prévue)' : ''}`,
    '→ en demander le versement par une facture qui désigne celle-ci',
  ];
}

const credentialNames = {
  'piste-secret': 'secret client PISTE',
  'technical-password': 'mot de passe du compte technique',
} as const;

function credential({ credential: which, due, daysLeft }: EndingCredential): string[] {
  const days = counted(Math.abs(daysLeft), 'jour', 'jours');
  const when = daysLeft < 0 ? `échéance dépassée de ${days}` : daysLeft === 0 ? 'aujourd’hui' : `dans ${days}`;
  return [`${credentialNames[which]}, avant le ${day(due)} (${when})`];
}

/** What there is to say, in so many words; nothing on a quiet day. */
function partsOf(morning: Morning): string[] {
  const {
    toDo: todo,
    validations,
    works: asked,
    late: overdue,
    paid: issued,
    retentions,
    credentials,
    areUnusable,
  } = morning;
  const counts: readonly [number, string, string][] = [
    [todo.length + asked.length, 'à faire', 'à faire'],
    [validations.length, 'à valider', 'à valider'],
    [overdue.length, 'en retard', 'en retard'],
    [issued.length, 'mise en paiement', 'mises en paiement'],
    [retentions.length, 'retenue à libérer', 'retenues à libérer'],
  ];
  return [
    ...(areUnusable ? ['identifiants refusés'] : []),
    ...counts.flatMap(([count, one, many]) => (count === 0 ? [] : [counted(count, one, many)])),
    ...(credentials.length === 0 ? [] : ['identifiants']),
  ];
}

export const isQuiet = (morning: Morning): boolean => partsOf(morning).length === 0;

const unusable =
  'Les identifiants de cette connexion sont absents ou refusés : rien n’est transmis à Chorus Pro ni lu, et vos factures attendent. La personne qui exploite le relais doit les renouveler.';

/** @param deskUrl where the lists are shown, if they are */
export function mailOf(morning: Morning, deskUrl?: string): OperationsMessage {
  const { connection, label, today, since, paid: issued } = morning;
  const paragraph = (text: string) => [...wrapped(unbroken(text), width), ''];
  const lines = [
    'Bonjour,',
    '',
    ...paragraph(`Voici où en sont les factures de ${label}, le ${day(today)}.`),
    ...(morning.areUnusable ? paragraph(unusable) : []),
    ...section({ title: 'À FAIRE', items: morning.toDo, say: toDo }),
    ...section({ title: 'À VALIDER', items: morning.validations, say: toValidate }),
    ...section({ title: 'PIÈCES DE TRAVAUX QUI ATTENDENT VOTRE RÉPONSE', items: morning.works, say: works }),
    ...section({ title: 'EN RETARD', items: morning.late, sum: sumOf(morning.late), say: late }),
    ...section({
      ...{ title: 'MISES EN PAIEMENT', items: issued, say: paid },
      sum: `${sumOf(issued)} depuis le ${day(since)}`,
    }),
    ...section({ title: 'RETENUES À LIBÉRER', items: morning.retentions, say: retention }),
    ...section({ title: 'IDENTIFIANTS À RENOUVELER', items: morning.credentials, say: credential }),
    ...(deskUrl === undefined ? [] : ['Toutes les listes :', deskUrl, '']),
    ...paragraph(
      `Ce message est envoyé par chorus-relay pour la connexion ${connection}. Pour en changer les jours ou ne plus le recevoir, adressez-vous à la personne qui exploite le relais.`,
    ),
  ];
  return { subject: subjectOf(morning), text: lines.join('\n') };
}

/** As many parts as fit. */
const subjectOf = (morning: Morning): string =>
  partsOf(morning).reduce((said, part, i) => {
    const longer = `${said}${i === 0 ? ' ' : ', '}${inAscii(part)}`;
    return longer.length > longestSubject ? said : longer;
  }, `chorus-relay ${morning.connection} :`);
