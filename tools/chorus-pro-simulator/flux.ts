/**
 * The flux route: deposer/flux, consulterCRDetaille, and what happens in between. The invoices of a flux are checked
 * some time after its deposit; only the correct ones come into being.
 */
import * as z from 'zod';
import { FLUX_PENDING_STATES, interfaceOf, isWorksSyntax, type FluxState, type FluxSyntax } from './enumerations.ts';
import { readFlux } from './flux-reader.ts';
import { fluxDocument } from './flux-document.ts';
import { operation, type Call } from './operation.ts';
import { LIMITS, type FluxContent, type FluxInvoice } from './options.ts';
import { done, libelleOf, refused, type Outcome, type Refused } from './replies.ts';
import { decodedSize, optionalId } from './schemas.ts';
import { nextId, type Flux, type FluxError, type State } from './state.ts';
import { deposerFlux, fluxSyntax, type DeposerFlux } from './submission-schemas.ts';
import { dayAndMinute, isoDateTime, isoDay } from './time.ts';

function read(flux: Flux): FluxContent {
  try {
    return readFlux(flux.file);
  } catch {
    return { fault: { code: 'ERR_XSD_001', message: 'SIMULATEUR: fichier illisible' } };
  }
}

const errorOf = ({ number, supplierSiret, recipientSiret }: FluxInvoice, refusal: Refused): FluxError => ({
  number,
  supplierSiret,
  recipientSiret,
  message: libelleOf(refusal),
});

/** Only the correct invoices of a flux come into being [V-AIFE]. */
function integrate(call: Call, flux: Flux): FluxState {
  const content = read(flux);
  if ('fault' in content) {
    flux.fault = content.fault;
    return 'IN_REJETE';
  }
  for (const given of content.invoices) {
    const document = fluxDocument(call, flux, given);
    if (document.refusal) flux.errors.push(errorOf(given, document.refusal));
    else document.value.accept(flux.endsAt);
  }
  if (flux.errors.length === 0) return 'IN_INTEGRE';
  return flux.errors.length < content.invoices.length ? 'IN_INTEGRE_PARTIEL' : 'IN_REJETE';
}

/** A misnamed file makes a flux irrecevable [V-AIFE]. */
const isNamed = ({ name, syntax }: Flux) =>
  (syntax.endsWith('_CII_FACTURX') ? /\.(pdf|tar\.gz|zip)$/i : /\.(xml|tar\.gz|zip)$/i).test(name);

function conclude(state: State, flux: Flux): FluxState {
  const ordered = flux.outcome === 'IN_INCIDENTE' ? undefined : state.options.fluxOutcome(flux);
  if (ordered !== undefined && ordered !== 'IN_INTEGRE' && ordered !== 'IN_INTEGRE_PARTIEL') return ordered;
  if (!isNamed(flux)) return 'QP_IRRECEVABLE';
  const account = state.index.byLogin.get(flux.account);
  return account ? integrate({ state, account, now: flux.endsAt }, flux) : 'IN_INCIDENTE';
}

/**
 * Ends every flux whose time has come, in the order of these times: of two with the same invoice number the first one
 * wins. An incident may not be the end.
 */
export function settleFluxes(state: State): void {
  const now = state.clock.now();
  for (let flux = state.pendingFluxes[0]; flux && flux.endsAt <= now; flux = state.pendingFluxes[0]) {
    state.pendingFluxes.shift();
    const isFirst = flux.outcome === null;
    flux.outcome = conclude(state, flux);
    flux.outcomeAt = flux.endsAt;
    const { incidentResolvesAfterMs } = state.options;
    if (flux.outcome !== 'IN_INCIDENTE' || !isFirst || incidentResolvesAfterMs === undefined) continue;
    flux.endsAt += incidentResolvesAfterMs;
    state.pendingFluxes.push(flux);
    state.pendingFluxes.sort((a, b) => a.endsAt - b.endsAt);
  }
}

