/** What an e-invoice must have, and what excludes what: EN 16931's rules BR-01 to BR-65 and BR-CO. */
import { first, type GroupName, type Term, type Values } from '../terms.ts';
import { en16931, rulesOfNorm } from './norms.ts';
import { brokenIn, decimalOf, has, type Place, type Rule } from './rule.ts';

const rule = rulesOfNorm(en16931, { 'chorus-classic': 'warn', 'fr-ctc-2026': 'refuse' });

const missing = { fr: 'Cette donnée est obligatoire : elle manque.', en: 'This is required, and it is missing.' };

/** Terms that every invoice must have. */
const always: readonly (readonly [id: string, term: Term])[] = [
  ['BR-01', 'BT-24'],
  ['BR-02', 'BT-1'],
  ['BR-03', 'BT-2'],
  ['BR-04', 'BT-3'],
  ['BR-05', 'BT-5'],
  ['BR-06', 'BT-27'],
  ['BR-07', 'BT-44'],
  ['BR-09', 'BT-40'],
  ['BR-11', 'BT-55'],
  ['BR-12', 'BT-106'],
  ['BR-13', 'BT-109'],
  ['BR-14', 'BT-112'],
  ['BR-15', 'BT-115'],
];

/** What each occurrence of a group must have: one of these terms. */
const inEach: readonly (readonly [id: string, group: GroupName, ...terms: [Term, ...Term[]]])[] = [
  ['BR-21', 'BG-25', 'BT-126'],
  ['BR-22', 'BG-25', 'BT-129'],
  ['BR-23', 'BG-25', 'BT-130'],
  ['BR-24', 'BG-25', 'BT-131'],
  ['BR-25', 'BG-25', 'BT-153'],
  ['BR-26', 'BG-25', 'BT-146'],
  ['BR-CO-04', 'BG-25', 'BT-151'],
  ['BR-31', 'BG-20', 'BT-92'],
  ['BR-32', 'BG-20', 'BT-95'],
  ['BR-33', 'BG-20', 'BT-97', 'BT-98'],
  ['BR-CO-21', 'BG-20', 'BT-97', 'BT-98'],
  ['BR-36', 'BG-21', 'BT-99'],
  ['BR-37', 'BG-21', 'BT-102'],
  ['BR-38', 'BG-21', 'BT-104', 'BT-105'],
  ['BR-CO-22', 'BG-21', 'BT-104', 'BT-105'],
  ['BR-41', 'BG-27', 'BT-136'],
  ['BR-42', 'BG-27', 'BT-139', 'BT-140'],
  ['BR-CO-23', 'BG-27', 'BT-139', 'BT-140'],
  ['BR-43', 'BG-28', 'BT-141'],
  ['BR-44', 'BG-28', 'BT-144', 'BT-145'],
  ['BR-CO-24', 'BG-28', 'BT-144', 'BT-145'],
  ['BR-45', 'BG-23', 'BT-116'],
  ['BR-46', 'BG-23', 'BT-117'],
  ['BR-47', 'BG-23', 'BT-118'],
  ['BR-49', 'BG-16', 'BT-81'],
  ['BR-52', 'BG-24', 'BT-122'],
  ['BR-54', 'BG-32', 'BT-160'],
  ['BR-55', 'BG-3', 'BT-25'],
];

const address = ['BT-35', 'BT-36', 'BT-162', 'BT-37', 'BT-38', 'BT-39', 'BT-40'] as const;
const buyerAddress = ['BT-50', 'BT-51', 'BT-163', 'BT-52', 'BT-53', 'BT-54', 'BT-55'] as const;
const representative = ['BT-62', 'BT-63', 'BT-64', 'BT-66', 'BT-67', 'BT-69'] as const;
const deliveryAddress = ['BT-75', 'BT-76', 'BT-165', 'BT-77', 'BT-78', 'BT-79'] as const;

/** A term that must be there if another one is. */
const ifThen: readonly (readonly [id: string, when: readonly Term[], then: readonly [Term, ...Term[]]])[] = [
  ['BR-18', representative, ['BT-62']],
  ['BR-20', representative, ['BT-69']],
  ['BR-56', representative, ['BT-63']],
  ['BR-57', deliveryAddress, ['BT-80']],
  ['BR-53', ['BT-6'], ['BT-111']],
  ['BR-62', ['BT-34'], ['BT-34-1']],
  ['BR-63', ['BT-49'], ['BT-49-1']],
];

/** The category of another tax is none of VAT. */
const isOtherTax = (own: Values, term: Term): boolean =>
  (term === 'BT-118' || term === 'BT-151') && own['other-tax'] !== undefined;

/** A date that must not be before another. */
const isBefore = (values: Values, start: Term, end: Term): boolean => {
  const [from, to] = [first(values, start), first(values, end)];
  return from !== undefined && to !== undefined && to < from;
};

const creditTransfers: readonly (string | undefined)[] = ['30', '58'];

