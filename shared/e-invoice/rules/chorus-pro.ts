/** What Chorus Pro's direct way demands of a file. These rules hold in the profile `chorus-classic` only. */
import type { Fact } from '../../facts/fact.ts';
import { first, frameworkOf, type Term, type Values } from '../terms.ts';
import { brokenIn, has, rulesOf, type Rule } from './rule.ts';

const levels = { 'chorus-classic': 'refuse', 'fr-ctc-2026': 'off' } as const;
const aife = rulesOf({ source: 'AIFE’s specification of 2017 (CS17) and its example files', mark: 'V-AIFE', levels });
const users = rulesOf({ source: 'OCA’s l10n_fr_chorus, issues 414 and 612', mark: 'V-3P', levels });
const own = rulesOf({ source: 'what the relay sends', mark: 'OURS', levels });
const lenient = { ...levels, 'chorus-classic': 'warn' } as const;

/** The rule by which a works document may not come as an invoice. */
export const worksRule = 'CP-WORKS';

/** A1 to A25; A3 and A21 are no company’s. */
const frameworks = new Set(
  'A1 A2 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20 A22 A23 A24 A25'.split(' '),
);
const frameworkText = {
  fr: 'Le cadre de facturation (BT-23 : en UBL cbc:ProfileID, en CII ram:BusinessProcessSpecifiedDocumentContextParameter) n’est pas l’un de ceux de Chorus Pro. Écrivez A1 (facture), A2 (facture déjà payée), A9 (sous-traitant) ou A12 (cotraitant).',
  en: 'The framework (BT-23: cbc:ProfileID in UBL, ram:BusinessProcessSpecifiedDocumentContextParameter in CII) is none of Chorus Pro’s. Write A1 (invoice), A2 (already paid), A9 (subcontractor) or A12 (co-contractor).',
};

/**
 * What UBL made for Peppol has where Chorus Pro's framework belongs. Whether a file that is deposited directly may have
 * it is not known: Chorus Pro decides, as it does for a file without a framework.
 */
const peppolProfiles: Pick<Fact<string>, 'value' | 'mark' | 'source'> = {
  value: 'urn:fdc:peppol.eu:',
  mark: 'R',
  source: 'Peppol BIS Billing 3; Chorus Pro receives such files through Peppol',
};
const peppol = rulesOf({ source: peppolProfiles.source, mark: peppolProfiles.mark, levels: lenient });
export const isOfPeppol = (framework: string): boolean => framework.startsWith(peppolProfiles.value);
const peppolText = {
  fr: 'L’emplacement du cadre de facturation (BT-23, en UBL cbc:ProfileID) contient un profil Peppol. Chorus Pro pourrait ne pas l’admettre : écrivez-y A1 (facture), A2 (facture déjà payée), A9 (sous-traitant) ou A12 (cotraitant).',
  en: 'The place of the framework (BT-23, cbc:ProfileID in UBL) has a Peppol profile. Chorus Pro may not take it: write A1 (invoice), A2 (already paid), A9 (subcontractor) or A12 (co-contractor) there.',
};

const forInvoices = new Set(['A1', 'A2', 'A9', 'A12']);
const withValidator = new Set(['A9', 'A12']);

/** Chorus Pro's own numbers for what an identifier is: 1 a SIRET, 2 to 5 others (EU, elsewhere, RIDET, TAHITI). */
const otherSchemes = new Set(['2', '3', '4', '5', '0223', '0227', '0228', '0229']);

function isNoSiret(values: Values, legal: Term, scheme: Term, other: Term): boolean {
  if (otherSchemes.has(first(values, scheme) ?? '')) return false;
  const ids = [...(values[legal] ?? []), ...(values[other] ?? [])];
  return !ids.some((id) => /^\d{14}$/.test(id.replace(/\s/g, '')));
}

const ofOrders = rulesOf({ source: 'OCA’s pull request 275', mark: 'V-3P', levels });

const longest: readonly (readonly [rule: typeof aife, id: string, term: Term, most: number])[] = [
  [aife, 'CP-SERVICE', 'BT-10', 100],
  [ofOrders, 'CP-COMMITMENT', 'BT-13', 50],
  [aife, 'CP-CONTRACT', 'BT-12', 50],
];

