import { checksOf, type Supplier } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import type { makeFacturX } from '../../shared/e-invoice/making/factur-x.ts';
import { limits } from '../../shared/invoice/fields.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import type { SubmitInvoice } from '../../shared/invoice/submit-command.ts';
import { type CompleteInvoice, type Document, sha256 } from '../../shared/invoice/terms.ts';
import type { Recipient } from '../../shared/chorus-pro/structures.ts';
import { paymentTermOf } from '../../shared/tracking/lateness.ts';

/** The document that the relay makes; what makes it is loaded only then. */

/** How the directory calls the parties, and where they are. */
export interface Names {
  recipient?: Pick<Recipient, 'name' | 'address'> | undefined;
  validator?: string | undefined;
}

interface Paper {
  /** Absent if the command has its own, or if something is wrong. */
  document?: Document;
  reasons: Reason[];
  notes: Reason[];
}

const none: Paper = { reasons: [], notes: [] };

interface ToBeMade {
  settings: ConnectionSettings;
  invoice: CompleteInvoice;
  supplier: Supplier | undefined;
  names?: Names;
  /** The ERP's PDF, into which the e-invoice is put; or which is put into that of a works document. */
  given?: Uint8Array | undefined;
  /** The attachments, which a works document has in its file. */
  papers?: readonly Document[] | undefined;
  /** Nothing is made of an invoice that is wrong; only what it lacks is told. */
  isRight: boolean;
}

/** Makes the document of a command that has none, or puts the e-invoice into the one that it has. */
export async function makeDocument(command: SubmitInvoice, about: ToBeMade): Promise<Paper> {
  const { settings, supplier, given, isRight } = about;
  // The reform knows no works documents.
  const profile = command.works ? 'chorus-classic' : settings.eInvoices.profile;
  if (!command.isMade || !supplier) return none;
  const making = await import('../../shared/e-invoice/making/factur-x.ts');
  const prepared = making.prepare(whatIsPrinted(command, supplier, about), profile);
  if ('reasons' in prepared) return { ...none, reasons: prepared.reasons };
  if (!isRight) return none;
  const { made, eInvoice } = prepared;
  const { name } = command.document;
  const isPlain = command.sentAs === 'pdf';
  const { checkRules } = await import('../../shared/e-invoice/check-e-invoice.ts');
  const checked = isPlain ? none : checkRules(eInvoice, name, checksOf(command, settings));
  if (checked.reasons.length > 0) return checked;
  const make = command.works
    ? worksFile(command, about)
    : isPlain
      ? making.makeReadablePdf
      : given
        ? embedding(given)
        : making.makeFacturX;
  const bytes = await make(made, profile);
  const size = bytes.length;
  const limit = limits.fluxBytes.value;
  if (command.works && size > limit)
    return { ...none, reasons: [reason('document-too-large', 'document', { value: name, size, limit })] };
  const { notes } = command.works ? none : making.wayOfData(command, command.route ?? settings.route);
  const characters = given ? '' : making.notShown(made).join(' ');
  const unshown = characters ? [reason('made-without-characters', 'document', { characters })] : [];
  return {
    document: { name, bytes, sha256: sha256(bytes) },
    reasons: [],
    notes: [...checked.notes, ...notes, ...unshown],
  };
}

const embedding =
  (given: Uint8Array): typeof makeFacturX =>
  async (made, profile) => {
    const { makeCii } = await import('../../shared/e-invoice/making/factur-x.ts');
    const { embedFacturX } = await import('../../shared/e-invoice/making/embed-factur-x.ts');
    return Buffer.from(await embedFacturX(given, makeCii(made, profile), made.invoice.issueDate));
  };

/** A CII with the readable PDF in it, the ERP's own or one that is made, and the papers. */
const worksFile =
  ({ document, attachments, invoice }: SubmitInvoice, { given, papers = [] }: ToBeMade): typeof makeFacturX =>
  async (made, profile) => {
    const { makeCii, makeReadablePdf } = await import('../../shared/e-invoice/making/factur-x.ts');
    const { papersInside } = await import('../../shared/e-invoice/making/works-papers.ts');
    const pdf = { name: document.name.replace(/xml$/, 'pdf'), bytes: given ?? (await makeReadablePdf(made)) };
    const others = papers.map(({ name, bytes }, i) => ({ name, bytes, typeCode: attachments[i]?.typeCode }));
    return makeCii(made, profile, papersInside([pdf, ...others], invoice.issueDate));
  };

function whatIsPrinted(command: SubmitInvoice, supplier: Supplier, { settings, invoice, names, given }: ToBeMade) {
  const { payment, recipient } = command.invoice;
  const term = paymentTermOf(settings, recipient.siret);
  const byName = Object.entries(settings.bankAccounts).find(([, account]) => account === payment?.account);
  return {
    invoice,
    seller: { siret: supplier.siret, ...supplier.letterhead },
    buyer: {
      siret: recipient.siret,
      name: recipient.name ?? names?.recipient?.name,
      address: names?.recipient?.address,
    },
    validatorName: names?.validator,
    iban: payment?.iban ?? byName?.[0],
    account: payment?.account,
    paymentDays: term.isLongest ? undefined : term.days,
    evenWithPdf: command.works !== undefined || given !== undefined,
  };
}
