/** What is needed to make an invoice from data alone, and what is missing for it. */
import type { Fact } from '../../facts/fact.ts';
import { reason, type Reason } from '../../invoice/reasons.ts';
import type { CompleteInvoice } from '../../invoice/terms.ts';

export interface Address {
  /** Up to three lines, without the postcode and the city. */
  lines: readonly string[];
  postcode: string;
  city: string;
  /** ISO 3166-1, two letters. */
  country: string;
}

interface Seller {
  siret: string;
  legalName: string;
  address: Address;
  /** Absent: it has none. */
  vatNumber?: string | undefined;
  /** The legal mentions of a company: its form, its capital, its registration. */
  legalNotice?: string | undefined;
  /** What is said of a discount for early payment. */
  earlyPaymentNotice: string;
}

interface Buyer {
  siret: string;
  name: string;
  address?: Omit<Address, 'country'> | undefined;
}

/** Everything that stands on an invoice. */
export interface InvoiceToMake {
  invoice: CompleteInvoice;
  seller: Seller;
  buyer: Buyer;
  validatorName?: string | undefined;
  /** The account to pay to. */
  iban?: string | undefined;
  account?: string | undefined;
  /** How many days the recipient has to pay, if it is known. */
  paymentDays?: number | undefined;
}

/** The same, before anybody has looked whether all of it is there. */
export type Given = Omit<InvoiceToMake, 'seller' | 'buyer'> & {
  seller: Pick<Seller, 'siret'> & { [Detail in keyof Seller]?: Seller[Detail] | undefined };
  buyer: Pick<Buyer, 'siret'> & { [Detail in keyof Buyer]?: Buyer[Detail] | undefined };
  /** A file is made even if the ERP sends its PDF: of a works document, and to put an e-invoice into that PDF. */
  evenWithPdf?: boolean;
};

/**
 * What every French company tells public buyers about late payment. The buyer's ways to pay late are the law's, not the
 * contract's.
 */
export const mentions = {
  recoveryCosts: {
    value: 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.',
    mark: 'R',
    source: 'code de la commande publique, D. 2192-35',
  },
  latePenalties: {
    value:
      'Intérêts moratoires en cas de retard de paiement : taux de refinancement de la Banque centrale européenne majoré de huit points.',
    mark: 'R',
    source: 'code de la commande publique, R. 2192-31',
  },
  earlyPayment: {
    value: 'Pas d’escompte pour paiement anticipé.',
    mark: 'OURS',
    source: 'what most companies say; the setting earlyPaymentNotice says otherwise',
  },
  onDebits: {
    value: 'Option pour le paiement de la taxe d’après les débits',
    mark: 'R',
    source: 'CGI, annexe II, article 242 nonies A, I, 11° bis',
  },
  reverseCharge: { value: 'Autoliquidation', mark: 'R', source: 'CGI, annexe II, article 242 nonies A, I, 13°' },
} as const satisfies Record<string, Fact<string>>;

const details = {
  legalName: { fr: 'la raison sociale du fournisseur', en: 'the supplier’s legal name' },
  address: { fr: 'l’adresse du fournisseur', en: 'the supplier’s address' },
  vatNumber: { fr: 'le numéro de TVA du fournisseur', en: 'the supplier’s VAT number' },
} as const;

/** What is made, and what to do once that is there. */
const purposes = {
  document: {
    what: { fr: 'la facture', en: 'the document' },
    then: { fr: 'ou joignez le document', en: 'or send the document' },
  },
  file: {
    what: {
      fr: 'le fichier à déposer (même si vous joignez un PDF)',
      en: 'the file to deposit (even if you send a PDF)',
    },
    then: { fr: 'puis recommencez l’envoi', en: 'then send again' },
  },
} as const;
type Purpose = (typeof purposes)[keyof typeof purposes];

const notSet = (setting: keyof typeof details, purpose: Purpose): Reason =>
  reason('make-seller', 'supplier', { ...purpose, setting, detail: details[setting] });

const notSaid = (path: string, detail: { fr: string; en: string }, purpose: Purpose): Reason =>
  reason('make-missing', path, { ...purpose, detail });

const lines = { fr: 'les lignes', en: 'the lines' };
const iban = { fr: 'l’IBAN du compte à créditer', en: 'the IBAN to pay to' };
const buyerName = {
  fr: 'le nom du destinataire, que l’annuaire ne donne pas',
  en: 'the recipient’s name, which the directory does not have',
};

/** Whether everything is there that an invoice must have; all that is not, at once. */
export function complete({
  evenWithPdf = false,
  ...given
}: Given): { kind: 'whole'; whole: InvoiceToMake } | { kind: 'lacks'; reasons: Reason[] } {
  const { invoice, seller, buyer } = given;
  const { legalName, address, vatNumber = invoice.sellerVatNumber } = seller;
  const { name } = buyer;
  const needsIban = invoice.payment?.means === 'credit-transfer' && given.iban === undefined;
  const purpose = purposes[evenWithPdf ? 'file' : 'document'];
  const reasons = [
    ...(legalName === undefined ? [notSet('legalName', purpose)] : []),
    ...(address === undefined ? [notSet('address', purpose)] : []),
    ...(vatNumber === undefined && invoice.vatRegime !== 'none' ? [notSet('vatNumber', purpose)] : []),
    ...(name === undefined ? [notSaid('invoice.recipient.name', buyerName, purpose)] : []),
    ...(invoice.lines.length === 0 ? [notSaid('invoice.lines', lines, purpose)] : []),
    ...(needsIban ? [notSaid('invoice.payment.iban', iban, purpose)] : []),
  ];
  if (reasons.length > 0 || legalName === undefined || address === undefined || name === undefined)
    return { kind: 'lacks', reasons };
  const { earlyPaymentNotice = mentions.earlyPayment.value } = seller;
  return {
    kind: 'whole',
    whole: {
      ...given,
      seller: { ...seller, legalName, address, vatNumber, earlyPaymentNotice },
      buyer: { ...buyer, name },
    },
  };
}
