/**
 * What Chorus Pro holds an invoice to. Marks as in the fact file: V-AIFE an AIFE document says so, V-3P a third party's
 * working client, R recalled, INF inferred. A limit that qualification contradicts is mended here and nowhere else.
 */
export const limits = {
  invoiceNumber: { length: 20, pattern: /^[A-Za-z0-9+\-_/]{1,20}$/, mark: 'V-AIFE', source: 'AIFE page, CS17' },
  service: { length: 100, pattern: /^[\p{L}\p{N}_\- ]{1,100}$/u, mark: 'V-3P', source: 'CS17; characters: OCA' },
  commitment: { length: 50, mark: 'V-3P', source: 'OCA pull request 275' },
  contract: { length: 50, mark: 'V-3P', source: 'CS17' },
  comment: { length: 2000, mark: 'V-3P', source: 'CS17' },
  attachmentName: { length: 50, mark: 'V-AIFE', source: 'AIFE page, OCA' },
  documentName: { length: 200, mark: 'V-3P', source: 'CS17' },
  documentBytes: { bytes: 10_000_000, mark: 'V-AIFE', source: 'Swagger: deposer/pdf, 413 over 10 MB; MB read as 10⁶' },
  attachmentBytes: { bytes: 10_000_000, mark: 'V-3P', source: 'ajouter/fichier, codeRetour 20003 over 10 MB' },
  dossierBytes: { bytes: 120_000_000, mark: 'V-AIFE', source: 'AIFE page: whole dossier 120 MB' },
} as const;

/** [V-AIFE page + OCA] */
export const attachmentExtensions: readonly string[] =
  'BMP GIF FAX ODT PPT TIFF XLS BZ2 GZ JPEG P7S RTF TXT XML CSV GZIP JPG PDF SVG XHTML XLSX DOC HTM ODP PNG TGZ XLC ZIP DOCX HTML ODS PPS TIF XLM PPTX'.split(
    ' ',
  );
