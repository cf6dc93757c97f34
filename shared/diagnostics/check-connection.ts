import { apiNames } from '../chorus-pro/chorus-pro.ts';
import { daysApart } from '../chorus-pro/dates.ts';
import { type TrialDependencies, tryCredentials, type Link, type Trial } from '../chorus-pro/try-credentials.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { Deadline } from '../aws/runtime.ts';
import { apiSteps } from './api-steps.ts';
import { learnFrom, explainAccountRefusal, explainPisteRefusal, type Evidence, type Subject } from './evidence.ts';
import type { FindingCode } from './findings.ts';
import {
  type ConnectionReport,
  counted,
  inDays,
  quoteOf,
  reportOf,
  type Say,
  sayFor,
  type StepReport,
  troubleOf,
} from './report.ts';
import { stepsOf, type StepName } from './steps.ts';

export interface CheckSubject {
  settings: ConnectionSettings;
  /** Undefined: none are stored, or not all four. */
  credentials: VersionedCredentials | undefined;
  /** What worked at earlier checks. */
  evidence: Evidence;
}

export interface Check {
  result: ConnectionReport;
  evidence: Evidence;
}

/**
 * Checks every link of the chain from the credentials to the suppliers, in order, and changes nothing. A step that was
 * not reached is reported as not tried.
 */
export async function checkConnection(
  subject: CheckSubject,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<Check> {
  const { settings } = subject;
  const say = sayFor(settings);
  const { found, evidence } = await tryAll(subject, dependencies, deadline);
  const steps = stepsOf(settings).map(
    (expected) =>
      found.find(({ step, subject: of }) => step === expected.step && of === expected.subject) ??
      say(expected.step, 'after-a-failure', {}, expected.subject),
  );
  return { result: reportOf(settings.name, steps), evidence };
}

async function tryAll(
  { settings, credentials, evidence }: CheckSubject,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<{ found: StepReport[]; evidence: Evidence }> {
  const say = sayFor(settings);
  const now = dependencies.now();
  if (!credentials) return { found: [say('credentials', 'credentials-missing')], evidence };
  const trial = await tryCredentials(credentials, dependencies, deadline);
  const tried = { trial, credentials, evidence, now };
  const found = [
    say('credentials', 'credentials-read'),
    ...trialSteps(tried, say),
    checkSecretAge(say, credentials, settings.secretRenewalDays, now),
  ];
  const known = learnFrom(new Set(passedLinks(trial).map(({ link }) => link)), tried);
  if (trial.kind !== 'works') return { found, evidence: known };
  const { steps, expiresAt } = await apiSteps({ settings, chorusPro: trial.chorusPro, say }, { ...credentials, now });
  const password = known.password && expiresAt && { ...known.password, expiresAt: expiresAt.toISOString() };
  return { found: [...found, ...steps], evidence: { ...known, ...(password ? { password } : {}) } };
}

/** The links of the chain that a trial of credentials passes, in order, and what each one proves. */
const links: readonly { link: Link; step: StepName; passed: FindingCode }[] = [
  { link: 'piste-application', step: 'piste-token', passed: 'token-given' },
  // Without a subscription to any API, nobody has checked the account.
  { link: 'api-subscription', step: 'api', passed: 'api-answers' },
  { link: 'technical-account', step: 'technical-account', passed: 'account-taken' },
  { link: 'raccordement', step: 'raccordement', passed: 'raccordement-holds' },
];

interface Tried extends Subject {
  trial: Trial;
}

const passedLinks = (trial: Trial): typeof links =>
  trial.kind === 'works'
    ? links
    : links.slice(
        0,
        links.findIndex(({ link }) => link === trial.link),
      );

/**
 * What a trial says about each link. It speaks of the APIs only if none is subscribed to: else each has its own step.
 */
export function trialSteps(tried: Tried, say: Say): StepReport[] {
  const { trial } = tried;
  const passed = passedLinks(trial)
    .filter(({ step }) => step !== 'api')
    .map(({ step, passed: finding }) => say(step, finding));
  return trial.kind === 'works' ? passed : [...passed, ...brokenSteps(trial, tried, say)];
}

function brokenSteps(trial: Exclude<Trial, { kind: 'works' }>, tried: Tried, say: Say): StepReport[] {
  if (trial.kind === 'inconclusive') {
    const step = links.find(({ link }) => link === trial.link)?.step;
    return step ? [say(step, troubleOf(trial.why))] : [];
  }
  switch (trial.link) {
    case 'piste-application': {
      const { finding, parameters } = explainPisteRefusal(tried);
      return [say('piste-token', finding, parameters)];
    }
    case 'technical-account': {
      const { finding, parameters } = explainAccountRefusal(tried);
      return [say('technical-account', finding, parameters)];
    }
    case 'raccordement':
      return [say('raccordement', 'no-raccordement', { said: quoteOf(trial.refusal) })];
    case 'api-subscription':
      return apiNames.map((api) => say('api', 'api-not-subscribed', {}, api));
  }
}

function checkSecretAge(say: Say, credentials: VersionedCredentials, limit: number, now: Date): StepReport {
  const made = credentials.pisteSecretCreatedAt ?? credentials.versionCreatedAt?.toISOString();
  if (!made) return say('secret-age', 'secret-undated');
  const days = daysApart(new Date(made), now);
  const age = counted(days, inDays);
  return say('secret-age', days < limit ? 'secret-young' : 'secret-old', { age, limit: counted(limit, inDays) });
}
