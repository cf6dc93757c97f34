import { commandParts, inPython } from '../commands-page.ts';
import { generatedNotice } from '../markdown.ts';
import { frenchOf } from './field-texts.ts';

/** docs/fr/commandes.md */
export const frenchCommandsPage = (): string => `${generatedNotice(
  'shared/invoice/submit-command.ts',
  'shared/invoice/invoice-commands.ts',
  'tools/docs/french/field-texts.ts',
)}
# Commandes : tous les champs

Les mots : [glossaire](glossaire.md). In English: [commands.md](../commands.md).

Chaque commande est un message JSON dans la file \`invoices\`. Les montants, les prix, les quantités et les taux sont des
nombres décimaux écrits comme du texte, avec un point ("1200.00") ; les dates s’écrivent AAAA-MM-JJ. « Obligatoire » à
l’intérieur d’une partie facultative signifie : obligatoire si cette partie est présente. Un texte vide, des blancs et
\`null\` signifient « absent » ; un champ inconnu est refusé. Un refus donne tous ses [motifs](motifs.md) ; tout ce que dit
le relais arrive sous forme d’[événements](evenements.md).

Les blancs autour d’un texte sont ôtés et ses accents composés (NFC), sauf dans les clés des documents. Un caractère de
contrôle, un caractère que personne ne voit (de largeur nulle, de sens d’écriture, à usage privé) ou perdu en chemin
(U+FFFD) est refusé, avec son nom et sa place : \`shared/invoice/characters.ts\`. Un retour à la ligne est conservé dans
un commentaire, lu comme une espace dans les autres textes destinés à être lus, et refusé dans ce qui identifie quelque
chose, où il faut aussi une lettre ou un chiffre au moins. Un SIRET, un IBAN et un numéro de TVA peuvent être écrits par
groupes, avec des espaces, des points ou des traits d’union.

\`npx relay validate command.json\` contrôle une commande comme le ferait le relais, sans l’envoyer. Ce qui peut changer
sans changer de version, et ce que l’ERP doit ignorer : [versions of messages](../versions.md) (en anglais).

## Les schémas publiés

Les schémas des commandes, des événements et des fichiers de connexion suivent
[JSON Schema, version 2020-12](https://json-schema.org/draft/2020-12).
Ils contiennent les règles de cette page, y compris celles entre plusieurs champs (\`content\` ou \`key\`, un valideur avec
A9 et A12, un motif avec \`exempt\` …) : un \`$comment\` donne le code du motif. Les règles qu’aucun schéma ne peut
contenir, et pourquoi, sont dans une colonne des [motifs](motifs.md) : le schéma accepte alors ce que le relais refuse.
À l’inverse, un schéma exige des énumérations, des dates et des montants sans les blancs que le relais tolère.

- **JavaScript** : la classe d’ajv pour cette version, \`Ajv2020\` de \`ajv/dist/2020.js\` ; la classe de \`ajv\` même ne
  connaît que des versions antérieures. Les formats sont \`date\`, \`date-time\` et \`email\` : prenez \`ajv-formats\`, ou
  fiez-vous aux expressions régulières qui les accompagnent, avec
  \`{ formats: { date: true, 'date-time': true, email: true } }\`.
- **Python** : \`Draft202012Validator\` de \`jsonschema\`. Le contrôle des formats n’est pas nécessaire. Ce programme
  affiche ce qui ne va pas, et où :

${inPython('de plusieurs formes, celle qui convient le mieux')}

- **Autres langages** : un validateur qui connaît cette version. Les expressions régulières n’emploient que ce que
  JavaScript et Python connaissent tous deux.
- \`$id\` est un nom, et non une adresse : il n’y a rien à y télécharger.

${commandParts({
  head: ['champ', 'type ou valeurs', 'obligatoire ou par défaut', 'signification'],
  types: { date: 'date', array: 'liste', string: 'texte', object: 'objet', boolean: 'booléen', integer: 'entier' },
  upTo: ', au plus ',
  required: 'obligatoire',
  default: 'par défaut ',
  or: ' ou ',
  possible: (from) => `Possible à l’[état](etats.md) ${from}.`,
  schema: (file) => `[Schéma](../${file}).`,
  example: 'Le plus petit exemple :',
  meaning: frenchOf,
})}`;
