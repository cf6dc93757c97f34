/** The French pages that are one table of the code's own each: reasons, statuses, retries. */
import { knownRefusals } from '../../../shared/chorus-pro/outcome.ts';
import { lastWithoutPayment, statuses, type StatusMeaning } from '../../../shared/chorus-pro/statuses.ts';
import { reasonTexts } from '../../../shared/invoice/reason-texts.ts';
import { isReasonCode } from '../../../shared/invoice/reasons.ts';
import { explainedRetries } from '../../../shared/messaging/retry-texts.ts';
import { howSoon } from '../how-soon.ts';
import { code, generatedNotice, table } from '../markdown.ts';
import { spokenCoverage } from '../schema-coverage.ts';
import { commandsIn, shown } from '../tables.ts';

/** docs/fr/motifs.md */
export const frenchReasonsPage = (): string => `${generatedNotice('shared/invoice/reason-texts.ts')}
# Motifs : pourquoi une commande n’a pas été exécutée

Les mots : [glossaire](glossaire.md). In English: [reasons.md](../reasons.md).

Chaque événement \`refused\` donne tous les motifs à la fois : le code, la place dans la commande, et l’une de ces
phrases. \`{…}\` est remplacé par la valeur. Une partie entre \`[…]\` disparaît si elle est sans objet.
« Dans un schéma » dit si les [schémas publiés](commandes.md#les-schémas-publiés) contiennent la règle, et ce qu’aucun
schéma ne peut savoir.

${table(
  ['code', 'dans un schéma', 'phrase'],
  Object.entries(reasonTexts).map(([name, { fr }]) => [
    code(name),
    isReasonCode(name) ? spokenCoverage(name, 'fr') : '–',
    shown(fr),
  ]),
)}

## Refus de Chorus Pro dont le sens est connu

Un code appartient à une opération : le même code signifie autre chose ailleurs. Tout autre refus est transmis tel quel,
sous le motif \`refused-by-chorus-pro\`.

${table(
  ['opération', 'codeRetour', 'code du message', 'signification', 'marque'],
  knownRefusals.map(({ operation, code: returned, message, meaning, mark }) => [
    code(operation),
    String(returned),
    message ?? '–',
    meaning.fr,
    mark,
  ]),
)}

Les marques sont expliquées dans [what to try first](../to-try-first.md#the-marks) (en anglais).
`;

const actors: Readonly<Record<StatusMeaning['actor'], string>> = {
  supplier: 'le fournisseur',
  recipient: 'le destinataire',
  validator: 'le valideur',
  'project-manager': 'le maître d’œuvre',
  'works-owner': 'le maître d’ouvrage',
  'chorus-pro': 'Chorus Pro',
  none: '–',
};

const effects: Readonly<Record<StatusMeaning['effect'], string>> = {
  none: 'pas encore déposée',
  open: 'suivie',
  settled: 'fin : mise en paiement',
  rejected: 'fin : rejetée',
};

/** docs/fr/etats.md */
export const frenchStatusesPage =
  (): string => `${generatedNotice('shared/chorus-pro/statuses.ts', 'shared/facts/timings.ts')}
# États dans Chorus Pro

Les mots : [glossaire](glossaire.md). In English: [statuses.md](../statuses.md).

Les valeurs sont celles de l’AIFE (Swagger « Factures » 1.0.0) ; leur signification vient des pages de l’AIFE et des
utilisateurs. Une valeur qui n’est pas dans ce tableau est enregistrée telle quelle et fait sonner une alarme ; la
facture reste suivie.

${table(
  ['état', 'signification', 'qui doit agir', 'pour le relais', 'commande de l’ERP'],
  Object.entries(statuses).map(([name, { effect, actor, fr, ...meaning }]) => [
    code(name),
    fr,
    actors[actor],
    effects[effect],
    commandsIn(meaning),
  ]),
)}

Si le destinataire ne fait pas remonter ses paiements (\`statutMiseEnPaiementNestPasRemonte\`), la fin est
${[...lastWithoutPayment].map(code).join(' ou ')}.

${howSoon('fr')}`;

/** docs/fr/procedures/reports.md */
export const frenchRetriesPage =
  (): string => `${generatedNotice('shared/messaging/retry-reasons.ts', 'shared/messaging/retry-texts.ts')}
# Reports : pourquoi un message reste dans la file

Les mots : [glossaire](../glossaire.md). In English: [retries.md](../../runbooks/retries.md).

Cette liste de raisons est complète ; la métrique \`Retries\` a la raison pour dimension. Un délai est tiré au hasard,
entre la moitié du premier délai et un plafond qui part du premier délai et double à chaque réception, jusqu’au plus
long. Un Retry-After est respecté. Aucune intervention n’est nécessaire, sauf si cela dure. Quand
les reports prennent fin : [limits and timings](../../limits-and-timings.md#a-message-that-always-fails) (en anglais).

${table(
  ['raison', 'premier délai (s)', 'plus long (s)', 'ce qu’elle signifie', 'que faire si cela dure'],
  explainedRetries.map(({ reason, first, longest, fr, todo }) => [
    code(reason),
    String(first),
    String(longest),
    fr,
    todo.fr,
  ]),
)}
`;
