import { fluxSyntaxes } from '../../shared/chorus-pro/flux.ts';
import { ways } from '../../shared/connection/apply-settings.ts';
import { droppedEInvoices, incomingPrefix } from '../../shared/documents/document-store.ts';
import { cii } from '../../shared/e-invoice/cii.ts';
import { rules } from '../../shared/e-invoice/rules/check-rules.ts';
import { longestDecimal, type Rule } from '../../shared/e-invoice/rules/rule.ts';
import type { Row } from '../../shared/e-invoice/syntax.ts';
import { terms } from '../../shared/e-invoice/terms.ts';
import { profiles, type DocumentKind, type SentAs } from '../../shared/invoice/submit-command.ts';
import type { ReasonCode } from '../../shared/invoice/reasons.ts';
import { ubl } from '../../shared/e-invoice/ubl.ts';
import { code, generatedNotice, table } from './markdown.ts';
import { stricterRules } from './stricter-rules.ts';

/** What is read of an e-invoice, from where, and which rules it is held against. */
export const eInvoicePage =
  (): string => `${generatedNotice('shared/e-invoice/', 'shared/connection/apply-settings.ts', 'shared/chorus-pro/flux.ts')}
# E-invoices: how they are sent, what is read, and which rules hold

A file in CII (D16B, D22B) or UBL 2.1, or a PDF with CII inside (Factur-X), is read in the terms of EN 16931. A command
for it needs nothing but the file:

\`\`\`json
${JSON.stringify(smallest, undefined, 2)}
\`\`\`

What the command leaves out is in the file: the format (its bytes tell), the invoice, and the supplier, whose SIRET
(BT-30) names a company or agency of the connection's settings. The ledger, the events and the invoice's key then have
what the file says, under the checks of a command's own fields. What the command says as well must be the same: number,
type, framework, issue date, currency, supplier, recipient, service, commitment, contract, preceding invoice and the
four totals. What differs is refused as \`file-differs\`, with both values and the term. So one file cannot be sent under
two numbers: its number and its supplier are the invoice's key, and a command that says others is refused; this holds
too for an e-invoice in a PDF that is sent as a PDF. A file that has the seller's SIREN alone fits each of its SIRETs.

## Without a command

An e-invoice that is put into the connection's folder \`${incomingPrefix('<connection>')}${droppedEInvoices}\` is sent as if that
command named it: S3 tells the queue of it.

\`\`\`sh
aws s3 cp FA-2026-0023.pdf s3://<DocumentsBucket>/${incomingPrefix('example')}${droppedEInvoices}
\`\`\`

It is sent once, however often S3 tells of it, and however often its key is written again: then the event \`repeated\`
says where the invoice stands. Another e-invoice under the same key is another invoice: each is sent, also if the second
was written before the relay had read the first. The folder may have folders of its own. A file that is no e-invoice is
refused, with an event whose \`data.document\` has its name and its key. The setting \`allowedSenders\` is not asked:
whoever may write into the folder may send.

## The routes

By \`pdf\` Chorus Pro gets a PDF with its data, and its reply confirms the invoice. By \`flux\` it reads a file itself, and
reports on it later. \`route\`, in the command or else in the connection's settings, says which; \`auto\` is the default.
Whoever says \`document.format: pdf\` gets what they expect: the PDF is sent as it is, and a note with \`accepted\`
(\`document-is-e-invoice\`) tells of the e-invoice in it. Only \`route: flux\` sends such a file as an e-invoice. A file
has at most 10 MB, and a name with the extension of what it is.

${table(
  ['document', '`auto`', '`pdf`', '`flux`'],
  Object.entries(kinds).map(([kind, name]) => [name, ...waysOf(kind)]),
)}

Works documents (frameworks A4 and after) go by [\`works.submit\`](commands.md#workssubmit); as invoices they are
refused, whatever the route.

## Data alone

A command without \`document\` has it made: its \`invoice\` with its \`lines\` becomes a Factur-X, a PDF/A-3b in French with
the CII of EN 16931 inside, and goes by \`flux\`. With \`route: pdf\` it is a PDF alone, with its data. So it is too,
and the ERP hears why (\`made-as-pdf\`), where EN 16931 has no term for all of it: a retention or a penalty between the
total and what is due, a discount on the total with VAT, the validator’s service, attachments. \`route: flux\` refuses
these (\`make-beyond-norm\`). The lines and the VAT are checked as with a PDF of the ERP.

A PDF of the ERP with \`route: flux\` gets the e-invoice put inside, if it is a PDF/A already: it says so, has a colour
profile, and all its fonts are embedded. Otherwise it goes with its data, and the ERP hears why
(\`route-without-e-invoice\`).

What a command has no field for stands in the settings of the company or of its agency: \`legalName\`, \`address\`,
\`vatNumber\`, \`legalNotice\` and \`earlyPaymentNotice\`. The recipient’s name and address come from Chorus Pro’s
directory; \`invoice.recipient.name\` goes before it. What is missing is refused as \`make-seller\` or \`make-missing\`, and
is named. The same command gives the same bytes: each date in the file is the invoice’s. To look at it beforehand:

\`\`\`sh
npx relay validate samples/25-data-alone.json --make .
\`\`\`

## The rules

In the profile \`${profiles[0]}\` stands what Chorus Pro takes directly, in \`${profiles[1]}\` what the reform demands of
files for approved platforms. The two contradict each other and are never mixed. \`refuse\`: not sent; \`warn\`: sent, and
told; \`off\`: not checked. \`eInvoices\` in a connection’s settings has the profile, and rules that are to refuse: a
connection may be stricter than this table, never laxer. The rules are our own, written from the norm's text; [the
marks](to-try-first.md#the-marks) say how sure each is.

${table(
  ['rule', ...profiles, 'term', 'français', 'English', 'mark', 'source'],
  rules.map(({ id, levels, term, fr, en, mark, source }: Rule) => [
    code(id),
    ...profiles.map((profile) => levels[profile]),
    term,
    fr,
    en,
    mark,
    source,
  ]),
)}

### Where they differ from the official ones

The official rules are CEN's artefacts for EN 16931 and FNFE's for the reform. Held against 145 files with their
verdict, these are the same on 144; the other (a public buyer without its SIRET) is refused by \`CPRO-10\` alone. Each
rule that fails there and is in the table is named, and none that does not fail, but for these, which are stricter:

${table(
  ['rule', 'why it is stricter'],
  Object.entries(stricterRules).map(([id, why]) => [code(id), why]),
)}

Some rules of the norm are laxer in \`chorus-classic\`: what AIFE's own examples break does not refuse there.

## What a file costs, and what is too much

Measured on 2026-11-26 by \`npm run bench -- e-invoices\`, in milliseconds of a processor, on two cores that had much else
to do. The first file of a process, a later one, and the memory.

| lines | CII | UBL | Factur-X |
| --- | --- | --- | --- |
| 10 | 26 ms, 9 ms, < 1 MB | 20 ms, 8 ms, < 1 MB | 27 ms, 8 ms, < 1 MB |
| 300 | 127 ms, 38 ms, 11 MB | 100 ms, 36 ms, 10 MB | 110 ms, 38 ms, 10 MB |
| 3,000 | 577 ms, 291 ms, 80 MB | 497 ms, 209 ms, 72 MB | 560 ms, 282 ms, 86 MB |

To make a Factur-X of 9,000 lines takes 5 s and a process of 575 MB; five of them in one batch, one after the other,
30 s, and 766 MB with a heap of 600 MB. A function has 1,024 MB, and its heap is held to 600.

A file that was made to keep the relay busy has its reason within 256 MB, and within a second or two: no DOCTYPE, 64
levels, 40 attributes of an element, 300,000 elements and attributes, ${longestDecimal} characters of a number, 10 MB
inflated of one stream in a PDF ([ADR 22](adr/0022-own-readers-and-rules-for-e-invoices.md)).

## The terms, and where each is read

Paths are below the root element, without prefixes. Where the file has something that no row names, it is left alone.

${table(
  ['term', 'français', 'English', 'CII', 'UBL'],
  Object.entries(terms).map(([name, { fr, en }]) => [
    name,
    fr,
    en,
    placesIn(cii.rows, name).join(', '),
    placesIn(ubl.rows, name).join(', '),
  ]),
)}
`;

