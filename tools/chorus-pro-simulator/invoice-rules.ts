/**
 * The rules on an invoice's parties, number, date and totals. soumettre refuses at once. A flux is checked by the same
 * rules except those on totals, and its report lists the refusals afterwards.
 */
import Big from 'big.js';
import { VAT_RATES, type Frame } from './enumerations.ts';
import type { Call } from './operation.ts';
import { refused, type Refused } from './replies.ts';
import { isNumberUsed, needsValidator, structureOf } from './state.ts';
import type { Soumettre } from './submission-schemas.ts';
import { isoDay } from './time.ts';
import { firstToAct } from './works-frames.ts';
import type { Structure } from './world.ts';

interface Addressed {
  recipientSiret: string;
  serviceCode?: string | undefined;
  commitment?: string | undefined;
  /** A works contract's recipient may be an owner of works only. */
  isWorks?: boolean;
}

export type Checked<T> = { value: T; refusal?: never } | { value?: never; refusal: Refused };

const RESERVED_SERVICE = 'FACTURES_PUBLIQUES';

type Rule = [broken: boolean | undefined, ...refusal: Parameters<typeof refused>];

/** The refusal of the first rule that is broken. */
export function firstBroken(rules: readonly Rule[]): Refused | undefined {
  const [, ...refusal] = rules.find(([broken]) => broken) ?? [];
  return refusal.length === 0 ? undefined : refused(...refusal);
}

/** The recipient: known, active, able to receive, and given the service and commitment number that it requires. */
export function checkRecipient(
  { state }: Call,
  { recipientSiret, serviceCode, commitment, isWorks = false }: Addressed,
): Checked<Structure> {
  const recipient = structureOf(state, recipientSiret);
  if (recipient?.kind !== 'PUBLIQUE') return { refusal: refused('recipientUnknown', recipientSiret) };
  const service = recipient.services.find(({ code }) => code === serviceCode);
  const commitmentMandatory = recipient.commitmentMandatory || service?.commitmentMandatory;
  const refusal = firstBroken([
    [!recipient.active, 'recipientInactive', recipientSiret],
    [recipient.moaOnly && !isWorks, 'recipientMoaOnly', recipientSiret],
    [serviceCode !== undefined && serviceCode !== '' && !service, 'serviceUnknown', serviceCode],
    [service?.code === RESERVED_SERVICE, 'serviceReserved', serviceCode],
    [service && !service.active, 'serviceInactive', serviceCode],
    [recipient.serviceMandatory && !service, 'serviceMandatory', recipientSiret],
    [commitmentMandatory && !commitment, 'commitmentMandatory', recipientSiret],
    [recipient.commitmentOrService && !service && !commitment, 'commitmentOrServiceMandatory', recipientSiret],
  ]);
  return refusal ? { refusal } : { value: recipient };
}

/**
 * An A9 or A12 names its validator, a works document of a sub- or co-contractor too; a draft statement names the
 * project manager in the same place [V-AIFE: examples]. Chorus Pro knows each of them.
 */
export function checkValidator({ state }: Call, frame: Frame, siret: string | undefined): Checked<Structure | null> {
  const isMandatory = needsValidator(frame) || firstToAct(frame) !== null;
  if (!siret) return isMandatory ? { refusal: refused('validatorMandatory', frame) } : { value: null };
  const validator = structureOf(state, siret);
  return validator?.active ? { value: validator } : { refusal: refused('validatorUnknown', siret) };
}

/** The supplier must be one of the account's structures. */
export function checkSupplier({ account }: Call, supplier: Structure | undefined): Checked<Structure> {
  if (!supplier || !account.structures.includes(supplier.id)) return { refusal: refused('notEntitled') };
  return { value: supplier };
}

export function checkNumber({ state, now }: Call, supplier: Structure, number: string): Refused | undefined {
  return isNumberUsed(state, supplier.siret, number, now) ? refused('numberUsed', number) : undefined;
}

export const checkDate = ({ now }: Call, day: string): Refused | undefined =>
  day > isoDay(now) ? refused('dateInFuture', day) : undefined;

