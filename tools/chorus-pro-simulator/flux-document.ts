/** One e-invoice of a flux: checked, then an invoice, or a document of a works contract. */
import { FRAMES, isWorksSyntax, OTHER_FRAMES, type Frame } from './enumerations.ts';
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
import type { FluxInvoice } from './options.ts';
import { refused, type Refused } from './replies.ts';
import { INVOICE_NUMBER } from './schemas.ts';
import { accept, structureOf, type Flux, type Submission } from './state.ts';
import { isCompanyFrame } from './works-course.ts';
import { firstToAct, isWorks, WORKS_FRAMES } from './works-frames.ts';
import { acceptWorks } from './works-life.ts';

const ALL_FRAMES = [...FRAMES, ...WORKS_FRAMES, ...OTHER_FRAMES];

/** A1 when the flux says nothing [V-AIFE: example P01 of FSO1117A], or what is not a cadre. */
const frameOf = (code = 'A1') => ALL_FRAMES.find((frame) => frame.startsWith(`${code}_`)) ?? 'A1_FACTURE_FOURNISSEUR';

const isFrame = (frame: (typeof ALL_FRAMES)[number]): frame is Frame => OTHER_FRAMES.every((other) => other !== frame);

/** Since 2024 works have fluxes of their own, E4 and E5 [V-AIFE]; that others refuse them from then on is [INF]. */
function misplaced(call: Call, { syntax }: Flux, frame: Frame): Refused | undefined {
  if (!call.state.options.worksSyntaxes) return undefined;
  return isWorks(frame) === isWorksSyntax(syntax) ? undefined : refused('wrongFlux', `${frame}, ${syntax}`);
}

interface FluxDocument {
  /** Brings it into being, at the end of the flux. */
  accept: (at: number) => void;
}

export function fluxDocument(call: Call, flux: Flux, given: FluxInvoice): Checked<FluxDocument> {
  const { state } = call;
  const frame = frameOf(given.frame);
  if (!isFrame(frame) || (isWorks(frame) && !isCompanyFrame(frame)))
    return { refusal: refused('frameForbidden', frame) };
  const supplier = checkSupplier(call, structureOf(state, given.supplierSiret));
  if (supplier.refusal) return supplier;
  const recipient = checkRecipient(call, { ...given, isWorks: isWorks(frame) });
  if (recipient.refusal) return recipient;
  const invoicee = checkValidator(call, frame, given.validatorSiret);
  if (invoicee.refusal) return invoicee;
  const refusal =
    misplaced(call, flux, frame) ??
    ownFault(given, frame) ??
    checkDate(call, given.date ?? '') ??
    checkNumber(call, supplier.value, given.number);
  if (refusal) return { refusal };
  const isManager = firstToAct(frame) === 'MOE';
  const submission: Submission = {
    number: given.number,
    supplier: supplier.value,
    recipient: recipient.value,
    serviceCode: given.serviceCode ?? null,
    validator: isManager ? null : invoicee.value,
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
  };
  const manager = isManager ? invoicee.value : null;
  return {
    value: {
      accept: (at) =>
        isWorks(frame)
          ? acceptWorks(state, submission, { account: flux.account, manager, at })
          : accept(state, submission, flux.account, at),
    },
  };
}

const ownFault = ({ number, paymentMeans, type, total }: FluxInvoice, frame: Frame): Refused | undefined =>
  firstBroken([
    [!INVOICE_NUMBER.test(number), 'malformed', number],
    [type === 'FACTURE' && !paymentMeans, 'paymentMeansMissing', number],
    // Every works document of AIFE's examples has the type code 380 [INF].
    [type === 'AVOIR' && isWorks(frame), 'worksCreditNote', number],
    [type === 'AVOIR' && total < 0, 'creditNoteNegative', number],
  ]);
