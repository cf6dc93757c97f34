import Big from 'big.js';
import * as z from 'zod';
import type { Fact } from '../facts/fact.ts';
import { readMoment } from './dates.ts';
import type { BoundCall } from './operations.ts';
import type { Outcome } from './outcome.ts';

/**
 * The State’s order book: the API EngagementJuridique. It holds the orders of bodies that use Chorus, and no others.
 * A chunk of submit-invoice loads this file: it imports nothing that would come with half of the relay.
 */

const pollOrders =
  'aws lambda invoke --function-name chorus-relay-qualification-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>","what":"orders"}\' orders.json';

export const orderFacts = {
  ordersApi: {
    value: 'EngagementJuridique',
    mark: 'V-3P',
    source:
      'PISTE calls it "AIFE - Chorus Pro - EngagementJuridique" (OCA); an application on which it is not ticked gets a 403 (INF)',
    toTry: {
      order: 40,
      what: 'whether the API lets the account in once it is ticked, and what a 403 looks like while it is not',
      command: 'npx relay check <name>, with `orders` in its settings',
    },
  },
  ordersNotified: {
    value: 'periodeDateNotificationEJDu and Au, without a number, list the orders that a supplier was notified of',
    mark: 'INF',
    source:
      'AIFE’s sample has both fields, and all but the paging may be null; nobody was seen to search without a number',
    toTry: {
      order: 41,
      what: 'whether engagementsJuridiques/v1/rechercher lists orders by period, both days included, and page by page',
      command: pollOrders,
    },
  },
  orderSupplier: {
    value: 'structureReceptriceEngagementJuridique is the supplier’s own structure id, as a text',
    mark: 'V-3P',
    source: 'OCA; AIFE’s sample of a search shows a buyer there, and its sample of a detail the supplier',
    toTry: {
      order: 42,
      what: 'whether rechercher takes the supplier’s id, and whose id its rows show',
      command: pollOrders,
    },
  },
  orderDetail: {
    value: 'engagementsJuridiques/v1/consulterDetail',
    mark: 'INF',
    source: 'the path of the certificate era, as rechercher kept its own; a wrong path is answered by a 403 too',
    toTry: {
      order: 43,
      what: 'whether consulterDetail has this path, and gives the recipient’s SIRET and what has been invoiced',
      command: pollOrders,
    },
  },
  orderContract: {
    value: 'numeroMarcheEngagementJuridique',
    mark: 'INF',
    source: 'the search filters by it; AIFE’s sample of a row does not have it, and an order is told without it then',
    toTry: {
      order: 46,
      what: 'whether a row of rechercher has the contract’s number, and in which field',
      command: pollOrders,
    },
  },
  /** Bodies of the State by SIREN: only their commitments are looked up. */
  stateBodies: {
    value: ['110002011'],
    mark: 'R',
    source:
      'the SIRET 11000201100044 is the buyer in every example of AIFE’s about the State (EX16, EX17); that all ministries have it is from memory',
    toTry: {
      order: 44,
      what: 'whether orders of every ministry are to be invoiced to 11000201100044',
      command: `${pollOrders}, then look at the recipients of the events`,
    },
  },
  orderInvoiced: {
    value: { uncounted: ['REJETEE', 'ABANDONNEE'], creditNote: 'AVOIR' },
    mark: 'INF',
    source: 'AIFE’s sample lists payment requests with their status and sousType; which of them count is our reading',
    toTry: {
      order: 45,
      what: 'the sousType of a credit note and the status of a rejected invoice among an order’s demandePaiement',
      command: pollOrders,
    },
  },
} as const satisfies Record<string, Fact<unknown>>;

const bodies: readonly string[] = orderFacts.stateBodies.value;
export const isStateBody = (siret: string): boolean => bodies.some((siren) => siret.startsWith(siren));

const text = z.string().nullish();
const amount = z.number().nullish().catch(undefined);

/** Every field may be missing: one incomplete row must not hide the others. */
const rowSchema = z.looseObject({
  numeroEngagementJuridique: text,
  ...{ codeServiceExecutant: text, libelleServiceExecutant: text },
  ...{ dateNotificationEJ: text, montantTotalTtc: amount, deviseEngagement: text },
  // orderContract
  numeroMarcheEngagementJuridique: text,
});
export const ordersSchema = z.looseObject({
  listeEngagementJuridique: z.array(rowSchema).nullish(),
  parametresRetour: z.looseObject({ pages: z.int() }).nullish(),
});
export const orderDetailSchema = z.looseObject({
  emetteur: z
    .looseObject({
      ...{ identifiantStructureEmettrice: text, raisonSocialeStructureEmettrice: text },
      ...{ codeServiceExecutant: text, nomServiceExecutant: text },
    })
    .nullish(),
  demandePaiement: z
    .array(
      z.looseObject({
        ...{ numeroDemandePaiement: text, sousType: text, etatCourantDemandePaiement: text },
        montantTtcDemandePaiement: amount,
      }),
    )
    .nullish(),
});

interface Service {
  code: string;
  name?: string;
}

