import { setTimeout as wait } from 'node:timers/promises';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { askCredentials } from './ask-credentials.ts';
import { Questions } from './ask-hidden.ts';
import { spokenSteps } from './check-report.ts';
import { chosenStage, given, languageSchema, parsed, run, settingsFrom, type Language } from './command-line.ts';
import { credentialsFromFile } from './given-credentials.ts';
import { serverOf, serverOptions } from './server.ts';
import type { Staged } from './stage-credentials.ts';
import { rotationFunctionOf, storeCredentials } from './store-credentials.ts';

const usage = `usage: npm run credentials -- <connection> [options]

Asks for the connection's four credentials without showing them, tries them against PISTE and Chorus Pro, and stores them in
Secrets Manager only when they work. On failure nothing is stored, and the link that failed is named.

  --from-file FILE     JSON {"pisteClientId", "pisteClientSecret", "technicalLogin", "technicalPassword"} instead of
                       questions, "-" for standard input; "pisteSecretCreatedAt" and "technicalPasswordSetAt" may be in it
  --language fr|en     fr by default
  --stage S            the stage, if it is not the one in cdk.json
  --local              the relay that "npm run local" has brought up
  --chorus-pro URL     another server that follows AIFE's contract, with
  --piste URL          what gives its tokens
  --json               what came of it as JSON
  --help

Secrets Manager is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.

exit codes: 0 stored, 1 not stored, 2 wrong usage`;

const options = {
  ...serverOptions,
  'from-file': { type: 'string' },
  language: { type: 'string', default: 'fr' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parse = () => parsed(options);

const now = () => new Date();
const patienceMs = 180_000;

function credentialsOf(file: string | undefined, language: Language): Promise<Credentials> {
  if (file !== undefined) return credentialsFromFile(file);
  if (!process.stdin.isTTY) return credentialsFromFile('-');
  const questions = new Questions({ input: process.stdin, output: process.stderr });
  return askCredentials(questions, { language, today: parisDay(now()) });
}

const outcomes: Readonly<Record<Staged['kind'] | 'nothing', Record<Language, string>>> = {
  nothing: {
    fr: 'Rien n’a été enregistré ; ce qui servait auparavant sert toujours.',
    en: 'Nothing was stored; what served before still serves.',
  },
  first: { fr: 'Enregistrés : ils servent désormais.', en: 'Stored: they serve from now on.' },
  'taken-over': {
    fr: 'Enregistrés et repris : ils servent partout dans cinq minutes au plus.',
    en: 'Stored and taken over: they serve everywhere within five minutes.',
  },
  refused: {
    fr: 'Refusés par la rotation dans AWS ; les anciens servent toujours. Recommencez.',
    en: 'Refused by the rotation in AWS; the old ones still serve. Try again.',
  },
  'under-way': {
    fr: 'Déposés ; la rotation dans AWS n’est pas finie, les anciens servent en attendant.',
    en: 'Staged; the rotation in AWS has not ended, the old ones serve meanwhile.',
  },
};

const isStored = (staged: Staged | undefined): boolean => staged?.kind === 'first' || staged?.kind === 'taken-over';

async function credentials(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const language = given(languageSchema, values.language);
  const settings = await settingsFrom(positionals, usage);
  const stage = chosenStage(values.stage, settings.name);
  const { urls, secretsManager } = await serverOf(settings.environment, values);
  const client = secretsManager();
  const rotationFunction = await rotationFunctionOf(client, settings.name, stage);
  const answered = await credentialsOf(values['from-file'], language);
  const until = Date.now() + patienceMs;
  const { steps, staged } = await storeCredentials({
    settings,
    credentials: answered,
    client,
    rotationFunction,
    trial: { urls, transport: nodeTransport, now, wait },
    deadline: { remainingMs: () => until - Date.now() },
  });
  const outcome = staged?.kind ?? 'nothing';
  const colours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const report = { connection: settings.name, stored: isStored(staged), outcome, steps };
  const spoken = `${spokenSteps(steps, { language, colours })}\n\n${outcomes[outcome][language]}`;
  console.log(values.json ? JSON.stringify(report, undefined, 2) : spoken);
  return isStored(staged) ? 0 : 1;
}

await run(credentials);