/** The state of a flux at an instant, and since when it has it. */
function fluxState({ at, endsAt, outcome, outcomeAt }: Flux, now: number): { state: FluxState; since: number } {
  if (outcome !== null) return { state: outcome, since: outcomeAt };
  const step = Math.max((endsAt - at) / FLUX_PENDING_STATES.length, 1);
  const rank = Math.min(Math.floor((now - at) / step), FLUX_PENDING_STATES.length - 1);
  return { state: FLUX_PENDING_STATES[rank] ?? 'IN_RECU', since: at + rank * step };
}

/** `CPP001`, the interface's four digits, a sequence of fifteen [V-LIVE: an example]. */
const numberOf = (given: FluxSyntax, sequence: number) =>
  `CPP001${interfaceOf(given)?.slice(3, 7) ?? '0000'}${String(sequence).padStart(15, '0')}`;

/** codeRetour 0 means "received": the invoices come into being later, or never. Each deposit gets a new number. */
function deposit({ state, now, account }: Call, input: DeposerFlux): Outcome {
  if (isWorksSyntax(input.syntaxeFlux) && !state.options.worksSyntaxes)
    return refused('malformed', `syntaxeFlux : ${input.syntaxeFlux}`);
  const archive = /\.(tar\.gz|zip)$/i.test(input.nomFichier);
  if (decodedSize(input.fichierFlux) > (archive ? LIMITS.archive : LIMITS.file)) return refused('fluxTooLarge');
  const flux: Flux = {
    number: numberOf(input.syntaxeFlux, nextId(state)),
    account: account.login,
    name: input.nomFichier,
    syntax: input.syntaxeFlux,
    at: now,
    endsAt: now + state.options.fluxProcessingMs,
    file: Buffer.from(input.fichierFlux, 'base64'),
    outcome: null,
    outcomeAt: now,
    errors: [],
    fault: null,
  };
  state.fluxes.set(flux.number, flux);
  state.pendingFluxes.push(flux);
  return done({ numeroFluxDepot: flux.number, dateDepot: isoDateTime(now), syntaxeFlux: flux.syntax });
}

const errorRow = ({ number, supplierSiret, recipientSiret, message }: Flux['errors'][number]) => ({
  numeroDP: number,
  identifiantFournisseur: supplierSiret,
  identifiantDestinataire: recipientSiret,
  libelleErreurDP: message,
});

/** An array in most reports, but an object in AIFE's sample, which has one error [V-AIFE]. */
function errorList({ errors }: Flux) {
  const rows = errors.map(errorRow);
  return rows.length === 1 ? rows[0] : rows;
}

function report({ state, now, account }: Call, { numeroFluxDepot }: { numeroFluxDepot: string }): Outcome {
  const flux = state.fluxes.get(numeroFluxDepot);
  const known = flux?.account === account.login && now >= flux.at + state.options.fluxUnknownMs;
  if (!known) return refused('fluxUnknown', numeroFluxDepot);
  const { state: name, since } = fluxState(flux, now);
  return done({
    etatCourantDepotFlux: name,
    codeInterfaceDepotFlux: interfaceOf(flux.syntax),
    // Days and minutes here, while deposer/flux has an ISO date-time [V-3P: forms differ by service].
    dateDepotFlux: isoDay(flux.at),
    dateHeureEtatCourantFlux: dayAndMinute(since),
    nomFichier: flux.name,
    listeErreurDP: errorList(flux),
    listeErreurTechnique: flux.fault
      ? [{ codeErreur: flux.fault.code, libelleErreur: flux.fault.message, natureErreur: 'BLOQUANTE' }]
      : [],
  });
}

export const FLUXES = [
  operation({
    path: '/cpro/factures/v1/deposer/flux',
    schema: deposerFlux,
    changes: true,
    run: deposit,
  }),
  operation({
    path: '/cpro/transverses/v1/consulterCRDetaille',
    schema: z.strictObject({
      idUtilisateurCourant: optionalId,
      numeroFluxDepot: z.string().min(1),
      syntaxeFlux: fluxSyntax.optional(),
    }),
    run: report,
  }),
];
