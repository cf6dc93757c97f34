/** deposer/flux and consulterCRDetaille: the two calls of the flux route. */
import * as z from 'zod';
import { done, refused, type Outcome } from './replies.ts';
import { dayAndMinute, isoDateTime, isoDay } from './time.ts';
import { FLUX_SYNTAXES, type FluxSyntax } from './enumerations.ts';
import { fluxState } from './flux.ts';
import { operation, type Call } from './operation.ts';
import { LIMITS } from './options.ts';
import { decodedSize, optionalId } from './schemas.ts';
import { nextId, type Flux } from './state.ts';
import { deposerFlux, fluxSyntax, type DeposerFlux } from './submission-schemas.ts';

/** `CPP001`, the interface's four digits, a sequence of fifteen [V-LIVE: an example]. */
const numberOf = (given: FluxSyntax, sequence: number) =>
  `CPP001${FLUX_SYNTAXES[given]?.slice(3, 7) ?? '0000'}${String(sequence).padStart(15, '0')}`;

/** 0 means "received": the invoices come into being later, or do not. Each deposit has a new number. */
function deposit({ state, now, account }: Call, input: DeposerFlux): Outcome {
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

/** An array for most, an object in AIFE's sample when there is one error [V-AIFE]. */
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
    codeInterfaceDepotFlux: FLUX_SYNTAXES[flux.syntax],
    // Plain forms here, where deposer/flux has an ISO date-time [V-3P: forms differ by service].
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
