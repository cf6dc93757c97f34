import type * as z from 'zod';
import { done, refused, type Outcome } from './replies.ts';
import { statusAt, type Invoice, type State } from './state.ts';
import type { Account } from './world.ts';

/** The caller, the time and the state of the world. */
export interface Call {
  state: State;
  now: number;
  account: Account;
}

/** Every operation of the simulator, in its own spelling: a path that is not here does not compile. */
type OperationPath =
  | 'factures/completer'
  | 'factures/consulter/fournisseur'
  | 'factures/consulter/historique'
  | 'factures/corriger/valideur/facture'
  | 'factures/deposer/flux'
  | 'factures/deposer/pdf'
  | 'factures/rechercher/fournisseur'
  | 'factures/recycler'
  | 'factures/soumettre'
  | 'factures/telecharger/groupe'
  | 'factures/traiterRejet'
  | 'facturesTravaux/rechercher'
  | 'structures/consulter'
  | 'structures/consulter/service'
  | 'structures/rechercher'
  | 'structures/rechercher/services'
  | 'transverses/ajouter/fichier'
  | 'transverses/consulterCRDetaille'
  | 'transverses/health-check'
  | 'transverses/recuperer/coordbanc/valides'
  | 'transverses/recuperer/modereglements'
  | 'transverses/recuperer/structures/actives/fournisseur'
  | 'transverses/recuperer/syntaxeflux'
  | 'transverses/recuperer/tauxtva'
  | 'transverses/recuperer/typespj'
  | 'utilisateurs/monCompte/recuperer/rattachements';

type Reading = { kind: 'read'; run: (call: Call) => Outcome } | { kind: 'malformed'; detail: string };

export interface Operation {
  api: string;
  path: string;
  method: 'GET' | 'POST';
  /** Whether it needs a technical account; the health check does not [INF]. */
  needsAccount: boolean;
  /** Only what changes Chorus Pro can be done twice. */
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
  const api = path.split('/')[0] ?? '';
  return {
    api,
    path: `/cpro/${path.replace('/', '/v1/')}`,
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
  const invoice = state.invoices.get(id);
  if (!invoice) return refused('invoiceUnknown');
  return account.structures.includes(invoice.supplier.id) ? invoice : refused('notEntitled');
}

/** Runs on an invoice of one's own that stands in one of these states. */
export function onInvoice(
  call: Call,
  id: number,
  states: { allowed: readonly string[]; otherwise: 'stateForbids' | 'notSuspended' } | null,
  run: (invoice: Invoice) => Outcome,
): Outcome {
  const found = ownInvoice(call, id);
  if ('kind' in found) return found;
  const status = statusAt(found, call.now);
  return states && !states.allowed.includes(status) ? refused(states.otherwise, status) : run(found);
}
