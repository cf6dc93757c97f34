/** The terms of an invoice, as they are printed. */
import * as z from 'zod';
import { frameworks } from '../../../shared/invoice/frameworks.ts';
import { invoiceSchema, paymentMeans, vatRegimes } from '../../../shared/invoice/submit-command.ts';
import { siret } from './french.ts';

/** An invoice that can be printed: a wrong SIRET or total prints as well as a right one. */
const printedInvoiceSchema = invoiceSchema.extend({
  recipient: z.strictObject({ siret: z.string(), service: z.string().optional(), name: z.string().optional() }),
  framework: z.enum(frameworks).default('A1'),
  vatRegime: z.enum(vatRegimes),
  payment: z.strictObject({ means: z.enum(paymentMeans), iban: z.string().optional() }).optional(),
});

export type PrintedInvoice = z.infer<typeof printedInvoiceSchema>;

/** @throws Error if it is not an invoice */
export const printedInvoice = (invoice: unknown): PrintedInvoice => printedInvoiceSchema.parse(invoice);

const frameworkLabels = {
  A1: 'A1 – Facture du fournisseur',
  A2: 'A2 – Facture déjà payée',
  A9: 'A9 – Facture de sous-traitant',
  A12: 'A12 – Facture de cotraitant',
} as const satisfies Record<PrintedInvoice['framework'], string>;

/** What the recipient's clerk looks for first, where the invoice has it. */
export function referencesOf(invoice: PrintedInvoice): [label: string, value: string][] {
  const { commitment, contract, recipient, validator, precedingInvoice, framework } = invoice;
  const all: [string, string | undefined][] = [
    ['Numéro d’engagement', commitment],
    ['Numéro de marché', contract],
    ['Code service exécutant', recipient.service],
    ['Facture d’origine', precedingInvoice],
    ['Cadre de facturation', frameworkLabels[framework]],
    ['Valideur (titulaire)', validator && `SIRET ${siret(validator.siret)}`],
  ];
  return all.flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]));
}

const means = {
  'credit-transfer': 'Virement, délai global de paiement de 30 jours',
  'direct-debit': 'Prélèvement',
  cheque: 'Chèque',
  cash: 'Espèces',
  'carried-over': 'Report',
  other: 'Carte d’achat',
} as const satisfies Record<NonNullable<PrintedInvoice['payment']>['means'], string>;

export const meansOf = ({ payment }: PrintedInvoice): string =>
  payment ? means[payment.means] : 'À déduire du prochain règlement';

const regimes = {
  'on-debits': 'TVA acquittée sur les débits.',
  'on-receipts': 'TVA acquittée sur les encaissements.',
  exempt: 'Exonération de TVA.',
  'reverse-charge': 'Autoliquidation : TVA due par le preneur assujetti (CGI, art. 283-2 nonies).',
  none: 'TVA non applicable.',
} as const satisfies Record<PrintedInvoice['vatRegime'], string>;

export const regimeOf = ({ vatRegime }: PrintedInvoice): string => regimes[vatRegime];