type Line = Soumettre['lignePoste'][number];
type VatLine = Soumettre['ligneTva'][number];

const cents = (amount: number | Big) => Big(amount).round(2, Big.roundHalfUp).times(100).toNumber();
const sum = <T>(rows: readonly T[], amount: (row: T) => number | Big) =>
  rows.reduce((total, row) => total + cents(amount(row)), 0);

/** A rate comes by its code or as a number, never both. */
function rateOf(code: string | undefined, manual: number | undefined): number | undefined {
  if (code === undefined) return manual;
  return manual === undefined ? VAT_RATES.get(code) : undefined;
}

const vatCode = (code = 'code ou taux manuel, un des deux') => refused('vatCode', code);

/** A line's net is an amount of its own (BT-131): each is rounded to the cent before they are added up [INF]. */
const netOf = (line: Line) =>
  Big(line.lignePosteQuantite)
    .times(line.lignePosteMontantUnitaireHT)
    .minus(line.lignePosteMontantRemiseHT ?? 0);

/** Base × rate: within the euro that EN 16931 leaves, because lines may have been rounded one by one [INF]. */
function checkVatLine(line: VatLine): Refused | undefined {
  const rate = rateOf(line.ligneTvaTaux, line.ligneTvaTauxManuel);
  if (rate === undefined) return vatCode(line.ligneTvaTaux);
  const due = Big(line.ligneTvaMontantBaseHtParTaux).times(rate).div(100).round(2, Big.roundHalfUp);
  return due.minus(line.ligneTvaMontantTvaParTaux).abs().lt(1) ? undefined : refused('totals', `TVA à ${rate} %`);
}

const checkLine = ({ lignePosteTauxTva: code, lignePosteTauxTvaManuel: manual }: Line) =>
  rateOf(code, manual) === undefined ? vatCode(code) : undefined;

const first = (refusals: (Refused | undefined)[]) => refusals.find((refusal) => refusal !== undefined);

/** The totals against the lines and the VAT summary, to the cent. */
export function checkTotals(submission: Soumettre): Refused | undefined {
  const { references, cadreDeFacturation, lignePoste: lines, ligneTva: vatLines, montantTotal: totals } = submission;
  const amounts = Object.values(totals).filter((value) => typeof value === 'number');
  // A line may be negative, and with it all at its rate: AIFE's credit notes have none, but its invoice P08 has [INF].
  if (references.typeFacture === 'AVOIR' && amounts.some((amount) => amount < 0)) return refused('creditNoteNegative');
  const [net, vat] = [cents(totals.montantHtTotal), cents(totals.montantTVA)];
  const taxed = ['TVA_SUR_DEBIT', 'TVA_SUR_ENCAISSEMENT'].includes(references.typeTva);
  const bases = sum(vatLines, (line) => line.ligneTvaMontantBaseHtParTaux);
  const linesNet = sum(lines, netOf);
  // A2 is already paid: nothing remains due [V-AIFE: example P83].
  const alreadyPaid = cadreDeFacturation.codeCadreFacturation === 'A2_FACTURE_FOURNISSEUR_DEJA_PAYEE';
  return (
    first(vatLines.map(checkVatLine)) ??
    first(lines.map(checkLine)) ??
    firstBroken([
      [taxed && vatLines.length === 0, 'totals', 'récapitulatif de TVA absent'],
      [!taxed && vat !== 0, 'totals', `TVA non nulle en ${references.typeTva}`],
      [vatLines.length > 0 && bases !== net, 'totals', 'bases et montantHtTotal'],
      [sum(vatLines, (line) => line.ligneTvaMontantTvaParTaux) !== vat, 'totals', 'lignes de TVA et montantTVA'],
      [lines.length > 0 && linesNet !== net, 'totals', 'lignes et montantHtTotal'],
      [
        net + vat - cents(totals.montantRemiseGlobaleTTC ?? 0) !== cents(totals.montantTtcTotal),
        'totals',
        'HT + TVA et TTC',
      ],
      [alreadyPaid && totals.montantAPayer !== 0, 'totals', 'montantAPayer doit être nul en A2'],
    ])
  );
}
