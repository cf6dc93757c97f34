import type { Transport } from '../../../shared/chorus-pro/transport.ts';
import { invoiceKey, type RecordView } from '../../../shared/ledger/record.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { isTracked, type Tracked } from '../../../shared/tracking/own-invoice.ts';
import type { Relay } from '../../support/relay.ts';

export const paths = {
  pdf: '/cpro/factures/v1/deposer/pdf',
  submit: '/cpro/factures/v1/soumettre',
  flux: '/cpro/factures/v1/deposer/flux',
  search: '/cpro/factures/v1/rechercher/fournisseur',
  attachment: '/cpro/transverses/v1/ajouter/fichier',
  suppliers: '/cpro/transverses/v1/recuperer/structures/actives/fournisseur',
  structure: '/cpro/structures/v1/rechercher',
} as const;

export const keyOf = (number = 'F-2026-0001', supplier: string = SUPPLIERS.company): string =>
  invoiceKey({ environment: 'qualification', supplier, number });

/** The record of an invoice, which must be there. */
export async function recordOf(world: Relay, key = keyOf()): Promise<RecordView> {
  const record = await world.ledger.get(key);
  if (!record)
    throw new Error(
      `no record ${key}; there are ${world.ledger
        .records()
        .map(({ pk }) => pk)
        .join(', ')}`,
    );
  return record;
}

/** The same, of an invoice that Chorus Pro has or may have. */
export async function trackedRecordOf(world: Relay, key = keyOf()): Promise<Tracked> {
  const record = await world.ledger.get(key);
  if (!record || !isTracked(record)) throw new Error(`Chorus Pro has no invoice ${key}`);
  return record;
}

const shortType = (type: string): string => type.replace(/^chorus-relay\.invoice\.(.*)\.v1$/, '$1');
export const told = (world: Relay): string[] => world.published.map(({ type }) => shortType(type));
export const codesOf = (record: RecordView): string[] => (record.reasons ?? []).map(({ code }) => code);

/** How many invoices came into being, and how many tries there were. */
export const effectsOf = ({ model }: Relay) => ({
  invoices: Object.values(model.effects.invoices).reduce((total, count) => total + count, 0),
  tries: model.effects.calls[paths.submit] ?? 0,
});

/** Delivers everything that the relay has put on its own queue. */
export async function deliver(world: Relay): Promise<unknown[]> {
  const bodies = world.sent.splice(0);
  const outcomes: unknown[] = [];
  for (const body of bodies) outcomes.push(await world.submit(body));
  return outcomes;
}

/** Plays a part of Chorus Pro by hand: what it answers for a path, given what the model answered. */
export const answering =
  (path: string, change: (body: string, nth: number) => string | Error): ((transport: Transport) => Transport) =>
  (transport) => {
    let nth = 0;
    return async (request) => {
      const sending = await transport(request);
      if (!request.url.endsWith(path) || sending.kind !== 'response') return sending;
      const body = change(sending.body, (nth += 1));
      if (body instanceof Error) throw body;
      return { ...sending, body };
    };
  };