export interface Order {
  number: string;
  service?: Service;
  notifiedAt?: Date;
  contract?: string;
  /** With VAT: a decimal string. */
  amount?: string;
  currency?: string;
}

/** To whom invoices on an order go, and what has been invoiced on it. */
export interface OrderDetail {
  recipient?: { siret: string; name?: string };
  service?: Service;
  /** Those that count. A credit note's amount is negative: a decimal string, with VAT. */
  invoiced: { number: string; amount: string }[];
}

/** Calendar days in Paris, ISO, both included. */
export interface Days {
  from: string;
  to: string;
}

export const ordersOf = (call: BoundCall) => ({
  /** One page of the orders that a supplier was notified of in these days. @param size how many rows a page has */
  async notifiedTo(
    supplierId: number,
    { from, to }: Days,
    { page, size }: { page: number; size: number },
  ): Promise<Outcome<{ items: Order[]; pages: number }>> {
    const body = {
      structureReceptriceEngagementJuridique: String(supplierId),
      periodeDateNotificationEJDu: from,
      periodeDateNotificationEJAu: to,
      parametresRecherche: { ...inOrder, pageResultatDemandee: page, nbResultatsParPage: size },
    };
    const outcome = await call('engagementsJuridiques/v1/rechercher', body, ordersSchema);
    if (outcome.kind !== 'accepted') return outcome;
    const { listeEngagementJuridique, parametresRetour } = outcome.value;
    const items = (listeEngagementJuridique ?? []).flatMap(orderIn);
    return { kind: 'accepted', value: { items, pages: parametresRetour?.pages ?? 1 } };
  },

  /** The order with this number; undefined if the account finds none. */
  async numbered(number: string): Promise<Outcome<Order | undefined>> {
    const body = { numeroEngagementJuridique: number, parametresRecherche: first };
    const outcome = await call('engagementsJuridiques/v1/rechercher', body, ordersSchema);
    if (outcome.kind !== 'accepted') return outcome;
    const found = (outcome.value.listeEngagementJuridique ?? []).flatMap(orderIn);
    return { kind: 'accepted', value: found.find((order) => order.number === number) };
  },

  async detail(number: string): Promise<Outcome<OrderDetail>> {
    const body = { numeroEngagementJuridique: number };
    const outcome = await call('engagementsJuridiques/v1/consulterDetail', body, orderDetailSchema);
    return outcome.kind === 'accepted' ? { kind: 'accepted', value: detailIn(outcome.value) } : outcome;
  },

  /** Whether the API lets the account in: a search of one row. */
  probe: (): Promise<Outcome<unknown>> =>
    call(
      'engagementsJuridiques/v1/rechercher',
      { parametresRecherche: { ...first, nbResultatsParPage: 1 } },
      z.unknown(),
    ),
});

/** The column of AIFE's sample: without an order, the second page may not continue where the first one ended. */
const inOrder = { triColonne: 'DateCreationEJ', triSens: 'Ascendant' } as const;
const first = { ...inOrder, pageResultatDemandee: 1, nbResultatsParPage: 10 } as const;

const inCents = (value: number): string => Big(value).toFixed(2);

const serviceIn = (code: string | null | undefined, name: string | null | undefined): { service?: Service } =>
  code ? { service: { code, ...(name ? { name } : {}) } } : {};

function orderIn(row: z.infer<typeof rowSchema>): Order[] {
  const { numeroEngagementJuridique: number, numeroMarcheEngagementJuridique: contract } = row;
  const { montantTotalTtc, deviseEngagement: currency } = row;
  if (!number) return [];
  const notifiedAt = readMoment(row.dateNotificationEJ ?? '');
  return [
    {
      number,
      ...serviceIn(row.codeServiceExecutant, row.libelleServiceExecutant),
      ...(notifiedAt ? { notifiedAt } : {}),
      ...(contract ? { contract } : {}),
      ...(typeof montantTotalTtc === 'number' ? { amount: inCents(montantTotalTtc) } : {}),
      ...(currency ? { currency } : {}),
    },
  ];
}

const { uncounted, creditNote } = orderFacts.orderInvoiced.value;
const isCounted = (status: string | null | undefined): boolean => !uncounted.some((one) => one === status);

function detailIn({ emetteur, demandePaiement }: z.infer<typeof orderDetailSchema>): OrderDetail {
  const { identifiantStructureEmettrice: siret, raisonSocialeStructureEmettrice: name } = emetteur ?? {};
  return {
    ...(siret ? { recipient: { siret, ...(name ? { name } : {}) } } : {}),
    ...serviceIn(emetteur?.codeServiceExecutant, emetteur?.nomServiceExecutant),
    invoiced: (demandePaiement ?? [])
      .filter((one) => isCounted(one.etatCourantDemandePaiement))
      .map(({ numeroDemandePaiement, sousType, montantTtcDemandePaiement: value }) => ({
        number: numeroDemandePaiement ?? '',
        amount: inCents(sousType === creditNote ? -Math.abs(value ?? 0) : (value ?? 0)),
      })),
  };
}
