/**
 * Why something was not done: a stable code for the machine, one sentence that a person can act on in French and in
 * English. `{…}` is filled from the parameters; what stands in `[…]` is left out where its parameter is not given. docs/reasons.md
 * is generated from this table.
 */
export const reasonTexts = {
  'unknown-connection': {
    fr: 'La connexion « {value} » n’existe pas dans ce déploiement. Connexions déployées : {known}.',
    en: 'There is no connection "{value}" in this deployment. Deployed connections: {known}.',
  },
  'unknown-command': {
    fr: 'La commande « {value} » est inconnue. Commandes connues : {known}.',
    en: 'The command "{value}" is unknown. Known commands: {known}.',
  },
  'unknown-version': {
    fr: 'La version {value} de la commande est inconnue. Versions connues : {known}.',
    en: 'Version {value} of the command is unknown. Known versions: {known}.',
  },
  'unknown-company': {
    fr: 'La société « {value} » n’est pas déclarée dans la connexion. Sociétés déclarées : {known}.',
    en: 'The company "{value}" is not set up in the connection. Companies set up: {known}.',
  },
  'unknown-agency': {
    fr: 'L’agence « {value} » n’est pas déclarée, ou pas autorisée à envoyer. Agences autorisées : {known}.',
    en: 'The agency "{value}" is not set up or not enabled. Agencies enabled: {known}.',
  },
  'unknown-payment-means': {
    fr: 'Le mode de règlement « {value} » n’a pas de correspondance dans la connexion. Modes connus : {known}.',
    en: 'The payment means "{value}" has no mapping in the connection. Means known: {known}.',
  },
  'sender-not-allowed': {
    fr: 'L’expéditeur de ce message n’a pas le droit d’envoyer pour la connexion « {value} » (réglage allowedSenders).',
    en: 'The sender of this message may not send for the connection "{value}" (setting allowedSenders).',
  },
  'before-transfer-date': {
    fr: 'Facture du {value} : la connexion ne transmet que les factures émises à partir du {from}.',
    en: 'Issued on {value}: the connection transfers only invoices issued from {from} on.',
  },
  'customer-not-chorus-pro': {
    fr: 'La fiche du client dit qu’il n’est pas facturé par Chorus Pro.',
    en: 'The customer record says that this customer is not invoiced through Chorus Pro.',
  },
  'customer-category': {
    fr: 'La catégorie de client « {value} » ne va pas à Chorus Pro. Catégories transmises : {known}.',
    en: 'The customer category "{value}" does not go to Chorus Pro. Categories that do: {known}.',
  },
  'contract-not-transferred': {
    fr: 'Le marché « {value} » est retiré du circuit Chorus Pro par les réglages.',
    en: 'The contract "{value}" is taken off the Chorus Pro circuit by the settings.',
  },
  'worksite-not-transferred': {
    fr: 'Le chantier « {value} » est retiré du circuit Chorus Pro par les réglages.',
    en: 'The worksite "{value}" is taken off the Chorus Pro circuit by the settings.',
  },
  'recipient-siret-missing': {
    fr: 'Ce client Chorus Pro n’a pas de SIRET : complétez sa fiche, puis renvoyez la facture.',
    en: 'This Chorus Pro customer has no SIRET: complete the customer record, then send the invoice again.',
  },
  'supplier-service-unknown': {
    fr: 'Le service {service} n’existe pas chez le fournisseur {value}, ou n’est plus actif : corrigez le réglage de la société.',
    en: 'The service {service} does not exist at the supplier {value}, or is no longer active: correct the company’s setting.',
  },
  'unknown-field': {
    fr: 'Le champ « {field} » n’existe pas à cet endroit[, mais sous {places}] : corrigez son nom ou sa place, ou retirez-le.',
    en: 'The field "{field}" does not exist at this place[, but at {places}]: correct its name or its place, or remove it.',
  },
  'missing-field': { fr: 'Le champ est obligatoire et absent.', en: 'The field is required and missing.' },
  'invalid-value': {
    fr: 'La valeur ne convient pas. Attendu : {expected}.',
    en: 'The value does not fit. Expected: {expected}.',
  },
  'too-long': {
    fr: 'La valeur dépasse le maximum de {maximum} (caractères, éléments ou unités).',
    en: 'The value exceeds the maximum of {maximum} (characters, items or units).',
  },
  'too-short': {
    fr: 'La valeur n’atteint pas le minimum de {minimum} (caractères, éléments ou unités).',
    en: 'The value is below the minimum of {minimum} (characters, items or units).',
  },
  date: {
    fr: 'La date doit exister et s’écrire AAAA-MM-JJ, par exemple "2026-11-23".',
    en: 'The date must exist and be written YYYY-MM-DD, for example "2026-11-23".',
  },
  'invoice-number': {
    fr: 'Le numéro de facture doit avoir 1 à 20 caractères parmi les lettres sans accent, les chiffres et + - _ /.',
    en: 'The invoice number must have 1 to 20 characters among unaccented letters, digits and + - _ /.',
  },
  siret: {
    fr: 'Ce SIRET n’est pas valable : 14 chiffres dont la clé est juste. Vérifiez la fiche du client.',
    en: 'This SIRET is not valid: 14 digits whose key holds. Check the customer record.',
  },
  iban: { fr: 'Cet IBAN n’est pas valable.', en: 'This IBAN is not valid.' },
  'vat-number': {
    fr: 'Ce numéro de TVA intracommunautaire n’est pas valable.',
    en: 'This EU VAT number is not valid.',
  },
  amount: {
    fr: 'Un montant s’écrit comme texte avec un point et au plus 2 décimales, par exemple "1250.40".',
    en: 'An amount is a string with a point and at most 2 decimals, for example "1250.40".',
  },
  'unit-price': {
    fr: 'Un prix unitaire s’écrit comme texte avec un point et au plus 6 décimales, par exemple "12.5".',
    en: 'A unit price is a string with a point and at most 6 decimals, for example "12.5".',
  },
  quantity: {
    fr: 'Une quantité s’écrit comme texte avec un point et au plus 4 décimales, par exemple "2.5".',
    en: 'A quantity is a string with a point and at most 4 decimals, for example "2.5".',
  },
  'vat-rate': {
    fr: 'Un taux de TVA s’écrit comme texte en pour cent, au plus 2 décimales, par exemple "20" ou "5.5".',
    en: 'A VAT rate is a string in percent with at most 2 decimals, for example "20" or "5.5".',
  },
  'service-code': {
    fr: 'Le code service a au plus 100 caractères : lettres, chiffres, espace, - et _.',
    en: 'The service code has at most 100 characters: letters, digits, space, - and _.',
  },
  'issue-date-in-future': {
    fr: 'La date de facture {value} est dans le futur (nous sommes le {today} à Paris).',
    en: 'The issue date {value} is in the future (it is {today} in Paris).',
  },
  'line-net': {
    fr: 'Ligne {line} : quantité × prix − remise donne {computed}, la facture dit {stated}.',
    en: 'Line {line}: quantity × price − discount gives {computed}, the invoice says {stated}.',
  },
  'line-vat-rate': {
    fr: 'Le taux {rate} % figure sur des lignes mais pas dans le récapitulatif de TVA.',
    en: 'The rate {rate} % is on lines but not in the VAT breakdown.',
  },
  'vat-rate-twice': {
    fr: 'Le taux {rate} % figure plus d’une fois dans le récapitulatif de TVA : regroupez-le.',
    en: 'The rate {rate} % is more than once in the VAT breakdown: merge it.',
  },
  'vat-base': {
    fr: 'TVA {rate} % : la somme des lignes donne une base de {computed}, la facture dit {stated}.',
    en: 'VAT {rate} %: the lines sum up to a base of {computed}, the invoice says {stated}.',
  },
  'vat-amount': {
    fr: 'TVA {rate} % : base × taux donne {computed}, la facture dit {stated}.',
    en: 'VAT {rate} %: base × rate gives {computed}, the invoice says {stated}.',
  },
  'total-tax-exclusive': {
    fr: 'Total HT : la somme des bases donne {computed}, la facture dit {stated}.',
    en: 'Total without VAT: the bases sum up to {computed}, the invoice says {stated}.',
  },
  'total-vat': {
    fr: 'Total TVA : la somme par taux donne {computed}, la facture dit {stated}.',
    en: 'Total VAT: the amounts per rate sum up to {computed}, the invoice says {stated}.',
  },
  'total-tax-inclusive': {
    fr: 'Total TTC : HT + TVA donne {computed}, la facture dit {stated}.',
    en: 'Total with VAT: net + VAT gives {computed}, the invoice says {stated}.',
  },
  'amount-due': {
    fr: 'Montant à payer : TTC − remise − déjà payé donne {computed}, la facture dit {stated}.',
    en: 'Amount due: total − discount − paid gives {computed}, the invoice says {stated}.',
  },
  'already-paid': {
    fr: 'Une facture déjà payée (A2) a un montant à payer de 0.00, ici {stated}.',
    en: 'An invoice already paid (A2) has an amount due of 0.00, here {stated}.',
  },
  'credit-note-sign': {
    fr: 'Les montants d’un avoir sont positifs (AIFE) ; {path} vaut {stated}.',
    en: 'The amounts of a credit note are positive (AIFE); {path} is {stated}.',
  },
  'vat-regime': {
    fr: 'Le régime « {regime} » ne porte pas de TVA, mais la facture en compte {stated}.',
    en: 'The regime "{regime}" carries no VAT, but the invoice has {stated}.',
  },
  'exemption-reason': {
    fr: 'Une exonération demande son motif (code de Chorus Pro) dans exemptionReason.',
    en: 'An exemption needs its reason (Chorus Pro’s code) in exemptionReason.',
  },
  'validator-missing': {
    fr: 'Le cadre {framework} demande un valideur (SIRET du titulaire ou du mandataire).',
    en: 'Framework {framework} needs a validator (SIRET of the main contractor or lead).',
  },
  'document-source': {
    fr: 'Donnez le document soit en base64 (content), soit par sa clé (key), pas les deux.',
    en: 'Give the document either as base64 (content) or by its key (key), not both.',
  },
  'document-key': {
    fr: 'La clé du document doit commencer par {expected} et nommer un fichier, sans « .. » ni partie vide, en 1024 octets au plus.',
    en: 'The document’s key must start with {expected} and name a file, without ".." or an empty part, in 1,024 bytes at most.',
  },
  'document-missing': {
    fr: 'Le document {value} n’est pas dans le dépôt de documents : déposez-le puis renvoyez la commande.',
    en: 'The document {value} is not in the document store: upload it, then send the command again.',
  },
  'document-base64': { fr: 'Le contenu n’est pas du base64 valable.', en: 'The content is not valid base64.' },
  'document-not-pdf': {
    fr: 'Le document {value} n’est pas un PDF (il ne commence pas par %PDF-).',
    en: 'The document {value} is not a PDF (it does not start with %PDF-).',
  },
  'document-not-xml': {
    fr: 'Le document {value} n’est pas un fichier XML (il ne commence pas par <).',
    en: 'The document {value} is not an XML file (it does not start with <).',
  },
  'attachments-inside': {
    fr: 'Avec une facture électronique ({format}), les pièces sont dans le fichier : retirez attachments.',
    en: 'With an e-invoice ({format}), attachments are inside the file: remove attachments.',
  },
  'rejected-report': {
    fr: 'Chorus Pro a rejeté le fichier déposé : {message}',
    en: 'Chorus Pro rejected the deposited file: {message}',
  },
  'document-too-large': {
    fr: 'Le document {value} pèse {size} octets ; Chorus Pro en accepte {limit}.',
    en: 'The document {value} has {size} bytes; Chorus Pro takes {limit}.',
  },
  'dossier-too-large': {
    fr: 'La facture et ses pièces pèsent au moins {size} octets ; Chorus Pro en accepte {limit}.',
    en: 'The invoice and its attachments have at least {size} bytes; Chorus Pro takes {limit}.',
  },
  'attachment-name': {
    fr: 'Le nom d’une pièce jointe a au plus 50 caractères, extension comprise.',
    en: 'An attachment’s name has at most 50 characters, extension included.',
  },
  'attachment-extension': {
    fr: 'L’extension de {value} n’est pas acceptée par Chorus Pro. Acceptées : {known}.',
    en: 'The extension of {value} is not accepted by Chorus Pro. Accepted: {known}.',
  },
  'recipient-unknown': {
    fr: 'Le destinataire {value} est inconnu de Chorus Pro. Vérifiez le SIRET avec votre client.',
    en: 'The recipient {value} is unknown to Chorus Pro. Check the SIRET with your customer.',
  },
  'recipient-inactive': {
    fr: 'Le destinataire {value} n’est plus actif dans Chorus Pro. Demandez le SIRET à jour à votre client.',
    en: 'The recipient {value} is no longer active in Chorus Pro. Ask your customer for the current SIRET.',
  },
  'recipient-works-only': {
    fr: 'Le destinataire {value} est maître d’ouvrage seulement : il ne reçoit pas de factures simples.',
    en: 'The recipient {value} is a works owner only: it takes no plain invoices.',
  },
  'service-required': {
    fr: 'Le destinataire {value} exige un code service. Demandez-le à votre client.',
    en: 'The recipient {value} requires a service code. Ask your customer for it.',
  },
  'commitment-required': {
    fr: 'Le destinataire {value} exige un numéro d’engagement. Demandez-le à votre client.',
    en: 'The recipient {value} requires a commitment number. Ask your customer for it.',
  },
  'service-or-commitment-required': {
    fr: 'Le destinataire {value} exige un code service ou un numéro d’engagement.',
    en: 'The recipient {value} requires a service code or a commitment number.',
  },
  'service-unknown': {
    fr: 'Le service {service} n’existe pas chez le destinataire {value}.',
    en: 'The service {service} does not exist at the recipient {value}.',
  },
  'service-inactive': {
    fr: 'Le service {service} du destinataire {value} n’est plus actif.',
    en: 'The service {service} of the recipient {value} is no longer active.',
  },
  'supplier-unknown': {
    fr: 'Le fournisseur {value} n’est pas rattaché au compte technique de la connexion (espace « Factures émises »).',
    en: 'The supplier {value} is not attached to the connection’s technical account (space "Factures émises").',
  },
  'validator-unknown': {
    fr: 'Le valideur {value} est inconnu de Chorus Pro ou inactif.',
    en: 'The validator {value} is unknown to Chorus Pro or inactive.',
  },
  'number-already-used': {
    fr: 'Le numéro {value} a déjà servi pour une facture au contenu différent (état : {state}). Prenez un nouveau numéro.',
    en: 'The number {value} was already used for an invoice of other content (state: {state}). Take a new number.',
  },
  'refused-by-chorus-pro': {
    fr: 'Chorus Pro a refusé : {message} (code {code}).',
    en: 'Chorus Pro refused: {message} (code {code}).',
  },
  'nothing-to-complete': {
    fr: 'Rien à envoyer : joignez au moins une pièce ou un commentaire.',
    en: 'Nothing to send: give at least one attachment or a comment.',
  },
  'nothing-to-recycle': {
    fr: 'Rien à corriger : donnez le destinataire, l’engagement ou le marché exact.',
    en: 'Nothing to correct: give the right recipient, commitment or contract.',
  },
  'invoice-not-there': {
    fr: 'La facture {value} n’est pas dans Chorus Pro par cette connexion ({state}) : vérifiez société, agence et numéro.',
    en: 'Invoice {value} is not in Chorus Pro by this connection ({state}): check company, agency and number.',
  },
  'answer-not-possible': {
    fr: 'L’état « {status} » ne permet pas {command}. Possible maintenant : {possible}.',
    en: 'The status "{status}" does not allow {command}. Possible now: {possible}.',
  },
  'more-reasons': {
    fr: 'Et {count} autres motifs : corrigez ceux-ci, puis renvoyez la commande.',
    en: 'And {count} more reasons: correct these, then send the command again.',
  },
} as const;
