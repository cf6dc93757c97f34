import { states, transitions, type Transition } from '../../shared/ledger/states.ts';
import { code, generatedNotice, table } from './markdown.ts';

/** The state machine as a drawing and as tables. */
export const ledgerPage = (): string => `${generatedNotice('shared/ledger/states.ts')}
# The ledger: where an invoice stands

The DynamoDB table has one item for each invoice. A write replaces a known version of the item, and is only accepted
from the states that the table below names: a function that is late, or that runs twice, changes nothing.

\`\`\`mermaid
${drawing()}
\`\`\`

## States

${table(
  ['state', 'final', 'meaning', 'en français'],
  Object.entries(states).map(([name, { final, en, fr }]) => [`\`${name}\``, final ? 'yes' : '', en, fr]),
)}

## Transitions

${table(
  ['transition', 'from', 'to', 'brings', 'because'],
  Object.entries(transitions).map(([name, { from, to, brings, because }]) => [
    `\`${name}\``,
    from.length > 7 ? 'any state' : from.join(', '),
    to,
    brings.map(code).join(', '),
    because,
  ]),
)}

A transition writes its events into the item's outbox, in the same write; they are published afterwards, and \`publish\`
empties the outbox. After \`rejected\` or \`refused\` the number can be used again only if no invoice was created in
Chorus Pro.
`;

/** In Mermaid's spelling: no hyphen in a state, [*] before there is an item. */
const node = (state: string): string => (state === 'absent' ? '[*]' : state.replace('-', '_'));

function drawing(): string {
  const moves = Object.entries(transitions).flatMap(([name, { from, to }]: [string, Transition]) =>
    to === 'same'
      ? []
      : from.filter((state) => state !== to).map((state) => `  ${node(state)} --> ${node(to)}: ${name}`),
  );
  const ends = Object.entries(states).flatMap(([name, { final }]) => (final ? [`  ${node(name)} --> [*]`] : []));
  return ['stateDiagram-v2', ...moves, ...ends].join('\n');
}
