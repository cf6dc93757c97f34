/** An operation of Chorus Pro: its path, the schema of its body and what it does. */
import type * as z from 'zod';
import { done, refused, type Outcome } from './replies.ts';
import { documentOf, statusAt, type Invoice, type State } from './state.ts';
import type { Status } from './enumerations.ts';
import type { Account } from './world.ts';

/** The caller, the time and the state of the world. */
export interface Call {
  state: State;
  now: number;
  account: Account;
}

/** Every path that the simulator serves, in its own spelling. A path that is not here does not compile. */
export type OperationPath =
  | '/cpro/engagementsJuridiques/v1/consulterDetail'
  | '/cpro/engagementsJuridiques/v1/rechercher'
  | '/cpro/factures/v1/completer'
  | '/cpro/factures/v1/consulter/fournisseur'
  | '/cpro/factures/v1/consulter/historique'
  | '/cpro/factures/v1/consulter/valideur'
  | '/cpro/factures/v1/corriger/valideur/facture'
  | '/cpro/factures/v1/deposer/flux'
  | '/cpro/factures/v1/deposer/pdf'
  | '/cpro/factures/v1/rechercher/demandePaiement'
  | '/cpro/factures/v1/rechercher/aTraiter/valideur'
  | '/cpro/factures/v1/rechercher/fournisseur'
  | '/cpro/factures/v1/rechercher/valideur'
  | '/cpro/factures/v1/recuperer/statutsFactureVisibles/valideur'
  | '/cpro/factures/v1/recycler'
  | '/cpro/factures/v1/soumettre'
  | '/cpro/factures/v1/telecharger/groupe'
  | '/cpro/factures/v1/traiter/factureAValider'
  | '/cpro/factures/v1/traiterRejet'
  | '/cpro/facturesTravaux/v1/completer'
  | '/cpro/facturesTravaux/v1/rechercher'
  | '/cpro/facturesTravaux/v1/recycler'
  | '/cpro/facturesTravaux/v1/soumettre'
  | '/cpro/structures/v1/consulter'
  | '/cpro/structures/v1/consulter/service'
  | '/cpro/structures/v1/rechercher'
  | '/cpro/structures/v1/rechercher/espaces'
  | '/cpro/structures/v1/rechercher/services'
  | '/cpro/transverses/v1/ajouter/fichier'
  | '/cpro/transverses/v1/consulterCRDetaille'
  | '/cpro/transverses/v1/health-check'
  | '/cpro/transverses/v1/recuperer/coordbanc/valides'
  | '/cpro/transverses/v1/recuperer/modereglements'
  | '/cpro/transverses/v1/recuperer/motifs/exonerationtva'
  | '/cpro/transverses/v1/recuperer/structures/actives/facturetravaux'
  | '/cpro/transverses/v1/recuperer/motifs/refus/Facture/AValider'
  | '/cpro/transverses/v1/recuperer/structures/actives/fournisseur'
  | '/cpro/transverses/v1/recuperer/syntaxeflux'
  | '/cpro/transverses/v1/recuperer/tauxtva'
  | '/cpro/transverses/v1/recuperer/typespj'
  | '/cpro/utilisateurs/v1/monCompte/recuperer/rattachements';

export const TOKEN_PATH = '/api/oauth/token';
/** The keys by which calls are counted. */
export type CallPath = OperationPath | typeof TOKEN_PATH;
export type CallCounts = Partial<Record<CallPath, number>>;

type ApiOf<Path> = Path extends `/cpro/${infer Api}/v1/${string}` ? Api : never;
/** What a fault strikes: one path, all of an API, all of Chorus Pro, or everything. */
export type FaultPath = CallPath | `/cpro/${ApiOf<OperationPath>}/*` | '/cpro/*' | '*';

type WithoutPrefix<Path> = Path extends `/cpro/${infer Api}/v1/${infer Rest}` ? `${Api}/${Rest}` : never;
/** `factures/soumettre`: how a test writes a path. */
export type OperationName = WithoutPrefix<OperationPath>;

type Reading = { kind: 'read'; run: (call: Call) => Outcome } | { kind: 'malformed'; detail: string };

export interface Operation {
  api: string;
  path: OperationPath;
  method: 'GET' | 'POST';
  /** Whether it needs a technical account; the health check does not [INF]. */
  needsAccount: boolean;
  /** Whether it changes anything at Chorus Pro, so that it could be done twice. */
  changes: boolean;
  read(body: unknown): Reading;
}

interface Given<S extends z.ZodType> {
  path: OperationPath;
  schema: S;
  changes?: boolean;
  run: (call: Call, input: z.output<S>) => Outcome;
}

export function operation<S extends z.ZodType>({ path, schema, changes = false, run }: Given<S>): Operation {
  return {
    api: path.split('/')[2] ?? '',
    path,
    method: 'POST',
    needsAccount: true,
    changes,
    read(body) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return { kind: 'read', run: (call) => run(call, parsed.data) };
      const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'corps'} : ${message}`);
      return { kind: 'malformed', detail: faults.slice(0, 5).join(' ; ') };
    },
  };
}

/** An operation whose reply is always the same. */
export const constant = (path: OperationPath, schema: z.ZodType, fields: object): Operation =>
  operation({ path, schema, run: () => done(fields) });

/** The invoice, if it exists and belongs to one of the account's structures. */
export function ownInvoice({ state, account }: Call, id: number): Invoice | Outcome {
  const invoice = documentOf(state, id);
  if (!invoice) return refused('invoiceUnknown');
  return account.structures.includes(invoice.supplier.id) ? invoice : refused('notEntitled');
}

/** Runs on one's own invoice, whatever its status. */
export function onInvoice(call: Call, id: number, run: (invoice: Invoice) => Outcome): Outcome {
  const found = ownInvoice(call, id);
  return 'kind' in found ? found : run(found);
}

/** Runs on one's own invoice while it has that status; works documents have services of their own. */
export const onInvoiceIn = (call: Call, id: number, only: Status, run: (invoice: Invoice) => Outcome): Outcome =>
  onInvoice(call, id, (invoice) => {
    if (invoice.works) return refused('notForWorks', invoice.frame);
    const status = statusAt(invoice, call.now);
    if (status === only) return run(invoice);
    return refused(only === 'SUSPENDUE' ? 'notSuspended' : 'stateForbids', status);
  });
