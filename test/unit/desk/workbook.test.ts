/** A list as an Excel workbook: the columns of the CSV, with numbers and days that one can count with. */
import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { recipientFields } from '../../../functions/desk/pages/recipients.ts';
import { workbook } from '../../../functions/desk/workbook.ts';
import { retentionFields } from '../../../shared/lists/retention-csv.ts';
import { retentionRows } from '../../../shared/lists/retention-row.ts';
import { type Field, spreadsheet } from '../../../shared/lists/spreadsheet.ts';
import { invoiceFields } from '../../../shared/lists/status-csv.ts';
import { validationFields } from '../../../shared/lists/validation-csv.ts';
import { recordIn } from '../ledger/records.ts';
import { late, rows } from '../relay/status-fixture.ts';

/** The first sheet and its texts, as the file has them. */
async function sheetOf<Row>(fields: readonly Field<Row>[], all: readonly Row[]): Promise<string> {
  const files = unzipSync(new Uint8Array(await workbook(fields, all, 'fr')));
  const named = (end: string) =>
    Object.entries(files).flatMap(([name, bytes]) => (name.endsWith(end) ? [strFromU8(bytes)] : []));
  return [...named('worksheets/sheet1.xml'), ...named('sharedStrings.xml')].join('\n');
}

describe('a list as a workbook', () => {
  it('has amounts as numbers and days as days', async () => {
    const [row] = await rows();
    if (!row) throw new Error('there is an invoice');
    const sheet = await sheetOf(invoiceFields, [late(row)]);
    expect(sheet).toContain('<v>2400.5</v>');
    // 31 October 2026, in days since the end of 1899.
    expect(sheet).toMatch(/<c [^>]*><v>46326<\/v><\/c>/);
    expect(sheet).toContain('net à payer');
    expect(spreadsheet(invoiceFields, [late(row)], 'fr')).toMatch(/;2400,50;.*;31\/10\/2026;/);
  });

  it('takes no text for a number, and runs none', async () => {
    const retentions = [{ name: '=1+1', amount: '1020.00', until: '2027-02-15' }];
    const all = retentionRows([{ ...recordIn('followed', { number: '2026.10' }), retentions }], '2027-01-04');
    const sheet = await sheetOf(retentionFields, all);
    expect(sheet).toMatch(/<t[^>]*>2026\.10<\/t>/);
    expect(sheet).toMatch(/<t[^>]*>=1\+1<\/t>/);
    expect(sheet).not.toContain('<f>');
  });

  it('counts days, keeps its heads in sight, and lets one filter by each', async () => {
    const [row] = await rows();
    if (!row) throw new Error('there is an invoice');
    const sheet = await sheetOf(invoiceFields, [{ ...late(row), daysOverdue: 25 }]);
    expect(sheet).toMatch(/<c [^>]*><v>25<\/v><\/c>/);
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(sheet).toMatch(/<\/sheetData><autoFilter ref="A1:[A-Z]+2"\/>/);
  });

  it('has what recipients owe as numbers, by currency', async () => {
    const outstanding = [
      { amount: '1200.50', currency: 'EUR' },
      { amount: '10.00', currency: 'CHF' },
    ];
    const total = { recipient: '1', count: 2, outstanding, late: [], oldest: undefined, averageDays: 31 };
    const sheet = await sheetOf(recipientFields, [total]);
    for (const value of ['2', '1200.5', '31']) expect(sheet).toContain(`<v>${value}</v>`);
    expect(spreadsheet(recipientFields, [total], 'fr')).toMatch(/;2;1200,50;;"10,00.CHF";;31\r\n$/);
  });

  it('quotes a text with either separator, and no amount', () => {
    const fields: Field<string>[] = [
      ['texte', 'text', (text) => text],
      ['montant', 'amount', () => '-1200.00', 'amount'],
    ];
    expect(spreadsheet(fields, ['a, b', 'a; b', '-1'], 'fr')).toBe(
      '\uFEFFtexte;montant\r\n"a, b";-1200,00\r\n"a; b";-1200,00\r\n\'-1;-1200,00\r\n',
    );
  });

  it('has its heads when nothing is in it', async () => {
    expect(await sheetOf(validationFields, [])).toContain('dernier jour pour répondre');
  });
});
