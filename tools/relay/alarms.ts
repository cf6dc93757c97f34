/** `npx relay alarms`: which alarms ring now, and what each says. */
import { type Language, type Said, spokenInstant } from '../../shared/invoice/spoken.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { readAlarmDescription } from '../../infra/constructs/alarm-description.ts';
import { physicalName } from '../../infra/names.ts';
import { aboutAws, command, common, flag } from '../command-line/command.ts';
import { printable } from '../command-line/terminal.ts';
import { describeAlarms, ringingConnections, type AlarmNow } from './describe-alarms.ts';
import { awsFor, chosenStage } from './targets.ts';

interface Alarm {
  /** Without what is the same for all of a stage: `in-doubt`. */
  name: string;
  state: AlarmNow['StateValue'];
  /** ISO */
  since: string;
  /** For which connections it rings, where the alarm tells them apart. */
  connections: readonly string[];
  /** What happened, and the first thing to do. */
  says: Said;
  /** The page that says what to do, in each language. */
  runbook: Said;
}

/** Its French is in the folder beside, under the same name. */
const frenchPage = (runbook: string): string => runbook.replace('runbooks/alarms/', 'fr/procedures/alarmes/');

/** An alarm that another tool made has a text of its own, and no runbook. */
function read(alarm: AlarmNow, prefix: string, connections: readonly string[]): Alarm {
  const { AlarmName, AlarmDescription, StateValue, StateUpdatedTimestamp } = alarm;
  const { runbook, ...says } = readAlarmDescription(AlarmDescription) ?? {
    ...{ fr: AlarmDescription, en: AlarmDescription, runbook: '' },
  };
  return {
    name: AlarmName.slice(prefix.length),
    state: StateValue,
    since: new Date(StateUpdatedTimestamp * 1000).toISOString(),
    connections,
    says,
    runbook: { fr: frenchPage(runbook), en: runbook },
  };
}

const states: Readonly<Record<AlarmNow['StateValue'], Said>> = {
  ALARM: { fr: 'sonne depuis le', en: 'rings since' },
  OK: { fr: 'sans alerte depuis le', en: 'quiet since' },
  INSUFFICIENT_DATA: { fr: 'sans mesure depuis le', en: 'without data since' },
};

const whom: Said = { fr: 'Connexions :', en: 'Connections:' };

/** Wide enough to be read, narrow enough for any terminal. */
const width = 100;

function spokenAlarm({ name, state, since, connections, says, runbook }: Alarm, language: Language): string {
  const about = connections.length === 0 ? [] : wrapped(`${whom[language]} ${connections.join(', ')}`, width, '  ');
  const lines = [...about, ...wrapped(printable(says[language]), width, '  ')];
  const head = `${printable(name)} – ${states[state][language]} ${spokenInstant(since, language) ?? ''}`;
  return [head, ...lines, ...(runbook.en === '' ? [] : [`  → ${printable(runbook[language])}`])].join('\n');
}

function spoken(alarms: readonly Alarm[], { shown, stage }: { shown: readonly Alarm[]; stage: string }): Said {
  const ringing = alarms.filter(({ state }) => state === 'ALARM').length;
  const count: Said = {
    fr: `${ringing === 0 ? 'Aucune alarme ne sonne' : `${ringing} ${ringing > 1 ? 'alarmes sonnent' : 'alarme sonne'}`}, sur ${alarms.length} (${stage}).`,
    en: `${ringing === 0 ? 'No alarm rings' : `${ringing} ${ringing > 1 ? 'alarms ring' : 'alarm rings'}`}, of ${alarms.length} (${stage}).`,
  };
  const said = (language: Language) =>
    [...shown.map((alarm) => spokenAlarm(alarm, language)), count[language]].join('\n\n');
  return { fr: said('fr'), en: said('en') };
}

export const alarms = command({
  about: `Lists the alarms that ring now, each with the connections that it is about, what happened, the first thing to do, and
the page that says the rest.`,
  takes: {
    all: flag('the quiet ones, too'),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  notes: `In the local relay, alarms look at what it measures there, by its own clock: a trouble rings after some minutes or
hours of "npx relay clock". In AWS you need the permissions cloudwatch:DescribeAlarms and
cloudwatch:DescribeAlarmContributors. ${aboutAws}`,
  exitCodes: { 0: 'listed, whether any rings or not' },
  run: async ({ all, language, stage: askedStage, local, json }) => {
    const stage = chosenStage(askedStage);
    const prefix = physicalName(stage, '');
    const aws = await awsFor({ local });
    const found: Alarm[] = [];
    for (const alarm of await describeAlarms(aws, prefix))
      found.push(read(alarm, prefix, await ringingConnections(aws, alarm)));
    const listed = found.sort((a, b) => (a.name < b.name ? -1 : 1));
    const shown = listed.filter(({ state }) => all || state === 'ALARM');
    console.log(json ? JSON.stringify(shown, undefined, 2) : spoken(listed, { shown, stage })[language]);
    return 0;
  },
});
