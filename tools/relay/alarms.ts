/** `npx relay alarms`: which alarms ring now, and what each says. */
import { type Language, type Said, spokenInstant } from '../../shared/invoice/spoken.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { connectedNames, readRoster } from '../../shared/connection/roster.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { endAlarms, endAlarmsOf } from '../../shared/tracking/credential-ends.ts';
import { readAlarmDescription } from '../../infra/constructs/alarm-description.ts';
import { askWhichConnection } from '../../infra/constructs/alarm-texts.ts';
import { physicalName } from '../../infra/names.ts';
import { aboutAws, command, common, flag } from '../command-line/command.ts';
import { printable, proseWidth } from '../command-line/terminal.ts';
import { describeAlarms, ringingConnections, type AlarmNow } from './describe-alarms.ts';
import { ledgerTable } from './read-ledger.ts';
import { type Aws, awsFor, chosenStage } from './targets.ts';

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

interface Speaking {
  language: Language;
  width: number;
}

/** The connections are named above what it says: whoever reads this has no need to be told how to find them. */
function spokenAlarm({ name, state, since, connections, says, runbook }: Alarm, { language, width }: Speaking): string {
  const about = connections.length === 0 ? [] : wrapped(`${whom[language]} ${connections.join(', ')}`, width, '  ');
  const text = says[language].replace(`${askWhichConnection[language]} `, '');
  const lines = [...about, ...wrapped(printable(text), width, '  ')];
  const head = `${printable(name)} – ${states[state][language]} ${spokenInstant(since, language)}`;
  return [
    ...wrapped(head, width),
    ...lines,
    ...(runbook.en === '' ? [] : [`  → ${printable(runbook[language])}`]),
  ].join('\n');
}

interface Spoken extends Speaking {
  shown: readonly Alarm[];
  stage: string;
}

function spoken(alarms: readonly Alarm[], { shown, stage, ...speaking }: Spoken): string {
  const ringing = alarms.filter(({ state }) => state === 'ALARM').length;
  const count: Said = {
    fr: `${ringing === 0 ? 'Aucune alarme ne sonne' : `${ringing} ${ringing > 1 ? 'alarmes sonnent' : 'alarme sonne'}`}, sur ${alarms.length} (${stage}).`,
    en: `${ringing === 0 ? 'No alarm rings' : `${ringing} ${ringing > 1 ? 'alarms ring' : 'alarm rings'}`}, of ${alarms.length} (${stage}).`,
  };
  return [...shown.map((alarm) => spokenAlarm(alarm, speaking)), count[speaking.language]].join('\n\n');
}

/**
 * Which connections the alarms of the daily look at the credentials are about: CloudWatch only counts them, the ledger
 * has the names. Whoever may not read the ledger still sees the alarms, without the names.
 */
async function namedByDay(aws: Aws, stage: string): Promise<ReadonlyMap<string, string[]>> {
  const named = new Map<string, string[]>();
  const client = aws.dynamodb();
  try {
    const memory = new DynamoDbMemory({ client, table: await ledgerTable(client, stage) });
    for (const name of connectedNames(await readRoster(memory)))
      for (const alarm of await endAlarmsOf(name, memory)) named.set(alarm, [...(named.get(alarm) ?? []), name]);
  } catch {
    return new Map();
  } finally {
    client.destroy();
  }
  return named;
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
cloudwatch:DescribeAlarmContributors; which connection's credentials are to be renewed is read from the ledger, if you
may. ${aboutAws}`,
  exitCodes: { 0: 'listed, whether any rings or not' },
  run: async ({ all, language, stage: askedStage, local, json }) => {
    const stage = chosenStage(askedStage);
    const prefix = physicalName(stage, '');
    const aws = await awsFor({ local });
    const described = await describeAlarms(aws, prefix);
    const isDaily = ({ AlarmName, StateValue }: AlarmNow) =>
      StateValue === 'ALARM' && endAlarms.includes(AlarmName.slice(prefix.length));
    const byDay = described.some(isDaily) ? await namedByDay(aws, stage) : new Map<string, string[]>();
    const found: Alarm[] = [];
    for (const alarm of described) {
      const counted = isDaily(alarm) ? byDay.get(alarm.AlarmName.slice(prefix.length)) : undefined;
      found.push(read(alarm, prefix, counted ?? (await ringingConnections(aws, alarm))));
    }
    const listed = found.sort((a, b) => (a.name < b.name ? -1 : 1));
    const shown = listed.filter(({ state }) => all || state === 'ALARM');
    const width = proseWidth(process.stdout);
    console.log(json ? JSON.stringify(shown, undefined, 2) : spoken(listed, { shown, stage, language, width }));
    return 0;
  },
});
