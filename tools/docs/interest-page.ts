/** docs/interest.md and docs/fr/interets-moratoires.md: what a late payment is worth, from the rules and the rates. */
import { lastDayWithRate, refinancingRates } from '../../shared/facts/refinancing-rates.ts';
import { frenchAmount, frenchDate, frenchNumber } from '../../shared/invoice/amounts.ts';
import { type Debt, interestFacts, interestOn, interestRateOn } from '../../shared/tracking/interest.ts';
import { generatedNotice, table } from './markdown.ts';

type Language = 'fr' | 'en';

const notice = generatedNotice('shared/facts/refinancing-rates.ts', 'shared/tracking/interest.ts');

const spoken = {
  en: { day: (iso: string) => iso, amount: (euros: string) => `${euros} EUR`, percent: (rate: string) => `${rate} %` },
  fr: {
    day: frenchDate,
    amount: (euros: string) => frenchAmount(euros, 'EUR').replaceAll('\u202f', ' ').replaceAll('\u00a0', ' '),
    percent: (rate: string) => `${frenchNumber(rate)} %`,
  },
} as const;

const rateHeads = {
  en: ['begins to run from', 'ECB', 'interest', 'mark', 'source'],
  fr: ['commence à courir à partir du', 'BCE', 'intérêts', 'marque'],
} as const satisfies Record<Language, readonly string[]>;

const ratesTable = (language: Language): string => {
  const { day, percent } = spoken[language];
  return table(
    rateHeads[language],
    Object.entries(refinancingRates).map(([first, { value, mark, source }]) => [
      ...[day(first), percent(value), percent(interestRateOn(first)?.total ?? '')],
      ...(language === 'en' ? [mark, source] : [mark]),
    ]),
  );
};

/** The rules by what they are about, with what each rests on. */
const ruleNames = {
  marginPoints: { en: 'points above the ECB’s rate', fr: 'points ajoutés au taux de la BCE' },
  indemnity: {
    en: 'fixed indemnity, in euros, once for each late payment',
    fr: 'indemnité forfaitaire, une fois par paiement tardif',
  },
  daysOfYear: { en: 'days by which a year is divided', fr: 'base de calcul, en jours par an' },
  daysToPayInterest: {
    en: 'days to pay the interest, after the payment',
    fr: 'jours pour payer les intérêts, après le paiement',
  },
  base: { en: 'what it is counted on', fr: 'assiette' },
  lastDay: { en: 'the last day', fr: 'dernier jour' },
} as const satisfies Record<keyof typeof interestFacts, Record<Language, string>>;

/** What the French page says of a rule instead of its value. */
const frenchRules: Readonly<Record<string, string>> = {
  [interestFacts.indemnity.value]: spoken.fr.amount(interestFacts.indemnity.value),
  [interestFacts.base.value]: 'le net à payer : TTC, moins retenues, pénalités, avances et sommes déjà payées',
  [interestFacts.lastDay.value]: 'le jour de la mise en paiement compte',
};

const nameOf = (name: string, language: Language): string =>
  Object.entries(ruleNames).find(([rule]) => rule === name)?.[1][language] ?? name;

/** The sources are in English, on the English page alone. */
const rulesTable = (language: Language): string =>
  table(
    language === 'en' ? ['rule', 'value', 'mark', 'source'] : ['règle', 'valeur', 'marque'],
    Object.entries(interestFacts).map(([name, { value, mark, source }]) =>
      language === 'en'
        ? [nameOf(name, language), String(value), mark, source]
        : [nameOf(name, language), frenchRules[value] ?? String(value), mark],
    ),
  );

const owed = { type: 'invoice', amount: '12000.00', currency: 'EUR' } as const;

/** Late, then paid in the next half-year; begun a day before and on the first day of one; a retention of 5 %. */
const examples: readonly { debt: Debt; until: string }[] = [
  { debt: { ...owed, dueDate: '2026-06-10' }, until: '2026-06-11' },
  { debt: { ...owed, dueDate: '2026-06-10' }, until: '2026-07-20' },
  { debt: { ...owed, dueDate: '2026-06-29' }, until: '2026-07-20' },
  { debt: { ...owed, dueDate: '2026-06-30' }, until: '2026-07-20' },
  { debt: { ...owed, amount: '11400.00', dueDate: '2026-06-10' }, until: '2026-07-20' },
];

const exampleHeads = {
  en: ['amount due', 'last day of the term', 'paid on', 'days', 'rate', 'interest', 'indemnity'],
  fr: ['net à payer', 'échéance', 'mise en paiement', 'jours', 'taux', 'intérêts', 'indemnité'],
} as const satisfies Record<Language, readonly string[]>;

const examplesTable = (language: Language): string => {
  const { day, amount, percent } = spoken[language];
  return table(
    exampleHeads[language],
    examples.flatMap(({ debt, until }) => {
      const interest = interestOn(debt, until);
      if (!interest?.run) return [];
      const { days, run, indemnity } = interest;
      return [
        [
          ...[amount(debt.amount), day(debt.dueDate), day(until), String(days)],
          ...[percent(run.rate.total), amount(run.amount), amount(indemnity)],
        ],
      ];
    }),
  );
};

