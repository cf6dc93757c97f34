import type { Language, Said } from '../invoice/spoken.ts';
/** The fields of a command as an accountant calls them. The ERP's developer has their paths in --json and --csv. */

/** By the path without its indices; what is not here is named by the nearest part of its path. */
const names: Readonly<Record<string, Said>> = {
  connection: { fr: 'la connexion', en: 'the connection' },
  type: { fr: 'le type de commande', en: 'the command’s type' },
  version: { fr: 'la version de la commande', en: 'the command’s version' },
  supplier: { fr: 'la société émettrice', en: 'the supplying company' },
  invoice: { fr: 'la facture', en: 'the invoice' },
  'invoice.number': { fr: 'le numéro de facture', en: 'the invoice number' },
  'invoice.type': { fr: 'le type (facture ou avoir)', en: 'the type (invoice or credit note)' },
  'invoice.issueDate': { fr: 'la date de facture', en: 'the issue date' },
  'invoice.framework': { fr: 'le cadre de facturation', en: 'the framework (cadre de facturation)' },
  'invoice.recipient': { fr: 'le destinataire', en: 'the recipient' },
  'invoice.recipient.siret': { fr: 'le SIRET du destinataire', en: 'the recipient’s SIRET' },
  'invoice.recipient.service': { fr: 'le service du destinataire', en: 'the recipient’s service' },
  'invoice.validator': { fr: 'le valideur', en: 'the validator' },
  'invoice.commitment': { fr: 'le numéro d’engagement', en: 'the commitment number' },
  'invoice.contract': { fr: 'le numéro de marché', en: 'the contract number' },
  'invoice.precedingInvoice': { fr: 'la facture d’origine', en: 'the preceding invoice' },
  'invoice.payment': { fr: 'le mode de règlement', en: 'the payment means' },
  'invoice.payment.iban': { fr: 'l’IBAN', en: 'the IBAN' },
  'invoice.vatRegime': { fr: 'le régime de TVA', en: 'the VAT regime' },
  'invoice.lines': { fr: 'les lignes', en: 'the lines' },
  'invoice.vatBreakdown': { fr: 'le récapitulatif de TVA', en: 'the VAT breakdown' },
  'invoice.totals': { fr: 'les totaux', en: 'the totals' },
  'invoice.totals.taxExclusive': { fr: 'le total HT', en: 'the total without VAT' },
  'invoice.totals.vat': { fr: 'le total de TVA', en: 'the total VAT' },
  'invoice.totals.taxInclusive': { fr: 'le total TTC', en: 'the total with VAT' },
  'invoice.totals.deductions': { fr: 'les retenues et déductions', en: 'the deductions' },
  'invoice.totals.due': { fr: 'le net à payer', en: 'the amount due' },
  document: { fr: 'le document', en: 'the document' },
  attachments: { fr: 'les pièces jointes', en: 'the attachments' },
};

/** @param path `invoice.lines[0].net`; undefined if no part of it has a name */
export function fieldName(path: string, language: Language): string | undefined {
  const parts = path.replaceAll(/\[\d+\]/g, '').split('.');
  const known = parts
    .map((_, i) => parts.slice(0, parts.length - i).join('.'))
    .find((part) => Object.hasOwn(names, part));
  return known === undefined ? undefined : names[known]?.[language];
}
