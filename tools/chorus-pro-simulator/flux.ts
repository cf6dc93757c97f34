/** What becomes of a flux: its invoices are checked when its time has come, and the correct ones come into being. */
import { libelleOf, type Refused } from './replies.ts';
import { FRAMES, FLUX_PENDING_STATES, type FluxState, type Frame } from './enumerations.ts';
import {
  checkDate,
  checkNumber,
  checkRecipient,
  checkSupplier,
  checkValidator,
  firstBroken,
  type Checked,
} from './invoice-rules.ts';
import type { Call } from './operation.ts';
import { readFlux } from './flux-reader.ts';
import type { FluxContent, FluxInvoice } from './options.ts';
import { INVOICE_NUMBER } from './schemas.ts';
import { accept, type Flux, type FluxError, type State, type Submission } from './state.ts';

/** A1 when the flux says nothing [V-AIFE: example P01 of FSO1117A]. */
const frameOf = (code = 'A1'): Frame =>
  FRAMES.find((frame) => frame.startsWith(`${code}_`)) ?? 'A1_FACTURE_FOURNISSEUR';

function check(call: Call, flux: Flux, given: FluxInvoice): Checked<Submission> {
  const frame = frameOf(given.frame);
  const supplier = checkSupplier(call, call.state.index.bySiret.get(given.supplierSiret));
  if (supplier.refusal) return supplier;
  const recipient = checkRecipient(call, given);
  if (recipient.refusal) return recipient;
  const validator = checkValidator(call, frame, given.validatorSiret);
  if (validator.refusal) return validator;
  const refusal =
    ownFault(given) ?? checkDate(call, given.date ?? '') ?? checkNumber(call, supplier.value, given.number);
  if (refusal) return { refusal };
  return {
    value: {
      number: given.number,
      supplier: supplier.value,
      recipient: recipient.value,
      serviceCode: given.serviceCode ?? null,
      validator: validator.value,
      via: 'flux',
      // What a deposit by deposer/flux shows as modeDepot [INF].
      mode: 'UPLOAD_API',
      fluxNumber: flux.number,
      documentId: null,
      type: given.type ?? 'FACTURE',
      frame,
      date: given.date ?? '',
      currency: given.currency ?? 'EUR',
      commitment: given.commitment ?? null,
      market: given.market ?? null,
      amounts: {
        net: given.net ?? given.total,
        vat: given.vat ?? 0,
        gross: given.total,
        due: given.due ?? given.total,
      },
      attachments: [],
      comment: null,
    },
  };
}

const ownFault = ({ number, paymentMeans, type, total }: FluxInvoice): Refused | undefined =>
  firstBroken([
    [!INVOICE_NUMBER.test(number), 'malformed', number],
    [!paymentMeans, 'paymentMeansMissing', number],
    [type === 'AVOIR' && total < 0, 'creditNoteNegative', number],
  ]);

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
    const checked = check(call, flux, given);
    if (checked.refusal) flux.errors.push(errorOf(given, checked.refusal));
    else accept(call.state, checked.value, flux.account, flux.endsAt);
  }
  if (flux.errors.length === 0) return 'IN_INTEGRE';
  return flux.errors.length < content.invoices.length ? 'IN_INTEGRE_PARTIEL' : 'IN_REJETE';
}

/** A misnamed file makes a flux irrecevable [V-AIFE]. */
const isNamed = ({ name, syntax }: Flux) =>
  (syntax === 'IN_DP_E2_CII_FACTURX' ? /\.(pdf|tar\.gz|zip)$/i : /\.(xml|tar\.gz|zip)$/i).test(name);

function conclude(state: State, flux: Flux): FluxState {
  const ordered = state.options.fluxOutcome(flux);
  if (ordered !== undefined && ordered !== 'IN_INTEGRE' && ordered !== 'IN_INTEGRE_PARTIEL') return ordered;
  if (!isNamed(flux)) return 'QP_IRRECEVABLE';
  const account = state.index.byLogin.get(flux.account);
  return account ? integrate({ state, account, now: flux.endsAt }, flux) : 'IN_INCIDENTE';
}

/** Brings every flux whose time has come to its end, in order: two fluxes with one number settle as they came. */
export function settleFluxes(state: State): void {
  const now = state.clock.now();
  for (let flux = state.pendingFluxes[0]; flux && flux.endsAt <= now; flux = state.pendingFluxes[0]) {
    state.pendingFluxes.shift();
    flux.outcome = conclude(state, flux);
  }
}

/** Its state at an instant, and since when. */
export function fluxState({ at, endsAt, outcome }: Flux, now: number): { state: FluxState; since: number } {
  if (outcome !== null) return { state: outcome, since: endsAt };
  const step = Math.max((endsAt - at) / FLUX_PENDING_STATES.length, 1);
  const rank = Math.min(Math.floor((now - at) / step), FLUX_PENDING_STATES.length - 1);
  return { state: FLUX_PENDING_STATES[rank] ?? 'IN_RECU', since: at + rank * step };
}
