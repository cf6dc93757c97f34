import type { Refused } from './replies.ts';
import { REFUSALS } from './errors.ts';
import { FRAMES, FLUX_PENDING_STATES, type FluxState, type Frame } from './enumerations.ts';
import { checkDate, checkNumber, checkRecipient, checkSupplier, checkValidator } from './invoice-rules.ts';
import type { Call } from './operation.ts';
import type { FluxContent, FluxInvoice } from './options.ts';
import { accept, type Flux, type FluxError, type State, type Submission } from './state.ts';

/** UNTDID 4461 → modePaiement [R]. */
const PAYMENT_MODES: Record<string, string> = {
  '10': 'ESPECE',
  '20': 'CHEQUE',
  '30': 'VIREMENT',
  '31': 'VIREMENT',
  '42': 'VIREMENT',
  '58': 'VIREMENT',
  '49': 'PRELEVEMENT',
  '59': 'PRELEVEMENT',
  '97': 'REPORT',
};

/** A1 when the flux says nothing [V-AIFE: example P01 of FSO1117A]. */
const frameOf = (code = 'A1'): Frame =>
  FRAMES.find((frame) => frame.startsWith(`${code}_`)) ?? 'A1_FACTURE_FOURNISSEUR';

type Judged = { submission: Submission } | { refusal: Refused['refusal']; detail: string | undefined };

function judge(call: Call, flux: Flux, given: FluxInvoice): Judged {
  const frame = frameOf(given.frame);
  const supplier = checkSupplier(call, call.state.index.bySiret.get(given.supplierSiret));
  if (supplier.refusal) return supplier.refusal;
  const recipient = checkRecipient(call, given);
  if (recipient.refusal) return recipient.refusal;
  const validator = checkValidator(call, frame, given.validatorSiret);
  if (validator.refusal) return validator.refusal;
  const fault = ownFault(given) ?? checkDate(call, given.date ?? '') ?? checkNumber(call, supplier.value, given.number);
  if (fault) return fault;
  return {
    submission: {
      number: given.number,
      supplier: supplier.value,
      supplierServiceId: null,
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
      vatRegime: null,
      paymentMode: PAYMENT_MODES[given.paymentMeans ?? ''] ?? 'AUTRE',
      commitment: given.commitment ?? null,
      market: given.market ?? null,
      originNumber: null,
      amounts: {
        net: given.net ?? given.total,
        vat: given.vat ?? 0,
        gross: given.total,
        discount: 0,
        due: given.due ?? given.total,
      },
      vatLines: [],
      lines: [],
      attachments: [],
      comment: null,
      payload: flux.payload,
    },
  };
}

function ownFault({ number, paymentMeans, type, total }: FluxInvoice): Refused | undefined {
  const refusal = !/^[A-Za-z0-9\-_/+]{1,20}$/.test(number)
    ? 'malformed'
    : !paymentMeans
      ? 'paymentMeansMissing'
      : type === 'AVOIR' && total < 0
        ? 'creditNoteNegative'
        : undefined;
  return refusal && { kind: 'refused', refusal, detail: number };
}

function read({ options }: State, flux: Flux): FluxContent {
  try {
    return options.fluxReader(flux.file, flux.syntax, flux.name);
  } catch {
    return { fault: { code: 'ERR_XSD_001', message: 'SIMULATEUR: fichier illisible' } };
  }
}

const errorOf = ({ number, supplierSiret, recipientSiret }: FluxInvoice, { refusal, detail }: Refused): FluxError => {
  const { message, messageKnown } = REFUSALS[refusal];
  return {
    number,
    supplierSiret,
    recipientSiret,
    message: messageKnown || !detail ? message : `${message} (${detail})`,
  };
};

/** Only the correct invoices of a flux come into being [V-AIFE]. */
function integrate(call: Call, flux: Flux): FluxState {
  const content = read(call.state, flux);
  if ('fault' in content) {
    flux.fault = content.fault;
    return 'IN_REJETE';
  }
  for (const given of content.invoices) {
    const judged = judge(call, flux, given);
    if ('submission' in judged) accept(call.state, judged.submission, flux.account, flux.endsAt);
    else flux.errors.push(errorOf(given, { kind: 'refused', ...judged }));
  }
  if (flux.errors.length === 0) return 'IN_INTEGRE';
  return flux.errors.length < content.invoices.length ? 'IN_INTEGRE_PARTIEL' : 'IN_REJETE';
}

const PDF_SYNTAXES = new Set(['IN_DP_E2_CII_FACTURX']);

/** Naming faults make a flux irrecevable [V-AIFE]. */
const isNamed = ({ name, syntax }: Flux) =>
  (PDF_SYNTAXES.has(syntax) ? /\.(pdf|tar\.gz|zip)$/i : /\.(xml|tar\.gz|zip)$/i).test(name);

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
