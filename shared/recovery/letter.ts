/** The letter that claims interest and the indemnity for a late payment: a PDF in French, to send to the recipient. */
import { siretOf } from '../e-invoice/making/printed-terms.ts';
import { page, Sheet, type Style } from '../e-invoice/making/sheet.ts';
import { frenchAmount, frenchDate, frenchNumber } from '../invoice/amounts.ts';
import { interestFacts } from '../tracking/interest.ts';
import type { Claim } from './claim.ts';

const body: Style = { size: 10 };
const strong: Style = { size: 10, weight: 'bold' };
const small: Style = { size: 7, colour: '#555555' };
const middle = 305;
const amountWidth = 90;

const euros = (amount: string): string => frenchAmount(amount, 'EUR');
const percent = (rate: string): string => `${frenchNumber(rate)}\u00a0%`;
const days = (count: number): string => `${count} ${count < 2 ? 'jour' : 'jours'}`;

type Place = Claim['recipient']['address'];
const addressLines = (address: Place): string[] =>
  address ? [...address.lines, `${address.postcode} ${address.city}`] : [];

/** Lines below each other, in a column. @returns where the next one goes */
function column(sheet: Sheet, lines: readonly [string, Style][], { x, y }: { x: number; y: number }): number {
  const width = x === middle ? page.right - middle : middle - page.left - 20;
  return lines.reduce(
    (at, [line, style]) => at + sheet.write(sheet.wrapped(line, width, style), { x, y: at, width }, style),
    y,
  );
}

function writeHead(sheet: Sheet, { on, supplier, recipient }: Claim): void {
  const plainly = (lines: readonly string[]) => lines.map((line): [string, Style] => [line, body]);
  const left = column(
    sheet,
    [[supplier.name, strong], ...plainly([...addressLines(supplier.address), `SIRET ${siretOf(supplier.siret)}`])],
    { x: page.left, y: sheet.y },
  );
  const { name, siret, address } = recipient;
  const right = column(
    sheet,
    [
      [name ?? `SIRET ${siretOf(siret)}`, strong],
      ...plainly([...addressLines(address), ...(name ? [`SIRET ${siretOf(siret)}`] : [])]),
    ],
    { x: middle, y: sheet.y + 26 },
  );
  const city = supplier.address ? `${supplier.address.city}, le` : 'Le';
  sheet.y = column(sheet, [[`${city} ${frenchDate(on)}`, body]], { x: middle, y: Math.max(left, right) + 14 }) + 16;
}

/** A paragraph; what does not fit goes on the next page. */
function write(sheet: Sheet, text: string, style: Style = body): void {
  const width = page.right - page.left;
  for (const line of sheet.wrapped(text, width, style)) {
    sheet.keep(sheet.heightOf(1, style));
    sheet.y += sheet.write([line], { x: page.left, y: sheet.y, width }, style);
  }
  sheet.y += 8;
}

/** A label on the left, and what it stands for on the right. */
function row(sheet: Sheet, label: string, value: string, style: Style = body): void {
  const width = page.right - page.left - 2 * amountWidth;
  const labels = sheet.wrapped(label, width, style);
  const values = sheet.wrapped(value, 2 * amountWidth - 8, style);
  const height = sheet.heightOf(Math.max(labels.length, values.length), style) + 5;
  sheet.keep(height);
  sheet.write(labels, { x: page.left + 4, y: sheet.y + 2, width }, style);
  const at = { x: page.right - 2 * amountWidth, y: sheet.y + 2, width: 2 * amountWidth - 4 };
  sheet.write(values, at, { ...style, align: 'right' });
  sheet.y += height;
  sheet.rule(sheet.y - 1, '#e2e2e2');
}

function heading(sheet: Sheet, text: string): void {
  sheet.keep(50);
  sheet.fill(sheet.y, 18);
  sheet.write([text], { x: page.left + 4, y: sheet.y + 3, width: page.right - page.left }, strong);
  sheet.y += 20;
}

const introduction = ({ dueDate, isLongestTerm, paidOn, interest }: Claim): string => {
  const due = isLongestTerm
    ? `La facture ci-dessous devait être payée au plus tard le ${frenchDate(dueDate)}, même en retenant le plus long délai de paiement que prévoit le code de la commande publique.`
    : `Le délai de paiement de la facture ci-dessous a expiré le ${frenchDate(dueDate)}.`;
  const late = days(interest.days);
  return paidOn === undefined
    ? `${due} Sauf erreur de notre part, elle n’est pas mise en paiement à ce jour, soit ${late} après cette date.`
    : `${due} Elle a été mise en paiement le ${frenchDate(paidOn)}, soit ${late} après cette date.`;
};

