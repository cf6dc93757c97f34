import type { Trial } from '../../shared/chorus-pro/try-credentials.ts';
import { readCredentials, type Credentials } from '../../shared/connection/credentials.ts';
import { holderOf, refusedLabel, secretLabels, type SecretVersions } from '../../shared/connection/secrets-manager.ts';
import type { TellOperations } from '../../shared/messaging/senders.ts';
import type { Telemetry } from '../../shared/telemetry/telemetry.ts';
import { refused, takenOver, type RefusedAt } from './mails.ts';

/** Secrets Manager calls the function once for each step, in this order, and stops at the first that throws. */
export const rotationSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type RotationStep = (typeof rotationSteps)[number];

export interface Rotation {
  connection: string;
  step: RotationStep;
  /** The version that Secrets Manager prepared. */
  version: string;
}

export interface RotateDependencies {
  secret: SecretVersions;
  tryOut: (credentials: Credentials) => Promise<Trial>;
  tell: TellOperations;
  telemetry: Telemetry;
  now: () => Date;
}

/** Runs one step of a rotation. @throws Error if the step failed; the credentials in use stay as they were */
export async function rotateCredentials(rotation: Rotation, dependencies: RotateDependencies): Promise<void> {
  const labels = (await dependencies.secret.labels())[rotation.version] ?? [];
  if (labels.includes(secretLabels.current)) return;
  if (!labels.includes(secretLabels.pending)) throw new Error('this version is not the pending one');
  await steps[rotation.step](rotation, dependencies);
}

const steps: Readonly<Record<RotationStep, (rotation: Rotation, dependencies: RotateDependencies) => Promise<void>>> = {
  createSecret: takeStaged,
  // Neither PISTE nor Chorus Pro has a call for this: the operator created the new value on their portals.
  setSecret: () => Promise.resolve(),
  testSecret: tryPending,
  finishSecret: takeOver,
};

/** Secrets Manager expects this step to create the new value; ours takes the value that the operator staged. */
async function takeStaged({ version }: Rotation, { secret, now }: RotateDependencies): Promise<void> {
  if (await secret.read(version)) return;
  const labels = await secret.labels();
  const next = holderOf(labels, secretLabels.next);
  const staged = next === undefined ? undefined : await secret.read(next);
  if (!staged)
    throw new Error('nothing is staged: npx relay credentials stages new credentials and begins the rotation');
  const current = holderOf(labels, secretLabels.current);
  const present = current === undefined ? undefined : await secret.read(current);
  const [credentials, old] = [readCredentials(staged.text), readCredentials(present?.text)];
  const before = old && { credentials: old, createdAt: present?.createdAt };
  const text = credentials ? JSON.stringify(dated(credentials, before, now())) : staged.text;
  await secret.put(version, text, secretLabels.pending);
  await secret.move(secretLabels.next, { from: next });
}

async function tryPending(rotation: Rotation, dependencies: RotateDependencies): Promise<void> {
  const { secret, tryOut, telemetry } = dependencies;
  const pending = await secret.read(rotation.version);
  // Secrets Manager also calls this step alone, to see whether the function exists.
  if (!pending) return;
  const credentials = readCredentials(pending.text);
  if (!credentials) return refuse(rotation, 'format', dependencies);
  const trial = await tryOut(credentials);
  if (trial.kind === 'broken') return refuse(rotation, trial.link, dependencies);
  if (trial.kind === 'works') return;
  telemetry.warn('CREDENTIALS_UNTRIED', { connection: rotation.connection, reason: trial.why });
  throw new Error(`the new credentials could not be tried (${trial.why}): nothing has changed`);
}

/**
 * Refused credentials are no longer pending: Secrets Manager retries a failed rotation, and each login with a wrong
 * password brings the account closer to being locked.
 */
async function refuse({ connection, version }: Rotation, link: RefusedAt, dependencies: RotateDependencies) {
  const { secret, tell, telemetry } = dependencies;
  const label = refusedLabel(link);
  await secret.move(label, { from: holderOf(await secret.labels(), label), to: version });
  await secret.move(secretLabels.pending, { from: version });
  telemetry.error('CREDENTIALS_REFUSED', { connection, reason: link });
  await tell(connection, refused(connection, link));
  throw new Error(`the new credentials were refused (${link}): the old ones stay in use`);
}

async function takeOver({ connection, version }: Rotation, dependencies: RotateDependencies): Promise<void> {
  const { secret, tell, telemetry } = dependencies;
  if (!(await secret.read(version))) throw new Error('the new version has no value');
  await secret.move(secretLabels.current, { from: holderOf(await secret.labels(), secretLabels.current), to: version });
  telemetry.info('CREDENTIALS_ROTATED', { connection });
  await tell(connection, takenOver(connection));
}

/** Each value and the field with its date. */
const dates = [
  ['pisteClientSecret', 'pisteSecretCreatedAt'],
  ['technicalPassword', 'technicalPasswordSetAt'],
] as const;

interface Present {
  credentials: Credentials;
  /** The date of the secret's version, used if no date was kept. */
  createdAt: Date | undefined;
}

/**
 * The new credentials with the dates from which their age is counted. A changed value is dated now, unless the operator
 * gave its date; an unchanged value keeps its date, although the secret gets a new version.
 */
function dated(next: Credentials, present: Present | undefined, now: Date): Credentials {
  const old: Partial<Credentials> = present?.credentials ?? {};
  const kept = dates.map(([value, date]) => {
    if (next[value] !== old[value]) return [date, next[date] === old[date] ? now.toISOString() : next[date]] as const;
    const ofVersion = date === 'pisteSecretCreatedAt' ? present?.createdAt?.toISOString() : undefined;
    return [date, next[date] ?? old[date] ?? ofVersion] as const;
  });
  return { ...next, ...Object.fromEntries(kept.filter(([, date]) => date !== undefined)) };
}
