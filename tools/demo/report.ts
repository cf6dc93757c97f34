/** What became of the samples: a table and a summary for a person, JSON for a program. */
import type { Language } from '../../shared/invoice/spoken.ts';
import { states } from '../../shared/ledger/states.ts';
import { paintFor, textTable, widthOf, type Paint, type TextColumn } from '../command-line/terminal.ts';
import { euros } from './pdf/french.ts';
import { runsOf } from './outcome.ts';
import type { Performance } from './perform.ts';

type Row = Performance['outcomes'][number];

const texts = {
  fr: {
    heads: ['exemple', 'facture', 'destinataire', 'montant', 'n° Chorus Pro', 'relais', 'Chorus Pro', 'événements'],
    deadLetter: 'message en erreur',
    toDo: 'Une action est attendue, d’après les événements :',
    orders: 'Bons de commande de l’État, d’après les événements :',
    faults: 'Écarts par rapport à ce que dit l’exemple :',
    end: ({ good, all, invoices, twice, calls, days, seconds }: Counts) =>
      `${good} exemples sur ${all} se terminent comme le dit leur fichier. Chorus Pro a ${invoices} factures, ` +
      `${twice === 0 ? 'aucune' : `dont ${twice}`} en double, après ${calls} appels ; ${days} jours virtuels en ` +
      `${seconds.toFixed(1).replace('.', ',')} s.`,
  },
  en: {
    heads: ['sample', 'invoice', 'recipient', 'amount', 'Chorus Pro id', 'relay', 'Chorus Pro', 'events'],
    deadLetter: 'dead letter',
    toDo: 'A person has to act, as the events say:',
    orders: 'Orders of the State, as the events say:',
    faults: 'Not as the sample says:',
    end: ({ good, all, invoices, twice, calls, days, seconds }: Counts) =>
      `${good} of ${all} samples ended as their files say. Chorus Pro has ${invoices} invoices, ` +
      `${twice === 0 ? 'none' : twice} of them twice, after ${calls} calls; ${days} virtual days in ` +
      `${seconds.toFixed(1)} s.`,
  },
} as const satisfies Record<Language, object>;

/** What is counted below the table. */
interface Counts {
  good: number;
  all: number;
  /** In Chorus Pro, and how many of them it has more than once. */
  invoices: number;
  twice: number;
  calls: number;
  days: number;
  /** Real ones. */
  seconds: number;
}

/** The state's name, or in French its first words. */
function stateOf({ record, deadLetter }: Row['outcome'], language: Language): string {
  if (!record) return deadLetter ? texts[language].deadLetter : '–';
  const [words = ''] = states[record.state].fr.split(', ');
  return language === 'fr' ? words : record.state;
}

function columns(language: Language): readonly TextColumn<Row>[] {
  const [sample, invoice, recipient, amount, id, relay, chorusPro] = texts[language].heads;
  return [
    { head: sample, of: ({ outcome }) => outcome.sample.name },
    { head: invoice, of: ({ outcome }) => outcome.invoice?.number },
    { head: recipient, of: ({ outcome }) => outcome.invoice?.recipient.siret },
    { head: amount, of: ({ outcome }) => (outcome.invoice ? euros(outcome.invoice.totals.due) : '–'), align: 'right' },
    { head: id, of: ({ outcome }) => String(outcome.record?.chorusProId ?? '–'), align: 'right' },
    { head: relay, of: ({ outcome }) => stateOf(outcome, language) },
    { head: chorusPro, of: ({ outcome }) => outcome.record?.status?.code },
  ];
}

const eventsOf = ({ events }: Row['outcome']): string =>
  runsOf(events)
    .map(({ type, count }) => (count > 1 ? `${type}×${count}` : type))
    .join(' ') || '–';

const events = (language: Language): TextColumn<Row> => ({
  head: texts[language].heads[7],
  of: ({ outcome }) => eventsOf(outcome),
  atMost: Infinity,
});

