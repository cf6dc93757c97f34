import { deadLetterReasons, tooOften } from '../../../shared/messaging/dead-letter-reasons.ts';
import { code, generatedNotice, table } from '../markdown.ts';

const reasons = [
  ...Object.entries(deadLetterReasons).map(([name, explained]) => ({ name: code(name), ...explained })),
  { name: 'reçu trop souvent', ...tooOften },
];

/** docs/fr/procedures/messages-en-erreur.md */
export const frenchDeadLettersPage = (): string => `${generatedNotice('shared/messaging/dead-letter-reasons.ts')}
# Messages en erreur

In English: [dead-letters.md](../../runbooks/dead-letters.md).

**Ce que cela signifie.** Le relais a renoncé à un message, qui est désormais dans
\`chorus-relay-<stage>-invoices-dead-letters\`. Rien n’est perdu, et rien n’en est envoyé tant que personne ne le renvoie.
SQS le supprime après 14 jours ; si c’est SQS lui-même qui y a renoncé, ce délai court du jour où l’ERP l’a envoyé.

**Où regarder.**

\`\`\`sh
npx relay dead-letters              # tous, avec la commande, la facture et le champ en cause ; --stage, --json, --help
npx relay dead-letters show <id>    # un seul : pourquoi il est là, ce qui ne va pas et à quel endroit (▶), que faire, son contenu
\`\`\`

Son identifiant est celui de la liste, ou celui qu’il avait dans la file, que nomme le journal.

${table(
  ['motif', 'comment il est arrivé là', 'que faire d’abord'],
  reasons.map(({ name, fr, todo }) => [name, fr, todo.fr]),
)}

Un message si long que le motif n’a pas de place à côté de lui (1 Mio à eux deux) est conservé sous
\`received/unknown/<jour>/<identifiant du message>.json\`, et le message en erreur ne fait que nommer cet objet
(\`relay.kept-body\`).
\`redrive\` et \`dead-letters\` le lisent, et renvoient le message entier.

Les [reports](reports.md), raison par raison. Toutes les limites :
[limits and timings](../../limits-and-timings.md#a-message-that-always-fails) (en anglais).

**Que faire.** Une fois la cause levée :

\`\`\`sh
npx relay redrive <connection>              # tous ceux d’une connexion, ou seulement --reason unexpected ; d’abord --dry-run
npx relay dead-letters send-back <id>       # un seul
npx relay dead-letters delete <id>          # un dont personne n’a besoin : il ne peut pas être récupéré
\`\`\`

Chaque message est renvoyé avant d’être supprimé. Si la commande est interrompue, relancez-la : un message qui revient
deux fois est reconnu, et une facture que Chorus Pro a déjà n’est pas renvoyée. Les messages d’autres connexions, et
ceux qui ne peuvent pas être lus, restent là, et sont de nouveau visibles aussitôt. « Revenu aussitôt » signifie que la
cause est toujours là.

Il vous faut \`sqs:GetQueueUrl\`, \`ReceiveMessage\`, \`DeleteMessage\` et \`ChangeMessageVisibility\` sur les messages en
erreur, \`sqs:GetQueueUrl\` et \`SendMessage\` sur la file, \`s3:GetObject\` sur \`received/unknown/\` de l’espace de
documents, et \`kms:Decrypt\` et \`kms:GenerateDataKey\` sur la clé du relais.

Dans la console : *Start DLQ redrive* sur la file des messages en erreur, vers la destination choisie
\`chorus-relay-<stage>-invoices\` (les messages que le relais a déplacés lui-même n’ont pas de file d’origine). Cela
déplace les messages de toutes les connexions, y compris ceux qui ne peuvent pas être lus ou ne font que nommer un
objet : ceux-là reviennent.

**Les événements de l’ERP** (\`chorus-relay-<stage>-erp-inbox-dead-letters\`) : *Start DLQ redrive* vers la destination
choisie \`chorus-relay-<stage>-erp-inbox\` ; pour une connexion qui a sa propre boîte de réception, de
\`chorus-relay-<stage>-erp-dead-letters-<connection>\` vers \`chorus-relay-<stage>-erp-inbox-<connection>\`. L’ERP
ignore l’\`id\` d’un événement déjà reçu.

**Comment savoir que c’est fini.** \`npx relay dead-letters\` n’énumère plus rien, l’alarme repasse à OK dans les cinq
minutes, et l’ERP a un événement pour chaque facture renvoyée.

**Avec \`allowedSenders\`.** Un message que renvoie un exploitant a pour expéditeur l’identifiant de l’exploitant :
ajoutez-le d’abord à la liste de la connexion, sans quoi le relais refuse le message (\`sender-not-allowed\`). Chaque
commande, telle qu’elle est arrivée, est encore dans l’espace de documents, sous \`received/<connection>/\`.
`;
