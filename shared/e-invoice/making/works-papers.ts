/** What a works document has inside its file: its readable PDF, and its papers. A flux has no uploads. */
import { extname } from 'node:path';
import type { Fact } from '../../facts/fact.ts';
import type { Document } from '../../invoice/terms.ts';
import type { Values } from '../terms.ts';
import { zipped } from './zip.ts';

export const worksFileFacts = {
  worksPapers: {
    value:
      'each paper is a ZIP in base64 with its name, its type code and the MIME type of what is zipped; the PDF first',
    mark: 'V-AIFE',
    source: 'EX16, which has one PDF in each file; that further papers follow it in the same way is inferred',
    toTry: {
      order: 37,
      what: 'whether a works document with a PDF and two papers shows all three in Chorus Pro',
      command: 'npx relay send samples/26-works-statement-1.json',
    },
  },
  otherPaper: { value: 'ZZZ', mark: 'V-AIFE', source: 'EX16: the type code of an attachment of another type' },
  projectManagerService: {
    value: 'DefinedTradeContact/DepartmentName of the InvoiceeTradeParty',
    mark: 'INF',
    source: 'the annex of 2021 adds the project manager’s service code; where it stands is not readable',
    toTry: {
      order: 38,
      what: 'whether Chorus Pro shows the project manager’s service of a works document',
      command: 'npx relay send samples/26-works-statement-1.json',
    },
  },
  worksDeductions: {
    value: 'TotalPrepaidAmount has all that lies between the total with VAT and the amount due; a note names each part',
    mark: 'INF',
    source: 'CII has no field for a retention, and the amount due must follow from the others',
    toTry: {
      order: 39,
      what: 'whether Chorus Pro takes a works document whose prepaid amount is a retention, and which amount it shows as due',
      command: 'npx relay send samples/26-works-statement-1.json',
    },
  },
} as const satisfies Record<string, Fact<string>>;

/** The extensions whose MIME types EN 16931 takes for an attachment; any other is a ZIP, which it is. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface Paper extends Pick<Document, 'name' | 'bytes'> {
  /** Chorus Pro's code for its type. */
  typeCode?: string | undefined;
}

/** @param day the document's own, ISO: the same document gives the same bytes */
export const papersInside = (papers: readonly Paper[], day: string): Values => ({
  'BG-24': papers.map(({ name, bytes, typeCode }) => ({
    'BT-122': [name],
    'BT-123': [typeCode ?? worksFileFacts.otherPaper.value],
    'BT-125': [zipped({ name, bytes }, day).toString('base64')],
    'BT-125-1': [mimeTypes[extname(name).toLowerCase()] ?? 'application/zip'],
    'BT-125-2': [name],
  })),
});
