/** The reform's rules (XP Z12-012, "BR-FR"), as far as they need no directory. Chorus Pro's direct way has none. */
import Big from 'big.js';
import { first, type Term, type Values } from '../terms.ts';
import { reform, rulesOfNorm } from './norms.ts';
import { brokenIn, decimal, has, idOf, occurrences, type Place, type Rule } from './rule.ts';

const levels = { 'chorus-classic': 'off', 'fr-ctc-2026': 'refuse' } as const;
const rule = rulesOfNorm(reform, levels);

const frameworks = new Set('B1 S1 M1 B2 S2 M2 S3 B4 S4 M4 S5 S6 B7 S7 B8 S8 M8 B9 S9 M9'.split(' '));
const types = new Set('380 389 393 501 386 500 384 471 472 473 381 261 262 396 502 503'.split(' '));
const creditNotes = new Set(['381', '261', '262', '396', '502', '503']);
const categories = new Set(['S', 'E', 'AE', 'K', 'G', 'O', 'Z']);
const rates = '0 0.9 1.05 1.75 2.1 5.5 7 8.5 9.2 9.6 10 13 19.6 20 20.6'.split(' ').map((rate) => Big(rate));
const attachments = new Set(
  'RIB LISIBLE FEUILLE_DE_STYLE PJA BORDEREAU_SUIVI DOCUMENT_ANNEXE BON_LIVRAISON BON_COMMANDE BORDEREAU_SUIVI_VALIDATION ETAT_ACOMPTE FACTURE_PAIEMENT_DIRECT RECAPITULATIF_COTRAITANCE'.split(
    ' ',
  ),
);

const outside = (list: ReadonlySet<string>, code: string | undefined): boolean => code !== undefined && !list.has(code);

/** Each note's subject that must be there once. */
const isNotedOnce = (values: Values, subject: string): boolean =>
  occurrences(values, 'BG-1').filter(({ own }) => first(own, 'BT-21') === subject).length === 1;

/** A SIRET that does not begin with the party's SIREN. */
const isForeign = (siret: string | undefined, siren: string | undefined): boolean =>
  siret !== undefined && siren !== undefined && !siret.startsWith(siren);

const places = (broken: Readonly<Partial<Record<Term, boolean>>>): Place[] =>
  Object.entries(broken).flatMap(([term, isBroken]) => (isBroken ? [term] : []));

const vatUses = [
  ['BG-23', 'BT-118', 'BT-119'],
  ['BG-25', 'BT-151', 'BT-152'],
  ['BG-20', 'BT-95', 'BT-96'],
  ['BG-21', 'BT-102', 'BT-103'],
] as const;

const isKnownRate = (text: string | undefined): boolean => {
  const rate = decimal(text);
  return rate === undefined || rates.some((known) => known.eq(rate));
};

const identity: readonly Rule[] = [
  rule(
    'BR-FR-01',
    'BT-1',
    { fr: 'Le numéro de facture dépasse 35 caractères.', en: 'The invoice number has more than 35 characters.' },
    ({ values }) => (first(values, 'BT-1') ?? '').length > 35,
  ),
  rule(
    'BR-FR-02',
    'BT-1',
    {
      fr: 'Le numéro de facture ne peut comporter que des lettres sans accent, des chiffres et + - _ /.',
      en: 'The invoice number has other characters than unaccented letters, digits and + - _ /.',
    },
    ({ values }) => /[^A-Za-z0-9+\-_/]/.test(first(values, 'BT-1') ?? ''),
  ),
  rule(
    'BR-FR-04',
    'BT-3',
    { fr: 'Ce type de facture n’est pas admis en France.', en: 'This type of invoice is not in use in France.' },
    ({ values }) => outside(types, first(values, 'BT-3')),
  ),
  rule(
    'BR-FR-05',
    'BG-1',
    {
      fr: 'Les notes PMT (indemnité de recouvrement), PMD (pénalités de retard) et AAB (escompte) sont obligatoires, chacune une fois.',
      en: 'The notes PMT (recovery costs), PMD (late penalties) and AAB (discount) are required, each once.',
    },
    ({ values }) => ['PMT', 'PMD', 'AAB'].some((subject) => !isNotedOnce(values, subject)),
  ),
  rule(
    'BR-FR-08',
    'BT-23',
    {
      fr: 'Le cadre de facturation n’est pas l’un de ceux de la réforme (S1, B1, M1…).',
      en: 'The framework is none of the reform (S1, B1, M1…).',
    },
    ({ values }) => !frameworks.has(first(values, 'BT-23') ?? ''),
  ),
  rule(
    'BR-FR-09',
    'BT-29',
    {
      fr: 'Le SIRET (schéma 0009) ne commence pas par le SIREN.',
      en: 'The SIRET (scheme 0009) does not begin with the SIREN.',
    },
    ({ values }) =>
      places({
        'BT-29': isForeign(idOf(values, 'BT-29', 'BT-29-1', '0009'), first(values, 'BT-30')),
        'BT-46': isForeign(idOf(values, 'BT-46', 'BT-46-1', '0009'), first(values, 'BT-47')),
      }),
  ),
  rule(
    'BR-FR-10',
    'BT-30',
    {
      fr: 'L’identifiant légal du vendeur n’est pas un SIREN (9 chiffres, schéma 0002).',
      en: 'The seller’s legal identifier is no SIREN (9 digits, scheme 0002).',
    },
    ({ values }) => first(values, 'BT-30-1') !== '0002' || !/^\d{9}$/.test(first(values, 'BT-30') ?? ''),
  ),
  rule(
    'BR-FR-32',
    'BT-47',
    {
      fr: 'Un identifiant légal de schéma 0002 comporte 9 chiffres.',
      en: 'A legal identifier of scheme 0002 has 9 digits.',
    },
    ({ values }) =>
      places({
        'BT-30': first(values, 'BT-30-1') === '0002' && !/^\d{9}$/.test(first(values, 'BT-30') ?? ''),
        'BT-47': first(values, 'BT-47-1') === '0002' && !/^\d{9}$/.test(first(values, 'BT-47') ?? ''),
      }),
  ),
  rule(
    'BR-FR-12',
    'BT-49',
    { fr: 'L’adresse électronique de l’acheteur manque.', en: 'The buyer’s electronic address is missing.' },
    ({ values }) => !has(values, 'BT-49'),
  ),
  rule(
    'BR-FR-13',
    'BT-34',
    { fr: 'L’adresse électronique du vendeur manque.', en: 'The seller’s electronic address is missing.' },
    ({ values }) => !has(values, 'BT-34'),
  ),
];

