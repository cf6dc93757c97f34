import { refused, type Refused } from './replies.ts';
import { VAT_RATES } from './enumerations.ts';

interface VatLine {
  ligneTvaTaux?: string | undefined;
  ligneTvaTauxManuel?: number | undefined;
  ligneTvaMontantBaseHtParTaux: number;
  ligneTvaMontantTvaParTaux: number;
}

interface Line {
  lignePosteQuantite: number;
  lignePosteMontantUnitaireHT: number;
  lignePosteMontantRemiseHT?: number | undefined;
  lignePosteTauxTva?: string | undefined;
  lignePosteTauxTvaManuel?: number | undefined;
}

interface Totals {
  montantHtTotal: number;
  montantTVA: number;
  montantTtcTotal: number;
  montantRemiseGlobaleTTC?: number | undefined;
  montantAPayer: number;
}

interface Summary {
  type: 'FACTURE' | 'AVOIR';
  alreadyPaid: boolean;
  vatRegime: string;
  vatLines: VatLine[];
  lines: Line[];
  totals: Totals;
}

const WITH_VAT = new Set(['TVA_SUR_DEBIT', 'TVA_SUR_ENCAISSEMENT']);

const cents = (amount: number) => Math.sign(amount) * Math.round(Math.abs(amount) * 100 + 1e-7);
const sum = <T>(rows: readonly T[], amount: (row: T) => number) =>
  rows.reduce((total, row) => total + cents(amount(row)), 0);

/** By code or by hand, one of the two. */
function rateOf(code: string | undefined, manual: number | undefined): number | undefined {
  if ((code === undefined) === (manual === undefined)) return undefined;
  return code === undefined ? manual : VAT_RATES.find(({ codeTauxTva }) => codeTauxTva === code)?.valeurTauxTva;
}

const netOf = (line: Line) =>
  line.lignePosteQuantite * line.lignePosteMontantUnitaireHT - (line.lignePosteMontantRemiseHT ?? 0);

/** Base × rate: within the euro that EN 16931 leaves, as lines may have been rounded one by one [INF]. */
function checkVatLine(line: VatLine): Refused | undefined {
  const rate = rateOf(line.ligneTvaTaux, line.ligneTvaTauxManuel);
  if (rate === undefined) return refused('vatCode', line.ligneTvaTaux ?? 'code ou taux manuel, un des deux');
  const due = (line.ligneTvaMontantBaseHtParTaux * rate) / 100;
  return Math.abs(due - line.ligneTvaMontantTvaParTaux) < 1 ? undefined : refused('totals', `TVA à ${rate} %`);
}

function checkSigns({ type, vatLines, lines, totals }: Summary): Refused | undefined {
  if (type !== 'AVOIR') return undefined;
  const amounts = [
    ...Object.values(totals).filter((value) => typeof value === 'number'),
    ...vatLines.flatMap((line) => [line.ligneTvaMontantBaseHtParTaux, line.ligneTvaMontantTvaParTaux]),
    ...lines.map(netOf),
  ];
  return amounts.some((amount) => amount < 0) ? refused('creditNoteNegative') : undefined;
}

/** The header against its recapitulation, to the cent. */
function checkHeader({ vatRegime, vatLines, lines, totals, alreadyPaid }: Summary): Refused | undefined {
  const net = cents(totals.montantHtTotal);
  const vat = cents(totals.montantTVA);
  const taxed = WITH_VAT.has(vatRegime);
  const rules: [ok: boolean, name: string][] = [
    [!taxed || vatLines.length > 0, 'récapitulatif de TVA absent'],
    [taxed || vat === 0, `TVA non nulle en ${vatRegime}`],
    [
      vatLines.length === 0 || sum(vatLines, (line) => line.ligneTvaMontantBaseHtParTaux) === net,
      'bases et montantHtTotal',
    ],
    [sum(vatLines, (line) => line.ligneTvaMontantTvaParTaux) === vat, 'lignes de TVA et montantTVA'],
    [
      lines.length === 0 || cents(lines.reduce((total, line) => total + netOf(line), 0)) === net,
      'lignes et montantHtTotal',
    ],
    [net + vat - cents(totals.montantRemiseGlobaleTTC ?? 0) === cents(totals.montantTtcTotal), 'HT + TVA et TTC'],
    // A2 is already paid: nothing remains due [V-AIFE: example P83].
    [!alreadyPaid || totals.montantAPayer === 0, 'montantAPayer doit être nul en A2'],
  ];
  const broken = rules.find(([ok]) => !ok);
  return broken && refused('totals', broken[1]);
}

const checkLine = (line: Line) =>
  rateOf(line.lignePosteTauxTva, line.lignePosteTauxTvaManuel) === undefined
    ? refused('vatCode', line.lignePosteTauxTva ?? 'code ou taux manuel, un des deux')
    : undefined;

const first = (refusals: (Refused | undefined)[]) => refusals.find((refusal) => refusal !== undefined);

export const checkTotals = (summary: Summary): Refused | undefined =>
  checkSigns(summary) ??
  first(summary.vatLines.map(checkVatLine)) ??
  first(summary.lines.map(checkLine)) ??
  checkHeader(summary);
