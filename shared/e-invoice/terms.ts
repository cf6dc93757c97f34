/**
 * An invoice in the terms of EN 16931. Each term has the number that the norm gives it (BT-…), and each group that can
 * occur more than once has its own (BG-…); a group that occurs once is part of what it stands in.
 */

export type TermKind = 'text' | 'identifier' | 'code' | 'date' | 'amount' | 'price' | 'quantity' | 'rate' | 'file';

interface TermName {
  kind: TermKind;
  fr: string;
  en: string;
}

const term = (kind: TermKind, fr: string, en: string): TermName => ({ kind, fr, en });

/** All terms, in the norm's order. `BT-30-1` is an attribute of `BT-30`, such as its scheme. */
export const terms = {
  'BT-1': term('identifier', 'numéro de facture', 'invoice number'),
  'BT-2': term('date', 'date de facture', 'issue date'),
  'BT-3': term('code', 'type de facture', 'invoice type'),
  'BT-5': term('code', 'devise', 'currency'),
  'BT-6': term('code', 'devise de comptabilisation de la TVA', 'VAT accounting currency'),
  'BT-7': term('date', 'date d’exigibilité de la TVA', 'VAT point date'),
  'BT-8': term('code', 'code d’exigibilité de la TVA', 'VAT point date code'),
  'BT-9': term('date', 'date d’échéance', 'due date'),
  'BT-10': term('text', 'référence de l’acheteur (code service)', 'buyer reference (service code)'),
  'BT-11': term('identifier', 'référence du projet', 'project reference'),
  'BT-12': term('identifier', 'numéro de marché', 'contract'),
  'BT-13': term('identifier', 'numéro d’engagement', 'commitment'),
  'BT-14': term('identifier', 'référence de commande du vendeur', 'sales order'),
  'BT-15': term('identifier', 'avis de réception', 'receiving advice'),
  'BT-16': term('identifier', 'avis d’expédition', 'despatch advice'),
  'BT-17': term('identifier', 'appel d’offres ou lot', 'tender or lot'),
  'BT-18': term('identifier', 'objet facturé', 'invoiced object'),
  'BT-18-1': term('code', 'schéma de l’objet facturé', 'scheme of the invoiced object'),
  'BT-19': term('text', 'référence comptable de l’acheteur', 'buyer accounting reference'),
  'BT-20': term('text', 'conditions de paiement', 'payment terms'),
  'BT-21': term('code', 'sujet de la note', 'subject of the note'),
  'BT-22': term('text', 'note', 'note'),
  'BT-23': term('code', 'cadre de facturation', 'framework'),
  'BT-24': term('identifier', 'profil', 'specification'),
  'BT-25': term('identifier', 'facture antérieure', 'preceding invoice'),
  'BT-26': term('date', 'date de la facture antérieure', 'date of the preceding invoice'),
  'BT-27': term('text', 'nom du vendeur', 'seller name'),
  'BT-28': term('text', 'nom commercial du vendeur', 'seller trading name'),
  'BT-29': term('identifier', 'identifiant du vendeur', 'seller identifier'),
  'BT-29-1': term('code', 'schéma de l’identifiant du vendeur', 'scheme of the seller identifier'),
  'BT-30': term('identifier', 'identifiant légal du vendeur', 'seller legal identifier'),
  'BT-30-1': term('code', 'schéma de l’identifiant légal du vendeur', 'scheme of the seller legal identifier'),
  'BT-31': term('identifier', 'numéro de TVA du vendeur', 'seller VAT number'),
  'BT-32': term('identifier', 'identifiant fiscal du vendeur', 'seller tax registration'),
  'BT-33': term('text', 'informations légales du vendeur', 'seller legal information'),
  'BT-34': term('identifier', 'adresse électronique du vendeur', 'seller electronic address'),
  'BT-34-1': term('code', 'schéma de l’adresse électronique du vendeur', 'scheme of the seller electronic address'),
  'BT-35': term('text', 'adresse du vendeur, ligne 1', 'seller address, line 1'),
  'BT-36': term('text', 'adresse du vendeur, ligne 2', 'seller address, line 2'),
  'BT-162': term('text', 'adresse du vendeur, ligne 3', 'seller address, line 3'),
  'BT-37': term('text', 'localité du vendeur', 'seller city'),
  'BT-38': term('text', 'code postal du vendeur', 'seller postcode'),
  'BT-39': term('text', 'subdivision du pays du vendeur', 'seller country subdivision'),
  'BT-40': term('code', 'pays du vendeur', 'seller country'),
  'BT-41': term('text', 'contact du vendeur', 'seller contact'),
  'BT-42': term('text', 'téléphone du vendeur', 'seller telephone'),
  'BT-43': term('text', 'courriel du vendeur', 'seller email'),
  'BT-44': term('text', 'nom de l’acheteur', 'buyer name'),
  'BT-45': term('text', 'nom commercial de l’acheteur', 'buyer trading name'),
  'BT-46': term('identifier', 'identifiant de l’acheteur', 'buyer identifier'),
  'BT-46-1': term('code', 'schéma de l’identifiant de l’acheteur', 'scheme of the buyer identifier'),
  'BT-47': term('identifier', 'identifiant légal de l’acheteur', 'buyer legal identifier'),
  'BT-47-1': term('code', 'schéma de l’identifiant légal de l’acheteur', 'scheme of the buyer legal identifier'),
  'BT-48': term('identifier', 'numéro de TVA de l’acheteur', 'buyer VAT number'),
  'BT-49': term('identifier', 'adresse électronique de l’acheteur', 'buyer electronic address'),
  'BT-49-1': term('code', 'schéma de l’adresse électronique de l’acheteur', 'scheme of the buyer electronic address'),
  'BT-50': term('text', 'adresse de l’acheteur, ligne 1', 'buyer address, line 1'),
  'BT-51': term('text', 'adresse de l’acheteur, ligne 2', 'buyer address, line 2'),
  'BT-163': term('text', 'adresse de l’acheteur, ligne 3', 'buyer address, line 3'),
  'BT-52': term('text', 'localité de l’acheteur', 'buyer city'),
  'BT-53': term('text', 'code postal de l’acheteur', 'buyer postcode'),
  'BT-54': term('text', 'subdivision du pays de l’acheteur', 'buyer country subdivision'),
  'BT-55': term('code', 'pays de l’acheteur', 'buyer country'),
  'BT-56': term('text', 'contact de l’acheteur', 'buyer contact'),
  'BT-57': term('text', 'téléphone de l’acheteur', 'buyer telephone'),
  'BT-58': term('text', 'courriel de l’acheteur', 'buyer email'),
  'BT-59': term('text', 'nom du bénéficiaire', 'payee name'),
  'BT-60': term('identifier', 'identifiant du bénéficiaire', 'payee identifier'),
  'BT-60-1': term('code', 'schéma de l’identifiant du bénéficiaire', 'scheme of the payee identifier'),
  'BT-61': term('identifier', 'identifiant légal du bénéficiaire', 'payee legal identifier'),
  'BT-61-1': term('code', 'schéma de l’identifiant légal du bénéficiaire', 'scheme of the payee legal identifier'),
  'BT-62': term('text', 'nom du représentant fiscal', 'tax representative name'),
  'BT-63': term('identifier', 'numéro de TVA du représentant fiscal', 'tax representative VAT number'),
  'BT-64': term('text', 'adresse du représentant fiscal, ligne 1', 'tax representative address, line 1'),
  'BT-65': term('text', 'adresse du représentant fiscal, ligne 2', 'tax representative address, line 2'),
  'BT-164': term('text', 'adresse du représentant fiscal, ligne 3', 'tax representative address, line 3'),
  'BT-66': term('text', 'localité du représentant fiscal', 'tax representative city'),
  'BT-67': term('text', 'code postal du représentant fiscal', 'tax representative postcode'),
  'BT-68': term('text', 'subdivision du pays du représentant fiscal', 'tax representative country subdivision'),
  'BT-69': term('code', 'pays du représentant fiscal', 'tax representative country'),
  'BT-70': term('text', 'nom du lieu de livraison', 'name of the place of delivery'),
  'BT-71': term('identifier', 'identifiant du lieu de livraison', 'place of delivery'),
  'BT-71-1': term('code', 'schéma du lieu de livraison', 'scheme of the place of delivery'),
  'BT-72': term('date', 'date de livraison', 'delivery date'),
  'BT-73': term('date', 'début de période', 'start of the period'),
  'BT-74': term('date', 'fin de période', 'end of the period'),
  'BT-75': term('text', 'adresse de livraison, ligne 1', 'delivery address, line 1'),
  'BT-76': term('text', 'adresse de livraison, ligne 2', 'delivery address, line 2'),
  'BT-165': term('text', 'adresse de livraison, ligne 3', 'delivery address, line 3'),
  'BT-77': term('text', 'localité de livraison', 'delivery city'),
  'BT-78': term('text', 'code postal de livraison', 'delivery postcode'),
  'BT-79': term('text', 'subdivision du pays de livraison', 'delivery country subdivision'),
  'BT-80': term('code', 'pays de livraison', 'delivery country'),
  'BT-81': term('code', 'moyen de paiement', 'payment means'),
  'BT-82': term('text', 'libellé du moyen de paiement', 'payment means text'),
  'BT-83': term('text', 'référence de paiement', 'remittance information'),
  'BT-84': term('identifier', 'IBAN', 'IBAN'),
  'BT-85': term('text', 'titulaire du compte', 'account name'),
  'BT-86': term('identifier', 'BIC', 'BIC'),
  'BT-87': term('text', 'numéro de carte', 'card number'),
  'BT-88': term('text', 'titulaire de la carte', 'card holder'),
  'BT-89': term('identifier', 'référence du mandat', 'mandate reference'),
  'BT-90': term('identifier', 'identifiant du créancier', 'creditor identifier'),
  'BT-91': term('identifier', 'compte débité', 'debited account'),
  'BT-92': term('amount', 'montant de la remise', 'allowance amount'),
  'BT-93': term('amount', 'assiette de la remise', 'allowance base'),
  'BT-94': term('rate', 'pourcentage de la remise', 'allowance percentage'),
  'BT-95': term('code', 'catégorie de TVA de la remise', 'allowance VAT category'),
  'BT-96': term('rate', 'taux de TVA de la remise', 'allowance VAT rate'),
  'BT-97': term('text', 'motif de la remise', 'allowance reason'),
  'BT-98': term('code', 'code motif de la remise', 'allowance reason code'),
  'BT-99': term('amount', 'montant des frais', 'charge amount'),
  'BT-100': term('amount', 'assiette des frais', 'charge base'),
  'BT-101': term('rate', 'pourcentage des frais', 'charge percentage'),
  'BT-102': term('code', 'catégorie de TVA des frais', 'charge VAT category'),
  'BT-103': term('rate', 'taux de TVA des frais', 'charge VAT rate'),
  'BT-104': term('text', 'motif des frais', 'charge reason'),
  'BT-105': term('code', 'code motif des frais', 'charge reason code'),
  'BT-106': term('amount', 'somme des lignes', 'sum of the lines'),
  'BT-107': term('amount', 'total des remises', 'sum of allowances'),
  'BT-108': term('amount', 'total des frais', 'sum of charges'),
  'BT-109': term('amount', 'total HT', 'total without VAT'),
  'BT-110': term('amount', 'total de la TVA', 'total VAT'),
  'BT-111': term(
    'amount',
    'total de la TVA dans la devise de comptabilisation',
    'total VAT in the accounting currency',
  ),
  'BT-112': term('amount', 'total TTC', 'total with VAT'),
  'BT-113': term('amount', 'montant déjà payé', 'paid amount'),
  'BT-114': term('amount', 'arrondi', 'rounding'),
  'BT-115': term('amount', 'net à payer', 'amount due'),
  'BT-116': term('amount', 'base d’imposition', 'taxable amount'),
  'BT-117': term('amount', 'montant de TVA', 'VAT amount'),
  'BT-118': term('code', 'catégorie de TVA', 'VAT category'),
  'BT-119': term('rate', 'taux de TVA', 'VAT rate'),
  'BT-120': term('text', 'motif d’exonération', 'exemption reason'),
  'BT-121': term('code', 'code motif d’exonération', 'exemption reason code'),
  'BT-122': term('identifier', 'référence de la pièce jointe', 'supporting document'),
  'BT-123': term('text', 'description de la pièce jointe', 'description of the supporting document'),
  'BT-124': term('text', 'adresse de la pièce jointe', 'location of the supporting document'),
  'BT-125': term('file', 'pièce jointe', 'attached document'),
  'BT-125-1': term('code', 'type MIME de la pièce jointe', 'MIME type of the attached document'),
  'BT-125-2': term('text', 'nom de fichier de la pièce jointe', 'file name of the attached document'),
  'BT-126': term('identifier', 'numéro de ligne', 'line number'),
  'BT-127': term('text', 'note de ligne', 'line note'),
  'BT-128': term('identifier', 'objet de la ligne', 'line object'),
  'BT-128-1': term('code', 'schéma de l’objet de la ligne', 'scheme of the line object'),
  'BT-129': term('quantity', 'quantité', 'quantity'),
  'BT-130': term('code', 'unité', 'unit'),
  'BT-131': term('amount', 'montant net de la ligne', 'line net amount'),
  'BT-132': term('identifier', 'ligne de commande', 'order line'),
  'BT-133': term('text', 'référence comptable de la ligne', 'line accounting reference'),
  'BT-134': term('date', 'début de période de la ligne', 'start of the line period'),
  'BT-135': term('date', 'fin de période de la ligne', 'end of the line period'),
  'BT-136': term('amount', 'remise de ligne', 'line allowance'),
  'BT-137': term('amount', 'assiette de la remise de ligne', 'line allowance base'),
  'BT-138': term('rate', 'pourcentage de la remise de ligne', 'line allowance percentage'),
  'BT-139': term('text', 'motif de la remise de ligne', 'line allowance reason'),
  'BT-140': term('code', 'code motif de la remise de ligne', 'line allowance reason code'),
  'BT-141': term('amount', 'frais de ligne', 'line charge'),
  'BT-142': term('amount', 'assiette des frais de ligne', 'line charge base'),
  'BT-143': term('rate', 'pourcentage des frais de ligne', 'line charge percentage'),
  'BT-144': term('text', 'motif des frais de ligne', 'line charge reason'),
  'BT-145': term('code', 'code motif des frais de ligne', 'line charge reason code'),
  'BT-146': term('price', 'prix unitaire net', 'net price'),
  'BT-147': term('price', 'remise sur le prix', 'price discount'),
  'BT-148': term('price', 'prix unitaire brut', 'gross price'),
  'BT-149': term('quantity', 'quantité de base du prix', 'price base quantity'),
  'BT-150': term('code', 'unité de la quantité de base', 'unit of the base quantity'),
  'BT-151': term('code', 'catégorie de TVA de la ligne', 'line VAT category'),
  'BT-152': term('rate', 'taux de TVA de la ligne', 'line VAT rate'),
  'BT-153': term('text', 'désignation', 'item name'),
  'BT-154': term('text', 'description', 'item description'),
  'BT-155': term('identifier', 'référence du vendeur', 'seller item identifier'),
  'BT-156': term('identifier', 'référence de l’acheteur pour l’article', 'buyer item identifier'),
  'BT-157': term('identifier', 'identifiant normalisé de l’article', 'standard item identifier'),
  'BT-157-1': term('code', 'schéma de l’identifiant normalisé', 'scheme of the standard identifier'),
  'BT-158': term('code', 'classification de l’article', 'item classification'),
  'BT-158-1': term('code', 'schéma de la classification', 'scheme of the classification'),
  'BT-158-2': term('text', 'version de la classification', 'version of the classification'),
  'BT-159': term('code', 'pays d’origine', 'country of origin'),
  'BT-160': term('text', 'attribut de l’article', 'item attribute'),
  'BT-161': term('text', 'valeur de l’attribut', 'value of the attribute'),
  /** Not of EN 16931: Chorus Pro's examples of subcontracting name the validator as CII's "invoicee". */
  'validator-name': term('text', 'nom du valideur', 'validator name'),
  'validator-service': term('text', 'service du valideur', 'validator service'),
  validator: term('identifier', 'SIRET du valideur', 'validator SIRET'),
  /** A tax that is not VAT, where only VAT belongs. */
  'other-tax': term('code', 'autre taxe', 'other tax'),
  'validator-scheme': term('code', 'schéma du SIRET du valideur', 'scheme of the validator SIRET'),
} as const satisfies Record<string, TermName>;

