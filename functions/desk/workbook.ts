/** Rows as an Excel workbook, with amounts and days that a spreadsheet can count with. */
import writeWorkbook, { type Cell } from 'write-excel-file/node';
import type { Language } from '../../shared/invoice/spoken.ts';
import type { Field } from '../../shared/lists/spreadsheet.ts';

/** A number's form is in the words of the file format; a spreadsheet shows it in its own language. */
function cellOf<Row>([, , of, is]: Field<Row>, row: Row, language: Language): Cell {
  const said = of(row, language) ?? '';
  if (said === '') return null;
  if (is === 'amount') return { value: Number(said), format: '#,##0.00' };
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
  return writeWorkbook([heads, ...lines], { columns: fields.map(() => ({ width: 20 })) }).toBuffer();
}
