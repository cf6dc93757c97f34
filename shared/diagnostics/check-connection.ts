import { tryCredentials, type TrialDependencies } from '../chorus-pro/try-credentials.ts';
import type { VersionedCredentials } from '../connection/credentials.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { paymentMeans } from '../invoice/submit-command.ts';
import type { Deadline } from '../aws/deadline.ts';
import { checkApis } from './api-steps.ts';
import { chainSteps, learnt } from './chain-steps.ts';
import { checkPassword, checkSecretAge } from './date-steps.ts';
import type { Evidence } from './evidence.ts';
import { planOf, structuresOf } from './plan.ts';
import { concluded, type Checked, type ConnectionCheck } from './report.ts';
import { checkSuppliers } from './supplier-steps.ts';
import { sayer, unhopedFor, type Walk } from './walk.ts';

export interface CheckSubject {
  settings: ConnectionSettings;
  /** Absent: there are none, or not all four. */
  credentials: VersionedCredentials | undefined;
  /** What was seen to work before. */
  evidence: Evidence;
}

export interface Check {
  result: ConnectionCheck;
  evidence: Evidence;
}

/** Walks the whole chain. What was not reached is said to be not tried; nothing is changed in PISTE or Chorus Pro. */
export async function checkConnection(
  subject: CheckSubject,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<Check> {
  const { settings } = subject;
  const say = sayer(settings);
  const { found, evidence } = await walkThrough(subject, dependencies, deadline);
  const steps = planOf(settings).map(
    (planned) =>
      found.find(({ step, subject: of }) => step === planned.step && of === planned.subject) ??
      say(planned.step, 'after-a-failure', {}, planned.subject),
  );
  return { result: concluded(settings.name, steps), evidence };
}

async function walkThrough(
  { settings, credentials, evidence }: CheckSubject,
  dependencies: TrialDependencies,
  deadline: Deadline,
): Promise<{ found: Checked[]; evidence: Evidence }> {
  const say = sayer(settings);
  const now = dependencies.now();
  if (!credentials) return { found: [say('credentials', 'credentials-missing')], evidence };
  const trial = await tryCredentials(credentials, dependencies, deadline);
  const tried = { trial, credentials, evidence, now };
  const found = [
    say('credentials', 'credentials-read'),
    ...chainSteps(tried, say),
    checkSecretAge(say, credentials, settings.secretRenewalDays, now),
  ];
  const known = learnt(tried);
  if (trial.kind !== 'works') return { found, evidence: known };
  const { steps, expiresAt } = await goOn({ settings, chorusPro: trial.chorusPro, say }, { ...credentials, now });
  const password = known.password && expiresAt && { ...known.password, expiresAt: expiresAt.toISOString() };
  return { found: [...found, ...steps], evidence: { ...known, ...(password ? { password } : {}) } };
}

/** The steps of credentials that work, each as far as the APIs that it needs can be used. */
async function goOn(
  walk: Walk,
  dates: { technicalPasswordSetAt?: string | undefined; now: Date },
): Promise<{ steps: Checked[]; expiresAt?: Date }> {
  const { steps, usable } = await checkApis(walk);
  if (!usable.has('Transverses')) return { steps };
  const means = await checkMeans(walk);
  if (!usable.has('Structures')) return { steps: [...steps, means] };
  const suppliers = await checkSuppliers(walk);
  const all = [...steps, ...suppliers.steps, means];
  const [anyId] = structuresOf(walk.settings).flatMap(({ siret }) => suppliers.attached[siret] ?? []);
  if (anyId === undefined) return { steps: all };
  const { step, ...expiry } = await checkPassword(walk, anyId, dates);
  return { steps: [...all, step], ...expiry };
}

/** Those that the ERP's words lead to, and the relay's own, which a command may always use. */
async function checkMeans({ settings, chorusPro, say }: Walk): Promise<Checked> {
  const refused = await chorusPro.meansNotTaken(paymentMeans);
  if (refused.kind !== 'accepted') {
    const { finding, parameters } = unhopedFor(refused);
    return say('payment-means', finding, parameters);
  }
  const words = Object.entries(settings.paymentMeans).map(([word, means]) => ({ means, text: `${word} → ${means}` }));
  const all = words.length > 0 ? words : paymentMeans.map((means) => ({ means, text: means }));
  const wrong = all.filter(({ means }) => refused.value.includes(means));
  const shown = (wrong.length > 0 ? wrong : all).map(({ text }) => text).join(', ');
  return say('payment-means', wrong.length > 0 ? 'means-refused' : 'means-taken', { means: shown });
}
