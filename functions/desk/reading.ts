/** What the desk reads of one connection: rows as `npx relay status` has them, with what only the desk shows. */
import Big from 'big.js';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { knownRecipient } from '../../shared/chorus-pro/directory-entries.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Ledger, LedgerLists, Memory } from '../../shared/ledger/ledger.ts';
import { isWorksDocument, type LedgerRecord, type RecordView } from '../../shared/ledger/record.ts';
import { withNames } from '../../shared/lists/recipient-names.ts';
import { type ListName, lists } from '../../shared/lists/places.ts';
import { readList } from '../../shared/lists/read-list.ts';
import { readRows, type ReadRows } from '../../shared/lists/read-rows.ts';
import { type RetentionRow, retentionRows } from '../../shared/lists/retention-row.ts';
import type { StatusRow } from '../../shared/lists/status-row.ts';
import { waitingIn } from '../../shared/lists/validation-rows.ts';
import { type Claim, claimOf, type NoClaim } from '../../shared/recovery/claim.ts';
import { releasersIn } from '../../shared/tracking/retentions.ts';
import { keyOf, ValidationNotes } from '../../shared/validations/notes.ts';
import { worksAsked } from '../../shared/tracking/works-asked.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { aboutValidation, requestsAbout } from './actions/requests.ts';
import { keysNumbered, keysOfList, recentKeys } from './listed-keys.ts';
import { isFound } from './search.ts';
import { recipientTotals, weeksAhead } from './totals.ts';
import { followedAnswers, followedOf } from './followed.ts';
import { isWithin, type Period } from './pages/filters.ts';
import { hasForm } from './pages/forms.ts';
import type { ShownInvoice } from './pages/invoice.ts';
import type { ListedRow } from './pages/invoice-lists.ts';
import type { ListedRequest, Validations } from './pages/validations.ts';
import type { RecipientTotal } from './pages/recipients.ts';
import type { Week } from './pages/weeks.ts';
import type { FileDocument } from './pages/works.ts';

export interface Listed {
  rows: ListedRow[];
  /** Where the next page begins, if there is one. */
  next?: string | undefined;
}

export interface ReadingOptions {
  ledger: Ledger & LedgerLists & Memory;
  settings: ConnectionSettings;
  /** The day in Paris, ISO. */
  today: string;
}

function formFor({
  answer,
  needsAction,
  isForPortal,
}: Pick<StatusRow, 'answer' | 'needsAction' | 'isForPortal'>): ListedRow['form'] {
  return needsAction && !isForPortal && answer !== undefined && hasForm(answer) ? answer : undefined;
}

/** How many rows a page of a list has. */
const perPage = 100;

export class DeskReading {
  private readonly given: ReadingOptions;

  constructor(given: ReadingOptions) {
    this.given = given;
  }

  /** A page of it. @param from where it goes on */
  async list(name: ListName, from?: string): Promise<Listed> {
    const { next, ...read } = await readList(this.given, { list: name, from, size: perPage });
    return { rows: await this.listed(read, { withRequests: name === 'to-do' }), next };
  }

  /** All of it. @param since ISO day, about which there may be more than was asked for; empty for all */
  async whole(name: ListName, since = ''): Promise<ListedRow[]> {
    const { rows, ...read } = await readRows(await keysOfList(this.given, name, since), this.given);
    return this.listed({ ...read, rows: rows.filter(lists[name].has) });
  }

  /** What is not paid, in whichever list it is. @param submitted the days on which Chorus Pro received it */
  async unpaid(submitted: Period): Promise<Listed> {
    const rows = (await this.recentRows()).filter((row) => row.unpaid && isWithin(row.submittedOn, submitted));
    return { rows };
  }

  /** @param text as anybody types it; the exact number of an older invoice finds that too */
  async found(text: string): Promise<Listed> {
    if (text.trim() === '') return { rows: [] };
    const rows = (await this.recentRows()).filter((row) => isFound(row, text));
    if (rows.length > 0) return { rows };
    return { rows: await this.listed(await readRows(keysNumbered(text.trim(), this.given), this.given)) };
  }

  async recipients(): Promise<RecipientTotal[]> {
    return recipientTotals(await this.recentRows());
  }

  async weeks(): Promise<Week[]> {
    return weeksAhead(await this.recentRows(), this.given.today);
  }

