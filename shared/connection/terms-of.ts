import { reason, type Reason } from '../invoice/reasons.ts';
import { paymentMeans, type SubmitInvoice } from '../invoice/submit-command.ts';
import type { Terms } from '../invoice/terms.ts';
import type { ConnectionSettings } from './settings.ts';

/**
 * The command's own words where it says something, else the connection's. What neither says is a reason to refuse; an e-invoice
 * says it all itself, in its file.
 */
export function termsOf(
  { invoice, document }: Pick<SubmitInvoice, 'invoice' | 'document'>,
  { defaults, paymentMeans: words }: ConnectionSettings,
): { terms: Terms; reasons: Reason[] } {
  const { means: word } = invoice.payment;
  const means = (Object.hasOwn(words, word) ? words[word] : undefined) ?? paymentMeans.find((own) => own === word);
  const vatRegime = invoice.vatRegime ?? defaults.vatRegime;
  const known = [...Object.keys(words), ...paymentMeans].join(', ');
  const open = [
    ...(means ? [] : [reason('unknown-payment-means', 'invoice.payment.means', { value: word, known })]),
    ...(vatRegime ? [] : [reason('missing-field', 'invoice.vatRegime')]),
  ];
  const terms: Terms = {
    framework: invoice.framework ?? defaults.framework,
    // What stays open is never sent: the invoice is refused for it, or its file says it.
    vatRegime: vatRegime ?? 'on-debits',
    paymentMeans: means ?? 'other',
    ...(invoice.recipient.service ? { recipientService: invoice.recipient.service } : {}),
  };
  return { terms, reasons: document.format === 'pdf' ? open : [] };
}
