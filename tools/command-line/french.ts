import type { Language } from '../../shared/invoice/spoken.ts';

/**
 * The French of what --help says, by its English (white space counts as one space). A text that is not here is said in
 * English; a test finds it.
 */
const french: Readonly<Record<string, string>> = {
  // What stands for a value
  FILE: 'FICHIER',
  FOLDER: 'DOSSIER',
  'YYYY-MM-DD': 'JJ/MM/AAAA',
  connection: 'connexion',
  file: 'fichier',
  files: 'fichiers',
  function: 'fonction',
  number: 'numéro',
  span: 'durée',
  word: 'mot',
  verb: 'verbe',
  without: 'sans',
  event: 'événement',
  old: 'ancien',
  new: 'nouveau',

  // The command line
  'usage:': 'usage :',
  'exit codes:': 'codes de sortie :',
  'or it could not finish': 'ou la commande n’a pas pu aboutir',
  'or wrong usage': 'ou syntaxe incorrecte',
  'it could not finish': 'la commande n’a pas pu aboutir',
  'wrong usage': 'syntaxe incorrecte',
  'this text': 'ce texte',
  'says what a verb takes.': 'détaille un verbe.',
  '0 done, 1 something is wrong, or it could not finish, 2 wrong usage; a verb’s --help says more':
    '0 fait, 1 quelque chose ne va pas, ou la commande n’a pas pu aboutir, 2 syntaxe incorrecte ; le --help d’un verbe en dit plus',

  // What verbs do, in one line
  'bring the whole relay up on this machine, with a simulator of Chorus Pro':
    'met tout le relais en marche sur cette machine, avec un simulateur de Chorus Pro',
  'put samples, or commands of your own, on the local relay’s queue':
    'met des exemples, ou vos propres commandes, dans la file du relais local',
  'let time pass in the local relay: +40d': 'fait avancer l’horloge du relais local : +40d',
  'make something go wrong in the local relay, to practise': 'provoque une panne dans le relais local, pour s’exercer',
  'list the alarms that ring, each with what to do':
    'affiche les alarmes qui sonnent, chacune avec ce qu’il faut faire',
  'invoke a function of the local relay': 'appelle une fonction du relais local',
  'check a connection link by link, from PISTE to each SIRET':
    'contrôle une connexion maillon par maillon, de PISTE à chaque SIRET',
  'ask for a connection’s credentials, try them, then store them':
    'demande les identifiants d’une connexion, les essaie, puis les enregistre',
  'say what the relay would say of commands, without sending them':
    'contrôle des commandes comme le ferait le relais, sans les envoyer',
  'check a connection and store it in the cloud, or bring back what it was before':
    'contrôle une connexion et l’enregistre dans le cloud, ou rétablit son état précédent',
  'stop a connection: count what is under way, send and read nothing for it any more':
    'arrête une connexion : compte ce qui est en cours, puis plus rien n’est envoyé ni lu pour elle',
  'list the invoices, those that wait for a person first':
    'affiche la liste des factures, d’abord celles en attente d’une action',
  'list what recipients keep back of invoices, and until when':
    'affiche ce que les destinataires retiennent sur les factures, et jusqu’à quand',
  'list what subcontractors ask to validate, and until when':
    'affiche la liste de ce que les sous-traitants demandent de valider, et jusqu’à quand',
  'say that an invoice which asks for an action needs none any more':
    'classe une facture : elle ne demande plus d’action',
  'put an invoice in doubt on again that the relay has given up':
    'remet en route une facture en doute que le relais a abandonnée',
  'list the messages that the relay gave up; show, send back or delete one':
    'affiche la liste des messages en erreur ; en montre, en renvoie ou en supprime un',
  'move a connection’s dead letters back to their queue':
    'renvoie dans leur file les messages en erreur d’une connexion',
  'after a restore of the ledger: verify the restored table, apply it':
    'après une restauration du registre : vérifie la table restaurée, l’applique',
  'compare a restored table with the document store; changes nothing':
    'compare une table restaurée à l’espace de documents ; ne change rien',
  'copy into the ledger what only the restored table still has':
    'copie dans le registre ce que seule la table restaurée contient encore',
  'write the letter that claims interest for a late payment':
    'rédige la lettre qui réclame les intérêts d’un paiement tardif',
  'put all that the relay can show of an invoice into one file, or check such a file':
    'réunit dans un fichier tout ce que le relais peut montrer d’une facture, ou contrôle un tel fichier',
  'write the request for Chorus Pro’s support about an invoice':
    'rédige la demande à l’assistance de Chorus Pro au sujet d’une facture',
  'compare Swaggers from PISTE’s console with what the code uses':
    'compare des Swaggers de la console PISTE avec ce que le code utilise',
  'bundle the functions and show their sizes': 'assemble les fonctions et affiche leur taille',
  'write the pages and schemas of docs/ that are made from the code':
    'écrit les pages et les schémas de docs/ qui sont tirés du code',
  'make a version: changelog, commit and tag': 'prépare une version : journal des changements, commit et étiquette',
  'say whether a deployment would lose anything that is kept':
    'dit si un déploiement ferait perdre des données conservées',

  // What several commands take
  'the result as JSON': 'le résultat en JSON',
  'the relay that "npx relay local" has brought up, instead of AWS':
    'le relais que « npx relay local » a mis en marche, au lieu d’AWS',
  'the stage, if it is not the one in cdk.json': 'l’environnement de déploiement, si ce n’est pas celui de cdk.json',
  'the connection, by the name of its file in connections/':
    'la connexion, par le nom de son fichier dans connections/',
  'the local relay is not up': 'le relais local n’est pas en marche',
  'AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'another server that follows AIFE’s contract, with': 'un autre serveur qui suit le contrat de l’AIFE, avec',
  'the server that gives its tokens': 'le serveur qui donne ses jetons',
  done: 'fait',

  // local, invoke
  'Builds the functions, synthesises the template and brings the whole relay up on this machine, with a simulator of Chorus Pro, until Ctrl-C. While it is up, .local/endpoints.json says where everything is. The simulator has the companies of the connections that cdk.json names, and any recipient.':
    'Assemble les fonctions, synthétise le modèle et met tout le relais en marche sur cette machine, avec un simulateur de Chorus Pro, jusqu’à Ctrl-C. Pendant ce temps, .local/endpoints.json dit où tout se trouve. Le simulateur connaît les sociétés des connexions que nomme cdk.json, et n’importe quel destinataire.',
  'AIFE’s own servers, as the connections say': 'les serveurs de l’AIFE eux-mêmes, d’après les connexions',
  'append each request to the simulator, one {"path", "body"} a line, documents included':
    'ajoute chaque requête au simulateur, un {"path", "body"} par ligne, documents compris',
  'where AWS listens on 127.0.0.1; a free port by default': 'où AWS écoute sur 127.0.0.1 ; un port libre par défaut',
  'where everything is as JSON, with the credentials and recipients to practise with':
    'où tout se trouve, en JSON, avec les identifiants et les destinataires pour s’exercer',
  'What the functions log is in .local/relay.log, and warnings and errors on the screen too: grep POLL_STOPPED .local/relay.log finds a code.':
    'Le journal des fonctions est dans .local/relay.log ; avertissements et erreurs s’affichent aussi à l’écran : grep POLL_STOPPED .local/relay.log y trouve un code.',
  'RELAY_LOCAL names another folder than .local, also to the commands that talk to this relay: so two can be up.':
    'RELAY_LOCAL nomme un autre dossier que .local, pour les commandes qui parlent à ce relais aussi : deux peuvent ainsi être en marche.',
  'Without the simulator the credentials come from PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN and CHORUS_PRO_PASSWORD.':
    'Sans le simulateur, les identifiants viennent de PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN et CHORUS_PRO_PASSWORD.',
  'stopped by Ctrl-C, of which npx and npm make 130': 'arrêté par Ctrl-C (130 avec npx ou npm)',
  'at the end, shows the invoices in a browser too, until Ctrl-C':
    'à la fin, montre aussi les factures dans un navigateur, jusqu’à Ctrl-C',
  'could not come up, or another relay is up': 'n’a pas pu démarrer, ou un autre relais est en marche',
  'Puts messages on the queue of the relay that "npx relay local" has brought up: samples of samples/, whose PDFs and attachments are made for them, or commands of your own, as they are.':
    'Met des messages dans la file du relais que « npx relay local » a mis en marche : des exemples de samples/, dont les PDF et les pièces jointes sont créés à cette occasion, ou vos propres commandes, telles quelles.',
  'samples, or commands; the word "samples" means all of samples/':
    'des exemples, ou des commandes ; le mot « samples » désigne tous ceux de samples/',
  'another connection than the one that it names': 'une autre connexion que celle qu’il nomme',
  'another invoice number: a number serves once': 'un autre numéro de facture : un numéro ne sert qu’une fois',
  'another recipient, without a service': 'un autre destinataire, sans service',
  'the invoice’s own document, uploaded under the key that the command names, if any':
    'le document de la facture, téléversé sous la clé indiquée dans la commande, s’il y en a une',
  'print the message, for the AWS CLI or your ERP to send; its documents are uploaded':
    'affiche le message, que l’AWS CLI ou votre ERP enverra ; ses documents sont téléversés',
  'what was sent, one JSON object a line: {"messageId", "connection", "number"}':
    'ce qui a été envoyé, un objet JSON par ligne : {"messageId", "connection", "number"}',
  'A sample goes in the name of the first connection of cdk.json and of its first company, if it names others that the relay does not have.':
    'Un exemple part au nom de la première connexion de cdk.json et de sa première société, s’il en nomme d’autres que le relais n’a pas.',
  sent: 'envoyé',
  'Lets time pass in the relay that "npx relay local" has brought up, and in its simulator of Chorus Pro. On the way the statuses are read twice a day. Without a span it says what time it is there.':
    'Fait avancer l’horloge du relais que « npx relay local » a mis en marche, et de son simulateur de Chorus Pro. Pendant ce temps, les états sont lus deux fois par jour. Sans durée, affiche la date et l’heure du relais.',
  'how much: +40d, +12h, +30m; at most 400 days': 'la durée : +40j (ou +40d), +12h, +30m ; 400 jours au plus',
  "Time goes forward only; a relay that comes up begins at the machine's own time. To see an invoice be late, send one to the recipient that pays late, then let 70 days pass.":
    'L’horloge ne fait qu’avancer ; un relais qui démarre part de l’heure de la machine. Pour voir une facture en retard, envoyez-en une au destinataire qui paie tard, puis laissez passer 70 jours.',
  'By hand: curl ADDRESS/simulator/clock --json \'{"forward":"40d"}\'':
    'À la main : curl ADRESSE/simulator/clock --json \'{"forward":"40d"}\'',
  'interrupted by Ctrl-C: the clock stays where it was': 'interrompu par Ctrl-C : l’horloge reste où elle était',
  'Invokes a function of the relay that "npx relay local" has brought up, and prints its response.':
    'Appelle une fonction du relais que « npx relay local » a mis en marche, et affiche sa réponse.',
  'its name, or the end of it: take-turns': 'son nom, ou la fin de son nom : take-turns',
  'a JSON file, or the JSON itself: \'{"inline": "event"}\'':
    'un fichier JSON, ou le JSON lui-même : \'{"inline": "event"}\'',
  'the response on one line': 'la réponse sur une ligne',
  'the function succeeded': 'la fonction a réussi',
  'the function failed': 'la fonction a échoué',

  // trouble, alarms
  'Makes something go wrong in the relay that "npx relay local" has brought up: in Chorus Pro, at PISTE, on the queue or in the ledger, to practise what an operator does about it. Without a word it lists what there is.':
    'Provoque une panne dans le relais mis en marche par « npx relay local » : dans Chorus Pro, chez PISTE, dans la file ou dans le registre, pour s’exercer à y répondre. Sans mot, affiche la liste des pannes.',
  'one of the list, or none, which ends them all':
    'l’un des mots de la liste, ou none, qui met fin à toutes les pannes',
  'What to practise with each: docs/runbooks/practise.md. "npx relay alarms --local" says which alarms ring for it.':
    'Ce à quoi chacune exerce : docs/fr/procedures/exercices.md. « npx relay alarms --local » dit quelles alarmes sonnent.',
  'Lists the alarms that ring now, each with the connections that it is about, what happened, the first thing to do, and the page that says the rest.':
    'Affiche les alarmes qui sonnent : pour chacune, les connexions concernées, ce qui s’est passé, la première chose à faire et la page qui dit le reste.',
  'the quiet ones, too': 'aussi celles qui ne sonnent pas',
  'In the local relay, alarms look at what it measures there, by its own clock: a trouble rings after some minutes or hours of "npx relay clock". In AWS you need the permissions cloudwatch:DescribeAlarms and cloudwatch:DescribeAlarmContributors; which connection\'s credentials are to be renewed is read from the ledger, if you may. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Dans le relais local, les alarmes suivent ce qu’il mesure, selon son horloge : une panne sonne après quelques minutes ou heures de « npx relay clock ». Dans AWS, il faut les permissions cloudwatch:DescribeAlarms et cloudwatch:DescribeAlarmContributors ; les connexions dont les identifiants sont à renouveler sont lues dans le registre, si vous y avez accès. AWS est trouvé comme par l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'listed, whether any rings or not': 'affichées, même si aucune ne sonne',

  // check, credentials
  "Walks the whole chain of connections/<connection>.json, from PISTE to each company's SIRET. It changes nothing, and says « Connexion avec Chorus Pro établie » only when all of it holds.":
    'Contrôle toute la chaîne de la connexion (connections/<connection>.json), de PISTE au SIRET de chaque société. Ne modifie rien, et n’affiche « Connexion avec Chorus Pro établie » que si tout est en ordre.',
  'JSON as the secret holds it, "-" for standard input':
    'le JSON tel que le secret le contient, « - » : entrée standard',
  'the result as JSON, in both languages': 'le résultat en JSON, dans les deux langues',
  'Without --credentials they come from PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN, CHORUS_PRO_PASSWORD if these are set, otherwise from Secrets Manager. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Sans --credentials, les identifiants viennent de PISTE_CLIENT_ID, PISTE_CLIENT_SECRET, CHORUS_PRO_LOGIN, CHORUS_PRO_PASSWORD s’ils sont définis, sinon de Secrets Manager. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'What has worked is noted in $XDG_STATE_HOME, never a credential: the next run can tell a wrong id from a wrong secret.':
    'Ce qui a fonctionné est noté dans $XDG_STATE_HOME, sans aucun identifiant : le contrôle suivant distingue ainsi un mauvais identifiant d’un mauvais secret.',
  'all holds': 'tout est en ordre',
  'something does not hold': 'un contrôle échoue',
  "Asks for the connection's four credentials without showing them, tries them with PISTE and Chorus Pro, and stores them in Secrets Manager only when they work. On failure nothing is stored, and the link that failed is named.":
    'Demande les quatre identifiants de la connexion sans les afficher, les essaie auprès de PISTE et de Chorus Pro, et ne les enregistre dans Secrets Manager que s’ils fonctionnent. En cas d’échec, rien n’est enregistré, et le maillon qui a échoué est nommé.',
  'JSON {"pisteClientId", "pisteClientSecret", "technicalLogin", "technicalPassword"} instead of questions, "-" for standard input; "pisteSecretCreatedAt" and "technicalPasswordSetAt" may be in it':
    'le JSON {"pisteClientId", "pisteClientSecret", "technicalLogin", "technicalPassword"}\nau lieu des questions, « - » : entrée standard ; les dates peuvent y figurer\n(pisteSecretCreatedAt, technicalPasswordSetAt)',
  stored: 'enregistrés',
  'not stored': 'pas enregistrés',
  'stored, but the Client Secret is the same as before, and is to be renewed':
    'enregistrés, mais le Client Secret est le même qu’avant, et il est à renouveler',

  // validate
  "Says what the relay would say of commands and of e-invoices (CII, UBL, Factur-X), with its own reasons, and sends nothing. A command's settings are those of the connection that it names (connections/<name>.json). It needs neither AWS nor Chorus Pro.":
    'Contrôle des commandes et des factures électroniques (CII, UBL, Factur-X) comme le ferait le relais, avec ses propres motifs, et n’envoie rien. Les réglages d’une commande sont ceux de la connexion qu’elle nomme (connections/<name>.json). N’a besoin ni d’AWS, ni de Chorus Pro.',
  'the rules for e-invoices: chorus-classic or fr-ctc-2026':
    'les règles des factures électroniques : chorus-classic ou fr-ctc-2026',
  'a command, a list of commands, a sample, an e-invoice, or a folder of such files':
    'une commande, une liste de commandes, un exemple, une facture électronique, ou un dossier de tels fichiers',
  'one JSON object a line: {"file", "listed", "sample", "kind", "syntax", "profile", "verdict", "findings", "invoice", "notChecked"}':
    'un objet JSON par ligne : {"file", "listed", "sample", "kind", "syntax", "profile", "verdict", "findings", "invoice", "notChecked"}',
  "What it cannot check offline it names: Chorus Pro's directory and lists, documents named by key, what was sent before. Documents in a command (content) are looked into.":
    'Nomme ce qui ne peut pas être contrôlé hors ligne : l’annuaire et les listes de Chorus Pro, les documents désignés par leur clé, ce qui a été envoyé auparavant. Les documents contenus dans une commande (content) sont examinés.',
  'nothing is wrong': 'tout est en ordre',
  'something is wrong': 'quelque chose ne va pas',

  // connect, disconnect
  'Stores connections/<connection>.json in the cloud, where the functions read it within a minute: no deployment. The deployed relay first checks it, from PISTE to each SIRET; if that does not hold, nothing is stored. Says what has changed, and who changed it when. If the connection has no credentials yet, it asks for them.':
    'Enregistre connections/<connection>.json dans le cloud, où les fonctions le lisent en une minute, sans déploiement. Le relais déployé contrôle d’abord toute la chaîne, de PISTE à chaque SIRET ; si un contrôle échoue, rien n’est enregistré. Dit ce qui a changé, par qui et quand. Si la connexion n’a pas encore d’identifiants, les demande.',
  'bring back what the last change replaced, without a check':
    'rétablit ce que la dernière modification a remplacé, sans contrôle',
  'the first credentials as the secret holds them, "-" for standard input':
    'les premiers identifiants tels que le secret les contient, « - » : entrée standard',
  'store it although the check does not hold: Chorus Pro may be closed':
    'l’enregistre malgré un contrôle qui échoue : Chorus Pro peut être fermé',
  'A connection that was disconnected comes back by the same command, with its secret if that is still there. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Une connexion déconnectée revient par la même commande, avec son secret s’il existe encore. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  connected: 'connectée',
  'the check does not hold: nothing was stored': 'un contrôle échoue : rien n’a été enregistré',
  'Disconnects a connection, without a deployment: counts what is under way, then nothing is sent or read for it any more, and its secret is scheduled for deletion. Its invoices stay in the ledger; its messages are refused, and the ERP is told so. First read docs/runbooks/connections.md.':
    'Déconnecte une connexion, sans déploiement : compte ce qui est en cours, puis plus rien n’est envoyé ni lu pour elle, et la suppression de son secret est programmée. Ses factures restent dans le registre ; ses messages sont refusés, et l’ERP en est informé. Lisez d’abord docs/fr/procedures/connexions.md.',
  'although something is under way: nothing will follow it any more':
    'malgré ce qui est en cours : plus personne ne le suivra',
  'only count what is under way': 'compter seulement ce qui est en cours',
  'disconnected; with --dry-run: nothing is under way': 'déconnectée ; avec --dry-run : rien n’est en cours',
  'something is under way: nothing was done': 'quelque chose est en cours : rien n’a été fait',

  // status, retry
  'Lists the invoices of the ledger, and the messages that were refused before they became one: those that wait for a person first, marked !, each with what to do, where and until when. What else waits is named below the list.':
    'Affiche les factures du registre, et les messages refusés avant d’être devenus des factures : d’abord ceux qui attendent une action de votre part, marqués !, chacun avec ce qui est à faire, où et jusqu’à quand. Les autres actions attendues sont annoncées sous la liste.',
  'no list: only what holds invoices up, by the last readings; with --json, for a program':
    'sans la liste : seulement ce qui retient les factures, d’après les dernières lectures ; avec --json, pour un programme',
  'only those that are late': 'seulement celles qui sont en retard de paiement',
  'only those on which interest is owed: late, or paid late':
    'seulement celles pour lesquelles des intérêts sont dus : en retard, ou payées en retard',
  'only invoices that are still to be paid': 'seulement les factures qui restent à payer',
  'only this recipient: a SIREN or SIRET, or a part of its name':
    'seulement ce destinataire : un SIREN ou un SIRET, ou une partie de son nom',
  'only invoices issued on this day or later': 'seulement les factures émises ce jour ou après',
  'only invoices issued on this day or earlier': 'seulement les factures émises ce jour ou avant',
  'only unpaid invoices whose due date is this day or earlier':
    'seulement les factures à payer dont l’échéance est ce jour ou avant',
  'only invoices whose payment was issued on this day or later':
    'seulement les factures mises en paiement ce jour ou après',
  'only invoices whose payment was issued on this day or earlier':
    'seulement les factures mises en paiement ce jour ou avant',
  'only those where this text is in the number, the recipient, the status, the motive or an explanation':
    'seulement celles où ce texte figure dans le numéro, le destinataire, l’état, le motif ou une explication',
  'by default fr on a machine that is set to French, otherwise en':
    'par défaut fr sur une machine réglée en français, sinon en',
  'a file for a spreadsheet: npx relay status --csv > invoices.csv':
    'un fichier pour un tableur : npx relay status --csv > factures.csv',
  'the connection, by the name of its file in connections/; without it, all':
    'la connexion, par le nom de son fichier dans connections/ ; sans elle, toutes',
  'only those that wait for a person': 'seulement celles en attente d’une action',
  'the ledger’s table, if it is not the stage’s own (a restored one)':
    'la table du registre, si ce n’est pas celle de l’environnement (une table restaurée)',
  'the rows as JSON, for a program': 'les lignes en JSON, pour un programme',
  '"npm run status" prints npm’s own lines first: for --json and --csv, call "npx relay status" or "npm run -s status --". The mark ! goes when the ERP answers, when the invoice is sent again or moves on, or with "npx relay dismiss". It reads the whole table (a scan): it is for people. A program, such as an ERP, has its events. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    '« npm run status » affiche d’abord des lignes de npm : pour --json et --csv, appelez « npx relay status » ou « npm run -s status -- ». La marque ! disparaît quand l’ERP répond, quand la facture est renvoyée ou avance, ou par « npx relay dismiss ». La commande lit toute la table (un scan) : elle est destinée à des personnes. Un programme, comme un ERP, dispose des événements. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'Lists what recipients keep back of invoices for a time (retenue de garantie, compte prorata and the like): on which invoice, since when and until when, and what later invoices release. What is to be released today or earlier is marked !.':
    'Affiche ce que les destinataires retiennent pour un temps sur les factures (retenue de garantie, compte prorata, etc.) : sur quelle facture, depuis quand et jusqu’à quand, et ce que des factures ultérieures libèrent. Ce qui est à libérer aujourd’hui, ou aurait déjà dû l’être, porte la marque !.',
  'those too that were released': 'avec celles qui ont été libérées',
  'only this contract (numéro de marché)': 'seulement ce numéro de marché',
  'only the retentions of this name, such as "Retenue de garantie"':
    'seulement les retenues de ce nom, comme « Retenue de garantie »',
  'notes that the works of the contract were accepted on this day: their retentions count from it':
    'note la réception des travaux du marché à cette date : leurs retenues courent à partir d’elle',
  'with --accepted: who says so; by default, you': 'avec --accepted : qui le dit ; par défaut, vous',
  'with --accepted: no retention to count from that day': 'avec --accepted : aucune retenue à compter de cette date',
  'only those to be released on this day or earlier': 'seulement celles à libérer ce jour ou avant',
  'a file for a spreadsheet: npx relay retentions --csv > retentions.csv':
    'un fichier pour un tableur : npx relay retentions --csv > retenues.csv',
  'A retention is a deduction of the kind "retention" in the ERP’s command; a later invoice releases it by naming its invoice. The ERP has an event 30 days before the day of release, and on that day. --accepted changes the day only where the command did not say it; say it again to correct it. The ERP is not told. It reads the whole table (a scan): it is for people. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Une retenue est une déduction de type « retention » dans la commande de l’ERP ; une facture ultérieure la libère en désignant sa facture. L’ERP reçoit un événement 30 jours avant la date de libération, et ce jour-là. --accepted ne change la date que si la commande ne l’a pas donnée ; recommencez pour la corriger. L’ERP n’est pas prévenu. La commande lit toute la table (un scan) : elle est destinée à des personnes. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'a file for a spreadsheet: npx relay validations --csv > validations.csv':
    'un fichier pour un tableur : npx relay validations --csv > validations.csv',
  'Lists what subcontractors and co-contractors ask the companies to validate: the oldest first, each with the last day to answer and how to do it. From day 13 on it is marked !: once the fifteenth day is over, silence accepts it. Below them are those that ended in the last 30 days.':
    'Affiche ce que les sous-traitants et les cotraitants demandent aux sociétés de valider : la plus ancienne demande d’abord, chacune avec le dernier jour pour répondre et la façon de le faire. À partir du treizième jour, elle porte la marque ! : une fois le quinzième jour passé, le silence vaut acceptation. Au-dessous figurent celles qui se sont terminées depuis moins de 30 jours.',
  'the requests as JSON, for a program': 'les demandes en JSON, pour un programme',
  'It shows what the last reading found, and when that was: take-turns reads every hour, for connections with the setting "validations". The answer is the command validation.answer, or a click on the portal. Chorus Pro may count the fifteen days to the hour: better answer on the day before the last. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'La commande montre ce que la dernière lecture a trouvé, et sa date : take-turns lit toutes les heures, pour les connexions qui ont le réglage « validations ». On répond par la commande validation.answer, ou d’un clic sur le portail. Chorus Pro compte peut-être les quinze jours à l’heure près : répondez de préférence la veille du dernier jour. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'none is marked !': 'aucune ne porte la marque !',
  'at least one request is marked !': 'au moins une demande porte la marque !',
  'Says that an invoice, or a message that was refused, needs no action any more: "npx relay status" takes its mark ! away. Who did so, when and why is kept in the ledger. If the invoice asks for something new, the mark comes back.':
    'Classe une facture, ou un message refusé, qui ne demande plus d’action : « npx relay status » n’affiche plus sa marque !. Le registre conserve l’auteur, la date et la raison du classement. Si la facture demande une nouvelle action, la marque revient.',
  'the invoice’s number, its subject, or the id of the message':
    'le numéro de la facture, son « subject », ou l’identifiant du message',
  'who says so; by default, you': 'qui la classe ; par défaut, vous',
  'the reason, which "npx relay status" shows': 'la raison, que « npx relay status » affiche',
  'It changes nothing in Chorus Pro, and the ERP is not told. What is still to be paid stays so in the list: only Chorus Pro says that an invoice is paid or rejected. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Ne modifie rien dans Chorus Pro, et l’ERP n’est pas prévenu. Dans la liste, la somme demeure dans le reste à payer : seul Chorus Pro dit si une facture est mise en paiement ou rejetée. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  dismissed: 'classée',
  'nothing with this number waits for a person': 'rien sous ce numéro n’est en attente d’une action',
  'Puts an invoice on again that the relay has given up. The next poll looks for it in Chorus Pro; if it is not there and its settling window is over, it is sent again. First read docs/runbooks/in-doubt.md.':
    'Remet en route une facture que le relais a abandonnée. La prochaine lecture des états la recherche dans Chorus Pro ; si elle n’y est pas et que son délai de recherche est écoulé, elle est renvoyée. Lisez d’abord docs/fr/procedures/factures-en-doute.md.',
  'the invoice’s number': 'le numéro de la facture',
  'Any other invoice is left as it is: while one is in doubt, the relay tries by itself. The ERP can do the same: it sends the same message again. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Toute autre facture reste inchangée : tant que l’une est en doute, le relais essaie de lui-même. L’ERP peut faire de même : il renvoie le même message. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'put on again': 'remise en route',
  'the relay has given up no invoice with this number': 'le relais n’a abandonné aucune facture de ce numéro',
  'unreadable records': 'des enregistrements illisibles',

  // dead-letters, redrive
  'Lists the messages that the relay has given up, of all connections, each with the field at fault; shows one of them, sends it back to the queue of invoices, or deletes it. First read docs/runbooks/dead-letters.md.':
    'Affiche les messages en erreur de toutes les connexions, chacun avec le champ en cause ; en montre un, le renvoie dans la file des factures, ou le supprime. Lisez d’abord docs/fr/procedures/messages-en-erreur.md.',
  'show, send-back, delete; without it, all are listed': 'show, send-back, delete ; sans elle, tous sont affichés',
  'the message’s id, as the list or the log has it':
    'l’identifiant du message, tel qu’il est dans la liste ou le journal',
  'A message is shown with its body, which may have names and prices in it. "npx relay redrive" sends back all those of a connection. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Un message est montré avec son contenu, où peuvent figurer des noms et des prix. « npx relay redrive » renvoie tous ceux d’une connexion. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'there is no such message': 'ce message n’existe pas',
  'Moves the messages of a connection from the dead-letter queue back to the queue of invoices. First remove what made them fail: docs/runbooks/dead-letters.md. What belongs to other connections or cannot be read stays where it is.':
    'Renvoie les messages en erreur d’une connexion dans la file des factures. Levez d’abord la cause de leur échec : docs/fr/procedures/messages-en-erreur.md. Ce qui appartient à d’autres connexions, ou ne peut pas être lu, reste en place.',
  'list them and move nothing': 'les affiche sans rien déplacer',
  'only those that are there for this reason, as the list names it':
    'seulement ceux mis en erreur pour ce motif, tel que la liste le nomme',
  'some came back at once, or none has the reason': 'certains sont revenus aussitôt, ou aucun n’a ce motif',

  // restore
  'Compares a restored ledger with the document store: is every document of every invoice there, and which commands came in after the moment to which the table was restored? It only reads. docs/runbooks/restore.md says what to do next.':
    'Compare un registre restauré à l’espace de documents : chaque document de chaque facture y est-il, et quelles commandes sont arrivées après l’instant dont la table restaurée donne l’état ? Ne fait que lire. docs/runbooks/restore.md (en anglais) dit que faire ensuite.',
  'the restored table': 'la table restaurée',
  'the document store': 'l’espace de documents',
  'the relay of "npx relay local": its table and bucket, unless others are named':
    'le relais de « npx relay local » : sa table et son espace, sauf si d’autres sont nommés',
  'the table is whole': 'la table est complète',
  'something is missing': 'il manque quelque chose',
  'Copies items of a restored table into the ledger: each item that is missing there, or cannot be read there. An item that can be read is left as it is, unless the restored one is of a later version. docs/runbooks/restore.md says when.':
    'Copie dans le registre des éléments d’une table restaurée : chaque élément qui y manque, ou ne peut pas y être lu. Un élément lisible reste tel quel, sauf si celui de la table restaurée est d’une version plus récente. docs/runbooks/restore.md (en anglais) dit quand le faire.',
  'count, and write nothing': 'compte, sans rien écrire',
  'the ledger of "npx relay local"': 'le registre de « npx relay local »',
  'the counts as JSON': 'les nombres en JSON',
  'the restored table has items that cannot be read': 'la table restaurée a des éléments illisibles',

  'puts there each document that the relay would make, as it would be':
    'y met chaque document que le relais établirait, tel qu’il serait',

  // support
  "Writes the request that Chorus Pro's support needs about an invoice, ready to paste: identifiers, dates, calls, codes and the SHA-256 of its documents, as the ledger knows them. It sends nothing.":
    'Rédige la demande à adresser à l’assistance de Chorus Pro au sujet d’une facture, prête à coller : identifiants, dates, appels, codes et SHA-256 des documents, d’après le registre. N’envoie rien.',
  'the invoice’s number, or its subject': 'le numéro de la facture, ou son « subject »',
  "No secret, name, amount or word of the recipient is in it. Read it before you paste it into the portal's form. For single calls, search the log by the invoice’s subject (docs/logs.md). AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.":
    'Elle ne contient ni secret, ni nom, ni montant, ni mot du destinataire. Relisez-la avant de la coller dans le formulaire du portail. Pour chaque appel, cherchez dans le journal par le « subject » de la facture (docs/logs.md, en anglais). L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  "Writes the letter, a PDF in French, that claims interest and the fixed indemnity of the recipient of an invoice that is late or was paid late: the computation line by line, the invoice's references, the articles. It sends nothing.":
    'Rédige la lettre, un PDF, qui réclame les intérêts moratoires et l’indemnité forfaitaire au destinataire d’une facture en retard ou payée en retard : le calcul ligne par ligne, les références de la facture, les articles. Elle n’envoie rien.',
  'where to write it; by default interets-<number>.pdf in this folder':
    'où l’écrire ; par défaut interets-<numéro>.pdf dans ce dossier',
  'The letter is dated today. Read it before you send it: what must be checked is said beside the result. It does not replace a file that is there already. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'La lettre est datée du jour. Lisez-la avant de l’envoyer : ce qui est à vérifier est indiqué à côté du résultat. Un fichier déjà présent n’est pas remplacé. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'the letter is written': 'la lettre est écrite',
  'nothing can be claimed': 'rien ne peut être réclamé',
  'there is no invoice with this number': 'aucune facture n’a ce numéro',

  // evidence
  'Puts everything that the relay can show of an invoice into one ZIP: the command, the papers, what was sent to Chorus Pro and answered, each status with its date and motive, and a page in French to read first. Or checks such a file, offline: one changed byte is found.':
    'Réunit dans un ZIP tout ce que le relais peut montrer d’une facture : la commande, les pièces, ce qui a été envoyé à Chorus Pro et ses réponses, chaque état avec sa date et son motif, et une page à lire d’abord. Ou contrôle un tel fichier, hors ligne : un seul octet modifié se voit.',
  'where to write it; by default preuve-<number>.zip in this folder':
    'où l’écrire ; par défaut preuve-<numéro>.zip dans ce dossier',
  'checks this file, and writes none': 'contrôle ce fichier, et n’en écrit aucun',
  SEAL: 'SCEAU',
  'with --verify: the seal that was noted when the file was made':
    'avec --verify : le sceau noté quand le fichier a été établi',
  'the document store, if it is not the stage’s own': 'l’espace de documents, si ce n’est pas celui de l’environnement',
  'It prints the seal of the file. Note it elsewhere: whoever can write a whole new file can give it a new seal, but not this one. docs/evidence.md says what such a file proves, and what it does not. An original that is no longer there is named in the file, and does not stop it. It does not replace a file that is there already. AWS is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.':
    'Le sceau du fichier s’affiche. Notez-le ailleurs : qui peut écrire un fichier tout neuf peut lui donner un nouveau sceau, mais pas celui-ci. docs/fr/preuve.md dit ce qu’un tel fichier prouve, et ce qu’il ne prouve pas. Un original qui n’est plus là est nommé dans le fichier, qui est établi tout de même. Un fichier déjà présent n’est pas remplacé. L’accès à AWS se règle comme pour l’AWS CLI : AWS_PROFILE, AWS_REGION, etc.',
  'the request is written': 'la demande est rédigée',
  'written, or whole': 'écrit, ou intact',
  'the file was changed': 'le fichier a été modifié',

  // contract
  "Compares Swaggers that were exported from PISTE's console (JSON, Swagger 2.0 or OpenAPI 3, under any name) with what the code sends to Chorus Pro and reads from it. Names each operation, field and value that differs, and what the Swaggers confirm that was only believed until now.":
    'Compare des Swaggers exportés de la console PISTE (JSON, Swagger 2.0 ou OpenAPI 3, quel que soit leur nom) avec ce que le code envoie à Chorus Pro et en lit. Nomme chaque opération, champ et valeur qui diffère, et ce que les Swaggers confirment qui n’était jusqu’ici qu’une hypothèse.',
  'the folder with the Swaggers': 'le dossier des Swaggers',
  'A new value is a warning, and an API that is not in the folder is only named. What is allowed is explained in shared/chorus-pro/contract.ts. It needs neither AWS nor Chorus Pro.':
    'Une valeur nouvelle est seulement à noter, et une API absente du dossier est seulement nommée. shared/chorus-pro/contract.ts (en anglais) explique ce qui est admis. N’a besoin ni d’AWS, ni de Chorus Pro.',
  'nothing differs': 'rien ne diffère',
  'something differs': 'quelque chose diffère',

  // To work on it
  'Bundles the functions into .build/functions, as a synthesis does by itself, and says how large each is.':
    'Assemble les fonctions dans .build/functions, comme le fait toute synthèse, et affiche la taille de chacune.',
  'the sizes in bytes as JSON': 'les tailles en octets, en JSON',
  built: 'assemblées',
  'a function does not build': 'l’assemblage d’une fonction échoue',
  "Writes the pages and schemas of docs/ that are made from the code's own tables, and names them. A test fails when one is out of date.":
    'Écrit les pages et les schémas de docs/ qui sont tirés des tableaux du code, et les nomme. Un test échoue quand l’un d’eux n’est plus à jour.',
  written: 'écrites',
  'Makes a version on a clean main: moves what the changelog has under "Unreleased" to the version, with the date, sets it in package.json, commits, and tags the commit. Pushes nothing.':
    'Prépare une version sur une branche main sans modification en cours : déplace ce que CHANGELOG.md a sous « Unreleased » vers la version, avec la date, l’inscrit dans package.json, crée le commit et son étiquette. Ne publie rien.',
  'the version: 1.2.3': 'la version : 1.2.3',
  'the version is there; push it': 'la version est là ; publiez-la',
  'Shows what changes between two folders that "cdk synth --output FOLDER" wrote (one stage, without and with the change), and refuses a change that deletes or replaces a table, bucket, key, secret or queue.':
    'Montre ce qui change entre deux dossiers écrits par « cdk synth --output DOSSIER » (un environnement de déploiement, sans et avec le changement), et refuse un changement qui supprime ou remplace une table, un espace, une clé, un secret ou une file.',
  'the folder without the change': 'le dossier sans le changement',
  'the folder with the change': 'le dossier avec le changement',
  'exceptions with a reason and an expiry date (tools/guard/waivers.json)':
    'des exceptions avec une raison et une date d’expiration (tools/guard/waivers.json)',
  'what is refused, what is waived, remarks and changes, as JSON':
    'ce qui est refusé, ce qui fait exception, les remarques et les changements, en JSON',
  'Needs no account and no network.': 'N’a besoin ni de compte, ni de réseau.',
  'nothing is lost': 'rien n’est perdu',
  'something would be lost': 'quelque chose serait perdu',
  'it cannot tell': 'impossible de le dire',
};

/** What a text of --help is in this language. */
export function spokenIn(language: Language, english: string): string {
  const { [english.replaceAll(/\s+/g, ' ')]: said = english } = language === 'fr' ? french : {};
  return said;
}

/** As POSIX has it: the first of these variables that is not empty. Without any, whatever the system says. */
export function machineLocale(env: Readonly<Partial<Record<string, string>>> = process.env): string {
  const { LC_ALL, LC_MESSAGES, LANG } = env;
  const said = [LC_ALL, LC_MESSAGES, LANG].find(Boolean);
  return said ?? Intl.DateTimeFormat().resolvedOptions().locale;
}

/** `--language fr`, or else the machine's own language; English for whatever is not French. */
export function languageIn(args: readonly string[], own = machineLocale()): Language {
  const [, asked = own] = /(?:^| )--lang[a-z]*[ =](\w+)/.exec(args.join(' ')) ?? [];
  return asked.startsWith('fr') ? 'fr' : 'en';
}