/** docs/interest.md */
export const interestPage = (): string => `${notice}
# Interest for late payment

En français : [fr/interets-moratoires.md](fr/interets-moratoires.md).

A public body that pays after the [term](payment-terms.md) owes interest (intérêts moratoires) and a fixed indemnity.
Both are owed without any reminder (code de la commande publique, art. L. 2192-13), and a contract cannot waive them
(art. L. 2192-14). The relay counts them and tells them; it claims nothing: you do, with a [letter](#the-letter).

## The rule
interest = amount due × rate × days ÷ 365, rounded once to the cent.

1. The days begin on the day after the last day of the term, and end on the day on which the payment is issued (status
   \`MISE_EN_PAIEMENT\`), both included. A suspension is already in the term.
2. The rate is that of the European Central Bank for its main refinancing operations on the first day of the half-year
   in which the interest began to run, plus eight points. It stays the same until the payment.
3. The fixed indemnity is owed once.

${rulesTable('en')}

Nothing is counted for a credit note, if nothing is due, or if the amount is not in euros. A credit note does not lower
the amount of the invoice that it corrects: deduct it yourself. If nobody said what kind of body the recipient is, the
longest term counts: what is owed is that at least, perhaps more. Where a recipient reports no payments, the relay does
not know when it was paid. What the contract says may be better for you.

## The rates
The relay knows the rates of interest that begins to run until ${lastDayWithRate()}. For a later half-year it gives the
indemnity alone and invents no rate; an [alarm](runbooks/alarms/interest-rates-end.md) rings before. A rate marked COM
must be checked with the ECB before it is claimed. The marks are explained in [what to try
first](to-try-first.md#the-marks).

${ratesTable('en')}

## Examples
${examplesTable('en')}

## Where to find it
- In the events: \`data.late.interest\` of [\`late\`](events.md), and of \`paid\` if the payment came late.
- In the [list of invoices](list-of-invoices.md): \`npx relay status --interest\` shows all invoices on which interest
  is owed, late ones and those that were paid late, also with \`--csv\` and \`--json\`.

## The letter
\`\`\`sh
npx relay letter example FA-2026-0132 --local       # or without --local, from the cloud
\`\`\`

It writes a PDF in French to send to the recipient: the invoice with its references, the computation line by line, the
articles, and what to pay. The head is that of the supplier in the connection's settings (\`legalName\`, \`address\`,
\`legalNotice\`). It is dated today; as long as the invoice is not paid, it also says what each further day adds. Beside
the result the command says what to check before you send it: a rate that nobody has checked, a kind of body that
nobody has said.
`;

/** docs/fr/interets-moratoires.md */
export const frenchInterestPage = (): string => `${notice}
# Intérêts moratoires

Les mots : [glossaire](glossaire.md). In English: [interest.md](../interest.md).

Le destinataire public qui paie après l’[échéance](delais-de-paiement.md) doit des intérêts moratoires et une indemnité
forfaitaire. Les deux sont dus de plein droit, sans rappel (code de la commande publique, art. L. 2192-13), et le
marché ne peut pas vous y faire renoncer (art. L. 2192-14). Le relais les calcule et les indique ; il ne réclame rien :
c’est vous qui le faites, par une [lettre](#la-lettre).

## La règle
intérêts = net à payer × taux × jours ÷ 365, arrondis une seule fois, au centime.

1. Les jours courent du lendemain de l’échéance au jour de la mise en paiement (état \`MISE_EN_PAIEMENT\`), tous deux
   compris. L’échéance tient déjà compte d’une suspension.
2. Le taux est celui de la Banque centrale européenne pour ses opérations principales de refinancement au premier jour
   du semestre au cours duquel les intérêts ont commencé à courir, majoré de huit points. Il ne change plus jusqu’au
   paiement.
3. L’indemnité forfaitaire est due une seule fois.

${rulesTable('fr')}

Rien n’est calculé pour un avoir, si le net à payer est nul, ou si le montant n’est pas en euros. Un avoir ne réduit pas
le montant de la facture qu’il corrige : déduisez-le vous-même. Si la catégorie du destinataire n’est pas renseignée, le
délai le plus long est retenu : le montant dû est alors un minimum. Lorsqu’un destinataire n’indique pas ses paiements,
le relais ignore quand il a payé. Le marché peut prévoir mieux pour vous.

## Les taux
Le relais connaît les taux des intérêts qui commencent à courir jusqu’au ${frenchDate(lastDayWithRate())}. Pour un
semestre ultérieur, il indique seulement l’indemnité et n’invente aucun taux ; une
[alarme](procedures/alarmes/interest-rates-end.md) sonne avant. Un taux marqué COM est à vérifier auprès de la BCE avant
toute réclamation. Les sources sont sur la [page anglaise](../interest.md), les marques
[ici](../to-try-first.md#the-marks).

${ratesTable('fr')}

## Exemples
${examplesTable('fr')}

## Où les trouver
- Dans les événements : \`data.late.interest\` de [\`late\`](evenements.md), et de \`paid\` si le paiement est tardif.
- Dans la [liste des factures](liste-des-factures.md) : \`npx relay status --interest\` montre toutes les factures pour
  lesquelles des intérêts sont dus, en retard ou payées en retard, y compris avec \`--csv\` et \`--json\`.

## La lettre
\`\`\`sh
npx relay letter example FA-2026-0132 --local       # ou sans --local, dans le cloud
\`\`\`

La commande produit un PDF à adresser au destinataire : la facture et ses références, le calcul ligne par ligne, les
articles et la somme à payer. L’en-tête est celui du fournisseur dans les réglages de la connexion (\`legalName\`,
\`address\`, \`legalNotice\`). La lettre est datée du jour ; tant que la facture n’est pas payée, elle indique aussi ce que
chaque jour ajoute. À côté du résultat, la commande dit ce qu’il faut vérifier avant l’envoi : un taux que personne n’a
vérifié, une catégorie de destinataire non renseignée.
`;