const vat: readonly Rule[] = [
  rule(
    'BR-FR-15',
    'BT-118',
    { fr: 'Cette catégorie de TVA n’est pas admise en France.', en: 'This VAT category is not in use in France.' },
    (invoice) =>
      vatUses.flatMap(([group, category]) =>
        brokenIn(group, category, (own) => outside(categories, first(own, category)))(invoice),
      ),
  ),
  rule(
    'BR-FR-16',
    'BT-119',
    { fr: 'Ce taux de TVA n’existe pas en France.', en: 'There is no such VAT rate in France.' },
    (invoice) =>
      vatUses.flatMap(([group, , rate]) => brokenIn(group, rate, (own) => !isKnownRate(first(own, rate)))(invoice)),
  ),
  rule(
    'BR-FR-17',
    'BT-123',
    {
      fr: 'La description d’une pièce jointe doit être un code (RIB, LISIBLE, BON_LIVRAISON…).',
      en: 'A supporting document’s description is a code (RIB, LISIBLE, BON_LIVRAISON…).',
    },
    brokenIn('BG-24', 'BT-123', (own) => outside(attachments, first(own, 'BT-123'))),
  ),
  rule(
    'BR-FR-CO-05',
    'BG-3',
    {
      fr: 'Un avoir doit indiquer la facture rectifiée et sa date.',
      en: 'A credit note names the invoice that it corrects, and its date.',
    },
    ({ values, root }) => {
      const isCreditNote = root === 'CreditNote' || creditNotes.has(first(values, 'BT-3') ?? '');
      return isCreditNote && !occurrences(values, 'BG-3').some(({ own }) => has(own, 'BT-25') && has(own, 'BT-26'));
    },
  ),
  rule(
    'BR-FR-CO-09',
    'BT-113',
    {
      fr: 'Dans une facture déjà payée (cadre 2), le montant payé doit être égal au total TTC.',
      en: 'An invoice that is already paid (framework 2) has a paid amount that is its total with VAT.',
    },
    ({ values }) => /^[BSM]2$/.test(first(values, 'BT-23') ?? '') && !isSame(values, 'BT-113', 'BT-112'),
  ),
  rule(
    'BR-FR-CO-12',
    'BT-5',
    {
      fr: 'Une facture dans une autre devise doit indiquer sa TVA en euros (BT-6).',
      en: 'An invoice in another currency gives its VAT in euros (BT-6).',
    },
    ({ values }) => has(values, 'BT-5') && first(values, 'BT-5') !== 'EUR' && first(values, 'BT-6') !== 'EUR',
  ),
];

const isSame = (values: Values, one: Term, other: Term): boolean => {
  const [a, b] = [decimal(first(values, one)), decimal(first(values, other))];
  return a !== undefined && b !== undefined && a.eq(b);
};

export const frenchRules: readonly Rule[] = [...identity, ...vat];