  async retentions(): Promise<RetentionRow[]> {
    const { ledger, today } = this.given;
    const { records, others } = await this.recent();
    const own = new Set(records.map(({ pk }) => pk));
    // What released them may have ended longer ago than these are looked for.
    const held = retentionRows([...records, ...others], today).filter(
      ({ key, held: amount }) => own.has(key) && !Big(amount).eq(0),
    );
    return withNames(held, ledger);
  }

  async works(): Promise<FileDocument[]> {
    const { rows, records } = await this.recent();
    const its = new Map(records.filter(isWorksDocument).map((record) => [record.pk, record]));
    const listed = await this.listed({ rows: rows.filter(({ key }) => its.has(key)), records });
    return listed.flatMap((row): FileDocument[] => {
      const record = its.get(row.key);
      return record ? [{ row, record }] : [];
    });
  }

  /** @returns undefined if there is none, or if it is another connection's */
  async invoice(key: string): Promise<ShownInvoice | undefined> {
    const { ledger, today } = this.given;
    const read = await readRows([key], this.given);
    const [record] = read.records;
    const [row] = await this.listed(read, { withRequests: true });
    if (!record || !row) return undefined;
    const retentions = retentionRows([record, ...(await releasersIn(record, ledger))], today)
      .filter((one) => one.key === key)
      .map((one) => ({ ...one, recipientName: row.recipientName }));
    return { row, record, retentions };
  }

  /** @returns undefined as `invoice` */
  async record(key: string): Promise<LedgerRecord | undefined> {
    return (await readRows([key], this.given)).records[0];
  }

  /** What can be claimed for a late payment, or why nothing can. @returns undefined as `invoice` */
  async claim(key: string): Promise<Claim | NoClaim | undefined> {
    const { ledger, settings, today } = this.given;
    const record = await this.record(key);
    if (!record) return undefined;
    const { environment, recipient: siret }: RecordView = record;
    const isNamed = environment !== undefined && siret !== undefined;
    const recipient = isNamed ? await knownRecipient(ledger, { environment, siret }) : undefined;
    return claimOf(record, { settings, recipient, today });
  }

  async validations(): Promise<Validations> {
    const { ledger, settings, today } = this.given;
    const { requests, ended, read } = await waitingIn(ledger, settings.name, today);
    const notes = new ValidationNotes(ledger, settings.name);
    const listed = requests.map(async (request): Promise<ListedRequest> => {
      const [asked, note] = await Promise.all([
        requestsAbout(ledger, aboutValidation(settings.name, keyOf(request))),
        notes.find(keyOf(request)),
      ]);
      return { ...request, requests: note ? await followedAnswers(asked, note, ledger) : [] };
    });
    return { requests: await Promise.all(listed), ended, read };
  }

  /** Other parties' works documents that wait for the connection's suppliers. */
  worksAsked(): Promise<WorksAsked[]> {
    const { ledger, settings } = this.given;
    return settings.works ? worksAsked(ledger, settings) : Promise.resolve([]);
  }

  private async recentRows(): Promise<ListedRow[]> {
    return this.listed(await this.recent());
  }

  private async recent(): Promise<ReadRows> {
    return readRows(await recentKeys(this.given), this.given);
  }

  /** @param withRequests what was asked at the desk about those that wait for an answer */
  private async listed(
    { rows, records }: Pick<ReadRows, 'rows' | 'records'>,
    { withRequests = false } = {},
  ): Promise<ListedRow[]> {
    const recordOf = new Map<string, LedgerRecord>(records.map((record) => [record.pk, record]));
    const listed = rows.map(async (row): Promise<ListedRow[]> => {
      const record = recordOf.get(row.key);
      return record ? [{ ...row, ...(await this.besides(row, record, withRequests)) }] : [];
    });
    return (await Promise.all(listed)).flat();
  }

  /** What the desk shows of a record beside its row. */
  private async besides(
    { key, ...row }: StatusRow,
    record: RecordView,
    withRequests: boolean,
  ): Promise<Omit<ListedRow, keyof StatusRow>> {
    const { ledger } = this.given;
    const { submittedAt, corrected, contract, commitment, chorusProId } = record;
    const isAsked = withRequests && (row.answer !== undefined || chorusProId !== undefined);
    const asked = isAsked ? await requestsAbout(ledger, key) : [];
    return {
      form: formFor(row),
      contract: corrected?.contract ?? contract,
      commitment: corrected?.commitment ?? commitment,
      submittedOn: submittedAt === undefined ? undefined : parisDay(new Date(submittedAt)),
      requests: await followedOf(asked, record, ledger),
    };
  }
}
