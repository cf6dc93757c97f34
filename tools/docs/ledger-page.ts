import { states, transitions, type Transition } from '../../shared/ledger/states.ts';
import { generatedNotice, table } from './markdown.ts';

/** The state machine as a drawing and as tables. */
export const ledgerPage = (): string => `${generatedNotice('shared/ledger/states.ts')}
# The ledger: where an invoice stands

One item of the DynamoDB table for each invoice. Each write replaces a known version of it and is refused from any state
that the table below does not name, so a late or doubled function changes nothing.

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
  ['transition', 'from', 'to', 'because'],
  Object.entries(transitions).map(([name, { from, to, because }]) => [
    `\`${name}\``,
    from.length > 7 ? 'any state' : from.join(', '),
    to,
    because,
  ]),
)}

\`publish\` empties the outbox: the events that a transition made leave in the same item, and are published after it. \`rejected\`
and \`refused\` free the number again only where no invoice came into being in Chorus Pro.
`;

/** Mermaid's own names: no hyphen in a state, [*] for what is not there yet. */
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
