import * as z from 'zod';
import { frameworks, paymentMeans, vatRegimes, type Invoice } from './submit-command.ts';

/**
 * What a command may leave open and the connection's settings decide. It is kept with the invoice: what was checked is what is
 * sent, though the settings may have changed meanwhile.
 */
export const termsSchema = z.object({
  framework: z.enum(frameworks),
  vatRegime: z.enum(vatRegimes),
  paymentMeans: z.enum(paymentMeans),
  /** The service that is addressed. */
  recipientService: z.string().optional(),
  /** Chorus Pro's id of the supplier's own service. */
  supplierServiceId: z.int().optional(),
});

export type Terms = z.infer<typeof termsSchema>;

/** An invoice that leaves nothing open. */
export type CompleteInvoice = Omit<Invoice, 'framework' | 'vatRegime' | 'payment'> & {
  framework: Terms['framework'];
  vatRegime: Terms['vatRegime'];
  payment: { means: Terms['paymentMeans'] };
};

export function completed(
  invoice: Invoice,
  { framework, vatRegime, paymentMeans: means, ...terms }: Terms,
): CompleteInvoice {
  const decided = { framework, vatRegime, payment: { means } };
  const recipient = { ...invoice.recipient, service: terms.recipientService };
  // Named first, the decided fields have the same place whether the command had them or not: the digest counts on it.
  return { ...decided, ...invoice, ...decided, recipient };
}
