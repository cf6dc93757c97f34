import { refused, type Refused } from './replies.ts';
import { isoDay } from './time.ts';
import type { Call } from './operation.ts';
import { isNumberUsed, needsValidator } from './state.ts';
import type { Frame } from './enumerations.ts';
import type { Service, Structure } from './world.ts';

// The rules that hold whichever way an invoice comes: soumettre refuses at once, a flux lists them afterwards.

interface Addressed {
  recipientSiret: string;
  serviceCode?: string | undefined;
  commitment?: string | undefined;
}

export type Checked<T> = { value: T; refusal?: never } | { value?: never; refusal: Refused };

const RESERVED_SERVICE = 'FACTURES_PUBLIQUES';

function checkService({ active, code }: Service): Refused | undefined {
  if (code === RESERVED_SERVICE) return refused('serviceReserved', code);
  return active ? undefined : refused('serviceInactive', code);
}

/** Whom it is for: known, active, a recipient at all, with the service and commitment number that it asks for. */
export function checkRecipient(
  { state }: Call,
  { recipientSiret, serviceCode, commitment }: Addressed,
): Checked<Structure> {
  const recipient = state.index.bySiret.get(recipientSiret);
  const no = (...told: Parameters<typeof refused>) => ({ refusal: refused(...told) });
  if (recipient?.kind !== 'PUBLIQUE') return no('recipientUnknown', recipientSiret);
  if (!recipient.active) return no('recipientInactive', recipientSiret);
  if (recipient.moaOnly) return no('recipientMoaOnly', recipientSiret);
  const service = recipient.services.find(({ code }) => code === serviceCode);
  if (serviceCode && !service) return no('serviceUnknown', serviceCode);
  const fault = service && checkService(service);
  if (fault) return { refusal: fault };
  if (recipient.serviceMandatory && !service) return no('serviceMandatory', recipientSiret);
  const commitmentMandatory = recipient.commitmentMandatory || service?.commitmentMandatory;
  if (commitmentMandatory && !commitment) return no('commitmentMandatory', recipientSiret);
  if (recipient.commitmentOrService && !service && !commitment)
    return no('commitmentOrServiceMandatory', recipientSiret);
  return { value: recipient };
}

/** An A9 or A12 names its validator, a company that Chorus Pro knows [V-AIFE]. */
export function checkValidator({ state }: Call, frame: Frame, siret: string | undefined): Checked<Structure | null> {
  if (!siret) return needsValidator(frame) ? { refusal: refused('validatorMandatory', frame) } : { value: null };
  const validator = state.index.bySiret.get(siret);
  return validator?.active ? { value: validator } : { refusal: refused('validatorUnknown', siret) };
}

/** One's own structure: the account has no rights on another's. */
export function checkSupplier({ account }: Call, supplier: Structure | undefined): Checked<Structure> {
  if (!supplier || !account.structures.includes(supplier.id)) return { refusal: refused('notEntitled') };
  return { value: supplier };
}

export function checkNumber({ state, now }: Call, supplier: Structure, number: string): Refused | undefined {
  return isNumberUsed(state, supplier.siret, number, now) ? refused('numberUsed', number) : undefined;
}

export const checkDate = ({ now }: Call, day: string): Refused | undefined =>
  day > isoDay(now) ? refused('dateInFuture', day) : undefined;
