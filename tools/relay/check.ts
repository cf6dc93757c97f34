/** `npx relay check`: the whole chain of a connection, from PISTE to each SIRET. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Language } from '../../shared/invoice/spoken.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import type { VersionedCredentials } from '../../shared/connection/credentials.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager.ts';
import { checkConnection } from '../../shared/diagnostics/check-connection.ts';
import { recallEvidence, rememberEvidence } from '../../shared/diagnostics/evidence.ts';
import type { Memory } from '../../shared/ledger/ledger.ts';
import type { StepVerdict } from '../../shared/diagnostics/findings.ts';
import type { StepReport, ConnectionReport } from '../../shared/diagnostics/report.ts';
import { codeLists, steps } from '../../shared/diagnostics/steps.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { aboutAws, command, common, flag, textOption, WrongUsage } from '../command-line/command.ts';
import { paintFor, printable, widthOf, type Paint } from '../command-line/terminal.ts';
import { credentialsFromFile, credentialsIn, credentialVariables } from './read-credentials.ts';
import type { Owner } from './connection-secret.ts';
import { hinted } from '../command-line/local-hints.ts';
import { chosenStage, serverFor, serverOptions, type Server, connectionArgument, settingsOf } from './targets.ts';

export interface Speaking {
  language: Language;
  paint: Paint;
  /** Of the terminal. */
  width: number;
  /** The command acts on the local relay: so does what a person is told to type. */
  local?: boolean;
}

const marks = {
  holds: { mark: '✓', style: 'green' },
  /** It holds, but something is to be mended, soon or some day. */
  'to-mend': { mark: '!', style: 'yellow' },
  fails: { mark: '✗', style: 'red' },
  'not-tried': { mark: '–', style: 'dim' },
} as const satisfies Readonly<Record<StepVerdict | 'to-mend', object>>;

/** A step of a report, also of one by another version. */
type SaidStep = Omit<StepReport, 'finding'> & { finding: string };

const markOf = ({ verdict, mend }: SaidStep) => marks[verdict === 'holds' && mend ? 'to-mend' : verdict];

const isAfterAFailure = ({ finding }: SaidStep): boolean => finding === 'after-a-failure';

const followers = {
  fr: (count: number) => `${count} contrôles non effectués : une étape dont ils dépendent a échoué (--json les nomme)`,
  en: (count: number) => `${count} steps not tried: a step that they depend on failed (--json names them)`,
} as const satisfies Readonly<Record<Language, object>>;

/** Printable: it quotes what a remote server said. */
const labelOf = ({ step, subject }: SaidStep, { language }: Speaking): string =>
  printable(
    [steps[step][language], ...(subject === undefined ? [] : [codeLists[subject]?.[language] ?? subject])].join(' '),
  );

/** A column that is narrower is no column: its text stands below. */
const narrowest = 24;

/** What failed is not to be hidden by all that depends on it. */
export function spokenSteps(checked: readonly SaidStep[], speaking: Speaking): string {
  const { language, paint, width } = speaking;
  const after = checked.filter(isAfterAFailure);
  if (after.length < 2) return spokenEach(checked, speaking);
  const { mark, style } = marks['not-tried'];
  const [first = '', ...rest] = wrapped(followers[language](after.length), width, '  ');
  const folded = [`${paint(style, mark)} ${first.trimStart()}`, ...rest];
  return [
    spokenEach(
      checked.filter((one) => !isAfterAFailure(one)),
      speaking,
    ),
    ...folded,
  ].join('\n');
}

/** Each step with the fault in a column of its own and, below it, where to fix it. */
function spokenEach(checked: readonly SaidStep[], speaking: Speaking): string {
  const { language, paint, width, local = false } = speaking;
  const longest = Math.max(...checked.map((one) => labelOf(one, speaking).length));
  const isBeside = longest + 4 + narrowest <= width;
  const margin = ' '.repeat(isBeside ? longest + 4 : 4);
  return checked
    .flatMap((one) => {
      const { mark, style } = markOf(one);
      const label = labelOf(one, speaking);
      const told = (text: string) => wrapped(hinted(printable(text), local), width, margin);
      const said = told(one.said[language]);
      const mended = one.mend ? told(`→ ${one.mend[language]}`) : [];
      const [first = '', ...rest] = isBeside ? said : ['', ...said];
      const line = `${paint(style, mark)} ${label.padEnd(isBeside ? longest : 0)}  ${first.trimStart()}`;
      return [line.trimEnd(), ...rest, ...mended];
    })
    .join('\n');
}

