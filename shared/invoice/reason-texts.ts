/**
 * Why something was not done: a stable code for the machine, and a sentence that a person can act on, in French and in
 * English. `{…}` is filled from the parameters (`:amount` and `:date` write it the way the language does); a part in
 * `[…]` is left out if its parameter is not given. docs/reasons.md is generated from this table.
 */
export const reasonTexts = {
  'not-json': {
    fr: 'Le message n’est pas du JSON valide[ (ligne {line}, colonne {column})].',
    en: 'The message is not valid JSON[ (line {line}, column {column})].',
  },
  'not-an-object': {
    fr: 'Le message n’est pas une commande : il faut un seul objet JSON, avec sa connexion, son type et sa version (connection, type, version).',
    en: 'The message is not a command: it must be one JSON object, with connection, type and version.',
  },
  'unknown-connection': {
    fr: 'La connexion « {value} » n’existe pas, ou a été déconnectée. Une facture contrôlée avant sa déconnexion sera envoyée si la connexion est rétablie : ne l’émettez pas sous un autre numéro.',
    en: 'There is no connection "{value}", or it was disconnected. An invoice that was accepted before that will still be sent if it is connected again: do not issue it under another number.',
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
    en: 'The company "{value}" is not in the connection’s settings. Companies in the settings: {known}.',
  },
  'unknown-agency': {
    fr: 'L’agence « {value} » n’est pas déclarée, ou n’est pas autorisée à envoyer. Agences autorisées : {known}.',
    en: 'The agency "{value}" is not in the settings, or may not send. Agencies that may: {known}.',
  },
  'unknown-supplier': {
    fr: 'Le SIRET {value} n’est celui d’aucune société ni agence de la connexion. SIRET déclarés : {known}.',
    en: 'No company or agency in the connection’s settings has the SIRET {value}. SIRETs in the settings: {known}.',
  },
  'supplier-name': {
    fr: 'Désignez le fournisseur soit par son nom (company, et agency pour une agence), soit par son SIRET (siret), mais pas les deux.',
    en: 'Name the supplier either by its name (company, and agency for an agency) or by its SIRET (siret): one of them, not both.',
  },
  'unknown-payment-means': {
    fr: 'Le mode de règlement « {value} » n’a pas de correspondance dans les réglages de la connexion. Modes connus : {known}.',
    en: 'The connection’s settings do not map the payment means "{value}". Known means: {known}.',
  },
  'sender-not-allowed': {
    fr: 'L’expéditeur de ce message n’a pas le droit d’envoyer pour la connexion « {value} » (réglage allowedSenders).',
    en: 'The sender of this message may not send for the connection "{value}" (setting allowedSenders).',
  },
  'before-transfer-date': {
    fr: 'Facture du {value:date} : la connexion ne transmet que les factures émises à compter du {from:date}.',
    en: 'Issued on {value:date}: the connection only transfers invoices issued on or after {from:date}.',
  },
  'customer-not-chorus-pro': {
    fr: 'D’après sa fiche, ce client n’est pas facturé via Chorus Pro.',
    en: 'According to the customer record, this customer is not invoiced through Chorus Pro.',
  },
  'customer-category': {
    fr: 'Les clients de la catégorie « {value} » ne sont pas facturés via Chorus Pro. Catégories qui le sont : {known}.',
    en: 'Customers of the category "{value}" are not invoiced through Chorus Pro. Categories that are: {known}.',
  },
  'contract-not-transferred': {
    fr: 'D’après les réglages, les factures du marché « {value} » ne sont pas transmises à Chorus Pro.',
    en: 'The settings exclude the contract "{value}" from Chorus Pro.',
  },
  'worksite-not-transferred': {
    fr: 'D’après les réglages, les factures du chantier « {value} » ne sont pas transmises à Chorus Pro.',
    en: 'The settings exclude the worksite "{value}" from Chorus Pro.',
  },
  'recipient-siret-missing': {
    fr: 'Ce client, facturé via Chorus Pro, n’a pas de SIRET : complétez sa fiche, puis renvoyez la facture.',
    en: 'This Chorus Pro customer has no SIRET: complete the customer record, then send the invoice again.',
  },
  'supplier-service-unknown': {
    fr: 'Le fournisseur {value} n’a pas de service {service}, ou ce service n’est plus actif : corrigez les réglages de la société.',
    en: 'The supplier {value} has no service {service}, or it is no longer active: correct the company’s settings.',
  },
  'unknown-field': {
    fr: 'Le champ « {field} » n’existe pas à cet endroit[ (sa place : {places})] : corrigez son nom ou sa place, ou retirez-le.',
    en: 'There is no field "{field}" here[ (it belongs at {places})]: correct its name or its place, or remove it.',
  },
  'missing-field': {
    fr: 'Le champ {path} est obligatoire : il manque.[ Valeurs possibles : {known}.]',
    en: 'The field {path} is required, and it is missing.[ Possible values: {known}.]',
  },
  'invalid-value': {
    fr: 'La valeur du champ {path} ne convient pas. Attendu : {expected}[ (reçu : {given})].',
    en: 'The value of the field {path} is not valid. Expected: {expected}[ (given: {given})].',
  },
  'too-long': {
    fr: 'Le champ {path} dépasse le maximum : {maximum} au plus.',
    en: 'The field {path} exceeds the maximum: {maximum} at most.',
  },
  'too-short': {
    fr: 'Le champ {path} n’atteint pas le minimum : {minimum} au moins.',
    en: 'The field {path} is below the minimum: {minimum} at least.',
  },
  character: {
    fr: 'Le champ {path} contient un caractère invisible ou interdit, à retirer : {found}.',
    en: 'The field {path} has a character that is invisible or not allowed, to be removed: {found}.',
  },
  'letter-or-digit': {
    fr: 'Le champ {path} doit comporter au moins une lettre ou un chiffre[ (reçu : {given})].',
    en: 'The field {path} must have at least one letter or digit[ (given: {given})].',
  },
  'file-name': {
    fr: 'Le nom de fichier « {value} » ne doit contenir aucun des caractères / \\ < > : " | ? * : indiquez le nom seul, sans dossier.',
    en: 'The file name "{value}" must have none of the characters / \\ < > : " | ? *: give the name alone, without a folder.',
  },
  'file-name-twice': {
    fr: 'Deux fichiers portent le nom « {value} » : donnez à chaque pièce jointe un nom qui n’est ni celui d’une autre, ni celui de la facture.',
    en: 'Two files have the name "{value}": give each attachment a name that is neither another’s nor the invoice’s.',
  },
  date: {
    fr: 'Le champ {path} doit être une date qui existe, écrite AAAA-MM-JJ, par exemple "2026-11-23"[ (reçu : {given})].',
    en: 'The field {path} needs a date that exists, written YYYY-MM-DD, as text, for example "2026-11-23"[ (given: {given})].',
  },
  'invoice-number': {
    fr: 'Le numéro de facture[ {given}] ({path}) doit comporter de 1 à 20 caractères : lettres sans accent, chiffres (au moins une lettre ou un chiffre) et + - _ /[ ; caractère refusé : {stranger}].',
    en: 'The invoice number[ {given}] ({path}) must have 1 to 20 characters: unaccented letters, digits (at least one letter or digit) and + - _ /[; refused character: {stranger}].',
  },
  siret: {
    fr: 'Le SIRET[ {given}] ({path}) n’est pas valide : il faut 14 chiffres et une clé de contrôle exacte[ ; caractère refusé : {stranger}].',
    en: 'The SIRET[ {given}] ({path}) is not valid: it needs 14 digits with correct check digits, as text[; refused character: {stranger}].',
  },
  iban: {
    fr: 'L’IBAN ({path}) n’est pas valide : vérifiez ses chiffres, son code pays et sa longueur.',
    en: 'The IBAN ({path}) is not valid: check its digits, its country and its length.',
  },
  'party-not-served': {
    fr: 'Le champ {path} n’a pas un SIRET, mais sans doute un identifiant d’un autre type (TVA d’un autre pays, RIDET, TAHITI)[ : {given}]. Le relais ne transmet pas encore les factures dont le fournisseur, le destinataire ou le valideur n’a pas de SIRET : déposez celle-ci sur le portail Chorus Pro.',
    en: 'The field {path} has no SIRET, but probably an identifier of another kind (foreign VAT number, RIDET, TAHITI)[: {given}]. The relay does not send invoices of parties without a SIRET yet: submit this one on Chorus Pro’s portal.',
  },
  'framework-not-served': {
    fr: 'Le relais ne transmet pas encore le cadre de facturation[ {given}] ({path}), seulement A1, A2, A9 et A12. Les pièces d’un marché de travaux (A4 et suivants) s’envoient par « works.submit » ; les autres se déposent sur le portail Chorus Pro.',
    en: 'The relay does not send the framework[ {given}] ({path}) yet, only A1, A2, A9 and A12. Documents of a works contract (A4 and after) go by works.submit; submit any other on Chorus Pro’s portal.',
  },
  'vat-number': {
    fr: 'Le numéro de TVA intracommunautaire[ {given}] ({path}) n’est pas valide : code pays en deux lettres, puis le numéro, avec une clé exacte.',
    en: 'The EU VAT number[ {given}] ({path}) is not valid: two letters for the country, then the number, with correct check digits.',
  },
  amount: {
    fr: 'Le champ {path} doit être un montant entre guillemets, avec un point et 2 décimales au plus, par exemple "1250.40"[ (reçu : {given})].',
    en: 'The field {path} needs an amount as a string, with a point and at most 2 decimals, for example "1250.40"[ (given: {given})].',
  },
  'unit-price': {
    fr: 'Le champ {path} doit être un prix unitaire entre guillemets, avec un point et 6 décimales au plus, par exemple "12.5"[ (reçu : {given})].',
    en: 'The field {path} needs a unit price as a string, with a point and at most 6 decimals, for example "12.5"[ (given: {given})].',
  },
  quantity: {
    fr: 'Le champ {path} doit être une quantité entre guillemets, avec un point et 4 décimales au plus, par exemple "2.5"[ (reçu : {given})].',
    en: 'The field {path} needs a quantity as a string, with a point and at most 4 decimals, for example "2.5"[ (given: {given})].',
  },
  'vat-rate': {
    fr: 'Le champ {path} doit être un taux de TVA entre guillemets, en pourcentage, avec 2 décimales au plus, par exemple "20" ou "5.5"[ (reçu : {given})].',
    en: 'The field {path} needs a VAT rate as a string, in percent, with at most 2 decimals, for example "20" or "5.5"[ (given: {given})].',
  },
  'service-code': {
    fr: 'Le code service[ {given}] ({path}) comporte 100 caractères au plus : lettres, chiffres (au moins une lettre ou un chiffre), espace, - et _[ ; caractère refusé : {stranger}].',
    en: 'The service code[ {given}] ({path}) has at most 100 characters: letters, digits (at least one letter or digit), spaces, - and _[; refused character: {stranger}].',
  },
  'issue-date-in-future': {
    fr: 'La date de facture est postérieure à aujourd’hui : {value:date} (nous sommes le {today:date}, heure de Paris).',
    en: 'The issue date {value:date} is in the future (in Paris it is {today:date}).',
  },
  'issue-date-too-early': {
    fr: 'La date de facture est trop ancienne : {value:date}. Le relais n’accepte aucune date antérieure au {limit:date}. Vérifiez-la : un logiciel inscrit souvent une telle date quand il n’en a pas.',
    en: 'The issue date {value:date} is too early: the relay accepts none before {limit:date}. Check it: software often writes such a date if it has none.',
  },
  'period-reversed': {
    fr: 'La période facturée se termine le {end:date}, avant son premier jour, le {start:date}.',
    en: 'The period that is billed ends on {end:date}, before its first day, {start:date}.',
  },
  'preceding-invoice-itself': {
    fr: 'Le numéro de la facture d’origine, {value}, est celui du document lui-même : indiquez la facture que l’avoir rectifie, ou retirez ce numéro (precedingInvoice).',
    en: 'The preceding invoice {value} has the number of the invoice itself: name the one that the credit note corrects, or remove precedingInvoice.',
  },
  'line-number-twice': {
    fr: 'Le numéro de ligne {number} figure plusieurs fois : donnez à chaque ligne son propre numéro.',
    en: 'More than one line has the number {number}: give each line its own.',
  },
  'line-net': {
    fr: 'Ligne {line} : quantité × prix − remise = {computed:amount}, la facture indique {stated:amount}.',
    en: 'Line {line}: quantity × price − discount is {computed:amount}, the invoice says {stated:amount}.',
  },
  'line-vat-rate': {
    fr: 'Le taux de {rate:number} % figure sur des lignes, mais pas dans le récapitulatif de TVA.',
    en: 'Some lines have the VAT rate {rate}%, but the VAT breakdown does not.',
  },
  'line-vat-untaxed': {
    fr: 'Le taux de TVA de {rate:number} % est indiqué, alors qu’avec le régime de TVA « {regime} » aucune TVA n’est facturée : mettez le taux "0" sur les lignes et dans le récapitulatif de TVA, ou changez de régime.',
    en: 'The VAT rate {rate}% is given, but with the VAT regime "{regime}" no VAT is charged: make it "0" on the lines and in the VAT breakdown, or change the regime.',
  },
  'vat-rate-twice': {
    fr: 'Le taux de {rate:number} % figure plusieurs fois dans le récapitulatif de TVA : regroupez-le sur une ligne.',
    en: 'The VAT breakdown has the rate {rate}% more than once: merge these entries.',
  },
  'vat-base': {
    fr: 'TVA à {rate:number} % : les lignes, moins la remise, donnent une base de {computed:amount}, la facture indique {stated:amount}.',
    en: 'VAT at {rate}%: the lines less the discount make a base of {computed:amount}, the invoice says {stated:amount}.',
  },
  'vat-amount': {
    fr: 'TVA à {rate:number} % : base × taux = {computed:amount}[, ou {lines:amount} en arrondissant ligne par ligne], la facture indique {stated:amount}[ ; si votre logiciel arrondit ligne par ligne, indiquez-le dans les réglages de la connexion : {setting}].',
    en: 'VAT at {rate}%: base × rate is {computed:amount}[, or {lines:amount} rounded line by line], the invoice says {stated:amount}[; if your software rounds line by line, say so in the connection’s settings: {setting}].',
  },
  'vat-amount-by-line': {
    fr: 'TVA à {rate:number} % : arrondie ligne par ligne (réglage rounding), elle est de {lines:amount} ; la facture indique {stated:amount}.',
    en: 'VAT at {rate}%: rounded line by line (setting rounding), it is {lines:amount}; the invoice says {stated:amount}.',
  },
  'vat-by-line': {
    fr: 'TVA à {rate:number} % : l’arrondi ligne par ligne ({stated:amount}) est accepté ; base × taux = {computed:amount} (écart : {difference:amount}).',
    en: 'VAT at {rate}%: {stated:amount}, rounded line by line, is accepted; base × rate is {computed:amount} (difference: {difference:amount}).',
  },
  'vat-unproven': {
    fr: 'TVA à {rate:number} % : en l’absence de lignes, le montant de {stated:amount} est accepté, à {limit:amount} près (réglage rounding) ; base × taux = {computed:amount} (écart : {difference:amount}).',
    en: 'VAT at {rate}%: {stated:amount} is accepted without its lines, within {limit:amount} (setting rounding); base × rate is {computed:amount} (difference: {difference:amount}).',
  },
  'vat-beyond-slack': {
    fr: 'TVA à {rate:number} % : arrondie ligne par ligne, elle s’écarte de {difference:amount} de base × taux ({computed:amount}) ; l’écart doit rester inférieur à {limit:amount}. Calculez-la sur la base.',
    en: 'VAT at {rate}%: rounded line by line, it is {difference:amount} away from base × rate ({computed:amount}); the difference must stay below {limit:amount}. Compute it from the base.',
  },
  'vat-breakdown-missing': {
    fr: 'Le régime de TVA « {regime} » exige le récapitulatif de TVA (vatBreakdown). Si aucune TVA n’est facturée, indiquez le régime qui convient : sans TVA (none), exonération (exempt) ou autoliquidation (reverse-charge).',
    en: 'The VAT regime "{regime}" requires the VAT breakdown (vatBreakdown). If no VAT is charged, name the regime none, exempt or reverse-charge.',
  },
  'total-tax-exclusive': {
    fr: 'Total HT : la somme des bases donne {computed:amount}, la facture indique {stated:amount}.',
    en: 'Total without VAT: the bases add up to {computed:amount}, the invoice says {stated:amount}.',
  },
  'total-vat': {
    fr: 'Total de la TVA : la somme par taux donne {computed:amount}, la facture indique {stated:amount}.',
    en: 'Total VAT: the amounts by rate add up to {computed:amount}, the invoice says {stated:amount}.',
  },
  'total-tax-inclusive': {
    fr: 'Total TTC : HT + TVA = {computed:amount}, la facture indique {stated:amount}.',
    en: 'Total with VAT: net + VAT is {computed:amount}, the invoice says {stated:amount}.',
  },
  'deduction-rate': {
    fr: 'Le champ {path} doit être le taux d’une déduction entre guillemets, en pourcentage, avec 4 décimales au plus, par exemple "5"[ (reçu : {given})].',
    en: 'The field {path} needs the rate of a deduction as a string, in percent, with at most 4 decimals, for example "5"[ (given: {given})].',
  },
  'deduction-amount': {
    fr: 'Déduction « {name} » : {rate:number} % de {base:amount}[, moins {previous:amount} déjà déduits] = {computed:amount}, la facture indique {stated:amount}.',
    en: 'Deduction "{name}": {rate}% of {base:amount}[, less {previous:amount} deducted before,] is {computed:amount}, the invoice says {stated:amount}.',
  },
  'release-unexpected': {
    fr: 'Déduction « {name} » : seule une retenue de montant négatif, sur une facture, peut en libérer d’autres (releases).',
    en: 'Deduction "{name}": only a retention with a negative amount, on an invoice, can release others ("releases").',
  },
  'release-sign': {
    fr: 'Ce qui est libéré de la facture {number} doit être un montant positif ; la facture indique {stated:amount}.',
    en: 'What is released of the invoice {number} must be a positive amount; the invoice says {stated:amount}.',
  },
  'release-sum': {
    fr: 'Retenue « {name} » : les montants libérés par facture donnent {computed:amount}, la facture restitue {stated:amount}.',
    en: 'Retention "{name}": what is released of each invoice adds up to {computed:amount}, the invoice gives back {stated:amount}.',
  },
  'release-too-much': {
    fr: 'Retenue « {name} » de la facture {number} : {held:amount} sont encore retenus, {stated:amount} seraient libérés.',
    en: 'Retention "{name}" of the invoice {number}: {held:amount} is still held, {stated:amount} would be released.',
  },
  'release-unknown': {
    fr: 'Le registre n’a pas de retenue « {name} » pour la facture {number}[ : il a {known}] ; sa libération n’y est pas notée. La facture est envoyée telle quelle.',
    en: 'The ledger has no retention "{name}" of the invoice {number}[: it has {known}]; its release is not noted there. The invoice is sent as it is.',
  },
  'amount-due': {
    fr: 'Net à payer : TTC − remise − déjà payé − déductions = {computed:amount}, la facture indique {stated:amount}[ ; une retenue de garantie, une pénalité ou un remboursement d’avance se déclare à part ({field})].',
    en: 'Amount due: total − discount − paid − deductions is {computed:amount}, the invoice says {stated:amount}[; a retention, a penalty or an advance repayment belongs in {field}].',
  },
  'already-paid': {
    fr: 'Facture déjà payée (A2) : le net à payer doit être nul, la facture indique {stated:amount}[ ; ce qui a été payé se déclare à part ({field})].',
    en: 'An invoice that is already paid (A2) must have an amount due of zero, the invoice says {stated:amount}[; what was paid belongs in {field}].',
  },
  'paid-missing': {
    fr: 'Facture déjà payée (A2) : indiquez ce qui a été payé, soit {computed:amount} ({path}).',
    en: 'An invoice that is already paid (A2): say in {path} what was paid ({computed:amount}).',
  },
  'credit-note-sign': {
    fr: 'Les totaux d’un avoir sont positifs (AIFE) ; celui-ci ({path}) est de {stated:amount}.',
    en: 'The totals of a credit note are positive (AIFE); {path} is {stated:amount}.',
  },
  'vat-regime': {
    fr: 'Avec le régime de TVA « {regime} », aucune TVA n’est facturée ; la facture en indique {stated:amount}.',
    en: 'With the VAT regime "{regime}" no VAT is charged, but the invoice has {stated:amount}.',
  },
  'exemption-reason': {
    fr: 'Le motif d’exonération (code Chorus Pro) est obligatoire : renseignez-le (exemptionReason).',
    en: 'An exemption needs a reason (Chorus Pro’s code): fill in exemptionReason.',
  },
  'exemption-reason-unknown': {
    fr: 'Le motif d’exonération « {value} » n’est pas un code de Chorus Pro. Codes admis : {known}.',
    en: 'The exemption reason "{value}" is not one of Chorus Pro’s codes. Valid codes: {known}.',
  },
  'attachment-type-unknown': {
    fr: 'Le type de pièce jointe « {value} » n’est pas un code de Chorus Pro. Codes admis : {known}.',
    en: 'The attachment type "{value}" is not one of Chorus Pro’s codes. Valid codes: {known}.',
  },
  'vat-rate-unlisted': {
    fr: 'Le taux de TVA de {value:number} % ne figure pas dans la liste de Chorus Pro ({known}) : il est transmis tel quel, mais vérifiez-le.',
    en: 'The VAT rate {value}% is not in Chorus Pro’s list ({known}): it is sent as it is, but check it.',
  },
  'bank-account-unknown': {
    fr: 'Le fournisseur n’a pas de compte bancaire « {value} » dans Chorus Pro. Comptes déclarés : {known}.',
    en: 'The supplier has no bank account "{value}" in Chorus Pro. Its accounts there: {known}.',
  },
  'iban-without-effect': {
    fr: 'L’IBAN {value} n’est pas transmis : aucun compte du fournisseur dans Chorus Pro ne porte cet IBAN dans son nom. Comptes déclarés : {known}. Pour le transmettre, indiquez le nom du compte (payment.account), ou associez-lui l’IBAN dans les réglages (bankAccounts).',
    en: 'The IBAN {value} is not sent: none of the supplier’s accounts in Chorus Pro has it in its name. Its accounts there: {known}. To have it sent, name the account (payment.account), or map the IBAN to it in the settings (bankAccounts).',
  },
  'bank-accounts-differ': {
    fr: 'Le compte « {value} » (payment.account) et l’IBAN {iban} (payment.iban), qui est celui du compte « {other} », désignent deux comptes différents : ne gardez que celui à créditer.',
    en: 'The account "{value}" (payment.account) and the IBAN {iban} (payment.iban), which is that of the account "{other}", are two accounts: keep only the one that is to be paid.',
  },
  'iban-not-of-account': {
    fr: 'Le compte transmis est « {value} » ; l’IBAN {iban} n’est pas transmis, et rien n’indique qu’il soit celui de ce compte. Si c’est le cas, associez-les dans les réglages (bankAccounts) ; sinon, corrigez le règlement (payment).',
    en: 'The account that is sent is "{value}"; the IBAN {iban} is not sent, and nothing says that it is this account’s. If it is, map it to the account in the settings (bankAccounts); if not, correct payment.',
  },
  'bank-accounts-unreadable': {
    fr: 'Le compte bancaire n’est pas transmis : Chorus Pro ne permet pas au compte technique de lire les coordonnées bancaires du fournisseur.',
    en: 'The bank account is not sent: Chorus Pro does not let the technical account read the supplier’s bank accounts.',
  },
  'exemption-reason-unexpected': {
    fr: 'Un motif d’exonération n’est admis qu’avec le régime d’exonération (exempt), pas avec « {regime} » : retirez-le (exemptionReason), ou changez de régime.',
    en: 'A reason for an exemption only goes with the VAT regime exempt, not with "{regime}": remove exemptionReason, or change the regime.',
  },
  'validator-missing': {
    fr: 'Le cadre de facturation {framework} exige un valideur : le SIRET du titulaire (A9) ou du mandataire (A12).',
    en: 'The framework {framework} requires a validator (SIRET of the main contractor or of the lead).',
  },
  coefficient: {
    fr: 'Le champ {path} doit être un coefficient de révision entre guillemets, positif, avec un point et 8 décimales au plus, par exemple "1.0234"[ (reçu : {given})].',
    en: 'The field {path} needs a revision coefficient as a string, positive, with a point and at most 8 decimals, for example "1.0234"[ (given: {given})].',
  },
  'works-not-set': {
    fr: 'Les marchés de travaux ne sont pas activés pour cette connexion : ajoutez « works » à ses réglages, puis renvoyez la commande. En attendant, {portal}.',
    en: 'Works contracts are not turned on for this connection: add "works" to its settings, then send the command again. Until then, {portal}.',
  },
  'works-party-missing': {
    fr: 'La pièce {document} exige un intervenant : {party}, par son SIRET.',
    en: 'The document {document} needs a party: {party}, by its SIRET.',
  },
  'works-ubl': {
    fr: 'Le fichier {value} est en UBL, où {party} n’a pas de place : envoyez un PDF, un CII ou un Factur-X.',
    en: 'The file {value} is UBL, which has no place for {party}: send a PDF, a CII or a Factur-X.',
  },
  'works-statement-missing': {
    fr: 'La pièce {document} exige les montants cumulés depuis le début du marché (works.statement).',
    en: 'The document {document} needs the amounts since the beginning of the contract (works.statement).',
  },
  'works-series': {
    fr: 'Situation n° {number} : les situations antérieures doivent être les n° 1 à {last}, chacune une fois et dans l’ordre ; ici : {given}.',
    en: 'Statement {number}: the earlier statements must be 1 to {last}, each once and in order; here: {given}.',
  },
  'works-first': {
    fr: 'La situation n° 1 n’a pas de situation antérieure ; ici : {given}.',
    en: 'Statement 1 has no earlier statement; here: {given}.',
  },
  'works-earlier-number': {
    fr: 'Le numéro {value} est celui de deux situations du marché.',
    en: 'The number {value} is that of two statements of the contract.',
  },
  'works-earlier-total': {
    fr: 'Situation n° {statement} : travaux + révision = {computed:amount} HT, ici {stated:amount}.',
    en: 'Statement {statement}: work done + revision is {computed:amount} without VAT, here {stated:amount}.',
  },
  'works-earlier-due': {
    fr: 'Situation n° {statement} : TTC − déductions = {computed:amount}, ici {stated:amount}.',
    en: 'Statement {statement}: total with VAT − deductions is {computed:amount}, here {stated:amount}.',
  },
  'works-work-done': {
    fr: 'Travaux cumulés : situations antérieures + cette situation = {computed:amount} HT, ici {stated:amount}.',
    en: 'Cumulative work done: earlier statements + this one is {computed:amount} without VAT, here {stated:amount}.',
  },
  'works-revision': {
    fr: 'Révision cumulée : situations antérieures + cette situation = {computed:amount} HT, ici {stated:amount}.',
    en: 'Cumulative revision: earlier statements + this one is {computed:amount} without VAT, here {stated:amount}.',
  },
  'works-revision-missing': {
    fr: 'Les situations antérieures ont une révision de prix ({computed:amount} HT) : indiquez-en le cumul (works.statement.revision).',
    en: 'The earlier statements have a price revision ({computed:amount} without VAT): give its cumulative amount (works.statement.revision).',
  },
  'works-coefficient': {
    fr: 'Révision de la situation : {base:amount} × ({coefficient:number} − 1) = {computed:amount}, ici {stated:amount}.',
    en: 'This statement’s revision: {base:amount} × ({coefficient} − 1) is {computed:amount}, here {stated:amount}.',
  },
  'works-month': {
    fr: 'Total HT : travaux + révision de la situation = {computed:amount}, la pièce indique {stated:amount}.',
    en: 'Total without VAT: this statement’s work done + revision is {computed:amount}, the document says {stated:amount}.',
  },
  'works-deduction-previous': {
    fr: 'Déduction « {name} » : les situations antérieures en ont déduit {computed:amount}, ici {stated:amount}.',
    en: 'Deduction "{name}": the earlier statements deducted {computed:amount} of it, here {stated:amount}.',
  },
  'works-deduction-base': {
    fr: 'Déduction « {name} » : sa base de {stated:amount} dépasse le total TTC de toutes les situations, {computed:amount}.',
    en: 'Deduction "{name}": its base of {stated:amount} is more than the total with VAT of all statements, {computed:amount}.',
  },
  'works-advance-repaid': {
    fr: 'Avance : les remboursements des situations s’élèvent à {computed:amount}, ici {stated:amount}.',
    en: 'Advance: the statements’ repayments are {computed:amount}, here {stated:amount}.',
  },
  'works-advance-exceeded': {
    fr: 'Avance : {stated:amount} sont remboursés, pour {computed:amount} versés.',
    en: 'Advance: {stated:amount} are repaid, of {computed:amount} granted.',
  },
  'works-beyond-contract': {
    fr: 'Les travaux cumulés, {stated:amount} HT, dépassent le montant du marché, {limit:amount} HT.',
    en: 'The cumulative work done, {stated:amount} without VAT, is more than the contract’s amount, {limit:amount}.',
  },
  'works-subcontractor-vat': {
    fr: 'La pièce {document} d’un sous-traitant porte de la TVA : pour des travaux, le titulaire la déclare d’ordinaire (autoliquidation).',
    en: 'The document {document} of a subcontractor charges VAT: for works the main contractor usually declares it (reverse charge).',
  },
  'works-preceding-differs': {
    fr: 'Situation n° {statement} ({value}), {field} : le relais a envoyé {sent:amount}, ici {stated:amount}.',
    en: 'Statement {statement} ({value}), {field}: the relay sent {sent:amount}, here {stated:amount}.',
  },
  'works-preceding-rejected': {
    fr: 'Situation n° {statement} : la pièce {value} a été refusée ou rejetée. Retirez-la, ou indiquez celle qui la remplace.',
    en: 'Statement {statement}: the document {value} was refused or rejected. Leave it out, or name the one that replaces it.',
  },
  'works-answers-wrong': {
    fr: 'La pièce {document} ne peut pas répondre à {value}, qui est une pièce {answered} ; elle peut répondre à : {possible}.',
    en: 'The document {document} cannot answer {value}, which is {answered}; it may answer: {possible}.',
  },
  'document-source': {
    fr: 'Donnez le document ({path}) soit en base64 (content), soit par sa clé (key), mais pas les deux.',
    en: 'Give the document ({path}) either as base64 (content) or by its key (key): one of them, not both.',
  },
  'document-key': {
    fr: 'La clé du document doit commencer par {expected} et nommer un fichier, sans « .. » ni partie vide, en 1 024 octets au plus.',
    en: 'The document’s key must start with {expected} and name a file, without ".." or an empty part, in 1,024 bytes at most.',
  },
  'document-missing': {
    fr: 'Le document {value} ne se trouve pas dans l’espace de documents : téléversez-le, puis renvoyez la commande.',
    en: 'The document {value} is not in the document store: upload it, then send the command again.',
  },
  'document-base64': {
    fr: 'Le contenu ({path}) n’est pas du base64 valide.',
    en: 'The content ({path}) is not valid base64.',
  },
  'document-not-pdf': {
    fr: 'Le fichier {value} n’est pas un PDF (il ne commence pas par %PDF-).',
    en: 'The file {value} is not a PDF (it does not start with %PDF-).',
  },
  'document-encrypted': {
    fr: 'Le PDF {value} est protégé par un mot de passe ou par des restrictions : réimprimez-le sans protection.',
    en: 'The PDF {value} is protected by a password or by restrictions: print it again without any.',
  },
  'document-cut-off': {
    fr: 'Le PDF {value} est incomplet (sa fin ou son catalogue manque) : produisez-le ou téléversez-le à nouveau.',
    en: 'The PDF {value} is incomplete (its end or its catalogue is missing): make it or upload it again.',
  },
  'document-empty': { fr: 'Le fichier {value} est vide.', en: 'The file {value} is empty.' },
  'document-not-xml': {
    fr: 'Le fichier {value} n’est pas un fichier XML (il ne commence pas par <).',
    en: 'The file {value} is not an XML file (it does not start with <).',
  },
  'document-extension': {
    fr: 'Le nom {value} doit se terminer par {expected}, l’extension du format {format}.',
    en: 'The name {value} must end with {expected}, the extension of the format {format}.',
  },
  'document-format': {
    fr: 'Le fichier {value} est {found}, mais la commande annonce le format {format} : corrigez le format (document.format) ou envoyez le bon fichier.',
    en: 'The file {value} is {found}, but the command says format {format}: correct format, or send the right file.',
  },
  'document-unknown': {
    fr: 'Le fichier {value} est {found} : le relais transmet des PDF, des Factur-X, et des factures CII ou UBL.',
    en: 'The file {value} is {found}: the relay sends PDFs, Factur-X, and invoices in CII or UBL.',
  },
  'pdf-without-data': {
    fr: 'Le document {value} est un PDF simple, sans facture électronique à l’intérieur : votre logiciel doit aussi fournir les données de la facture ({path}).',
    en: 'The document {value} is a plain PDF without an e-invoice in it: it needs the invoice’s data ({path}).',
  },
  'dropped-no-e-invoice': {
    fr: 'Le fichier {value}, déposé sans commande, n’est pas une facture électronique. Déposez un PDF Factur-X ou un fichier XML (CII, UBL) par facture, sans archive ; ou envoyez-le avec une commande (invoice.submit).',
    en: 'The file {value} came without a command and is no e-invoice. Put a Factur-X PDF or XML (CII, UBL) there, one per invoice, no archive; or send it with the command invoice.submit.',
  },
  'dropped-name': {
    fr: 'Le fichier « {value} » ne peut pas être envoyé sous ce nom : renommez-le en .pdf (Factur-X) ou .xml (CII, UBL), {maximum} caractères au plus, sans / \\ < > : " | ? * ni caractère invisible, hors d’un dossier « .. » ou sans nom.',
    en: 'The file "{value}" cannot be sent under this name: give it one in .pdf (Factur-X) or .xml (CII, UBL), of {maximum} characters at most, without / \\ < > : " | ? * or invisible characters, in no folder called ".." or nothing.',
  },
  'file-supplier-unknown': {
    fr: 'Le SIRET du fournisseur dans le fichier {value} ({siret}, BT-30) n’est celui d’aucune société ni agence des réglages de la connexion (companies) : ajoutez-la aux réglages, ou corrigez le fichier.',
    en: 'The seller in the file {value} has the SIRET {siret} (BT-30), which no company or agency of the connection’s settings has (companies): add it there, or correct the file.',
  },
  'e-invoice-unreadable': {
    fr: 'La facture électronique {value} est illisible : {why}. Produisez-la à nouveau.',
    en: 'The e-invoice {value} cannot be read: {why}. Make it again.',
  },
  'e-invoice-missing': {
    fr: 'Le PDF {value} ne contient pas de facture électronique (factur-x.xml) : envoyez un Factur-X, ou indiquez le format pdf.',
    en: 'The PDF {value} has no e-invoice in it (factur-x.xml): send a Factur-X, or say format pdf.',
  },
  'document-is-e-invoice': {
    fr: 'Le PDF {value} contient une facture électronique ({found}) ; il est transmis comme un simple PDF, avec ses données.[ Pour que Chorus Pro lise cette facture électronique, indiquez la voie {route} (route).]',
    en: 'The PDF {value} has an e-invoice in it ({found}); it is sent as a plain PDF, with its data.[ For Chorus Pro to read the e-invoice, say route {route}.]',
  },
  'route-without-pdf': {
    fr: 'Le fichier {value} est du XML : il ne peut être envoyé comme PDF (route : pdf). Indiquez la voie flux ou auto, ou envoyez un PDF.',
    en: 'The file {value} is XML: it cannot go as a PDF (route pdf). Say route flux or auto, or send a PDF.',
  },
  'route-without-e-invoice': {
    fr: 'Le PDF {value} est envoyé avec ses données, et non par la voie flux (route) : {why}. Pour cette voie, envoyez un Factur-X ou un PDF/A.',
    en: 'The PDF {value} is sent with its data, not by the route flux: {why}. For that, send a Factur-X or a PDF/A.',
  },
  'e-invoice-incomplete': {
    fr: 'La facture électronique {value} n’indique pas cette donnée obligatoire : {term}. Produisez-la à nouveau.',
    en: 'The e-invoice {value} does not say: {term}. Make it again.',
  },
  'e-invoice-rule': {
    fr: 'La facture électronique {value} ne respecte pas la règle {rule} ({at}) : {why} Corrigez-la dans votre logiciel, puis envoyez-la à nouveau.',
    en: 'The e-invoice {value} breaks the rule {rule} ({at}): {why} Correct it in the ERP, then send it again.',
  },
  'e-invoice-warnings': {
    fr: 'La facture électronique {value} s’écarte de la norme EN 16931, ce que Chorus Pro admet : {rules}.',
    en: 'The e-invoice {value} departs from EN 16931, which Chorus Pro allows: {rules}.',
  },
  'file-differs': {
    fr: 'Le fichier et la commande diffèrent ({term}) : le fichier indique {found}, la commande {stated}. Envoyez le fichier de cette facture, ou corrigez la commande.',
    en: 'The file and the command differ ({term}): the file says {found}, the command {stated}. Send this invoice’s file, or correct the command.',
  },
  'attachments-inside': {
    fr: 'Les pièces jointes d’une facture électronique ({format}) sont déjà dans le fichier : retirez celles de la commande (attachments).',
    en: 'The attachments of an e-invoice ({format}) are inside the file: remove attachments.',
  },
  'rejected-report': {
    fr: 'Chorus Pro a rejeté le fichier déposé : {message}',
    en: 'Chorus Pro rejected the deposited file: {message}',
  },
  'make-seller': {
    fr: 'Pour établir {what}, il manque {detail} : complétez les réglages de la connexion ({setting}), {then}.',
    en: 'To make {what}, {detail} is missing: set {setting} in the connection’s settings, {then}.',
  },
  'make-beyond-norm': {
    fr: 'La norme EN 16931 n’a pas de champ pour : {parts}. Choisissez la voie « auto » ou « pdf » (route).',
    en: 'EN 16931 has no term for: {parts}. Choose the route auto or pdf.',
  },
  'made-as-pdf': {
    fr: 'La facture est établie en PDF et envoyée avec ses données : la norme EN 16931 n’a pas de champ pour {parts}.',
    en: 'The invoice is made as a PDF and sent with its data: EN 16931 has no term for {parts}.',
  },
  'made-without-characters': {
    fr: 'Le document établi montre « ? » à la place de caractères que sa police n’a pas : {characters}.',
    en: 'The document that was made shows "?" in place of characters that its font does not have: {characters}.',
  },
  'make-missing': {
    fr: 'Pour établir {what}, il manque {detail} ({path}) : complétez la commande, {then}.',
    en: 'To make {what}, {detail} is missing ({path}): add it, {then}.',
  },
  'document-too-large': {
    fr: 'Le document {value} pèse {size:number} octets ; Chorus Pro en accepte {limit:number} au plus.',
    en: 'The document {value} has {size} bytes; Chorus Pro accepts {limit} at most.',
  },
  'dossier-too-large': {
    fr: 'La facture et ses pièces jointes pèsent au moins {size:number} octets ; Chorus Pro en accepte {limit:number} au plus.',
    en: 'The invoice and its attachments have at least {size} bytes; Chorus Pro accepts {limit} at most.',
  },
  'attachment-name': {
    fr: 'Le nom d’une pièce jointe ({path}) comporte 50 caractères au plus, extension comprise[ (reçu : {given})].',
    en: 'An attachment’s name ({path}) has at most 50 characters, extension included[ (given: {given})].',
  },
  'attachment-content': {
    fr: 'Le contenu de {value} ne correspond pas à son extension ; il semble être {found}. Joignez le bon fichier, ou corrigez le nom.',
    en: 'The content of {value} does not fit its extension; it seems to be {found}. Attach the right file, or correct the name.',
  },
  'attachment-extension': {
    fr: 'L’extension de {value} n’est pas acceptée par Chorus Pro. Extensions acceptées : {known}.',
    en: 'Chorus Pro does not accept the extension of {value}. Accepted extensions: {known}.',
  },
  'recipient-unknown': {
    fr: 'Le destinataire {value} est inconnu de Chorus Pro. Vérifiez le SIRET avec votre client.',
    en: 'Chorus Pro does not know the recipient {value}. Check the SIRET with your customer.',
  },
  'recipient-is-a-company': {
    fr: 'Le SIRET {value} est celui d’une entreprise : seul un organisme public reçoit des factures dans Chorus Pro. Vérifiez le SIRET du client.',
    en: 'The SIRET {value} belongs to a company: only public bodies receive invoices in Chorus Pro. Check the customer’s SIRET.',
  },
  'recipient-inactive': {
    fr: 'Le destinataire {value} n’est plus actif dans Chorus Pro. Demandez à votre client son SIRET actuel.',
    en: 'The recipient {value} is no longer active in Chorus Pro. Ask your customer for the current SIRET.',
  },
  'recipient-works-only': {
    fr: 'Le destinataire {value} n’est que maître d’ouvrage : il ne reçoit que des factures de travaux.',
    en: 'The recipient {value} is only a works owner: it only takes works invoices.',
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
    fr: 'Le destinataire {value} n’a pas de service {service}. Vérifiez le code service avec votre client.',
    en: 'The recipient {value} has no service {service}.',
  },
  'service-inactive': {
    fr: 'Le service {service} du destinataire {value} n’est plus actif. Demandez à votre client le service à indiquer.',
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
  'validator-is-supplier': {
    fr: 'Le valideur {value} est le fournisseur lui-même, ou l’une de ses agences : indiquez le SIRET du titulaire (A9) ou du mandataire (A12).',
    en: 'The validator {value} is the supplier itself, or one of its agencies: give the SIRET of the main contractor (A9) or of the lead (A12).',
  },
  'validator-is-recipient': {
    fr: 'Le valideur {value} est le destinataire lui-même : indiquez le SIRET du titulaire (A9) ou du mandataire (A12), qui valide la facture avant lui.',
    en: 'The validator {value} is the recipient itself: give the SIRET of the main contractor (A9) or of the lead (A12), who approves the invoice before it.',
  },
  'validator-is-public': {
    fr: 'Le valideur {value} est un organisme public : vérifiez qu’il est bien le titulaire (A9) ou le mandataire (A12), et non le client.',
    en: 'The validator {value} is a public body: check that it is the main contractor (A9) or the lead (A12), and not the customer.',
  },
  'order-unknown': {
    fr: 'Le numéro d’engagement {value} ne figure pas parmi les bons de commande de l’État que Chorus Pro montre à ce compte : vérifiez-le. La facture est envoyée telle quelle.',
    en: 'The commitment {value} is not among the State’s orders that Chorus Pro shows to this account: check it. The invoice is sent as it is.',
  },
  'order-elsewhere': {
    fr: 'Le bon de commande {value} est à facturer au SIRET {siret}[ ({name})][, service {service}][ ({label})] ; la facture est adressée au SIRET {given}[, service {givenService}]. Elle est envoyée telle quelle : si elle revient à recycler, indiquez ce SIRET et ce service.',
    en: 'The order {value} is to be invoiced to the SIRET {siret}[ ({name})][, service {service}][ ({label})]; the invoice is addressed to the SIRET {given}[, service {givenService}]. It is sent as it is: if it comes back to be recycled, give that SIRET and service.',
  },
  'order-invoiced': {
    fr: 'Bon de commande {value} : {invoiced:amount} déjà facturés sur {total:amount} TTC, sans compter cette facture.',
    en: 'Order {value}: {invoiced:amount} already invoiced of {total:amount} with VAT, without this invoice.',
  },
  'order-exceeded': {
    fr: 'Bon de commande {value} : {invoiced:amount} déjà facturés sur {total:amount} TTC ; avec cette facture de {amount:amount} TTC, son montant est dépassé. La facture est envoyée telle quelle.',
    en: 'Order {value}: {invoiced:amount} already invoiced of {total:amount} with VAT; with this invoice of {amount:amount} the order is exceeded. The invoice is sent as it is.',
  },
  'validator-unchanged': {
    fr: 'Le valideur {value} est déjà celui de la facture, et il est signalé comme erroné : indiquez-en un autre.',
    en: 'The validator {value} is already the invoice’s, and it was reported to be wrong: name another one.',
  },
  'number-already-used': {
    fr: 'Le numéro {value} est déjà celui d’{kind} du {issueDate:date}, d’un montant de {amount:amount}, pour {recipient} ({standing}).[ {setting}][ {correction}] Utilisez un autre numéro.',
    en: 'The number {value} already belongs to {kind} of {issueDate:date}, of {amount:amount}, for {recipient} ({standing}).[ {setting}][ {correction}] Use a new number.',
  },
  'number-used-this-year': {
    fr: 'Le numéro {value} est celui de la facture du {issueDate:date}, créée dans Chorus Pro en {year} : un numéro n’y sert qu’une fois par année de création, quelle que soit la date de la facture. Si c’est la cause du refus, utilisez un autre numéro.',
    en: 'The number {value} belongs to the invoice of {issueDate:date}, which was created in Chorus Pro in {year}: a number serves once for each year of creation there, whatever the issue date. If that is why it was refused, use another number.',
  },
  'same-invoice': {
    fr: 'La facture {value} est déjà connue du relais : rien n’est envoyé une seconde fois. État : {standing}. {next}',
    en: 'The relay already knows the invoice {value}: nothing is sent a second time. Where it stands: {standing}. {next}',
  },
  'invoice-changed': {
    fr: 'La facture {value} est déjà connue du relais, avec la même date, le même destinataire et le même montant. Ce qui a changé depuis n’est pas envoyé ({parts}). État : {standing}. {next}',
    en: 'The relay already knows the invoice {value}, with the same date, recipient and amount. What has changed since is not sent ({parts}). Where it stands: {standing}. {next}',
  },
  'made-otherwise': {
    fr: 'La facture {value} est déjà connue du relais, avec la même commande : rien n’est envoyé une seconde fois. Refait aujourd’hui, son document serait différent, car les réglages de la connexion, l’annuaire ou le PDF fourni ont changé ; le premier reste celui de la facture. État : {standing}. {next}[ {correction}]',
    en: 'The relay already knows the invoice {value}, with the same command: nothing is sent a second time. Made today its document would differ, since the connection’s settings, the directory or the PDF have changed; the first one stays. Where it stands: {standing}. {next}[ {correction}]',
  },
  'known-invoice': {
    fr: 'La facture {value} du {issueDate:date}, d’un montant de {amount:amount}, que le relais connaît déjà, reste inchangée. État : {standing}. {next}',
    en: 'The invoice {value} of {issueDate:date}, of {amount:amount}, which the relay already knows, stays as it is. Where it stands: {standing}. {next}',
  },
  'refused-by-chorus-pro': {
    fr: 'Refus de Chorus Pro : {message} (code {code}).',
    en: 'Chorus Pro refused: {message} (code {code}).',
  },
  'nothing-to-complete': {
    fr: 'Rien à envoyer : joignez au moins une pièce ou un commentaire.',
    en: 'Nothing to send: give at least one attachment or a comment.',
  },
  'nothing-to-recycle': {
    fr: 'Rien à corriger : indiquez le bon destinataire, le bon numéro d’engagement ou le bon numéro de marché.',
    en: 'Nothing to correct: give the right recipient, commitment or contract.',
  },
  'nothing-to-recycle-works': {
    fr: 'Rien à corriger : indiquez le bon destinataire ou le bon numéro d’engagement.',
    en: 'Nothing to correct: give the right recipient or commitment.',
  },
  'works-answers-off': {
    fr: 'Rien n’a été envoyé : le réglage « works.answers » de cette connexion vaut « off », car aucune source publique ne confirme l’adresse de ce service. En attendant, {portal}.',
    en: 'Nothing was sent: the setting `works.answers` of this connection is "off", since no public source confirms the path of this operation. Until then, {portal}.',
  },
  'works-path-wrong': {
    fr: 'Chorus Pro n’a pas de service à l’adresse supposée ({path}) : rien n’a été envoyé, et la pièce reste dans son état. L’exploitant est averti ; tant que l’adresse n’est pas corrigée, mettez le réglage « works.answers » sur « off ». En attendant, {portal}.',
    en: 'Chorus Pro has no operation at the path that the relay supposed ({path}): nothing was sent, and the document stays as it was. The operator has been alarmed; set `works.answers` to "off" until the path is corrected. Until then, {portal}.',
  },
  'works-command-instead': {
    fr: '{value} est une pièce de marché de travaux ({framework}) : la commande {command} ne s’y applique pas.[ Utilisez {instead}.]',
    en: '{value} is a document of a works contract ({framework}): the command {command} does not apply to it.[ Use {instead}.]',
  },
  'not-a-works-document': {
    fr: '{value} n’est pas une pièce de marché de travaux ({framework}) : la commande {command} ne s’y applique pas.[ Utilisez {instead}.]',
    en: '{value} is not a document of a works contract ({framework}): the command {command} does not apply to it.[ Use {instead}.]',
  },
  'account-not-there': {
    fr: 'Le décompte général {value} n’apparaît pas dans Chorus Pro pour ce fournisseur : vérifiez son numéro (événement chorus-relay.works.document.v1).',
    en: 'The general statement {value} does not appear in Chorus Pro for this supplier: check its number (event chorus-relay.works.document.v1).',
  },
  'signed-not-pdf': {
    fr: 'Le décompte signé doit être un PDF.',
    en: 'The signed statement must be a PDF.',
  },
  'invoice-not-there': {
    fr: 'La facture {value} n’est pas dans Chorus Pro, ou n’a pas été déposée par cette connexion[ (état : {state})] : vérifiez la société, l’agence et le numéro.',
    en: 'The invoice {value} is not in Chorus Pro, or was not sent through this connection[ (state: {state})]: check the company, the agency and the number.',
  },
  'invoice-ambiguous': {
    fr: 'Plusieurs factures portent le numéro {value} (datées {dates}) : précisez la date de facture (invoice.issueDate).',
    en: 'Several invoices have the number {value} (dated {dates}): give invoice.issueDate.',
  },
  'refusal-reason': {
    fr: 'Un refus doit indiquer son motif (reason), un code de la liste de Chorus Pro ; une acceptation n’en a pas.',
    en: 'A refusal has its reason, a code of Chorus Pro’s list; an acceptance has none.',
  },
  'refusal-reason-unknown': {
    fr: 'Le motif de refus « {value} » n’est pas dans la liste de Chorus Pro. Motifs possibles : {known}.',
    en: 'The reason "{value}" is not in Chorus Pro’s list of reasons for a refusal. Reasons: {known}.',
  },
  'validations-off': {
    fr: 'La connexion « {value} » ne traite pas les demandes de validation : ajoutez « validations » à ses réglages, puis déployez.',
    en: 'The connection "{value}" takes no answers to requests to validate: add `validations` to its settings, then deploy.',
  },
  'request-unknown': {
    fr: 'Aucune demande du sous-traitant {subcontractor} sous le numéro {number} n’attend de validation par cette connexion : vérifiez le SIRET et le numéro.',
    en: 'No request of the subcontractor {subcontractor} with the number {number} waits for this connection: check the SIRET and the number.',
  },
  'request-ambiguous': {
    fr: 'Plusieurs demandes du sous-traitant {subcontractor} portent le numéro {number} : précisez l’identifiant de Chorus Pro (request.chorusProId), {ids}.',
    en: 'Several requests of the subcontractor {subcontractor} have the number {number}: give request.chorusProId, one of {ids}.',
  },
  'request-ended': {
    fr: 'La demande n’attend plus de réponse : {progress} (état {status} dans Chorus Pro).',
    en: 'The request waits for no answer any more: {progress} (status {status} in Chorus Pro).',
  },
  'answer-not-possible': {
    fr: 'À l’état « {status} », il n’est pas possible de {command}. Actions possibles : {possible}.',
    en: 'At the status "{status}", {command} is not possible. Possible now: {possible}.',
  },
  'more-reasons': {
    fr: 'Motifs supplémentaires non affichés : {count}. Corrigez d’abord ceux qui sont affichés, puis renvoyez la commande.',
    en: 'Further reasons not shown: {count}. Correct these, then send the command again.',
  },
} as const satisfies Record<string, { fr: string; en: string }>;
