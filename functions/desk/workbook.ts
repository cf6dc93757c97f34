/** Rows as an Excel workbook, with amounts and days that a spreadsheet can count with. */
import type { Stream } from 'node:stream';
import writeWorkbook, { type Cell, type Feature } from 'write-excel-file/node';
import { getCellAddress } from 'write-excel-file/utility';
import type { Language } from '../../shared/invoice/spoken.ts';
import type { Field } from '../../shared/lists/spreadsheet.ts';

/** A number's form is in the words of the file format; a spreadsheet shows it in its own language. */
function cellOf<Row>([, , of, is]: Field<Row>, row: Row, language: Language): Cell {
  const said = of(row, language) ?? '';
  if (said === '') return null;
  if (is === 'amount') return { value: Number(said), format: '#,##0.00' };
  if (is === 'count') return { value: Number(said), format: '0' };
  return is === 'day' ? { value: new Date(said), format: 'dd/mm/yyyy' } : { value: said, type: String };
}

/** The columns of the file with separators (shared/lists/spreadsheet.ts), in the same order. */
export function workbook<Row>(
  fields: readonly Field<Row>[],
  rows: readonly Row[],
  language: Language,
): Promise<Buffer> {
  const heads = fields.map(([fr, en]): Cell => ({ value: language === 'fr' ? fr : en, fontWeight: 'bold' }));
  const lines = rows.map((row) => fields.map((field) => cellOf(field, row, language)));
  const sheet = { columns: fields.map(() => ({ width: 20 })), stickyRowsCount: 1 };
  const filter = filterOver(getCellAddress(lines.length, fields.length - 1));
  return writeWorkbook([heads, ...lines], sheet, { features: [filter] }).toBuffer();
}

/** A choice in each head. @param last the address of the last cell */
const filterOver = (last: string): Feature<Buffer | Blob | Stream> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml) => xml.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${last}"/>`),
      },
    },
  },
});
