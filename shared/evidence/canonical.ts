/**
 * JSON with the fields in the order of their names, so that equal values are equal bytes. Indented, for people read it.
 */
export const canonical = (value: unknown): string => `${JSON.stringify(value, inOrder, 2)}\n`;

const inOrder = (_field: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
