import { siret } from './format.ts';
import type { PrintedInvoice } from './printed-invoice.ts';

const frameworks = {
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
    ['Cadre de facturation', frameworks[framework]],
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
} as const satisfies Record<PrintedInvoice['payment']['means'], string>;

export const meansOf = ({ payment }: PrintedInvoice): string => means[payment.means];

const regimes = {
  'on-debits': 'TVA acquittée sur les débits.',
  'on-receipts': 'TVA acquittée sur les encaissements.',
  exempt: 'Exonération de TVA.',
  'reverse-charge': 'Autoliquidation : TVA due par le preneur assujetti (CGI, art. 283-2 nonies).',
  none: 'TVA non applicable.',
} as const satisfies Record<PrintedInvoice['vatRegime'], string>;

export const regimeOf = ({ vatRegime }: PrintedInvoice): string => regimes[vatRegime];
