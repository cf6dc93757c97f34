import * as z from 'zod';
import { SORT_DIRECTIONS, STRUCTURE_IDENTIFIERS } from './enumerations.ts';
import { readMoment } from './time.ts';

// Absent and null are one thing to Chorus Pro (AIFE's own samples send nulls): nulls are made undefined before the
// schemas see the body. Unknown fields are refused, as nothing says that they would be ignored.

export const text = (longest = 255) => z.string().max(longest).optional();
export const id = z.int();
export const optionalId = id.optional();
export const flag = z.boolean().optional();
export const langue = text(2);

/** numeroFacture: 20 characters, letters, digits and - _ / + [V-3P, V-AIFE]. */
export const invoiceNumber = z
  .string()
  .regex(/^[A-Za-z0-9\-_/+]{1,20}$/, '20 caractères au plus, lettres, chiffres et - _ / +');

const atMost = (decimals: number) => {
  const pattern = new RegExp(`^-?\\d{1,13}(\\.\\d{1,${decimals}})?$`);
  return z.number().refine((amount) => pattern.test(String(amount)), `${decimals} décimales au plus`);
};
/** decimal(19,6) [V-3P]. */
export const amount = atMost(6);
/** Four decimals at most [V-3P]. */
export const quantity = atMost(4);

export const moment = z
  .string()
  .refine((given) => readMoment(given) !== undefined, 'AAAA-MM-JJ ou date-heure ISO attendue');

export const base64 = z
  .string()
  .min(4)
  .refine((given) => given.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(given), 'base64 attendu');

export const identifierKind = z.enum(STRUCTURE_IDENTIFIERS);

export const SIRET = z.string().regex(/^\d{14}$/, 'SIRET de 14 chiffres attendu');

/** The paging of every search; `columns` where AIFE's Swagger enumerates them. */
export const paging = (columns?: readonly string[]) =>
  z.strictObject({
    nbResultatsParPage: z.int().min(1).optional(),
    pageResultatDemandee: z.int().min(1).optional(),
    triSens: z.enum(SORT_DIRECTIONS).optional(),
    triColonne: columns ? z.enum(columns).optional() : z.string().optional(),
  });

/** Size of what the base64 says, without decoding it. */
export const decodedSize = (given: string) =>
  (given.length / 4) * 3 - (given.endsWith('==') ? 2 : given.endsWith('=') ? 1 : 0);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Makes nulls undefined, in place, as it runs for every call; one in an array stays, and is refused there. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) value.forEach(withoutNulls);
  else if (isRecord(value)) {
    for (const key in value) {
      if (value[key] === null) value[key] = undefined;
      else withoutNulls(value[key]);
    }
  }
  return value;
}
