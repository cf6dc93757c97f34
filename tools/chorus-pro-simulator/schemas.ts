/**
 * The parts that the schemas of the requests share, and paging. Chorus Pro makes no difference between absent and null
 * (AIFE's own samples send nulls), so nulls are made undefined before a schema sees the body. Unknown fields are
 * refused, because nothing says that they would be ignored.
 */
import * as z from 'zod';
import { readMoment } from './time.ts';

export const text = (longest = 255) => z.string().max(longest).optional();
export const id = z.int();
export const optionalId = id.optional();
export const flag = z.boolean().optional();
export const langue = text(2);

/** numeroFacture: 20 characters, letters, digits and - _ / + [V-3P, V-AIFE]. */
export const INVOICE_NUMBER = /^[A-Za-z0-9\-_/+]{1,20}$/;
export const invoiceNumber = z.string().regex(INVOICE_NUMBER, '20 caractères au plus, lettres, chiffres et - _ / +');

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

export const identifierKind = z.enum(['SIRET', 'UE_HORS_FRANCE', 'HORS_UE', 'RIDET', 'TAHITI', 'AUTRE', 'PARTICULIER']);

export const SIRET = z.string().regex(/^\d{14}$/, 'SIRET de 14 chiffres attendu');

/** The paging of every search; `columns` where AIFE's Swagger enumerates them. */
export const paging = (columns?: readonly string[]) =>
  z.strictObject({
    nbResultatsParPage: z.int().min(1).optional(),
    pageResultatDemandee: z.int().min(1).optional(),
    triSens: z.enum(['Ascendant', 'Descendant']).optional(),
    triColonne: columns ? z.enum(columns).optional() : z.string().optional(),
  });
type Asked = z.output<ReturnType<typeof paging>>;

/** Because of this default, existing connectors missed every status after the first ten invoices [V-3P]. */
const DEFAULT_PAGE_SIZE = 10;

/** A page beyond the end is empty. */
export function page<T>(
  rows: readonly T[],
  { nbResultatsParPage = DEFAULT_PAGE_SIZE, pageResultatDemandee = 1 }: Asked = {},
) {
  const start = (pageResultatDemandee - 1) * nbResultatsParPage;
  return {
    rows: rows.slice(start, start + nbResultatsParPage),
    parametresRetour: {
      pageCourante: pageResultatDemandee,
      pages: Math.ceil(rows.length / nbResultatsParPage),
      nbResultatsParPage,
      total: rows.length,
    },
  };
}

/** Column `NumeroFacture` sorts by field `numeroFacture`. */
export function sorted<T extends object>(rows: T[], { triSens, triColonne }: Asked = {}): T[] {
  const field = triColonne && triColonne.charAt(0).toLowerCase() + triColonne.slice(1);
  const valueOf = (row: T): string | number => {
    const value: unknown = field ? Object.entries(row).find(([key]) => key === field)?.[1] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? value : '';
  };
  const inOrder = field
    ? rows
        .map((row) => ({ row, value: valueOf(row) }))
        .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
        .map(({ row }) => row)
    : rows;
  return triSens === 'Descendant' ? [...inOrder].reverse() : inOrder;
}

/** The size of the content, without decoding the base64. */
export const decodedSize = (given: string) =>
  (given.length / 4) * 3 - (given.endsWith('==') ? 2 : given.endsWith('=') ? 1 : 0);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Makes nulls undefined, in place because it runs for every call. A null in an array stays, and is refused there. */
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
