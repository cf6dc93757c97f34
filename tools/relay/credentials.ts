/** `npx relay credentials`: asks for a connection's credentials, tries them, and stores what works. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager.ts';
import { aboutAws, command, common, Failure, textOption } from '../command-line/command.ts';
import { hinted } from '../command-line/local-hints.ts';
import { paintFor, widthOf } from '../command-line/terminal.ts';
import { spokenSteps } from './check.ts';
import { secretState } from './connection-secret.ts';
import { keptSecret, saidKept } from './kept-secret.ts';
import { askCredentials, credentialsFromFile, Questions } from './read-credentials.ts';
import { rotationFunctionOf, storeCredentials, type Staged } from './store-credentials.ts';
import { serverFor, serverOptions, chosenStage, connectionArgument, settingsOf } from './targets.ts';

const patienceMs = 180_000;

/** From the file, from standard input, or by questions. */
export function credentialsOf(file: string | undefined, language: Language, today: string): Promise<Credentials> {
  if (file !== undefined) return credentialsFromFile(file);
  if (!process.stdin.isTTY) return credentialsFromFile('-');
  const questions = new Questions({ input: process.stdin, output: process.stderr }, language);
  return askCredentials(questions, today);
}

const outcomes: Readonly<Record<Staged['kind'] | 'nothing', Record<Language, string>>> = {
  nothing: {
    fr: 'Rien n’a été enregistré ; les identifiants précédents restent en service.',
    en: 'Nothing was stored; the previous credentials stay in use.',
  },
  first: { fr: 'Enregistrés : ils sont désormais en service.', en: 'Stored: they are in use from now on.' },
  'taken-over': {
    fr: 'Enregistrés et pris en compte : ils seront en service partout dans cinq minutes au plus.',
    en: 'Stored and taken over: they are in use everywhere within five minutes.',
  },
  refused: {
    fr: 'Refusés par la rotation dans AWS ; les anciens restent en service. Recommencez.',
    en: 'Refused by the rotation in AWS; the old ones stay in use. Try again.',
  },
  'under-way': {
    fr: 'Mis en attente ; la rotation dans AWS n’est pas terminée : les anciens restent en service jusque-là.',
    en: 'Staged; the rotation in AWS has not ended, and the old ones stay in use until then.',
  },
};

/** The trial has asked for a token and for one harmless call: it has not looked at any company. */
const checkSaid = (connection: string): Said => ({
  fr: `Les SIRET n’ont pas été contrôlés : « npx relay check ${connection} ».`,
  en: `The SIRETs have not been checked: "npx relay check ${connection}".`,
});

const stillDue = {
  code: 4,
  about: 'stored, but the Client Secret is the same as before, and is to be renewed',
} as const;

const isStored = (staged: Staged | undefined): boolean => staged?.kind === 'first' || staged?.kind === 'taken-over';

export const credentials = command({
  about: `Asks for the connection's four credentials without showing them, tries them with PISTE and Chorus Pro, and stores
them in Secrets Manager only when they work. On failure nothing is stored, and the link that failed is named.`,
  takes: {
    connection: connectionArgument(),
    'from-file': textOption(
      'FILE',
      `JSON {"pisteClientId", "pisteClientSecret", "technicalLogin", "technicalPassword"}
instead of questions, "-" for standard input; "pisteSecretCreatedAt" and
"technicalPasswordSetAt" may be in it`,
    ),
    language: common.language,
    stage: common.stage,
    local: common.local,
    ...serverOptions,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: { 0: 'stored', 1: 'not stored', [stillDue.code]: stillDue.about },
  run: async ({ connection, language, stage: askedStage, 'from-file': file, json, ...given }) => {
    const settings = await settingsOf(connection);
    const stage = chosenStage(askedStage, settings.name);
    const { urls, now, secretsManager, sqs } = await serverFor(settings.environment, given);
    const client = secretsManager();
    const rotationFunction = await rotationFunctionOf(sqs(), stage);
    if ((await secretState(client, { stage, connection: settings.name })) === 'leaving')
      throw new Failure({
        fr: `la connexion ${connection} a été déconnectée : « npx relay connect ${connection} » restaure son secret`,
        en: `${connection} was disconnected: "npx relay connect ${connection}" brings its secret back`,
      });
    const credentialsOfStage = secretsManagerCredentials(client, stage, now);
    const inUse = () => credentialsOfStage(settings.name, 'fresh');
    const before = await inUse();
    const today = parisDay(now());
    const entered = await credentialsOf(file, language, today);
    const until = Date.now() + patienceMs;
    const { steps, staged } = await storeCredentials({
      settings,
      stage,
      credentials: entered,
      client,
      rotationFunction,
      trial: { urls, transport: nodeTransport, now, wait },
      deadline: { remainingMs: () => until - Date.now() },
    });
    const outcome = staged?.kind ?? 'nothing';
    const renewalDays = settings.secretRenewalDays;
    const kept = isStored(staged) ? keptSecret(before, await inUse(), { renewalDays, today }) : undefined;
    const report = {
      ...{ connection: settings.name, stored: isStored(staged), outcome, steps },
      ...(kept ? { sameClientSecret: kept } : {}),
    };
    const { local } = given;
    const speaking = { language, paint: paintFor(process.stdout), width: widthOf(process.stdout), local };
    const end = [
      outcomes[outcome],
      ...(kept ? [saidKept(kept)] : []),
      ...(isStored(staged) ? [checkSaid(settings.name)] : []),
    ];
    const spoken = () =>
      [spokenSteps(steps, speaking), '', ...end.map((said) => hinted(said[language], local))].join('\n');
    console.log(json ? JSON.stringify(report, undefined, 2) : spoken());
    if (!isStored(staged)) return 1;
    return kept?.isDue ? stillDue.code : 0;
  },
});