/** In the order in which somebody would look. */
const kinds: Readonly<Record<DocumentKind, string>> = {
  pdf: 'a plain PDF, unless an e-invoice is put into it ([below](#data-alone))',
  'pdf-with-e-invoice': 'a Factur-X that the command calls `pdf`',
  'factur-x': 'a Factur-X',
  cii: 'CII',
  'cii-with-pdf': 'CII with a PDF in it (BT-125)',
  ubl: 'UBL',
};

function waysOf(kind: string): string[] {
  const found = Object.entries<Readonly<Record<string, SentAs | { not: ReasonCode }>>>(ways).find(
    ([name]) => name === kind,
  );
  return Object.values(found?.[1] ?? {}).map((way) => {
    if (typeof way !== 'string') return `refused: ${code(way.not)}`;
    return way === 'pdf' ? 'as a PDF' : code(fluxSyntaxes[way].value);
  });
}

const smallest = {
  type: 'invoice.submit',
  version: 1,
  connection: 'example',
  document: { name: 'FA-2026-0023.pdf', key: 'incoming/example/FA-2026-0023.pdf' },
};

/** The paths at which a syntax has a term, attributes with "@". */
function placesIn(rows: readonly Row[], name: string, around = ''): string[] {
  return rows.flatMap((row): string[] => {
    if ('is' in row) return row.otherwise === name ? [pathOf(around, row.path)] : [];
    const path = pathOf(around, row.path);
    if (!('term' in row)) return placesIn(row.rows, name, path);
    const attributes = Object.entries(row.attributes).flatMap(([attribute, one]) =>
      'term' in one && one.term === name ? [`${path}/@${attribute}`] : [],
    );
    return [...(row.term === name ? [path] : []), ...(row.subject === name ? [path] : []), ...attributes];
  });
}

const pathOf = (around: string, path: string): string =>
  [around, path === '.' ? '' : path.replaceAll(/\w+:/g, '')].filter(Boolean).join('/');
