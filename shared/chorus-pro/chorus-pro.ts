import * as z from 'zod';
import type { Deadline } from '../aws/runtime.ts';
import { boundCall, type Call, type OperationPath } from './operations.ts';
import type { CredentialsSource } from '../connection/credentials.ts';
import type { Connections, ConnectionSettings } from '../connection/settings.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Directory, DirectoryCache } from './directory.ts';
import { chorusProFacts } from './facts.ts';
import { fluxOf } from './flux.ts';
import { Breaker, Pace } from './guards.ts';
import { invoiceActionsOf } from './invoice-actions.ts';
import type { Outcome } from './outcome.ts';
import { TokenSource, urlsFor } from './piste.ts';
import { searchOf } from './search.ts';
import { Session } from './session.ts';
import { structuresOf } from './structures.ts';
import { submissionOf } from './submission.ts';
import { onlyTo, type Transport } from './transport.ts';

/**
 * Chorus Pro as the rest of the relay sees it: every operation by what it is for, bound to one connection and to one
 * deadline. Whatever goes wrong comes back as an `Outcome`; nothing here throws for it.
 *
 * Behind it: operations.ts has every path and what a call to it may do; outcome.ts reads a response and its codeRetour;
 * session.ts has the policy on failures, guards.ts what keeps a call from being made, piste.ts the token; facts.ts what
 * is known of Chorus Pro and how surely.
 */
export type ChorusPro = ReturnType<typeof chorusProOver>;

/** @param call makes the calls: a live session's, a trial's, or a test's */
export function chorusProOver(call: Call, deadline: Deadline) {
  const bound = boundCall(call, deadline);
  return {
    ...submissionOf(bound),
    ...fluxOf(bound),
    ...searchOf(bound),
    ...invoiceActionsOf(bound),
    ...structuresOf(bound),
    /** Whether an API answers, and whether it lets the account in. */
    probe: (api: ApiName): Promise<Outcome<unknown>> => bound(probes[api].path, probes[api].body, z.unknown()),
  };
}

export const apiNames = chorusProFacts.apiNames.value;
export type ApiName = (typeof apiNames)[number];

const onePage = { pageResultatDemandee: 1, nbResultatsParPage: 1 };

/**
 * A harmless read of each API that the PISTE application needs. The health checks would not do: whether they ask for a
 * subscription is not known. Bodies: [V-AIFE] SWF, SWS; [V-3P] GO; of FacturesTravaux CS17.
 */
const probes: Readonly<Record<ApiName, { path: OperationPath; body: object }>> = {
  Transverses: { path: 'transverses/v1/recuperer/structures/actives/fournisseur', body: {} },
  Factures: { path: 'factures/v1/rechercher/fournisseur', body: { rechercheFactureParFournisseur: onePage } },
  Structures: { path: 'structures/v1/rechercher', body: { parametres: onePage } },
  Utilisateurs: { path: 'utilisateurs/v1/monCompte/recuperer/rattachements', body: { parametresRecherche: onePage } },
  FacturesTravaux: {
    path: 'facturesTravaux/v1/rechercher',
    body: { roleUtilisateur: 'FOURNISSEUR', rechercheFactureTravaux: onePage },
  },
};

/** One connection, ready to be used; what it gives is for one deadline. */
export interface Access {
  settings: ConnectionSettings;
  chorusPro: (deadline: Deadline) => ChorusPro;
  directory: (deadline: Deadline) => Directory;
}

export interface AccessDependencies {
  connections: Connections;
  credentials: CredentialsSource;
  transport: Transport;
  memory: Memory;
  telemetry: Telemetry;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  urls: Parameters<typeof urlsFor>[1];
}

/** Opens connections by name, each once for the life of the function, with a breaker and a pace of its own. */
export function accessTo(dependencies: AccessDependencies): (connection: string) => Access | undefined {
  const opened = new Map<string, Access>();
  return (name) => {
    const settings = dependencies.connections.get(name);
    const access = opened.get(name) ?? (settings && open(settings, dependencies));
    if (access) opened.set(name, access);
    return access;
  };
}

function open(connection: ConnectionSettings, dependencies: AccessDependencies): Access {
  const call = callOf(connection, dependencies);
  const cache = new DirectoryCache({ ...dependencies, connection });
  const chorusPro = (deadline: Deadline) => chorusProOver(call, deadline);
  return { settings: connection, chorusPro, directory: (deadline) => cache.over(chorusPro(deadline)) };
}

function callOf(connection: ConnectionSettings, dependencies: AccessDependencies): Call {
  const { urls, now, wait, telemetry } = dependencies;
  const { name } = connection;
  const { api, token } = urlsFor(connection.environment, urls);
  const transport = onlyTo([api, token], dependencies.transport);
  const tokens = new TokenSource({ url: token, transport, now, wait });
  const breaker = new Breaker(() => {
    telemetry.warn('BREAKER_OPENED', { connection: name });
    telemetry.measure('BreakerOpened', 1, { connection: name });
  });
  const session = new Session({ ...dependencies, transport, connection, apiUrl: api, tokens, breaker });
  const pace = new Pace({ perSecond: connection.callsPerSecond, now, wait });
  return async (operation, body, deadline) => {
    const turn = await pace.turn(deadline.remainingMs());
    return turn ? session.call(operation, body, deadline) : { kind: 'not-done', reason: 'throttled' };
  };
}
