/**
 * The French of every command's and field's description, by its English. Whoever changes the English has to bring its
 * French: a sentence without one, or one that no field has any more, stops the generator.
 */
export const fieldTexts: Readonly<Record<string, string>> = {
  // The commands
  'Sends an invoice or a credit note to Chorus Pro, once.':
    'Envoie une facture ou un avoir à Chorus Pro, une seule fois.',
  'Sends the attachments or the comment that the recipient is waiting for.':
    'Envoie les pièces jointes ou le commentaire que le destinataire attend.',
  'Corrects the recipient, its service, the commitment or the contract (at least one of them). The invoice, its number and everything else stay the same.':
    'Corrige le destinataire, son service, l’engagement ou le marché (l’un d’eux au moins). La facture, son numéro et tout le reste ne changent pas.',
  'Acknowledges a rejection in Chorus Pro. The invoice’s number cannot be used again.':
    'Prend acte d’un rejet dans Chorus Pro. Le numéro de la facture ne peut plus servir.',
  'Names another validator (A9, A12).': 'Désigne un autre valideur (A9, A12).',
  'Puts the invoice, as Chorus Pro has it, into the document store; the event gives its key.':
    'Met dans l’espace de documents la facture telle que Chorus Pro la conserve ; l’événement en donne la clé.',
  'Reads the invoice’s status now, without waiting for the next poll.':
    'Relit tout de suite l’état de la facture, sans attendre la prochaine lecture.',
  'Sends the attachments or the comment that a works document waits for. Needs `works.answers`: `inferred`.':
    'Envoie les pièces ou le commentaire qu’attend une pièce de travaux. Demande `works.answers` : `inferred`.',
  'Corrects the recipient, its service or the commitment of a works document. Needs `works.answers`: `inferred`.':
    'Corrige le destinataire, son service ou l’engagement d’une pièce de travaux. Demande `works.answers` : `inferred`.',
  'Signs the general statement that the works owner made available: its signed copy becomes the general final statement (A8). The command names the final draft that it answers. Needs `works.answers`: `inferred`.':
    'Signe le décompte général que le maître d’ouvrage a mis à disposition : sa copie signée devient le décompte général et définitif (A8). La commande désigne le projet de décompte final auquel il répond. Demande `works.answers` : `inferred`.',

  // The answers to a works document
  'The works document in question. The relay must have sent it, through this connection.':
    'La pièce de travaux concernée. Le relais doit l’avoir envoyée, par cette connexion.',
  'What to tell the party that waits. Give this, `attachments` or both.':
    'Ce qu’il faut dire à l’intervenant qui attend. Indiquez ce champ, `attachments` ou les deux.',
  'What it waits for: at most 10 MB each, 120 MB together.':
    'Ce qu’il attend : 10 Mo au plus par fichier, 120 Mo en tout.',
  'Its number, as the event `chorus-relay.works.document.v1` gives it.':
    'Son numéro, tel que le donne l’événement `chorus-relay.works.document.v1`.',
  'The general statement (décompte général, A18 or A20) that was made available to be signed.':
    'Le décompte général (A18 ou A20) mis à disposition pour signature.',
  'Its number: a new one.': 'Son numéro, qui doit être nouveau.',
  'The day of the signature, YYYY-MM-DD.': 'Le jour de la signature, AAAA-MM-JJ.',
  'The general final statement (décompte général et définitif, A8).': 'Le décompte général et définitif (A8).',
  'The signed statement: a PDF of at most 10 MB.': 'Le décompte signé : un PDF de 10 Mo au plus.',

  'Accepts or refuses what a subcontractor or co-contractor asks to validate, once.':
    'Accepte ou refuse ce qu’un sous-traitant ou un cotraitant demande de valider, une seule fois.',

  // About a request to validate
  'The request in question.': 'La demande concernée.',
  'The SIRET of the subcontractor or co-contractor who asks.':
    'Le SIRET du sous-traitant ou du cotraitant qui demande.',
  'The number that it gave its document.': 'Le numéro qu’il a donné à son document.',
  'Chorus Pro’s id of the document, as events have it, if several have that number.':
    'L’identifiant du document dans Chorus Pro, tel que le donnent les événements, si plusieurs portent ce numéro.',
  'The answer. It cannot be taken back.': 'La réponse. Elle est définitive.',
  'With `refuse`: the reason, a code of Chorus Pro’s own list. A code that is not in it brings the list.':
    'Avec `refuse` : le motif, un code de la liste de Chorus Pro. Si le code n’y figure pas, le refus donne la liste.',
  'What to tell the subcontractor.': 'Ce qu’il faut dire au sous-traitant.',

  // What every command has
  'For editors: where this schema is. Not read.':
    'Pour les éditeurs de texte : où se trouve ce schéma. Ignoré par le relais.',
  'Which command it is.': 'De quelle commande il s’agit.',
  'The version of the command’s format.': 'La version du format de la commande.',
  'The connection’s name, as in `connections/<name>.json`: whose access to Chorus Pro is used.':
    'Le nom de la connexion, comme dans `connections/<nom>.json` : il désigne l’accès à Chorus Pro à utiliser.',
  'Who issues the invoice: by the ERP’s own names, for which the connection’s settings have the SIRET, or by that.':
    'Qui émet la facture : sous les noms de l’ERP, dont les réglages de la connexion donnent le SIRET, ou par ce SIRET.',
  'Who issues the invoice: by the ERP’s own names, for which the connection’s settings have the SIRET, or by that. With an e-invoice it may be left out: the seller’s SIRET in the file names it.':
    'Qui émet la facture : sous les noms de l’ERP, dont les réglages de la connexion donnent le SIRET, ou par ce SIRET. Avec une facture électronique, il peut être omis : le SIRET du vendeur qui y figure le désigne.',
  'The company, by its `name` in the connection’s settings. Either this or `siret`.':
    'La société, par son `name` dans les réglages de la connexion. Indiquez soit ce champ, soit `siret`.',
  'The SIRET of the company or agency, as events have it in `data.supplier`; the settings must have it. Either this or `company`.':
    'Le SIRET de la société ou de l’agence, tel que les événements le donnent dans `data.supplier` ; il doit figurer dans les réglages. Indiquez soit ce champ, soit `company`.',
  'The company’s agency, by its `name` there, if it issues the invoice under its own SIRET.':
    'L’agence de la société, par son `name` au même endroit, si elle émet la facture sous son propre SIRET.',

  // About an invoice
  'The invoice in question. The relay must have sent it, through this connection.':
    'La facture concernée. Le relais doit l’avoir envoyée, par cette connexion.',
  'Its number (BT-1), as it was submitted.': 'Son numéro (BT-1), tel qu’il a été envoyé.',
  'Its issue date, if the supplier’s numbers begin anew each year (`numbering`: `per-year`).':
    'Sa date d’émission, si la numérotation du fournisseur recommence chaque année (`numbering` : `per-year`).',
  'What to tell the recipient. Give this, `attachments` or both.':
    'Ce qu’il faut dire au destinataire. Indiquez ce champ, `attachments`, ou les deux.',
  'What the recipient is waiting for: at most 10 MB each, 120 MB together.':
    'Ce que le destinataire attend : 10 Mo au plus par fichier, 120 Mo en tout.',
  'The right recipient.': 'Le bon destinataire.',
  'The right commitment number (numéro d’engagement, BT-13).': 'Le bon numéro d’engagement (BT-13).',
  'The right contract number (numéro de marché, BT-12).': 'Le bon numéro de marché (BT-12).',
  'Who is to approve it instead: the main contractor (A9) or the lead (A12).':
    'Qui doit la valider à la place : le titulaire (A9) ou le mandataire (A12).',
  '`pdf` for people, or `pivot`: Chorus Pro’s own XML.':
    '`pdf`, pour la lire, ou `pivot` : le XML propre à Chorus Pro.',
  'Include the attachments. If there are any, the file is a ZIP.':
    'Avec les pièces jointes. S’il y en a, le fichier est un ZIP.',

  // Whether it goes to Chorus Pro
  'What the ERP knows about the customer, to decide whether the invoice goes to Chorus Pro. Not sent.':
    'Ce que l’ERP sait du client, pour décider si la facture passe par Chorus Pro. N’est pas transmis.',
  'The customer’s category. If the connection has `transfer.customerCategories` and this is not one of them, the invoice is withheld.':
    'La catégorie du client. Si la connexion a un réglage `transfer.customerCategories` qui ne la contient pas, la facture n’est pas transmise.',
  'The customer’s own flag, which overrides its category; `false` withholds the invoice.':
    'L’indication propre au client, qui l’emporte sur sa catégorie ; avec `false`, la facture n’est pas transmise.',
  'The worksite. Withheld if it is in the connection’s `transfer.withoutWorksites`. Not sent.':
    'Le chantier. La facture n’est pas transmise s’il figure dans `transfer.withoutWorksites` de la connexion. N’est pas transmis lui-même.',

  // The invoice
  'The invoice’s data, sent with a PDF. With a complete e-invoice only the file is sent, and they may be left out: the file says them. What is given must be the same there.':
    'Les données de la facture, transmises avec un PDF. Avec une facture électronique complète, seul le fichier est transmis, et elles peuvent être omises : elles y figurent. Ce qui est indiqué doit y être identique.',
  'Invoice number (BT-1): 1 to 20 characters, unaccented letters, digits and + - _ /. Together with the supplier’s SIRET it identifies the invoice: another invoice under the same number is refused. If the supplier’s numbers begin anew each year (`numbering`: `per-year`), Chorus Pro counts the year in which it gets the invoice: send December’s before New Year, or under a number that January does not use.':
    'Numéro de facture (BT-1) : de 1 à 20 caractères, lettres sans accent, chiffres et + - _ /. Avec le SIRET du fournisseur, il identifie la facture : une autre facture sous le même numéro n’est pas déposée. Si la numérotation recommence chaque année (`numbering` : `per-year`), Chorus Pro retient l’année où il reçoit la facture : envoyez celles de décembre avant le Nouvel An, ou sous un numéro qui ne servira pas en janvier.',
  'A credit note’s totals are positive too.': 'Les totaux d’un avoir sont positifs, eux aussi.',
  'Issue date, YYYY-MM-DD, as of Paris; not in the future, nor before 2012. Before the connection’s `transfer.from` the invoice is withheld.':
    'Date d’émission, AAAA-MM-JJ, à l’heure de Paris ; ni future, ni antérieure à 2012. Si elle est antérieure à `transfer.from` de la connexion, la facture n’est pas transmise.',
  'Cadre de facturation (BT-23): A1 supplier, A2 already paid, A9 subcontractor, A12 co-contractor. If absent: for a PDF, the connection’s `defaults.framework`; an e-invoice has its own.':
    'Cadre de facturation (BT-23) : A1 fournisseur, A2 facture déjà payée, A9 sous-traitant, A12 cotraitant. À défaut : pour un PDF, `defaults.framework` de la connexion ; une facture électronique a le sien.',
  'Currency of all amounts, three capital letters.': 'Devise de tous les montants, en trois lettres majuscules.',
  'The public body that gets the invoice. What it requires is checked before anything is sent. If it requires a service and none is given: for a PDF, the connection’s `defaults.recipientService`.':
    'L’organisme public qui reçoit la facture. Ce qu’il exige est contrôlé avant tout envoi. S’il exige un service et qu’aucun n’est indiqué : pour un PDF, `defaults.recipientService` de la connexion.',
  'The public body’s SIRET, 14 digits, as in Chorus Pro’s directory.':
    'Le SIRET de l’organisme public, 14 chiffres, comme dans l’annuaire de Chorus Pro.',
  'Its name (BT-44), for a document that the relay makes; else the directory’s.':
    'Son nom (BT-44), pour un document établi par le relais ; à défaut, celui de l’annuaire.',
  'Its issue date (BT-26), for a document that the relay makes.':
    'Sa date (BT-26), pour un document établi par le relais.',
  'The day on which the service was done or the goods were delivered, YYYY-MM-DD (BT-72). It is in a document that the relay makes; with a PDF of the ERP’s own it is not sent. If an e-invoice says it too, it must be the same there.':
    'Le jour de la prestation ou de la livraison, AAAA-MM-JJ (BT-72). Il figure sur un document établi par le relais ; avec un PDF du logiciel de facturation, il n’est pas transmis. Si une facture électronique l’indique aussi, il doit y être identique.',
  'The period that is billed (BG-14), for instance that of a progress claim. Sent as `deliveryDate` is.':
    'La période facturée (BG-14), par exemple celle d’une situation de travaux. Transmise dans les mêmes cas que `deliveryDate`.',
  'Its first day, YYYY-MM-DD (BT-73).': 'Son premier jour, AAAA-MM-JJ (BT-73).',
  'Its last day, YYYY-MM-DD (BT-74); not before the first.':
    'Son dernier jour, AAAA-MM-JJ (BT-74) ; pas avant le premier.',
  'Its service (code service exécutant, BT-10).': 'Son service (code service exécutant, BT-10).',
  'Who must approve the invoice before the recipient sees it: the main contractor (A9) or the lead (A12). Required with these two; it must be active in Chorus Pro, and neither the supplier nor the recipient.':
    'Qui doit valider la facture avant que le destinataire ne la voie : le titulaire (A9) ou le mandataire (A12). Obligatoire avec ces deux cadres ; il doit être actif dans Chorus Pro, et n’être ni le fournisseur ni le destinataire.',
  'The validator’s SIRET, 14 digits.': 'Le SIRET du valideur, 14 chiffres.',
  'The validator’s service. Sent as given; not looked up.':
    'Le service du valideur. Transmis tel quel, sans vérification.',
  'Commitment number (numéro d’engagement, BT-13), if the recipient or its service requires one.':
    'Numéro d’engagement (BT-13), si le destinataire ou son service en exige un.',
  'Contract number (numéro de marché, BT-12). Withheld if it is in the connection’s `transfer.withoutContracts`.':
    'Numéro de marché (BT-12). La facture n’est pas transmise s’il figure dans `transfer.withoutContracts` de la connexion.',
  'The number of the invoice that a credit note corrects (BT-25); not its own.':
    'Le numéro de la facture que rectifie un avoir (BT-25), et non le sien.',
  'A remark for the recipient (BT-22).': 'Un commentaire pour le destinataire (BT-22).',

  // Payment
  'How it is paid (BT-81). Required for an invoice that is sent as a PDF.':
    'Le règlement (BT-81). Obligatoire pour une facture transmise en PDF.',
  'How it is paid: `credit-transfer`, `direct-debit`, `cheque`, `cash`, `carried-over`, `other`, or a word that the connection’s `paymentMeans` maps to one of them. Required for an invoice that is sent as a PDF. A credit note without it is sent without it, or with the connection’s `defaults.creditNotePayment`.':
    'Le mode de règlement : `credit-transfer` (virement), `direct-debit` (prélèvement), `cheque` (chèque), `cash` (espèces), `carried-over` (report), `other` (autre), ou un mot que `paymentMeans` de la connexion associe à l’un d’eux. Obligatoire pour une facture transmise en PDF. Un avoir qui n’en indique pas est transmis sans mode de règlement, ou avec `defaults.creditNotePayment` de la connexion.',
  'The IBAN to pay to (BT-84). Chorus Pro takes an account of its own list instead: the one whose name has this IBAN, or to which the connection’s `bankAccounts` maps it. If there is none, `accepted` has a note.':
    'L’IBAN à créditer (BT-84). Chorus Pro prend plutôt un compte de sa propre liste : celui dont le nom porte cet IBAN, ou celui que `bankAccounts` de la connexion lui associe. S’il n’y en a pas, `accepted` le signale.',
  'The account to pay to, by the name that it has in Chorus Pro (coordonnées bancaires of the supplier; a factor’s too). It must be there, and not be another one than `iban`.':
    'Le compte à créditer, par son nom dans Chorus Pro (coordonnées bancaires du fournisseur ; celui d’un factor aussi). Il doit y figurer, et ne pas être un autre que celui de `iban`.',

  // VAT, lines and totals
  'When VAT falls due, or why there is none: with the last three, `totals.vat` is "0.00". If absent: the connection’s `defaults.vatRegime`. With a PDF, one of the two must give it.':
    'Quand la TVA est exigible, ou pourquoi il n’y en a pas : avec les trois dernières valeurs, `totals.vat` vaut "0.00". À défaut : `defaults.vatRegime` de la connexion. Avec un PDF, l’un des deux doit l’indiquer.',
  'Chorus Pro’s code for the reason of an exemption, from its list `recuperer/motifs/exonerationtva`. Any other value is refused, with the list. Required with the regime `exempt`.':
    'Le code que Chorus Pro donne au motif d’une exonération, tiré de sa liste `recuperer/motifs/exonerationtva`. Toute autre valeur est refusée, avec la liste. Obligatoire avec le régime `exempt`.',
  'The supplier’s EU VAT number. Checked; not sent.':
    'Le numéro de TVA intracommunautaire du fournisseur. Contrôlé, mais non transmis.',
  'The invoice’s lines. They may be left out. With a PDF they must add up, and they are sent.':
    'Les lignes de la facture. Elles peuvent être omises. Avec un PDF, leur somme doit être juste, et elles sont transmises.',
  'The line’s number, from 1; each line has its own.': 'Le numéro de la ligne, à partir de 1 ; chaque ligne a le sien.',
  'The item’s reference in the ERP or in the contract.': 'La référence de l’article dans l’ERP ou dans le marché.',
  'What was delivered or done.': 'Ce qui a été livré ou réalisé.',
  'How many, up to 4 decimals: "2.5". Negative to deduct what was billed before.':
    'La quantité, 4 décimales au plus : "2.5". Négative pour déduire ce qui a déjà été facturé.',
  'The unit of the quantity, in words: "m²", "forfait".':
    'L’unité de la quantité, en toutes lettres : « m² », « forfait ».',
  'Price of one unit without VAT, in `currency`, up to 6 decimals: "142.80".':
    'Prix unitaire HT, dans la devise `currency`, 6 décimales au plus : "142.80".',
  'Discount on the line, without VAT: "210.00".': 'Remise HT sur la ligne : "210.00".',
  'Line total without VAT (BT-131): quantity × unit price − discount, rounded to the cent. Checked; not sent.':
    'Total HT de la ligne (BT-131) : quantité × prix unitaire − remise, arrondi au centime. Contrôlé, mais non transmis.',
  'VAT rate in percent: "20", "5.5". "0" with the regimes `exempt`, `reverse-charge` and `none`, where `vatBreakdown` may be empty; else it must also be there.':
    'Taux de TVA en pourcentage : "20", "5.5". "0" avec les régimes `exempt`, `reverse-charge` et `none`, où `vatBreakdown` peut être vide ; sinon, il doit aussi y figurer.',
  'VAT by rate. Not sent with the regimes `reverse-charge` and `none`.':
    'La TVA par taux. N’est pas transmise avec les régimes `reverse-charge` et `none`.',
  'VAT rate in percent, each rate once: "20".': 'Taux de TVA en pourcentage, chaque taux une seule fois : "20".',
  'The amount taxed at this rate: "1000.00". If there are lines: the sum of their `net`, less `discount`.':
    'La base imposée à ce taux : "1000.00". S’il y a des lignes : la somme de leur `net`, moins `discount`.',
  'The VAT, exact to the cent: base × rate, or the sum of the lines’ VAT, each rounded (the connection’s `rounding`).':
    'La TVA, exacte au centime : base × taux, ou la somme de la TVA des lignes, arrondie pour chacune (`rounding` de la connexion).',
  'A discount before VAT on everything at this rate (BG-20); `base` is what remains. With lines, Chorus Pro gets it as a line of its own; without, in the comment.':
    'Une remise HT sur tout ce qui relève de ce taux (BG-20) ; `base` est ce qui reste. Avec des lignes, Chorus Pro la reçoit comme une ligne à part ; sans lignes, dans le commentaire.',
  'The discount, without VAT: "50.00".': 'La remise HT : "50.00".',
  'Why, in words for the recipient.': 'Son motif, rédigé pour le destinataire.',
  'The totals: decimal strings in `currency`, with a point and at most 2 decimals.':
    'Les totaux : des nombres décimaux écrits comme du texte, dans la devise `currency`, avec un point et 2 décimales au plus.',
  'Total without VAT: "1000.00". The sum of the bases, or of the lines if there are no bases.':
    'Total HT : "1000.00". La somme des bases, ou des lignes s’il n’y a pas de bases.',
  'Total VAT: the sum of the amounts in `vatBreakdown`; "0.00" without VAT.':
    'Total de la TVA : la somme des montants de `vatBreakdown` ; "0.00" sans TVA.',
  'Total with VAT (BT-112): `taxExclusive` + `vat`, before `discount`. Chorus Pro gets it with the discount deducted.':
    'Total TTC (BT-112) : `taxExclusive` + `vat`, avant `discount`. Chorus Pro le reçoit remise déduite.',
  'A discount on the total with VAT.': 'Une remise sur le total TTC.',
  'The discount, VAT included: "50.00".': 'La remise TTC : "50.00".',
  'Already paid (BT-113). It lowers `due`; the field itself is not sent.':
    'Déjà payé (BT-113). Déjà déduit de `due` ; le champ lui-même n’est pas transmis.',
  'What lies between the total with VAT and the amount due: retentions, penalties, advance repayments. They leave the VAT as it is. Chorus Pro has no field for them: they are sent in the comment.':
    'Ce qui se place entre le total TTC et le net à payer : retenues, pénalités, remboursements d’avance. La TVA n’en est pas modifiée. Chorus Pro n’a pas de champ pour eux : ils sont transmis dans le commentaire.',
  '`retention`: kept back for a time (retenue de garantie, compte prorata); `penalty`: for delay and the like; `advance-repayment`: of an advance received earlier.':
    '`retention` : une retenue temporaire (retenue de garantie, compte prorata) ; `penalty` : une pénalité, de retard par exemple ; `advance-repayment` : le remboursement d’une avance reçue.',
  'Its name, as on the invoice: "Retenue de garantie".':
    'Son intitulé, comme sur la facture : « Retenue de garantie ».',
  'What is deducted: "600.00". Negative: given back, so it increases `due`.':
    'Le montant déduit : "600.00". Négatif : restitué, il augmente donc `due`.',
  'What the rate applies to: "24000.00". If absent: the total with VAT after `discount`.':
    'Ce à quoi le taux s’applique : "24000.00". À défaut : le total TTC après `discount`.',
  'In percent: "5". If given, `amount` = `base` × `rate` − `previous`, rounded to the cent.':
    'En pourcentage : "5". S’il est indiqué, `amount` = `base` × `rate` − `previous`, arrondi au centime.',
  'If `base` is cumulative: what earlier invoices have already deducted of it: "600.00".':
    'Si `base` est cumulée : ce que les factures antérieures en ont déjà déduit : "600.00".',
  'For a retention: when it should be released, YYYY-MM-DD. If absent: the connection’s `retentions.months` after the issue date. The ERP is reminded of it.':
    'Pour une retenue : la date de libération, AAAA-MM-JJ. À défaut : la date d’émission plus `retentions.months` des réglages de la connexion. Le relais la rappelle à l’ERP.',
  'For a retention that is given back (`amount` is negative): the earlier invoices of which it was kept back, under the same `name`. Their `amount` together is this one’s without its sign, and of none is more released than is still held.':
    'Pour une retenue restituée (`amount` négatif) : les factures antérieures sur lesquelles elle a été retenue, sous le même `name`. La somme de leurs `amount` est égale à celui-ci, sans son signe, et rien n’est libéré au-delà de ce qui est encore retenu.',
  'The number of the invoice of which it was kept back.': 'Le numéro de la facture sur laquelle elle a été retenue.',
  'What is released of it, positive: "600.00".': 'Ce qui en est libéré, positif : "600.00".',
  'Amount due (BT-115): `taxInclusive` − `discount` − `paid` − the `deductions`. "0.00" with the framework A2.':
    'Net à payer (BT-115) : `taxInclusive` − `discount` − `paid` − les `deductions`. "0.00" avec le cadre A2.',

  // Files
  'The invoice itself, as a file of at most 10 MB. If absent, the relay makes it from `invoice` with its `lines`: a Factur-X, or a PDF where EN 16931 has no term for all of it.':
    'La facture elle-même : un fichier de 10 Mo au plus. En son absence, le relais l’établit à partir de `invoice` et de ses `lines` : un Factur-X, ou un PDF si la norme EN 16931 n’a pas de champ pour tout.',
  'The file’s name, as Chorus Pro will show it.': 'Le nom du fichier, tel que Chorus Pro l’affichera.',
  'The file’s key in the document store: `incoming/<connection>/…`. Either this or `content`.':
    'La clé du fichier dans l’espace de documents : `incoming/<connection>/…`. Ce champ ou `content`, l’un des deux.',
  'The file’s bytes in base64, with or without line breaks, if they fit into an SQS message (1 MiB). Either this or `key`.':
    'Le contenu du fichier en base64, avec ou sans retours à la ligne, s’il tient dans un message SQS (1 Mio). Ce champ ou `key`, l’un des deux.',
  '`pdf`: a PDF for people, sent with the command’s data. The others are complete e-invoices, which Chorus Pro reads itself: the file is deposited as it is, and nothing of the command is sent with it. What the command says as well must be the same in it. If absent, the file’s bytes tell; the JSON Schema, which cannot look into a PDF, then takes it for a plain one.':
    '`pdf` : un PDF lisible à l’écran, transmis avec les données de la commande. Les autres sont des factures électroniques complètes, que Chorus Pro lit lui-même : le fichier est déposé tel quel, et aucune donnée de la commande n’est transmise avec lui. Ce que la commande indique aussi doit y être identique. À défaut, le relais reconnaît le format au contenu du fichier ; le schéma JSON, qui ne peut ouvrir un PDF, le tient alors pour un PDF simple.',
  'How it goes to Chorus Pro: `pdf`, a PDF with its data; `flux`, a file that Chorus Pro reads itself; `auto`, as its document allows: docs/e-invoices.md has the table. An explicit `document.format` of `pdf` goes as the PDF that it is, unless this or the connection says `flux`. If absent: the connection’s `route`.':
    'La voie vers Chorus Pro : `pdf`, un PDF avec ses données ; `flux`, un fichier que Chorus Pro lit lui-même ; `auto`, selon le document : voir le tableau de docs/e-invoices.md. Un document annoncé comme `pdf` (`document.format`) part comme le PDF qu’il est, sauf si ce champ ou la connexion indique `flux`. À défaut : `route` de la connexion.',
  'Further files, at most 10 MB each and 120 MB with the document. None with a complete e-invoice: its attachments are inside the file.':
    'D’autres fichiers, de 10 Mo au plus chacun et 120 Mo avec le document. Aucun avec une facture électronique complète : ses pièces jointes sont dans le fichier.',
  'The file’s name with an extension that Chorus Pro accepts, different from the other files’.':
    'Le nom du fichier, avec une extension que Chorus Pro accepte, différent de celui des autres fichiers.',
  'Chorus Pro’s code for the type of attachment, from its list `recuperer/typespj`. Any other value is refused, with the list. If absent: "other".':
    'Le code que Chorus Pro donne au type de pièce jointe, tiré de sa liste `recuperer/typespj`. Toute autre valeur est refusée, avec la liste. À défaut : « autre ».',

  // A document of a works contract
  'Which document of the billing file, by its framework (cadre de facturation): A4, A10, A13 monthly draft; A7, A11, A14 final draft; A22 tacit draft; and the others that a company deposits. docs/works.md has them.':
    'De quelle pièce du dossier il s’agit, par son cadre de facturation : A4, A10, A13 projet de décompte mensuel ; A7, A11, A14 projet de décompte final ; A22 procédure tacite ; et les autres qu’une entreprise dépose. Voir docs/works.md.',
  'The project manager (maître d’œuvre), who looks at an A4 or A7 first. Required with these.':
    'Le maître d’œuvre, premier à examiner un A4 ou un A7. Obligatoire avec ceux-ci.',
  'Its SIRET, 14 digits.': 'Son SIRET, 14 chiffres.',
  'Its service in Chorus Pro. Sent as given; not looked up.':
    'Son service dans Chorus Pro. Transmis tel quel, sans contrôle dans l’annuaire.',
  'The main contractor (titulaire), who approves an A10 or A11. Required with these.':
    'Le titulaire, qui valide un A10 ou un A11. Obligatoire avec ceux-ci.',
  'The lead of the group (mandataire), who approves an A13 or A14. Required with these.':
    'Le mandataire du groupement, qui valide un A13 ou un A14. Obligatoire avec ceux-ci.',
  'The number of the document of the file that this one answers: the final draft, for an A22.':
    'Le numéro de la pièce du dossier à laquelle celle-ci répond : le projet de décompte final, pour un A22.',
  'The amounts since the beginning of the contract. Required with a monthly, a final and a tacit draft.':
    'Les montants cumulés depuis le début du marché. Obligatoires avec un projet de décompte mensuel, final ou de procédure tacite.',
  'The statement’s number in the series (situation n°): 1, 2, 3 …':
    'Le numéro de la situation dans la série : 1, 2, 3 …',
  'The contract’s amount without VAT, amendments included. If more work is done, `accepted` has a note.':
    'Le montant HT du marché, avenants compris. Si les travaux le dépassent, `accepted` porte une remarque.',
  'Since the beginning, without VAT, this statement included: "51000.00".':
    'Cumul HT depuis le début, cette situation comprise : "51000.00".',
  'This statement’s part: `cumulative` less the same amounts of the earlier statements.':
    'La part de cette situation : `cumulative`, moins les mêmes montants des situations antérieures.',
  'The work done, before price revision.': 'Les travaux exécutés, avant révision de prix.',
  'The price revision (révision de prix). A price decrease is negative.':
    'La révision de prix. À la baisse, elle est négative.',
  'The revision coefficient: "1.0234". If given, `amount` = `workDone.amount` × (coefficient − 1).':
    'Le coefficient de révision : "1.0234". S’il est donné, `amount` = `workDone.amount` × (coefficient − 1).',
  'The advance; its repayments are in `invoice.totals.deductions`, as `advance-repayment`.':
    'L’avance ; ses remboursements figurent dans `invoice.totals.deductions`, sous `advance-repayment`.',
  'The advance that was paid, with VAT: "20000.00".': 'L’avance versée, TTC : "20000.00".',
  'How much of it is repaid, this statement included.': 'Ce qui en est remboursé, cette situation comprise.',
  'The earlier statements of the contract, from the first on, without those that were refused.':
    'Les situations antérieures du marché, depuis la première, sans celles qui ont été refusées.',
  'Its number in the series: 1, 2, 3 …': 'Son numéro dans la série : 1, 2, 3 …',
  'The number of its document, as it was submitted.': 'Le numéro de sa pièce, tel qu’il a été envoyé.',
  'The work done of that statement alone, without VAT.': 'Les travaux HT de cette seule situation.',
  'Its price revision, without VAT.': 'Sa révision de prix HT.',
  'Its total without VAT: `workDone` + `revision`.': 'Son total HT : `workDone` + `revision`.',
  'Its total with VAT, before deductions.': 'Son total TTC, avant déductions.',
  'What lay between its total with VAT and its amount due.': 'Ce qui séparait son total TTC de son net à payer.',
  'Its kind, as in `invoice.totals.deductions`.': 'Sa nature, comme dans `invoice.totals.deductions`.',
  'Its name, the same in each statement.': 'Son nom, le même d’une situation à l’autre.',
  'What was deducted in that statement. Negative: given back.':
    'Ce qui a été déduit dans cette situation. Négatif : restitué.',
  'Its amount due: `taxInclusive` less the `deductions`.': 'Son net à payer : `taxInclusive` moins les `deductions`.',
  'What makes it a document of a works contract.': 'Ce qui en fait une pièce d’un marché de travaux.',
  'A works document is no credit note.': 'Une pièce de travaux n’est jamais un avoir.',
  'This document’s own number, dates, references and amounts: those of the month alone.':
    'Le numéro, les dates, les références et les montants de cette pièce : ceux du mois seul.',
  'The document: a PDF, which the relay puts into the file that it makes, or a CII or Factur-X with the right framework. If absent, the relay makes the PDF too.':
    'La pièce : un PDF, que le relais met dans le fichier qu’il établit, ou un CII ou un Factur-X avec le bon cadre de facturation. À défaut, le relais établit aussi le PDF.',
  'Its papers (métrés, attachements, révision …). The relay puts them into the file; none with an e-invoice of your own, which has them inside.':
    'Ses pièces jointes (métrés, attachements, révision …). Le relais les met dans le fichier ; aucune avec votre propre facture électronique, qui les contient.',
  'Sends a document of a works contract to Chorus Pro, once: a monthly draft, a final draft, a tacit draft.':
    'Envoie une pièce d’un marché de travaux à Chorus Pro, une seule fois : projet de décompte mensuel, projet de décompte final, procédure tacite.',
};

/** @throws Error if the sentence has no French yet */
export function frenchOf(english: string): string {
  const { [english]: french } = fieldTexts;
  if (french === undefined) throw new Error(`no French in tools/docs/french/field-texts.ts for: ${english}`);
  return french;
}