/** What an invoice says once, and by which the relay knows it: who reads the last one would know another invoice. */
const saidOnce: readonly Term[] = [
  ...(['BT-1', 'BT-2', 'BT-3', 'BT-5', 'BT-10', 'BT-12', 'BT-13', 'BT-23', 'BT-30', 'BT-47'] as const),
  ...(['BT-109', 'BT-110', 'BT-112', 'BT-113', 'BT-115'] as const),
];

const transfers: readonly (string | undefined)[] = ['30', '31', '42', '58'];

export const chorusProRules: readonly Rule[] = [
  own(
    'CP-ONCE',
    'BT-1',
    {
      fr: 'Cette donnée figure plusieurs fois, avec des valeurs différentes : n’en gardez qu’une.',
      en: 'This stands there several times, with different values: an invoice has one only.',
    },
    ({ values }) => saidOnce.filter((term) => new Set(values[term]).size > 1),
  ),
  aife(
    'CP-NUMBER',
    'BT-1',
    {
      fr: 'Chorus Pro admet un numéro de 20 caractères au plus : lettres sans accent, chiffres et + - _ /.',
      en: 'Chorus Pro takes a number of up to 20 characters: unaccented letters, digits and + - _ /.',
    },
    ({ values }) => has(values, 'BT-1') && !/^[A-Za-z0-9+\-_/]{1,20}$/.test(first(values, 'BT-1') ?? ''),
  ),
  aife(
    'CP-SELLER',
    'BT-30',
    {
      fr: 'Le SIRET du fournisseur (14 chiffres) n’est ni dans BT-30 ni dans BT-29.',
      en: 'The supplier’s SIRET (14 digits) is neither in BT-30 nor in BT-29.',
    },
    ({ values }) => isNoSiret(values, 'BT-30', 'BT-30-1', 'BT-29'),
  ),
  aife(
    'CP-BUYER',
    'BT-47',
    {
      fr: 'Le SIRET du destinataire (14 chiffres) n’est ni dans BT-47 ni dans BT-46.',
      en: 'The recipient’s SIRET (14 digits) is neither in BT-47 nor in BT-46.',
    },
    ({ values }) => isNoSiret(values, 'BT-47', 'BT-47-1', 'BT-46'),
  ),
  aife('CP-FRAMEWORK', 'BT-23', frameworkText, ({ values }) => {
    const framework = frameworkOf(values);
    return !frameworks.has(framework) && !isOfPeppol(framework);
  }),
  peppol('CP-FRAMEWORK', 'BT-23', peppolText, ({ values }) => isOfPeppol(frameworkOf(values))),
  own(
    worksRule,
    'BT-23',
    {
      fr: 'C’est une pièce d’un marché de travaux : envoyez-la par la commande works.submit.',
      en: 'This is a document of a works contract: send it with the command works.submit.',
    },
    ({ values }) => frameworks.has(frameworkOf(values)) && !forInvoices.has(frameworkOf(values)),
  ),
  aife(
    'CP-VALIDATOR',
    'validator',
    { fr: 'Les cadres A9 et A12 exigent un valideur.', en: 'The frameworks A9 and A12 need a validator.' },
    ({ values, syntax }) => syntax === 'cii' && withValidator.has(frameworkOf(values)) && !has(values, 'validator'),
  ),
  users(
    'CP-PAYMENT',
    'BT-81',
    { fr: 'Le moyen de paiement est obligatoire.', en: 'An invoice says how it is paid.' },
    ({ values, root }) =>
      root !== 'CreditNote' &&
      first(values, 'BT-3') !== '381' &&
      !(values['BG-16'] ?? []).some((payment) => has(payment, 'BT-81')),
  ),
  {
    ...users(
      'CP-ACCOUNT',
      'BT-84',
      { fr: 'Pour un virement, l’IBAN est obligatoire.', en: 'A credit transfer needs an IBAN.' },
      brokenIn('BG-16', 'BT-84', (own) => transfers.includes(first(own, 'BT-81')) && !has(own, 'BT-84')),
    ),
    levels: lenient,
  },
  ...longest.map(([rule, id, term, most]) =>
    rule(
      id,
      term,
      { fr: `Chorus Pro admet ${most} caractères au plus.`, en: `Chorus Pro takes ${most} characters at most.` },
      ({ values }) => (first(values, term) ?? '').length > most,
    ),
  ),
];
