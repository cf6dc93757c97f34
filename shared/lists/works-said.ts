/** What a row says of a works document, beside what it says of any invoice. */
import { type Language, type Said, spokenAmount, spokenDay } from '../invoice/spoken.ts';
import { type RecordView, worksFrameworkOf } from '../ledger/record.ts';
import { kinds, worksDocumentOf, worksDocuments, type WorksFramework } from '../works/documents.ts';
import { nextInWords } from '../works/next.ts';
import { isStageName, stageOf } from '../works/stages.ts';
import { daysBetween } from '../tracking/retentions.ts';
import type { Place } from '../tracking/works-series.ts';
import { openedTo, worksNext, worksOverdue } from '../tracking/works-turn.ts';

/**
 * Which document of the billing file it is and, until its end, who must act next. Nothing of an invoice.
 * @param place what has taken its place, after which nobody acts on it any more
 */
export function worksSaid(record: RecordView, today: string | undefined, place?: Place): Said[] {
  const framework = worksFrameworkOf(record);
  if (framework === undefined) return [];
  const { works, currency } = record;
  const { kind, by } = worksDocuments[framework];
  // Only those of the months are numbered as statements.
  const number = kind === 'monthly-draft' ? works?.statement?.number : undefined;
  const what = {
    fr: `Marché de travaux : ${number ? `situation n° ${number}, ` : ''}${kinds[kind].fr} (${framework}).`,
    en: `Works contract: ${number ? `statement ${number}, ` : ''}${kinds[kind].en} (${framework}).`,
  };
  const said = [what, ...signedSaid(works?.signed, currency)];
  if (place) return [...said, replacedSaid(place)];
  const next = worksNext(record);
  if (!next) return said;
  return [
    ...said,
    nextInWords(next, by),
    ...countedSaid(record, framework),
    ...overdueSaid(worksOverdue(record, today), record, today),
  ];
}

function replacedSaid({ by: { number = '–', framework = '' } }: Place): Said {
  const document = worksDocumentOf(framework);
  const what = (language: Language) => (document ? `${framework}, ${kinds[document.kind][language]}` : framework);
  return { fr: `Remplacée par ${number} (${what('fr')}).`, en: `Replaced by ${number} (${what('en')}).` };
}

/** How many days the next one has, and from which day they count. */
function countedSaid({ works }: RecordView, framework: WorksFramework): Said[] {
  const { stage, next, paymentFrom } = works ?? {};
  if (!stage || !isStageName(stage.name) || next?.until === undefined) return [];
  const from = stageOf(stage.name).spans[worksDocuments[framework].kind] ? stage.since : paymentFrom;
  if (from === undefined) return [];
  const days = daysBetween(from, next.until);
  return [
    {
      fr: `Délai : ${days} ${days > 1 ? 'jours' : 'jour'} à compter du ${spokenDay(from, 'fr')}.`,
      en: `Time: ${days} ${days === 1 ? 'day' : 'days'} from ${from}.`,
    },
  ];
}

type Signed = NonNullable<RecordView['works']>['signed'];

/** The amount may differ from the draft's, which is that of the row. */
function signedSaid(signed: Signed, currency: string | undefined): Said[] {
  if (!signed) return [];
  const { account, number, issueDate, due } = signed;
  const { fr, en } = kinds['general-final-statement'];
  const money = {
    fr: due === undefined ? '' : `, net à payer ${spokenAmount(due, currency, 'fr')}`,
    en: due === undefined ? '' : `, due ${spokenAmount(due, currency, 'en')}`,
  };
  return [
    {
      fr: `Décompte général ${account} signé : ${fr} (A8) n° ${number} du ${spokenDay(issueDate, 'fr')}${money.fr}.`,
      en: `General statement ${account} signed: ${en} (A8) ${number} of ${issueDate}${money.en}.`,
    },
  ];
}

function overdueSaid(days: number | undefined, record: RecordView, today: string | undefined): Said[] {
  if (days === undefined) return [];
  const open = {
    fr: `Délai dépassé depuis ${days} ${days > 1 ? 'jours' : 'jour'}.`,
    en: `Overdue for ${days} ${days === 1 ? 'day' : 'days'}.`,
  };
  return openedTo(record, today).length === 0 ? [open] : [open, silence];
}

const silence: Said = {
  fr: 'Ce silence ouvre la procédure tacite : vous pouvez agir. Vérifiez d’abord les délais de votre marché.',
  en: 'This silence opens the tacit procedure: you may act. First check the times that your contract sets.',
};