export function spokenCheck(
  { steps: checked, established, conclusion }: Omit<ConnectionReport, 'connection' | 'steps'> & { steps: SaidStep[] },
  speaking: Speaking,
): string {
  const { style } = marks[established ? 'holds' : 'fails'];
  const end = wrapped(conclusion[speaking.language], speaking.width).join('\n');
  return `${spokenSteps(checked, speaking)}\n\n${speaking.paint(style, end)}`;
}

/** PISTE may refuse at random and reply slowly. A person should not wait longer than this. */
const patienceMs = 180_000;

/** Credentials from elsewhere than Secrets Manager get a new version at each run, since they may have changed. */
async function credentialsOf(
  { stage, connection }: Owner,
  file: string | undefined,
  { secretsManager, now }: Server,
): Promise<VersionedCredentials | undefined> {
  if (file !== undefined) return { ...(await credentialsFromFile(file)), version: randomUUID() };
  const { credentials, missing } = credentialsIn(process.env);
  if (credentials) return { ...credentials, version: randomUUID() };
  if (missing.length < credentialVariables.length)
    throw new WrongUsage({ fr: `définissez aussi ${missing.join(', ')}`, en: `set ${missing.join(', ')} too` });
  return secretsManagerCredentials(secretsManager(), stage, now)(connection);
}

/** The folder for state that this user's programs can afford to lose (XDG base directories). */
const stateFolder = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'chorus-relay');

const versionedSchema = z.object({ version: z.number() });

/** What the command remembers between runs, one file for each name. An unreadable file counts as missing. */
function fileMemory(folder: string): Memory {
  const fileOf = (name: string): string => join(folder, `${encodeURIComponent(name)}.json`);
  const recall = async (name: string): Promise<unknown> => {
    try {
      const value: unknown = JSON.parse(await readFile(fileOf(name), 'utf8'));
      return value;
    } catch {
      return undefined;
    }
  };
  const remember = async (name: string, value: object): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(fileOf(name), JSON.stringify(value));
  };
  // One person runs the command at a time: there is no race to lose against others.
  const swap: Memory['swap'] = async (name, { replaces, value }) => {
    const { version } = versionedSchema.parse((await recall(name)) ?? { version: 0 });
    if (version !== replaces) return 'lost';
    await remember(name, value);
    return 'swapped';
  };
  return { recall, remember, swap };
}

export const check = command({
  about: `Walks the whole chain of connections/<connection>.json, from PISTE to each company's SIRET. It changes nothing, and
says « Connexion avec Chorus Pro établie » only when all of it holds.`,
  takes: {
    connection: connectionArgument(),
    language: common.language,
    credentials: textOption('FILE', 'JSON as the secret holds it, "-" for standard input'),
    stage: common.stage,
    local: common.local,
    ...serverOptions,
    json: flag('the result as JSON, in both languages'),
  },
  positionals: ['connection'],
  notes: `Without --credentials they come from ${credentialVariables.join(', ')}
if these are set, otherwise from Secrets Manager.
${aboutAws}

What has worked is noted in $XDG_STATE_HOME, never a credential: the next run can tell a wrong id from a wrong secret.`,
  exitCodes: { 0: 'all holds', 1: 'something does not hold' },
  run: async ({ connection, language, stage, credentials: file, json, ...given }) => {
    const settings = await settingsOf(connection);
    const server = await serverFor(settings.environment, given);
    const owner = { stage: chosenStage(stage, settings.name), connection: settings.name };
    const credentials = await credentialsOf(owner, file, server);
    const until = Date.now() + patienceMs;
    const memory = fileMemory(stateFolder(process.env));
    // What one server accepted says nothing about another.
    const known = `${settings.name}@${new URL(server.urls.token).hostname}`;
    const { result, evidence } = await checkConnection(
      { settings, credentials, evidence: await recallEvidence(memory, known) },
      { urls: server.urls, transport: nodeTransport, now: server.now, wait },
      { remainingMs: () => until - Date.now() },
    );
    await rememberEvidence(memory, known, evidence);
    const { local } = given;
    const speaking = { language, paint: paintFor(process.stdout), width: widthOf(process.stdout), local };
    console.log(json ? JSON.stringify(result, undefined, 2) : spokenCheck(result, speaking));
    return result.established ? 0 : 1;
  },
});
