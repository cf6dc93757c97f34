import * as z from 'zod';
import type { Deadline } from '../aws/runtime.ts';
import type { Credentials } from '../connection/credentials.ts';
import type { Mark } from '../facts/fact.ts';
import { timings } from '../facts/timings.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { RequestOf } from './requests.ts';
import type { CallName } from '../ledger/life.ts';
import type { MadeCall } from './made-call.ts';
import type { HttpRequest, Sending, Transport } from './transport.ts';
import { worksAnswers } from './works-answers.ts';

/**
 * What a call changes, and so what to do after an unknown outcome: `none` and `repeatable` may simply be called again;
 * after `once` we must first look whether it took effect.
 */
export type Effect = 'none' | 'repeatable' | 'once';

interface NamedFacts {
  /** As an invoice's life names the call. */
  name?: CallName;
  /** The field of its body that is a whole file: the document store has that file already. */
  file?: string;
}

type OperationFacts = { mark: Mark; source: string } & (
  | ({ effect: 'none' } & Partial<Record<keyof NamedFacts, never>>)
  | ({ effect: 'repeatable' | 'once' } & NamedFacts & Required<Pick<NamedFacts, 'name'>>)
);

const swagger = { mark: 'V-AIFE', source: 'SWF' } as const;
const structuresSwagger = { mark: 'V-AIFE', source: 'SWS' } as const;

/** Every operation of Chorus Pro that the relay calls, all by POST. Any other path does not compile. */
export const operations = {
  // A second upload leaves a draft behind, but no second invoice.
  'factures/v1/deposer/pdf': { effect: 'repeatable', name: 'upload-pdf', ...swagger },
  // The one call that creates an invoice.
  'factures/v1/soumettre': { effect: 'once', name: 'submit', ...swagger },
  // A second deposit gets a second number, and Chorus Pro notices the duplicate only later, if at all.
  'factures/v1/deposer/flux': { effect: 'once', name: 'deposit-file', file: 'fichierFlux', ...swagger },
  'factures/v1/rechercher/fournisseur': { effect: 'none', ...swagger },
  'factures/v1/rechercher/demandePaiement': { effect: 'none', ...swagger },
  'factures/v1/consulter/fournisseur': { effect: 'none', ...swagger },
  'factures/v1/consulter/historique': { effect: 'none', ...swagger },
  'factures/v1/telecharger/groupe': { effect: 'none', ...swagger },
  'factures/v1/completer': { effect: 'once', name: 'complete', ...swagger },
  'factures/v1/recycler': { effect: 'once', name: 'recycle', ...swagger },
  'factures/v1/traiterRejet': { effect: 'once', name: 'acknowledge-rejection', ...swagger },
  'factures/v1/corriger/valideur/facture': { effect: 'once', name: 'correct-validator', ...swagger },
  'factures/v1/rechercher/aTraiter/valideur': { effect: 'none', ...swagger },
  'factures/v1/rechercher/valideur': { effect: 'none', ...swagger },
  'factures/v1/consulter/valideur': { effect: 'none', ...swagger },
  'factures/v1/traiter/factureAValider': { effect: 'once', name: 'answer-validation', ...swagger },
  // An attachment without an invoice has no effect.
  'transverses/v1/ajouter/fichier': { effect: 'repeatable', name: 'upload-attachment', mark: 'V-3P', source: 'GO' },
  'transverses/v1/consulterCRDetaille': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/coordbanc/valides': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/modereglements': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/motifs/exonerationtva': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/motifs/refus/Facture/AValider': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/structures/actives/fournisseur': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/structures/actives/facturetravaux': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/syntaxeflux': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/tauxtva': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'transverses/v1/recuperer/typespj': { effect: 'none', mark: 'V-3P', source: 'GO' },
  'structures/v1/rechercher': { effect: 'none', ...structuresSwagger },
  'structures/v1/consulter': { effect: 'none', ...structuresSwagger },
  'structures/v1/rechercher/services': { effect: 'none', ...structuresSwagger },
  'structures/v1/rechercher/espaces': { effect: 'none', ...structuresSwagger },
  'structures/v1/consulter/service': { effect: 'none', ...structuresSwagger },
  'engagementsJuridiques/v1/rechercher': { effect: 'none', mark: 'V-3P', source: 'OCA' },
  'engagementsJuridiques/v1/consulterDetail': { effect: 'none', mark: 'INF', source: 'the certificate era’s path' },
  'utilisateurs/v1/monCompte/recuperer/rattachements': { effect: 'none', mark: 'V-3P', source: 'GO' },
  [worksAnswers.worksComplete.value]: { effect: 'once', name: 'complete', mark: 'INF', source: 'works-answers.ts' },
  [worksAnswers.worksRecycle.value]: { effect: 'once', name: 'recycle', mark: 'INF', source: 'works-answers.ts' },
  // Creates the general final statement.
  [worksAnswers.worksSignFinal.value]: { effect: 'once', name: 'sign-final', mark: 'INF', source: 'works-answers.ts' },
  'facturesTravaux/v1/rechercher': { effect: 'none', mark: 'V-3P', source: 'PAS' },
} as const satisfies Record<string, OperationFacts>;

