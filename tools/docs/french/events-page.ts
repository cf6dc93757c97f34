import { actionIn, eventRows, commandRows } from '../events-page.ts';
import { generatedNotice, table } from '../markdown.ts';
import { frenchOf } from './field-texts.ts';

/** docs/fr/evenements.md */
export const frenchEventsPage = (): string => `${generatedNotice(
  'shared/invoice/events.ts',
  'shared/invoice/invoice-commands.ts',
  'tools/docs/french/field-texts.ts',
)}
# Événements pour l’ERP, et ses commandes sur une facture

Les mots : [glossaire](glossaire.md). In English: [events.md](../events.md).

Les événements sont des [CloudEvents 1.0](../schemas/event.v1.json) en JSON, publiés sur la rubrique SNS
\`invoice-events\` et mis dans la file \`erp-inbox\`. Chacun arrive au moins une fois : ignorez un \`id\` déjà vu. Pour un
même \`subject\` (\`connection/supplier/number\`), triez par \`data.sequence\`. Un événement qui porte sur un message plutôt
que sur une facture a le \`subject\` \`connection/-/message <id>\` et n’a pas de \`data.state\` : le message ne disait pas de
quelle facture il s’agissait, ou la facture qui porte son numéro est une autre, ou bien elle reste comme elle est. Par
exemple, si une autre facture est envoyée sous un numéro déjà pris, le refus porte sur ce message, et non sur la facture
qui a le numéro. Le rappel d’un identifiant qui expire a le \`subject\` \`connection/-/<identifiant>\`, la pièce d’un autre
intervenant dans un dossier de facturation \`connection/-/works <identifiant Chorus Pro>\`, sans \`data.sequence\`.

On s’abonne à la rubrique d’après les attributs des messages : \`connection\`, \`type\`, \`action-needed\` (\`true\` ou
\`false\`).

## Quelle boîte de réception

| réglage \`inbox\` de la connexion | ses événements sont publiés sur | et attendent dans | qui les lit |
| --- | --- | --- | --- |
| \`shared\` (par défaut) | \`invoice-events\` | \`erp-inbox\` | les ERP de toutes les connexions qui la partagent |
| \`own\` | \`invoice-events-<connection>\`, et nulle part ailleurs | \`erp-inbox-<connection>\` | l’ERP de cette connexion, lui seul |

Chaque nom commence par \`chorus-relay-<stage>-\`. Les messages, leurs attributs et les garanties sont les mêmes. Un ERP
qui sert toutes les connexions lit la boîte partagée ; les ERP d’entreprises qui ne doivent pas voir les factures les
unes des autres ont chacun la leur. L’URL de la file est la sortie \`OwnInboxQueueUrl\` de la pile
\`chorus-relay-<stage>-<connection>\`. Un abonné qui veut les événements de toutes les connexions s’abonne à chacune de
ces rubriques. Pour passer de l’une à l’autre : [sa propre boîte de
réception](procedures/connexions.md#sa-propre-boîte-de-réception).

## Ce qui est signalé

${table(
  ['type', 'action attendue', 'signification'],
  eventRows('../').map(({ link, action, fr }) => [link, actionIn(action, { yes: 'oui', perhaps: 'selon l’état' }), fr]),
)}

- \`data.message\` est la phrase à montrer. Elle complète au besoin celle du tableau.
- \`data.state\` est l’état de la facture dans le [registre](../ledger.md) ; \`data.status\` est son
  [état](etats.md) dans Chorus Pro, et chacun des \`data.reasons\` a un [code](motifs.md).
- \`data.status.answer\`, avec \`action-needed\`, nomme la [commande](#commandes-sur-une-facture) par laquelle l’ERP
  peut répondre. Il est absent si aucune ne convient, comme à l’état ERREUR_FOURNISSEUR_SUR_MOE : montrez alors
  \`data.message\` à une personne.
- \`data.notes\`, avec \`accepted\`, dit ce qui a été toléré, avec un code de la même liste : une TVA arrondie ligne par
  ligne n’est jamais acceptée sans être signalée.
- \`data.document\`, avec \`refused\` et \`withheld\`, donne le nom et la clé du fichier de la facture, si sa clé a été
  indiquée, ou s’il est arrivé [sans commande](../e-invoices.md#without-a-command).
- Si un nouvel état appelle une action, \`data.history\` donne les états de la facture jusque-là, avec dates et motifs.
- \`data.amount\` est le net à payer. Celui d’un avoir (voir \`data.invoiceType\`) est positif : il faut le déduire.
- \`paid\` signifie que le paiement a été émis (MISE_EN_PAIEMENT), et non qu’il est arrivé : rapprochez-le du relevé
  bancaire. Si, d’après l’annuaire de Chorus Pro, les paiements du destinataire n’y remontent pas, \`paid\` est émis au
  dernier état visible (MANDATEE ou COMPTABILISEE, dans \`data.status\`), et \`data.message\` le dit : seule la banque fait
  alors connaître le paiement. L’événement n’est émis qu’une fois par facture : si elle change encore d’état (SUSPENDUE)
  puis est mise en paiement de nouveau, c’est un \`status-changed\` dont \`data.state\` est \`settled\`.
- \`late\` indique dans \`data.late\` depuis quand le paiement est en retard, et dans \`data.late.interest\` ce que cela
  vaut à ce jour ([intérêts moratoires](interets-moratoires.md)). Si le paiement est tardif, son événement a lui aussi
  \`data.late\`, avec ce qui est dû en définitive.
- \`repeated\` signifie que la même facture est arrivée dans un autre message : mêmes numéro, type, destinataire, net à
  payer, devise et date. Rien n’est envoyé. \`data.reasons\` dit si tout était identique (\`same-invoice\`) ou ce qui a
  changé (\`invoice-changed\`), \`data.command\` de quel message il s’agissait, et \`data.message\` où en est la facture. Le
  même message, livré deux fois par SQS, ne donne aucun événement.

Une commande est contrôlée en deux temps : sa forme d’abord (champs, clés de contrôle, formats), puis tout le reste.
Chaque contrôle donne tous ses motifs à la fois. Un message qui nomme sa connexion reçoit toujours une réponse,
quelles que soient ses autres erreurs : sans \`type\`, c’est \`answer-refused\`, puisque rien ne dit ce qu’il demande.
Seul un message qui n’est pas du JSON, ou qui ne dit pas sa connexion, rejoint les
[messages en erreur](procedures/messages-en-erreur.md) sans événement.

## Commandes sur une facture

Ces commandes vont dans la file \`invoices\`, comme \`invoice.submit\`, sous la forme
\`{ "type", "version": 1, "connection", "supplier", "invoice": { "number" }, … }\`. Chacune est exécutée une seule fois.
La réponse est l’événement \`answered\` ou \`answer-refused\`, avec \`data.command\` (le type de la commande et l’identifiant
de son message SQS). Si l’état de la facture ne permet pas une commande, le refus dit lesquelles sont possibles.

\`supplier\` est celui de \`invoice.submit\`. Un ERP qui n’a que l’événement y reprend le SIRET :
\`"supplier": { "siret": <data.supplier> }\`, à côté de \`data.connection\`, \`data.number\` et \`data.issueDate\`.

${table(
  ['commande', 'depuis l’état', 'ce qu’elle fait'],
  commandRows('commandes.md').map(({ link, from, description }) => [link, from || 'tous', frenchOf(description)]),
)}

## Demandes de validation

Une connexion qui a le réglage \`validations\` signale aussi ce que des sous-traitants et des cotraitants demandent à ses
sociétés de valider ([le BTP](le-btp.md#un-sous-traitant-vous-demande-de-valider)). Ces événements ont le \`subject\`
\`connection/-/validation <id>\` et n’ont pas de \`data.sequence\` : triez par \`time\`. \`requested\` est émis à la première
lecture de la demande, \`due\` le dixième et le treizième jour après le dépôt, \`tacit\` quand le quinzième jour est passé
sans réponse. Une demande lue tardivement n’est signalée que par l’événement le plus urgent : chacun donne tout ce que
l’on sait d’elle.

La réponse est la commande [\`validation.answer\`](commandes.md#validationanswer). Elle est exécutée une seule fois ;
\`chorus-relay.validation.answered.v1\` ou \`….answer-refused.v1\` vient alors, avec \`data.command\`. \`answered\` vient aussi,
avec \`data.by\` \`elsewhere\`, si quelqu’un a répondu sur le portail. Si la commande ne correspond à aucune demande, le
refus est \`chorus-relay.invoice.answer-refused.v1\`, sur son message.

## Bons de commande de l’État

Une connexion qui a le réglage \`orders\` signale aussi ce que l’État commande à ses sociétés ([le
BTP](le-btp.md#bons-de-commande-de-létat)). \`chorus-relay.order.notified.v1\` a le \`subject\`
\`connection/-/order <numéro>\` et n’a pas de \`data.sequence\`. Il vient une fois par bon de commande, le matin qui suit
sa notification ; un bon de commande notifié de nouveau, après un avenant par exemple, est signalé de nouveau, sous un
autre \`id\`. Ce que Chorus Pro ne montre pas est omis.
`;
