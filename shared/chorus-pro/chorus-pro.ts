import * as z from 'zod';
import type { Deadline } from '../aws/runtime.ts';
import { type About, boundCall, type BoundCall, type Call } from './operations.ts';
import type { CredentialsSource } from '../connection/credentials.ts';
import type { Connections } from '../connection/connections.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { Memory } from '../ledger/ledger.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Directory, DirectoryCache } from './directory.ts';
import { chorusProFacts } from './facts.ts';
import { fluxOf } from './flux.ts';
import { Breaker } from './guards.ts';
import { invoiceActionsOf } from './invoice-actions.ts';
import { listsOf } from './lists.ts';
import type { Outcome } from './outcome.ts';
import { TokenSource, urlsFor } from './piste.ts';
import { searchOf } from './search.ts';
import { Session } from './session.ts';
import { structuresOf } from './structures.ts';
import { submissionOf } from './submission.ts';
import { onlyTo, type Transport } from './transport.ts';
import { CallSlots } from './call-slots.ts';
import { worksAnswersOf } from './works-answers.ts';
import { worksFileOf } from './works-file.ts';
import { worksSearchOf } from './works-search.ts';
import { validationsOf } from './validations.ts';

/**
 * Chorus Pro as the rest of the relay sees it: every operation, named after its purpose, bound to one connection and
 * one deadline. Failures of the remote side come back as an `Outcome` and are never thrown.
 *
 * Behind it: operations.ts has every path and the effect of a call to it; outcome.ts reads a response and its
 * codeRetour; session.ts has the policy on failures, guards.ts what prevents a call, piste.ts the token; facts.ts has
 * what we know about Chorus Pro and how certain it is.
 */
export type ChorusPro = ReturnType<typeof chorusProOver>;

/** @param call makes the calls: in a live session, a trial of credentials, or a test */
export function chorusProOver(call: Call, deadline: Deadline, about?: About) {
  const bound = boundCall(call, deadline, about);
  return {
    ...submissionOf(bound),
    ...fluxOf(bound),
    ...searchOf(bound),
    ...worksSearchOf(bound),
    ...worksFileOf(bound),
    ...worksAnswersOf(bound),
    ...invoiceActionsOf(bound),
    ...structuresOf(bound),
    ...listsOf(bound),
    ...validationsOf(bound),
    /** Whether an API responds, and whether it lets the account in. */
    probe: (api: ApiName): Promise<Outcome<unknown>> => probes[api](bound),
    /** For an API that few functions use (orders.ts, attached-structures.ts): its file takes this. */
    call: bound,
  };
}

export const apiNames = chorusProFacts.apiNames.value;
export type ApiName = (typeof apiNames)[number];

/** A search for structures without a criterion is none that AIFE's contract has. */
const probedStructure = {
  identifiantStructure: chorusProFacts.probedStructure.value,
  typeIdentifiantStructure: 'SIRET',
} as const;
const onePage = { pageResultatDemandee: 1, nbResultatsParPage: 1 };
/** A probe asks whether an answer comes, and reads nothing of it. */
const anything = z.unknown();

/**
 * A harmless read for each API that the PISTE application needs. We do not use the health checks, because we do not
 * know whether they require a subscription. Bodies: [V-AIFE] SWF, SWS; [V-3P] GO; for FacturesTravaux CS17.
 */
const probes: Readonly<Record<ApiName, (call: BoundCall) => Promise<Outcome<unknown>>>> = {
  Transverses: (call) => call('transverses/v1/recuperer/structures/actives/fournisseur', {}, anything),
  Factures: (call) => call('factures/v1/rechercher/fournisseur', { rechercheFactureParFournisseur: onePage }, anything),
  Structures: (call) => call('structures/v1/rechercher', { structure: probedStructure, parametres: onePage }, anything),
  Utilisateurs: (call) =>
    call('utilisateurs/v1/monCompte/recuperer/rattachements', { parametresRecherche: onePage }, anything),
  FacturesTravaux: (call) =>
    call(
      'facturesTravaux/v1/rechercher',
      { roleUtilisateur: 'FOURNISSEUR', rechercheFactureTravaux: onePage },
      anything,
    ),
};

/**
 * One connection, ready to use. Its two functions bind Chorus Pro and the directory to the deadline of one invocation.
 */
export interface Access {
  settings: ConnectionSettings;
  chorusPro: (deadline: Deadline, about?: About) => ChorusPro;
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

/** Undefined: there is no such connection. @throws UnreadableSettings */
export type AccessByName = (connection: string) => Promise<Access | undefined>;

/** Opens connections by name, each with its own breaker and share of the calls, and anew when its settings change. */
export function accessTo(dependencies: AccessDependencies): AccessByName {
  const opened = new Map<string, Access>();
  return async (name) => {
    const settings = await dependencies.connections.get(name);
    if (!settings) return undefined;
    const before = opened.get(name);
    if (before?.settings === settings) return before;
    const access = open(settings, dependencies);
    opened.set(name, access);
    return access;
  };
}

function open(connection: ConnectionSettings, dependencies: AccessDependencies): Access {
  const call = callOf(connection, dependencies);
  const cache = new DirectoryCache({ ...dependencies, connection });
  const chorusPro = (deadline: Deadline, about?: About) => chorusProOver(call, deadline, about);
  return { settings: connection, chorusPro, directory: (deadline) => cache.over(chorusPro(deadline)) };
}

function callOf(connection: ConnectionSettings, dependencies: AccessDependencies): Call {
  const { urls, now, wait, telemetry } = dependencies;
  const { name, callsPerSecond } = connection;
  const { api, token } = urlsFor(connection.environment, urls);
  const transport = onlyTo([api, token], dependencies.transport);
  const tokens = new TokenSource({ url: token, transport, now, wait });
  const tellOpened = () => {
    telemetry.warn('BREAKER_OPENED', { connection: name });
    telemetry.measure('BreakerOpened', 1, { connection: name });
  };
  const breaker = new Breaker(tellOpened);
  const callSlots = new CallSlots({ ...dependencies, connection: name, callsPerSecond, paused: tellOpened });
  return new Session({ ...dependencies, transport, connection, apiUrl: api, tokens, breaker, callSlots }).call;
}
