import * as z from 'zod';
import { isSiret } from './identifiers.ts';
import { limits } from './limits.ts';

// A schema's message is a code of reasons.ts: the person gets that code's sentence, not zod's.
export const text = (length: number) => z.string().trim().min(1).max(length);
export const siret = z.string('siret').refine(isSiret, 'siret');
export const service = z.string().regex(limits.service.pattern, 'service-code');
export const invoiceNumber = z.string().regex(limits.invoiceNumber.pattern, 'invoice-number');

// 15 significant digits at the most: such a number survives JSON's doubles to the last cent.
export const amount = z.string('amount').regex(/^-?\d{1,12}(\.\d{1,2})?$/, 'amount');
export const unitPrice = z.string('unit-price').regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'unit-price');
export const quantity = z.string('quantity').regex(/^-?\d{1,11}(\.\d{1,4})?$/, 'quantity');
export const vatRate = z.string('vat-rate').regex(/^\d{1,2}(\.\d{1,2})?$/, 'vat-rate');
