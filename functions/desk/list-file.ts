/** A list as a file: of all that it has, whatever the page shows of it. */
import type { Language } from '../../shared/invoice/spoken.ts';
import { type Field, spreadsheet } from '../../shared/lists/spreadsheet.ts';
import type { Bounded } from './reading.ts';

export type FileKind = 'csv' | 'xlsx';

interface ListFile extends Pick<Bounded<unknown>, 'cut'> {
  content: string | Uint8Array<ArrayBuffer>;
}

export type GiveFile = (kind: FileKind) => Promise<ListFile>;

interface Rows<Row> extends Partial<Pick<Bounded<Row>, 'cut'>> {
  rows: readonly Row[];
}

/** @param given a function, if the page does not have them all */
export function fileOf<Row>(
  fields: readonly Field<Row>[],
  given: Rows<Row> | (() => Promise<Rows<Row>>),
  language: Language,
): GiveFile {
  return async (kind) => {
    const { rows, cut } = typeof given === 'function' ? await given() : given;
    if (kind === 'csv') return { cut, content: spreadsheet(fields, rows, language) };
    // Nobody who only looks needs it.
    const { workbook } = await import('./workbook.ts');
    return { cut, content: new Uint8Array(await workbook(fields, rows, language)) };
  };
}