export type Term = keyof typeof terms;

export const termNames = Object.keys(terms).filter((name): name is Term => Object.hasOwn(terms, name));

/** The groups that can occur more than once, and what each is part of: `BG-25` are the lines. */
export const groups = {
  'BG-1': { within: undefined, fr: 'note', en: 'note' },
  'BG-3': { within: undefined, fr: 'facture antérieure', en: 'preceding invoice' },
  'BG-16': { within: undefined, fr: 'paiement', en: 'payment' },
  'BG-20': { within: undefined, fr: 'remise', en: 'allowance' },
  'BG-21': { within: undefined, fr: 'frais', en: 'charge' },
  'BG-23': { within: undefined, fr: 'ventilation de TVA', en: 'VAT breakdown' },
  'BG-24': { within: undefined, fr: 'pièce jointe', en: 'supporting document' },
  'BG-25': { within: undefined, fr: 'ligne', en: 'line' },
  'BG-27': { within: 'BG-25', fr: 'remise de ligne', en: 'line allowance' },
  'BG-28': { within: 'BG-25', fr: 'frais de ligne', en: 'line charge' },
  'BG-32': { within: 'BG-25', fr: 'attribut d’article', en: 'item attribute' },
} as const satisfies Record<string, { within: 'BG-25' | undefined; fr: string; en: string }>;

export type GroupName = keyof typeof groups;

export const groupNames = Object.keys(groups).filter((name): name is GroupName => Object.hasOwn(groups, name));

/**
 * The values of an invoice, or of one of its groups. Each term has all its values, in the file's order, as they stand
 * there, trimmed; dates are ISO. A term that is not there is not a key. An attribute has as many values as its term, ""
 * where one has none; if none has, it is not a key.
 */
export interface Values extends Partial<Record<Term, string[]>>, Partial<Record<GroupName, Values[]>> {}

/** The only value of a term, or the first; undefined if there is none, or an attribute is not given. */
export function first(values: Values, name: Term): string | undefined {
  const value = values[name]?.[0];
  return value === '' ? undefined : value;
}

/** Chorus Pro's framework; it takes a file without one for A1. */
export const frameworkOf = (values: Values): string => first(values, 'BT-23') ?? 'A1';
