import { chooseSyntax } from '../../shared/chorus-pro/works-syntax.ts';
import type { Directory } from '../../shared/chorus-pro/directory.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { isNumberedAnew } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { inCents } from '../../shared/invoice/amounts.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import type { CompleteInvoice, Terms } from '../../shared/invoice/terms.ts';
import type { Works } from '../../shared/invoice/works-command.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { invoiceKey, type LedgerRecord, yearOf } from '../../shared/ledger/record.ts';
import { paymentTermOf } from '../../shared/tracking/lateness.ts';
import { atTheirPlaces } from '../../shared/works/as-invoice.ts';
import { worksDocuments, worksDocumentOf, type WorksDocument } from '../../shared/works/documents.ts';
import { nextTold } from '../../shared/works/next.ts';
import type { WorksRecord } from '../../shared/works/record.ts';
import { brokenWorksRules, worksNotes } from '../../shared/works/rules.ts';

/** What is asked of a works document before it is sent. Loaded only for such a document. */

export interface WorksChecked {
  reasons: Reason[];
  notes: Reason[];
  /** Chorus Pro’s list of syntaxes cannot be read now. */
  unread?: Exclude<Outcome<unknown>, { kind: 'accepted' }>;
  terms?: Pick<Terms, 'fluxSyntax'>;
  content?: { works: WorksRecord };
  /** Tells reasons and notes at the places where the command has what they are about. */
  place: (reasons: Reason[]) => Reason[];
}

interface Asked {
  settings: ConnectionSettings;
  /** The supplier's SIRET. */
  supplier: string | undefined;
  ledger: Pick<Ledger, 'get'>;
  directory: Directory;
}

const portal = {
  fr: 'déposez la pièce sur le portail, espace « Factures de travaux »',
  en: 'submit the document on the portal, in the space "Factures de travaux"',
};

/** What needs neither Chorus Pro nor the ledger. */
export function rulesOfWorks(
  { works, sentAs, document }: SubmitInvoice,
  invoice: CompleteInvoice,
  settings: ConnectionSettings,
): Omit<WorksChecked, 'terms' | 'content' | 'unread'> {
  const place = (reasons: Reason[]) => atTheirPlaces(reasons, works);
  if (!works) return { reasons: [], notes: [], place };
  if (!settings.works) return { reasons: [reason('works-not-set', 'connection', { portal })], notes: [], place };
  const reasons = brokenWorksRules({ works, invoice, sentAs, name: document.name });
  return { reasons, notes: worksNotes({ works, invoice }), place };
}

export async function checkWorksDocument(
  command: SubmitInvoice,
  invoice: CompleteInvoice,
  { settings, supplier, ledger, directory }: Asked,
): Promise<WorksChecked> {
  const { works, sentAs } = command;
  const own = rulesOfWorks(command, invoice, settings);
  if (!works || !settings.works) return own;
  const [against, syntax] = await Promise.all([
    supplier === undefined ? [] : againstLedger(works, invoice, { settings, supplier, ledger }),
    chooseSyntax(sentAs, settings.works, directory),
  ]);
  const checked = { ...own, reasons: [...own.reasons, ...against] };
  if (syntax.kind !== 'accepted') return { ...checked, unread: syntax };
  const answered = works.answers === undefined ? {} : { answers: works.answers };
  const { days: paymentDays } = paymentTermOf(settings, invoice.recipient.siret);
  return {
    ...checked,
    terms: syntax.value === undefined ? {} : { fluxSyntax: syntax.value },
    content: { works: { ...answered, ...statementKept(works, invoice), paymentDays, next: onItsWay } },
  };
}

function statementKept({ statement }: Works, { totals }: CompleteInvoice): Pick<WorksRecord, 'statement'> {
  if (!statement) return {};
  const { taxExclusive, taxInclusive, due } = totals;
  const { number, workDone, revision } = statement;
  return {
    statement: {
      number,
      ...{ workDone: inCents(workDone.amount), revision: inCents(revision?.amount ?? '0') },
      ...{ taxExclusive: inCents(taxExclusive), taxInclusive: inCents(taxInclusive), due: inCents(due) },
    },
  };
}

/** Until Chorus Pro shows it. */
const onItsWay = nextTold({ actor: 'chorus-pro' });

const fields = {
  workDone: { fr: 'travaux HT', en: 'work done' },
  revision: { fr: 'révision HT', en: 'revision' },
  taxExclusive: { fr: 'total HT', en: 'total without VAT' },
  taxInclusive: { fr: 'total TTC', en: 'total with VAT' },
  due: { fr: 'net à payer', en: 'amount due' },
} as const;
const fieldNames = Object.keys(fields).filter((name): name is keyof typeof fields => Object.hasOwn(fields, name));

/** What the relay itself sent of the contract: the statement before this one, and the document that it answers. */
async function againstLedger(
  { statement, document, answers }: Works,
  { currency, issueDate }: CompleteInvoice,
  { settings, supplier, ledger }: Pick<Asked, 'settings' | 'ledger'> & { supplier: string },
): Promise<Reason[]> {
  const find = async (number: string): Promise<LedgerRecord | undefined> => {
    const key = { environment: settings.environment, supplier, number };
    const years = isNumberedAnew(settings, supplier) ? [yearOf(issueDate), String(Number(yearOf(issueDate)) - 1)] : [];
    for (const year of [undefined, ...years]) {
      const record = await ledger.get(invoiceKey({ ...key, year }));
      if (record) return record;
    }
    return undefined;
  };
  const earlier = statement?.earlier ?? [];
  const preceding = earlier.at(-1);
  const before = preceding && (await find(preceding.number));
  const answered = answers === undefined ? undefined : await find(answers);
  return [
    ...(preceding && before ? faultsOfPreceding(preceding, before, { place: earlier.length - 1, currency }) : []),
    ...(answered ? faultsOfAnswered(document, answered) : []),
  ];
}

type Earlier = NonNullable<Works['statement']>['earlier'][number];

function faultsOfPreceding(
  stated: Earlier,
  before: LedgerRecord,
  { place, currency }: { place: number; currency: string },
): Reason[] {
  const path = `works.statement.earlier[${place}]`;
  const { statement, number: value } = stated;
  if (before.state === 'rejected') return [reason('works-preceding-rejected', `${path}.number`, { statement, value })];
  const sent = before.works?.statement;
  if (!sent) return [];
  return fieldNames.flatMap((name) => {
    const given = inCents(stated[name] ?? '0');
    const about = { statement, value, currency, field: fields[name], sent: sent[name], stated: given };
    return given === sent[name] ? [] : [reason('works-preceding-differs', `${path}.${name}`, about)];
  });
}

function faultsOfAnswered(document: Works['document'], { terms, number = '' }: LedgerRecord): Reason[] {
  const { answers: possible }: WorksDocument = worksDocuments[document];
  const answered = terms?.framework ?? '';
  if (!worksDocumentOf(answered) || possible.includes(answered)) return [];
  const parameters = { document, value: number, answered, possible: possible.join(', ') || '–' };
  return [reason('works-answers-wrong', 'works.answers', parameters)];
}