export type OperationPath = keyof typeof operations;

/** Works by GET, with a token and without a technical account. [INF] */
export const healthCheck = 'transverses/v1/health-check';

/** One operation to call. The schema `response` checks only the fields that we use. */
export interface Operation<T> extends About, NamedFacts {
  path: string;
  effect: Effect;
  response: z.ZodType<T>;
  /** No source confirms the path: if there is none, the response says so, and nothing has happened. */
  inferred?: boolean;
}

/** For whom calls are made. */
export interface About {
  /** An earlier attempt of the same invoice or command was lost: perhaps it is the cause itself. */
  doubted?: boolean;
  /**
   * Beside what the relay is for: a failure says nothing of the connection, and stops no other call. `once`: not even a
   * 401 is tried again.
   */
  aside?: 'once' | 'with-retries';
  /** Hears of each request that may have changed something, once it has ended. */
  made?: (made: MadeCall) => void;
}

export type Call = <T>(operation: Operation<T>, body: object, deadline: Deadline) => Promise<Outcome<T>>;

/** Calls for one connection and one deadline: all that the functions of an API need. */
export type BoundCall = <Path extends OperationPath, T>(
  path: Path,
  body: RequestOf<Path>,
  response: z.ZodType<T>,
) => Promise<Outcome<T>>;

export const boundCall =
  (call: Call, deadline: Deadline, about: About = {}): BoundCall =>
  (path, body, response) =>
    call({ path, ...tried(operations[path]), response, ...about }, body, deadline);

const tried = (facts: OperationFacts) => ({ ...facts, inferred: facts.mark === 'INF' });

export const noTimeLeft = { kind: 'not-done', reason: 'no-time-left' } as const;

/** How long a call may take, in milliseconds; undefined if too little time is left to start one. */
export function timeForCall(deadline: Deadline): number | undefined {
  const timeoutMs = Math.min(timings.longestCall.ms, deadline.remainingMs());
  return timeoutMs < timings.shortestCall.ms ? undefined : timeoutMs;
}

/** A call that changes nothing, and that every account may make: it shows whether the credentials are good. */
export const harmless: Operation<unknown> = {
  path: 'transverses/v1/recuperer/structures/actives/fournisseur' satisfies OperationPath,
  effect: 'none',
  response: z.unknown(),
};

interface Sender {
  /** Base of `/cpro/<api>/v1/<operation>`. */
  apiUrl: string;
  transport: Transport;
  credentials: Pick<Credentials, 'technicalLogin' | 'technicalPassword'>;
  token: string;
  deadline: Deadline;
}

/** Makes one request and reads its outcome. `sending` is absent if there was no time to send it. */
export async function send<T>(
  { path, effect, response }: Operation<T>,
  body: object,
  sender: Sender,
): Promise<{ outcome: Outcome<T>; sending?: Sending }> {
  const timeoutMs = timeForCall(sender.deadline);
  if (!timeoutMs) return { outcome: noTimeLeft };
  const request = { ...requestFor(path, body, sender), timeoutMs, fresh: effect === 'once' };
  const sending = await sender.transport(request);
  const gateway = effect === 'once' ? 'must-prove-itself' : 'believed';
  return { outcome: outcomeOf(path, sending, response, gateway), sending };
}

/** The token tells PISTE which application calls; `cpro-account` tells Chorus Pro which account. [V-AIFE SWF] */
const requestFor = (
  path: string,
  body: object,
  { apiUrl, token, credentials: { technicalLogin, technicalPassword } }: Sender,
): Omit<HttpRequest, 'timeoutMs'> => ({
  method: 'POST',
  url: `${apiUrl}/cpro/${path}`,
  headers: {
    authorization: `Bearer ${token}`,
    'cpro-account': Buffer.from(`${technicalLogin}:${technicalPassword}`).toString('base64'),
    'content-type': 'application/json;charset=utf-8',
    accept: 'application/json;charset=utf-8',
  },
  body: JSON.stringify(body),
});