function writeInvoice(sheet: Sheet, { invoice }: Claim): void {
  const { number, issueDate, chorusProId, contract, commitment, totalWithVat, amountDue } = invoice;
  const rows: readonly [string, string | undefined][] = [
    ['Numéro', number],
    ['Date', frenchDate(issueDate)],
    ['Identifiant dans Chorus Pro', chorusProId === undefined ? undefined : String(chorusProId)],
    ['Numéro de marché', contract],
    ['Numéro d’engagement', commitment],
    ['Total TTC', totalWithVat === undefined ? undefined : euros(totalWithVat)],
    ['Net à payer', euros(amountDue)],
  ];
  heading(sheet, 'Facture');
  for (const [label, value] of rows) if (value) row(sheet, label, value);
  sheet.y += 10;
}

/** Each line is what the next one needs, so that anybody can compute it again. */
function writeComputation(sheet: Sheet, { invoice, dueDate, interest, total }: Claim): void {
  const { since, until, days: count, indemnity, run } = interest;
  const { rate } = run;
  const { marginPoints, daysOfYear } = interestFacts;
  heading(sheet, 'Calcul');
  row(sheet, 'Dernier jour du délai de paiement', frenchDate(dueDate));
  row(sheet, `Jours de retard, du ${frenchDate(since)} au ${frenchDate(until)} inclus`, days(count));
  row(
    sheet,
    `Taux de la Banque centrale européenne pour ses opérations principales de refinancement, au ${frenchDate(rate.halfYear)}`,
    percent(rate.refinancing),
  );
  row(sheet, 'Majoration (art. R. 2192-31)', `${marginPoints.value} points`);
  row(sheet, 'Taux annuel des intérêts moratoires', percent(rate.total));
  const product = `${euros(invoice.amountDue)} × ${percent(rate.total)} × ${days(count)} ÷ ${daysOfYear.value}`;
  row(sheet, `Intérêts moratoires : ${product}`, euros(run.amount), strong);
  row(sheet, 'Indemnité forfaitaire pour frais de recouvrement (art. D. 2192-35)', euros(indemnity), strong);
  row(sheet, 'Total à verser', euros(total), { ...strong, size: 11 });
  sheet.y += 10;
}

const stillOwed = ({ invoice, interest }: Claim): string =>
  `Le principal de ${euros(invoice.amountDue)} reste dû. Les intérêts courent jusqu’au jour de la mise en paiement inclus, à raison de ${euros(interest.run.perDay)} par jour à compter du lendemain de cette lettre.`;

const toPay = `Les intérêts moratoires et l’indemnité forfaitaire sont à payer dans un délai de ${interestFacts.daysToPayInterest.value} jours suivant la mise en paiement du principal (art. R. 2192-36).`;

function writeFoot(sheet: Sheet, { supplier, invoice }: Claim): void {
  const pageWidth = 130;
  const width = page.right - page.left - pageWidth;
  const lines = sheet.wrapped([supplier.name, supplier.legalNotice].filter(Boolean).join(' – '), width, small);
  sheet.onEachPage((number, count) => {
    sheet.rule(page.bottom + 8);
    sheet.write(lines, { x: page.left, y: page.bottom + 12, width }, small);
    const at = { x: page.right - pageWidth, y: page.bottom + 12, width: pageWidth };
    sheet.write([`Facture ${invoice.number} – page ${number}/${count}`], at, { ...small, align: 'right' });
  });
}

/** The same claim gives the same bytes. @returns a PDF/A-3b */
export function letterOf(claim: Claim): Promise<Buffer> {
  const { on, invoice, paidOn, supplier } = claim;
  const title = `Intérêts moratoires, facture ${invoice.number}`;
  const sheet = new Sheet(title, new Date(`${on}T00:00:00Z`));
  writeHead(sheet, claim);
  write(
    sheet,
    `Objet : intérêts moratoires et indemnité forfaitaire, facture ${invoice.number} du ${frenchDate(invoice.issueDate)}`,
    strong,
  );
  write(sheet, 'Madame, Monsieur,');
  write(sheet, introduction(claim));
  write(
    sheet,
    'Ce retard fait courir des intérêts moratoires et donne lieu à une indemnité forfaitaire pour frais de recouvrement, de plein droit et sans autre formalité (code de la commande publique, art. L. 2192-13). Nous vous demandons de nous verser la somme calculée ci-dessous.',
  );
  sheet.y += 6;
  writeInvoice(sheet, claim);
  writeComputation(sheet, claim);
  if (paidOn === undefined) write(sheet, stillOwed(claim));
  write(sheet, toPay);
  write(sheet, 'Veuillez agréer, Madame, Monsieur, nos salutations distinguées.');
  sheet.y += 6;
  write(sheet, supplier.name, strong);
  writeFoot(sheet, claim);
  return sheet.bytes();
}
