import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { checkConnection } from '../../shared/diagnostics/check-connection.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import type { VersionedCredentials } from '../../shared/connection/credentials.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager.ts';
import { recallEvidence, rememberEvidence } from '../../shared/diagnostics/evidence.ts';
import { spokenCheck } from './check-report.ts';
import { given, languageSchema, parsed, run, settingsFrom, WrongUsage } from './command-line.ts';
import { fileMemory, stateFolder } from './file-memory.ts';
import { credentialsFromFile, credentialsIn, credentialVariables } from './given-credentials.ts';
import { serverOf, serverOptions, type Server } from './server.ts';

const usage = `usage: npm run check -- <connection> [options]

Walks the whole chain of connections/<connection>.json, from PISTE to each company's SIRET, changes nothing, and says
« Connexion avec Chorus Pro établie » only when all of it holds.

  --language fr|en     fr by default
  --credentials FILE   JSON as the secret holds it, "-" for standard input
  --local              the relay that "npm run local" has brought up
  --chorus-pro URL     another server that follows AIFE's contract, with
  --piste URL          what gives its tokens
  --json               the answer as JSON, in both languages
  --help

Without --credentials they come from ${credentialVariables.join(', ')}
if these are set, else from Secrets Manager, which is found as the AWS CLI finds it: AWS_PROFILE, AWS_REGION and so on.

What is seen to work is noted in $XDG_STATE_HOME (no credential is): it tells a wrong id from a wrong secret next time.

exit codes: 0 all holds, 1 something does not, 2 wrong usage`;

const options = {
  ...serverOptions,
  language: { type: 'string', default: 'fr' },
  credentials: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parse = () => parsed(options);

const now = () => new Date();

/** PISTE may refuse at random, and answer slowly: a person waits so long at the most. */
const patienceMs = 180_000;

/** Credentials that are not in Secrets Manager have a version of their own at each run: nothing says that they are the same. */
async function credentialsOf(
  connection: string,
  file: string | undefined,
  { secretsManager }: Server,
): Promise<VersionedCredentials | undefined> {
  if (file !== undefined) return { ...(await credentialsFromFile(file)), version: randomUUID() };
  const { credentials, missing } = credentialsIn(process.env);
  if (credentials) return { ...credentials, version: randomUUID() };
  if (missing.length < credentialVariables.length) throw new WrongUsage(`set ${missing.join(', ')} too`);
  return secretsManagerCredentials(secretsManager(), now)(connection);
}

async function check(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const language = given(languageSchema, values.language);
  const settings = await settingsFrom(positionals, usage);
  const server = await serverOf(settings.environment, values);
  const credentials = await credentialsOf(settings.name, values.credentials, server);
  const until = Date.now() + patienceMs;
  const memory = fileMemory(stateFolder(process.env));
  // What one server has taken says nothing of another.
  const known = `${settings.name}@${new URL(server.urls.token).hostname}`;
  const { result, evidence } = await checkConnection(
    { settings, credentials, evidence: await recallEvidence(memory, known) },
    { urls: server.urls, transport: nodeTransport, now, wait },
    { remainingMs: () => until - Date.now() },
  );
  await rememberEvidence(memory, known, evidence);
  const colours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  console.log(values.json ? JSON.stringify(result, undefined, 2) : spokenCheck(result, { language, colours }));
  return result.established ? 0 : 1;
}

await run(check);