/** One line per sample below a head; in a narrow terminal the events of each have a line of their own. */
export function table(rows: readonly Row[], paint: Paint, language: Language, width = Infinity): string {
  // Two characters before each line are for the mark.
  const room = width - 2;
  const whole = textTable([...columns(language), events(language)], rows);
  const fits = Math.max(...whole.map(({ length }) => length)) <= room;
  const [head = '', ...lines] = fits ? whole : textTable(columns(language), rows);
  const fitting = (line: string): string => (line.length > room ? `${line.slice(0, room - 1)}…` : line);
  const mark = ({ differences }: Row) => (differences.length === 0 ? paint('green', '✓') : paint('red', '✗'));
  const marked = rows.flatMap((row, i) => [
    `${mark(row)} ${fitting(lines[i] ?? '')}`,
    ...(fits ? [] : [paint('dim', `  ${fitting(`    ${eventsOf(row.outcome)}`)}`)]),
  ]);
  return [paint('dim', `  ${fitting(head)}`), ...marked].join('\n');
}

/** What the users of the ERP have to do, as the events say it. */
function actionsNeeded(rows: readonly Row[], language: Language): string[] {
  return rows.flatMap(({ outcome }) => {
    // What was asked of a request is settled by the event after it.
    const open = 'request' in outcome.sample ? outcome.events.slice(-1) : outcome.events;
    const { data } = open.findLast((event) => event.data.actionNeeded) ?? {};
    const sentences = data?.reasons?.map((reason) => reason[language]) ?? (data ? [data.message[language]] : []);
    return sentences.map((sentence) => `${outcome.sample.name}: ${sentence}`);
  });
}

/** The samples that did not end as their files say. */
const faults = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ outcome, differences }) => differences.map((text) => `${outcome.sample.name}: ${text}`));

export interface Report {
  performance: Performance;
  /** Real seconds, from the first step to the last event. */
  seconds: number;
  /** How often Chorus Pro was called, by path. */
  calls: Record<string, number>;
}

export const endedWell = ({ outcomes }: Performance): boolean =>
  outcomes.every(({ differences }) => differences.length === 0);

/** For a person. */
export function spoken(
  { performance, seconds, calls }: Report,
  output: NodeJS.WriteStream,
  language: Language,
): string {
  const say = texts[language];
  const { outcomes, days, view } = performance;
  const paint = paintFor(output);
  const good = outcomes.filter(({ differences }) => differences.length === 0).length;
  const counts = Object.values(view.inChorusPro);
  const twice = counts.filter((count) => count > 1).length;
  const sum = Object.values(calls).reduce((total, count) => total + count, 0);
  const list = (title: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : ['', paint('dim', title), ...lines.map((line) => `  ${line}`)];
  const wrong = faults(outcomes);
  return [
    table(outcomes, paint, language, output.isTTY ? widthOf(output) : undefined),
    ...list(say.toDo, actionsNeeded(outcomes, language)),
    ...list(
      say.orders,
      view.orders.map(({ data }) => data.message[language]),
    ),
    ...list(say.faults, wrong),
    '',
    say.end({
      good,
      all: outcomes.length,
      invoices: counts.length,
      twice,
      calls: sum,
      days: Math.round(days),
      seconds,
    }),
  ].join('\n');
}

/** For a program. */
export function written({ performance, seconds, calls }: Report): object {
  const { outcomes, days, view } = performance;
  return {
    endedWell: endedWell(performance),
    seconds: Number(seconds.toFixed(1)),
    days,
    calls,
    orders: view.orders.map(({ data }) => data),
    samples: outcomes.map(({ outcome, differences }) => {
      const { sample, invoice, record, events, deadLetter } = outcome;
      return {
        sample: sample.name,
        shows: sample.shows,
        number: invoice?.number,
        recipient: invoice?.recipient.siret,
        amount: invoice?.totals.due,
        chorusProId: record?.chorusProId,
        state: record?.state,
        status: record?.status?.code,
        motive: record?.status?.motive,
        reasons: record?.reasons,
        deadLetter: deadLetter?.reason,
        events: runsOf(events),
        asExpected: differences.length === 0,
        differences,
      };
    }),
  };
}
