/** What the desk reads of one connection: rows as `npx relay status` has them, with what only the desk shows. */
import Big from 'big.js';
import { knownRecipient } from '../../shared/chorus-pro/directory-entries.ts';
import { issuerOf } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { Ledger, LedgerLists, Memory } from '../../shared/ledger/ledger.ts';
import { isWorksDocument, type LedgerRecord, type RecordView } from '../../shared/ledger/record.ts';
import { withNames } from '../../shared/lists/recipient-names.ts';
import { type ListName, lists } from '../../shared/lists/places.ts';
import { readList } from '../../shared/lists/read-list.ts';
import { readRows, type ReadRows } from '../../shared/lists/read-rows.ts';
import { type RetentionRow, retentionRows } from '../../shared/lists/retention-row.ts';
import { waitingIn } from '../../shared/lists/validation-rows.ts';
import { type Claim, claimOf, type NoClaim } from '../../shared/recovery/claim.ts';
import { releasersIn } from '../../shared/tracking/retentions.ts';
import { keyOf, ValidationNotes } from '../../shared/validations/notes.ts';
import { worksAsked } from '../../shared/tracking/works-asked.ts';
import type { WorksAsked } from '../../shared/works/record.ts';
import { aboutValidation, requestsAbout } from './actions/requests.ts';
import { type Keys, keysNumbered, keysOfList, keysThatHold, recentKeys } from './listed-keys.ts';
import { listedRows } from './listed-rows.ts';
import { isFound } from './search.ts';
import { recipientTotals, weeksAhead } from './totals.ts';
import { followedAnswers } from './followed.ts';
import { isWithin, type Period } from './pages/filters.ts';
import type { ShownInvoice } from './pages/invoice.ts';
import type { ListedRow } from './pages/invoice-lists.ts';
import type { ListedRequest, Validations } from './pages/validations.ts';
import type { RecipientTotal } from './pages/recipients.ts';
import type { Week } from './pages/weeks.ts';
import type { FileDocument } from './pages/works.ts';

/** What is read of many places at once. */
export interface Bounded<Row> {
  rows: Row[];
  /** How many records were read, if there are more; undefined if all were. */
  cut: number | undefined;
}

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
  /** How many records of each place are read at once, the newest first. */
  mostOfAPlace?: number;
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
    return { rows: await listedRows(this.given.ledger, read, { withRequests: name === 'to-do' }), next };
  }

  /** All of it. @param since ISO day, about which there may be more than was asked for; empty for all */
  async whole(name: ListName, since = ''): Promise<Bounded<ListedRow>> {
    const { rows, cut, ...read } = await this.read(keysOfList(this.given, name, since));
    return { cut, rows: await listedRows(this.given.ledger, { ...read, rows: rows.filter(lists[name].has) }) };
  }

  /** What is not paid, in whichever list it is. @param submitted the days on which Chorus Pro received it */
  async unpaid(submitted: Period): Promise<Bounded<ListedRow>> {
    const { rows, cut } = await this.recentRows();
    return { cut, rows: rows.filter((row) => row.unpaid && isWithin(row.submittedOn, submitted)) };
  }

  /** @param text as anybody types it; the exact number of an older invoice finds that too */
  async found(text: string): Promise<Bounded<ListedRow>> {
    if (text.trim() === '') return { rows: [], cut: undefined };
    const { rows, cut } = await this.recentRows();
    const found = rows.filter((row) => isFound(row, text));
    if (found.length > 0) return { rows: found, cut };
    const older = await readRows(keysNumbered(text.trim(), this.given), this.given);
    return { cut, rows: await listedRows(this.given.ledger, older) };
  }

  async recipients(): Promise<Bounded<RecipientTotal>> {
    const { rows, cut } = await this.recentRows();
    return { cut, rows: recipientTotals(rows) };
  }

  async weeks(): Promise<Bounded<Week>> {
    const { rows, cut } = await this.recentRows();
    return { cut, rows: weeksAhead(rows, this.given.today) };
  }

  async retentions(): Promise<Bounded<RetentionRow>> {
    const { ledger, today } = this.given;
    const { records, others, cut } = await this.read(keysThatHold(this.given));
    const own = new Set(records.map(({ pk }) => pk));
    // What released them may have ended longer ago than these are looked for.
    const held = retentionRows([...records, ...others], today).filter(
      ({ key, held: amount }) => own.has(key) && !Big(amount).eq(0),
    );
    return { cut, rows: await withNames(held, ledger) };
  }

  async works(): Promise<Bounded<FileDocument>> {
    const { rows, records, cut } = await this.read(recentKeys(this.given));
    const its = new Map(records.filter(isWorksDocument).map((record) => [record.pk, record]));
    const listed = await listedRows(this.given.ledger, { rows: rows.filter(({ key }) => its.has(key)), records });
    const documents = listed.flatMap((row): FileDocument[] => {
      const record = its.get(row.key);
      return record ? [{ row, record }] : [];
    });
    return { cut, rows: documents };
  }

  /** @returns undefined if there is none, or if it is another connection's */
  async invoice(key: string): Promise<ShownInvoice | undefined> {
    const { ledger, settings, today } = this.given;
    const read = await readRows([key], this.given);
    const [record] = read.records;
    const [row] = await listedRows(this.given.ledger, read, { withRequests: true });
    if (!record || !row) return undefined;
    const retentions = retentionRows([record, ...(await releasersIn(record, ledger))], today)
      .filter((one) => one.key === key)
      .map((one) => ({ ...one, recipientName: row.recipientName }));
    const { company, agency } = issuerOf(settings, row.supplier ?? '') ?? {};
    return { row, record, retentions, supplierName: agency ?? company };
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

  private async recentRows(): Promise<Bounded<ListedRow>> {
    const { cut, ...read } = await this.read(recentKeys(this.given));
    return { cut, rows: await listedRows(this.given.ledger, read) };
  }

  private async read(found: Promise<Keys>): Promise<ReadRows & Pick<Bounded<unknown>, 'cut'>> {
    const { pks, isCut } = await found;
    return { ...(await readRows(pks, this.given)), cut: isCut ? pks.length : undefined };
  }
}
