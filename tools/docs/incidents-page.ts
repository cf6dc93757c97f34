/** docs/runbooks/incidents.md: what happened when the incidents were played. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { code, generatedNotice, table } from './markdown.ts';

const incidentSchema = z.strictObject({
  incident: z.string(),
  /** The alarm that rings first, and how long after the incident began. */
  alarm: z.string(),
  afterMinutes: z.number(),
  /** Those that ring later on. */
  others: z.array(z.string()),
  /** The page in docs/runbooks/ whose commands mended it. */
  runbook: z.string(),
  /** The last of these commands. */
  last: z.string(),
});
export type PlayedIncident = z.infer<typeof incidentSchema>;

/** Written by test/end-to-end/incidents/incidents.test.ts with `vitest -u`. */
const played = (): PlayedIncident[] =>
  z.array(incidentSchema).parse(JSON.parse(readFileSync(join(projectRoot, 'tools', 'docs', 'incidents.json'), 'utf8')));

const spanOf = (minutes: number): string => {
  if (minutes === 0) return 'within minutes';
  if (minutes < 120) return `${minutes} minutes`;
  return `${minutes / 60} hours`;
};

const linkTo = (page: string): string => `[${page.replace(/^.*\//, '').replace(/\.md$/, '')}](${page})`;

/** What the alarm's own page ends with: how to know that it is over. Its links start from another folder. */
function overWhen(alarm: string): string {
  const page = readFileSync(join(projectRoot, 'docs', 'runbooks', 'alarms', `${alarm}.md`), 'utf8');
  const [, last = ''] = /\*\*How to know it is over\.\*\* ([\s\S]*)$/.exec(page) ?? [];
  return last.trim().replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

export const incidentsPage = (): string => `${generatedNotice('tools/docs/incidents.json')}
# Incidents, and what rings

Each was played in the local cloud, with the alarms of the template evaluated as CloudWatch does, for the metrics that
AWS would have. The commands of its runbook were taken from the page and run. Then every invoice was in Chorus Pro,
nothing was left on a queue, and all alarms said OK. Times are from the beginning of the incident, rounded; each began
just after a poll, with functions that had a token, since the relay notices most things at its next call.

${table(
  ['incident', 'alarm that rings', 'after', 'runbook', 'its last command', 'it is over when'],
  played().map(({ incident, alarm, afterMinutes, others, runbook, last }) => [
    incident,
    [linkTo(`alarms/${alarm}.md`), ...others.map((other) => `then ${linkTo(`alarms/${other}.md`)}`)].join(', '),
    spanOf(afterMinutes),
    linkTo(runbook),
    code(last),
    overWhen(alarm),
  ]),
)}
`;
