/**
 * EngagementJuridique: the orders of bodies that use Chorus, the State's own. Fields and filters are those of AIFE's
 * samples [V-AIFE]; the path of consulterDetail is inferred from the certificate era's [INF].
 */
import * as z from 'zod';
import { operation, type Call } from './operation.ts';
import { done, refused } from './replies.ts';
import { amount, page, paging, text } from './schemas.ts';
import { statusAt, type Invoice } from './state.ts';
import { isoDateTime, readMoment } from './time.ts';
import type { Order, Structure } from './world.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'AAAA-MM-JJ attendu');

/** All may be null, but for the paging [V-AIFE]. */
const schema = z.strictObject({
  codeEngagementJuridique: text(),
  numeroEngagementJuridique: text(50),
  numeroMarcheEngagementJuridique: text(50),
  structureReceptriceEngagementJuridique: z
    .string()
    .regex(/^\d+$/, 'identifiant numérique attendu, écrit en toutes lettres')
    .optional(),
  etatCourantEngagementJuridique: z.enum(['COMMANDE', 'A_TRAITER']).optional(),
  periodeDateNotificationEJDu: day.optional(),
  periodeDateNotificationEJAu: day.optional(),
  montantTTCMin: amount.optional(),
  montantTTCMax: amount.optional(),
  // The only column of AIFE's sample.
  parametresRecherche: paging(['DateCreationEJ']),
});
type Filters = z.output<typeof schema>;

const equal = (value: string | undefined, wanted: string | undefined) => wanted === undefined || value === wanted;

function isWanted(order: Order, supplier: Structure, filters: Filters): boolean {
  const from = readMoment(filters.periodeDateNotificationEJDu ?? '') ?? -Infinity;
  const to = readMoment(filters.periodeDateNotificationEJAu ?? '', 'last') ?? Infinity;
  const { montantTTCMin: least = -Infinity, montantTTCMax: most = Infinity } = filters;
  return (
    equal(order.number, filters.numeroEngagementJuridique) &&
    equal(order.market, filters.numeroMarcheEngagementJuridique) &&
    equal(String(supplier.id), filters.structureReceptriceEngagementJuridique) &&
    equal('COMMANDE', filters.etatCourantEngagementJuridique) &&
    filters.codeEngagementJuridique === undefined &&
    order.notifiedAt >= from &&
    order.notifiedAt <= to &&
    order.total >= least &&
    order.total <= most
  );
}

/** An order, with the account's own structure that it was sent to. */
interface Received {
  order: Order;
  supplier: Structure;
}

const received = ({ state, account }: Call): Received[] =>
  state.world.orders.flatMap((order) => {
    const supplier = state.index.bySiret.get(order.supplierSiret);
    return supplier && account.structures.includes(supplier.id) ? [{ order, supplier }] : [];
  });

const rowOf = ({ order, supplier }: Received) => ({
  idEngagementJuridique: order.id,
  libelleTypeEngagementJuridique: 'BON_DE_COMMANDE',
  numeroEngagementJuridique: order.number,
  structureReceptrice: String(supplier.id),
  identifiantStructureReceptrice: supplier.siret,
  libelleStructureReceptrice: supplier.name,
  codeServiceExecutant: order.service.code,
  libelleServiceExecutant: order.service.name,
  dateNotificationEJ: isoDateTime(order.notifiedAt),
  libelleEtatCourantEJ: 'COMMANDE',
  montantTotalTtc: order.total,
  deviseEngagement: 'EUR',
  taillePJ: 0,
});

/** An invoice that names the order. */
const invoiced = ({ now }: Call, invoice: Invoice) => ({
  idDemandePaiement: invoice.id,
  numeroDemandePaiement: invoice.number,
  typeDemandePaiement: 'FACTURE',
  sousType: invoice.type,
  etatCourantDemandePaiement: statusAt(invoice, now),
  dateFournisseur: invoice.date,
  montantTtcDemandePaiement: invoice.amounts.gross,
});

function detailOf(call: Call, { order, supplier }: Received) {
  const { state } = call;
  const buyer = state.index.bySiret.get(order.recipientSiret);
  const own = [...state.invoices.values()].filter(
    (invoice) => invoice.commitment === order.number && invoice.supplier.id === supplier.id,
  );
  return {
    etatCourantEngagement: 'COMMANDE',
    idEngagement: order.id,
    numeroEngagementJuridique: order.number,
    demandePaiement: own.map((invoice) => invoiced(call, invoice)),
    emetteur: {
      identifiantStructureEmettrice: order.recipientSiret,
      raisonSocialeStructureEmettrice: buyer?.name ?? null,
      idStructureEmettrice: buyer?.id ?? null,
      codeServiceExecutant: order.service.code,
      idServiceExecutant: buyer?.services.find(({ code }) => code === order.service.code)?.id ?? null,
      nomServiceExecutant: order.service.name,
    },
    recepteur: {
      designationStructureReceptrice: supplier.name,
      identifiantStructureReceptrice: supplier.siret,
      idStructureReceptrice: supplier.id,
    },
    lignePoste: [{ numeroDePoste: '1', montantTtcPoste: order.total, statutPoste: 'COMMANDE' }],
  };
}

export const ORDERS = [
  operation({
    path: '/cpro/engagementsJuridiques/v1/rechercher',
    schema,
    run(call, filters) {
      const { structureReceptriceEngagementJuridique: structure } = filters;
      if (structure !== undefined && !call.account.structures.includes(Number(structure)))
        return refused('notEntitled');
      const wanted = received(call).filter(({ order, supplier }) => isWanted(order, supplier, filters));
      const inOrder = wanted.sort((a, b) => a.order.notifiedAt - b.order.notifiedAt);
      const { triSens } = filters.parametresRecherche;
      const { rows, parametresRetour } = page(
        triSens === 'Descendant' ? inOrder.reverse() : inOrder,
        filters.parametresRecherche,
      );
      return done({ listeEngagementJuridique: rows.map(rowOf), parametresRetour });
    },
  }),
  operation({
    path: '/cpro/engagementsJuridiques/v1/consulterDetail',
    schema: z.strictObject({ numeroEngagementJuridique: z.string().min(1).max(50) }),
    run(call, { numeroEngagementJuridique: number }) {
      const found = received(call).find(({ order }) => order.number === number);
      return found ? done(detailOf(call, found)) : refused('orderUnknown', number);
    },
  }),
];