const others: readonly Rule[] = [
  rule(
    'BR-08',
    'BT-35',
    { fr: 'L’adresse du vendeur manque.', en: 'The seller’s address is missing.' },
    ({ values }) => !has(values, ...address),
  ),
  rule(
    'BR-10',
    'BT-50',
    { fr: 'L’adresse de l’acheteur manque.', en: 'The buyer’s address is missing.' },
    ({ values }) => !has(values, ...buyerAddress),
  ),
  rule(
    'BR-16',
    'BG-25',
    { fr: 'La facture n’a aucune ligne.', en: 'The invoice has no line.' },
    ({ values }) => (values['BG-25'] ?? []).length === 0,
  ),
  rule(
    'BR-17',
    'BT-59',
    { fr: 'Le nom du bénéficiaire manque.', en: 'The payee’s name is missing.' },
    ({ values }) => has(values, 'BT-60', 'BT-61') && !has(values, 'BT-59'),
  ),
  rule(
    'BR-27',
    'BT-146',
    {
      fr: 'Le prix unitaire net est négatif : indiquez plutôt une quantité négative.',
      en: 'The net price is negative: make the quantity negative.',
    },
    brokenIn('BG-25', 'BT-146', (own) => decimalOf(own, 'BT-146')?.lt(0) ?? false),
  ),
  rule(
    'BR-28',
    'BT-148',
    { fr: 'Le prix unitaire brut est négatif.', en: 'The gross price is negative.' },
    brokenIn('BG-25', 'BT-148', (own) => decimalOf(own, 'BT-148')?.lt(0) ?? false),
  ),
  rule(
    'BR-29',
    'BT-74',
    { fr: 'La période se termine avant son début.', en: 'The period ends before it starts.' },
    ({ values }) => isBefore(values, 'BT-73', 'BT-74'),
  ),
  rule(
    'BR-30',
    'BT-135',
    { fr: 'La période de la ligne se termine avant son début.', en: 'The line’s period ends before it starts.' },
    brokenIn('BG-25', 'BT-135', (own) => isBefore(own, 'BT-134', 'BT-135')),
  ),
  rule(
    'BR-48',
    'BT-119',
    missing,
    brokenIn(
      'BG-23',
      'BT-119',
      (own) => first(own, 'BT-118') !== 'O' && (own['other-tax'] !== undefined || !has(own, 'BT-119')),
    ),
  ),
  rule(
    'BR-CO-17',
    'BT-118',
    { fr: 'Le code de la taxe n’est pas celui de la TVA (VAT).', en: 'The tax is not named as VAT.' },
    brokenIn('BG-23', 'BT-118', (own) => own['other-tax'] !== undefined),
  ),
  rule(
    'BR-51',
    'BT-87',
    {
      fr: 'Le numéro de carte doit être tronqué : seuls ses 4 à 6 derniers chiffres sont admis.',
      en: 'The card number must be cut to its last 4 to 6 digits.',
    },
    brokenIn('BG-16', 'BT-87', (own) => (first(own, 'BT-87')?.length ?? 0) > 10),
  ),
  rule(
    'BR-61',
    'BT-84',
    {
      fr: 'Pour un virement, le compte à créditer (BT-84) est obligatoire.',
      en: 'A credit transfer needs the account to pay to (BT-84).',
    },
    brokenIn('BG-16', 'BT-84', (own) => creditTransfers.includes(first(own, 'BT-81')) && !has(own, 'BT-84')),
  ),
  rule(
    'BR-64',
    'BT-157',
    { fr: 'Le schéma de l’identifiant normalisé manque.', en: 'The scheme of the standard identifier is missing.' },
    brokenIn('BG-25', 'BT-157', (own) => has(own, 'BT-157') && !has(own, 'BT-157-1')),
  ),
  rule(
    'BR-65',
    'BT-158',
    { fr: 'Le schéma de la classification manque.', en: 'The scheme of the classification is missing.' },
    brokenIn('BG-25', 'BT-158', (own) => has(own, 'BT-158') && !has(own, 'BT-158-1')),
  ),
  rule(
    'BR-CO-03',
    'BT-7',
    {
      fr: 'La date d’exigibilité (BT-7) et son code (BT-8) s’excluent.',
      en: 'The VAT point date (BT-7) and its code (BT-8) exclude each other.',
    },
    ({ values }) => has(values, 'BT-7') && has(values, 'BT-8'),
  ),
  rule(
    'BR-CO-18',
    'BG-23',
    { fr: 'La ventilation de TVA manque.', en: 'The VAT breakdown is missing.' },
    ({ values }) => (values['BG-23'] ?? []).length === 0,
  ),
  rule(
    'BR-CO-26',
    'BT-30',
    {
      fr: 'Le vendeur n’a aucun identifiant (BT-29, BT-30 ou BT-31).',
      en: 'The seller has no identifier (BT-29, BT-30 or BT-31).',
    },
    ({ values }) => !has(values, 'BT-29', 'BT-30', 'BT-31'),
  ),
];

export const presenceRules: readonly Rule[] = [
  ...always.map(([id, term]) => rule(id, term, missing, ({ values }) => !has(values, term))),
  ...inEach.map(([id, group, term, ...instead]) =>
    rule(
      id,
      term,
      missing,
      brokenIn(group, term, (own) => isOtherTax(own, term) || !has(own, term, ...instead)),
    ),
  ),
  ...ifThen.map(([id, when, [then, ...instead]]) =>
    rule(id, then, missing, ({ values }): Place[] =>
      has(values, ...when) && !has(values, then, ...instead) ? [then] : [],
    ),
  ),
  ...others,
];
