import { apiNames } from '../chorus-pro/chorus-pro.ts';
import type { Link, Trial } from '../chorus-pro/try-credentials.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import { digestOf, type Evidence } from './evidence.ts';
import type { FindingCode } from './findings.ts';
import { whyAccountIsRefused, whyPisteRefuses } from './refusal-findings.ts';
import type { Checked } from './report.ts';
import type { StepName } from './steps.ts';
import { quoted, troubleOf, type Say } from './walk.ts';

/** The links that a trial of credentials passes, in order, and what holds when it has passed one. */
const links: readonly { link: Link; step: StepName; passed: FindingCode }[] = [
  { link: 'piste-application', step: 'piste-token', passed: 'token-given' },
  // Where no API is subscribed to, nobody has looked at the account.
  { link: 'api-subscription', step: 'api', passed: 'api-answers' },
  { link: 'technical-account', step: 'technical-account', passed: 'account-taken' },
  { link: 'raccordement', step: 'raccordement', passed: 'raccordement-holds' },
];

interface Tried {
  trial: Trial;
  credentials: VersionedCredentials;
  evidence: Evidence;
  now: Date;
}

const passedLinks = (trial: Trial): typeof links =>
  trial.kind === 'works'
    ? links
    : links.slice(
        0,
        links.findIndex(({ link }) => link === trial.link),
      );

/** What a trial says of the links; of the APIs only where it has found none, since each has its own step. */
export function chainSteps(tried: Tried, say: Say): Checked[] {
  const { trial } = tried;
  const passed = passedLinks(trial)
    .filter(({ step }) => step !== 'api')
    .map(({ step, passed: finding }) => say(step, finding));
  return trial.kind === 'works' ? passed : [...passed, ...brokenSteps(trial, tried, say)];
}

function brokenSteps(trial: Exclude<Trial, { kind: 'works' }>, tried: Tried, say: Say): Checked[] {
  if (trial.kind === 'no-verdict') {
    const step = links.find(({ link }) => link === trial.link)?.step;
    return step ? [say(step, troubleOf(trial.why))] : [];
  }
  switch (trial.link) {
    case 'piste-application': {
      const { finding, parameters } = whyPisteRefuses(tried);
      return [say('piste-token', finding, parameters)];
    }
    case 'technical-account': {
      const { finding, parameters } = whyAccountIsRefused(tried);
      return [say('technical-account', finding, parameters)];
    }
    case 'raccordement':
      return [say('raccordement', 'no-raccordement', { said: quoted(trial.refusal) })];
    case 'api-subscription':
      return apiNames.map((api) => say('api', 'api-not-subscribed', {}, api));
  }
}

/** What this trial has shown to work, over what was known before. */
export function learnt({ trial, credentials, evidence, now }: Tried): Evidence {
  const passed = new Set(passedLinks(trial).map(({ link }) => link));
  const takenAt = now.toISOString();
  const { version } = credentials;
  const known = evidence.password?.version === version ? evidence.password : {};
  return {
    ...evidence,
    ...(passed.has('piste-application') ? { clientId: { digest: digestOf(credentials.pisteClientId), takenAt } } : {}),
    ...(passed.has('technical-account') ? { password: { ...known, version, takenAt } } : {}),
  };
}
