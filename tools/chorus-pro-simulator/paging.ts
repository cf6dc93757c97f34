export interface Asked {
  nbResultatsParPage?: number | undefined;
  pageResultatDemandee?: number | undefined;
  triSens?: 'Ascendant' | 'Descendant' | undefined;
  triColonne?: string | undefined;
}

/** The default that made existing connectors miss every status beyond the first ten invoices [V-3P]. */
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
