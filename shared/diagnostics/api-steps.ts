import type { Outcome } from '../chorus-pro/outcome.ts';
import { daysApart } from '../chorus-pro/dates.ts';
import { apiNames, type ApiName, type ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { isSameName } from '../chorus-pro/list-rules.ts';
import { codeListNames } from '../chorus-pro/lists.ts';
import { passwordEnd, type StructureStanding } from '../chorus-pro/structures.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { timings } from '../facts/timings.ts';
import { paymentMeans } from '../invoice/submit-command.ts';
import { checkAttached, checkOrders } from './account-steps.ts';
import type { FindingCode } from './findings.ts';
import { counted, dated, failureOf, inDays, quoteOf, type StepReport, type Explanation, type Say } from './report.ts';
import { validationSteps } from './space-steps.ts';
import { worksSteps } from './works-steps.ts';
import { servicesOf, structuresOf, type OwnService, type OwnStructure } from './steps.ts';

/** A check whose credentials work. */
interface ApiCheck {
  settings: ConnectionSettings;
  chorusPro: ChorusPro;
  say: Say;
}

/**
 * The steps that need working credentials. Each is tried if the APIs that it calls are usable.
 * @returns the steps, and when the technical password expires, if that is known
 */
export async function apiSteps(
  check: ApiCheck,
  dates: { technicalPasswordSetAt?: string | undefined; now: Date },
): Promise<{ steps: StepReport[]; expiresAt?: Date }> {
  const { steps: ofApis, usable } = await checkApis(check);
  const attached = usable.has('Utilisateurs') ? [await checkAttached(check)] : [];
  const steps = [...ofApis, ...(await checkOrders(check)), ...attached];
  if (!usable.has('Transverses')) return { steps };
  const lists = [await checkMeans(check), ...(await checkLists(check))];
  if (!usable.has('Structures')) return { steps: [...steps, ...lists] };
  const suppliers = await checkSuppliers(check);
  const own = structuresOf(check.settings).flatMap(({ siret }) => suppliers.attached[siret] ?? []);
  const works = check.settings.works ? await worksSteps(check, suppliers.attached) : [];
  const validations = check.settings.validations ? await validationSteps(check, suppliers.attached) : [];
  const all = [...steps, ...suppliers.steps, ...works, ...validations, ...lists, await checkAccounts(check, own)];
  const [anyId] = own;
  if (anyId === undefined) return { steps: all };
  const { step, ...expiry } = await checkPassword(check, anyId, dates);
  return { steps: [...all, step], ...expiry };
}

/** The APIs that the relay itself calls; a company needs the others only for more than ordinary invoices. */
const called: readonly ApiName[] = ['Transverses', 'Factures', 'Structures'];
const calledFor = ({ works }: ConnectionSettings): ReadonlySet<ApiName> =>
  new Set([...called, ...(works ? (['FacturesTravaux'] as const) : [])]);

interface ApiSteps {
  steps: StepReport[];
  usable: ReadonlySet<ApiName>;
}

/** One after the other: PISTE answers 401 to calls that come too fast. */
async function checkApis({ settings, chorusPro, say }: ApiCheck): Promise<ApiSteps> {
  const steps: StepReport[] = [];
  const usable = new Set<ApiName>();
  for (const api of apiNames) {
    const { finding, parameters } = findingOf(await chorusPro.probe(api), calledFor(settings).has(api));
    const step = say('api', finding, parameters, api);
    if (step.verdict === 'holds') usable.add(api);
    steps.push(step);
  }
  return { steps, usable };
}

function findingOf(outcome: Outcome<unknown>, isCalled: boolean): Explanation {
  if (outcome.kind === 'accepted') return { finding: 'api-answers', parameters: {} };
  // A refusal comes from the API itself, so the application has subscribed to it.
  if (outcome.kind === 'refused')
    return { finding: isCalled ? 'api-refused' : 'api-says-no', parameters: { said: quoteOf(outcome.refusal) } };
  return failureOf(outcome);
}

/** Why the account may not send for a structure. */
const absent: Readonly<Record<StructureStanding, FindingCode>> = {
  unknown: 'supplier-unknown',
  inactive: 'supplier-inactive',
  active: 'supplier-detached',
};

interface SupplierSteps {
  steps: StepReport[];
  /** Chorus Pro's ids of the structures that the account may send for, by SIRET. */
  attached: Readonly<Record<string, number>>;
}

async function checkSuppliers(check: ApiCheck): Promise<SupplierSteps> {
  const { settings, chorusPro, say } = check;
  const structures = structuresOf(settings);
  const own = await chorusPro.suppliers();
  if (own.kind !== 'accepted') {
    const { finding, parameters } = failureOf(own);
    return { steps: structures.map(({ subject }) => say('supplier', finding, parameters, subject)), attached: {} };
  }
  const steps: StepReport[] = [];
  for (const structure of structures) {
    const isAttached = own.value[structure.siret] !== undefined;
    steps.push(
      isAttached ? say('supplier', 'supplier-attached', {}, structure.subject) : await whyAbsent(structure, check),
    );
  }
  for (const service of servicesOf(settings)) {
    const structureId = own.value[service.siret];
    if (structureId !== undefined) steps.push(await checkService(service, structureId, check));
  }
  return { steps, attached: own.value };
}

async function whyAbsent({ siret, subject }: OwnStructure, { chorusPro, say }: ApiCheck): Promise<StepReport> {
  const standing = await chorusPro.structureStanding(siret);
  if (standing.kind === 'accepted') return say('supplier', absent[standing.value], {}, subject);
  const { finding, parameters } = failureOf(standing);
  return say('supplier', finding, parameters, subject);
}

async function checkService(
  { code, subject }: OwnService,
  structureId: number,
  { chorusPro, say }: ApiCheck,
): Promise<StepReport> {
  const found = await chorusPro.findService(structureId, code);
  if (found.kind !== 'accepted') {
    const { finding, parameters } = failureOf(found);
    return say('supplier-service', finding, parameters, subject);
  }
  if (!found.value) return say('supplier-service', 'service-unknown', {}, subject);
  return say('supplier-service', found.value.active ? 'service-active' : 'service-inactive', {}, subject);
}

type PaymentMeans = (typeof paymentMeans)[number];

const frenchMeans: Readonly<Record<PaymentMeans, string>> = {
  'credit-transfer': 'virement',
  'direct-debit': 'prélèvement',
  cheque: 'chèque',
  cash: 'espèces',
  'carried-over': 'report',
  other: 'autre',
};

/** Checks the means that the ERP's own words map to; without such words the relay's own, which are always valid. */
async function checkMeans({ settings, chorusPro, say }: ApiCheck): Promise<StepReport> {
  const refused = await chorusPro.meansNotTaken(paymentMeans);
  if (refused.kind !== 'accepted') {
    const { finding, parameters } = failureOf(refused);
    return say('payment-means', finding, parameters);
  }
  const words = Object.entries(settings.paymentMeans).map(([word, means]) => ({ means, text: `${word} → ${means}` }));
  const all = words.length > 0 ? words : paymentMeans.map((means) => ({ means, text: undefined }));
  const wrong = all.filter(({ means }) => refused.value.includes(means));
  const listed = (nameOf: (means: PaymentMeans) => string): string =>
    (wrong.length > 0 ? wrong : all).map(({ means, text }) => text ?? nameOf(means)).join(', ');
  const means = { fr: listed((one) => frenchMeans[one]), en: listed((one) => one) };
  return say('payment-means', wrong.length > 0 ? 'means-refused' : 'means-taken', { means });
}

async function checkLists({ chorusPro, say }: ApiCheck): Promise<StepReport[]> {
  const steps: StepReport[] = [];
  for (const list of codeListNames) {
    const listed = await chorusPro.codesOf(list);
    const { finding, parameters } =
      listed.kind === 'accepted'
        ? ({ finding: 'list-read', parameters: { known: shown(listed.value.map(({ code }) => code)) } } as const)
        : whyUnread(listed);
    steps.push(say('code-list', finding, parameters, list));
  }
  return steps;
}

const shown = (list: readonly string[]): string => list.join(', ') || '–';

/** A list that the account may not read costs a check or an account, but the connection works. */
const whyUnread = (outcome: Exclude<Outcome<unknown>, { kind: 'accepted' }>): Explanation =>
  outcome.kind === 'refused'
    ? { finding: 'list-unread', parameters: { said: quoteOf(outcome.refusal) } }
    : failureOf(outcome);

/** The accounts of all structures by name, and the names in the settings that none of them has. */
async function checkAccounts({ settings, chorusPro, say }: ApiCheck, own: readonly number[]): Promise<StepReport> {
  const names: string[] = [];
  for (const structureId of own) {
    const accounts = await chorusPro.bankAccounts(structureId);
    if (accounts.kind !== 'accepted') {
      const { finding, parameters } = whyUnread(accounts);
      return say('bank-accounts', finding, parameters);
    }
    names.push(...accounts.value.map(({ name }) => name));
  }
  const missing = Object.values(settings.bankAccounts).filter(
    (name) => !names.some((known) => isSameName(known, name)),
  );
  const parameters = { known: shown(names), missing: shown(missing) };
  return say('bank-accounts', missing.length > 0 ? 'accounts-missing' : 'accounts-read', parameters);
}

interface ExpiryStep {
  step: StepReport;
  expiresAt?: Date;
}

/**
 * When the password expires: as Chorus Pro says, or else counted from the recorded date.
 * @param structureId any structure of the connection: each of them shows the date
 */
async function checkPassword(
  { chorusPro, say }: ApiCheck,
  structureId: number,
  { technicalPasswordSetAt: setAt, now }: { technicalPasswordSetAt?: string | undefined; now: Date },
): Promise<ExpiryStep> {
  const outcome = await chorusPro.passwordExpiry(structureId);
  if (outcome.kind !== 'accepted') {
    const { finding, parameters } = failureOf(outcome);
    return { step: say('password-expiry', finding, parameters) };
  }
  const expiresAt = outcome.value ?? (setAt === undefined ? undefined : passwordEnd(new Date(setAt)));
  if (!expiresAt)
    return {
      step: say('password-expiry', 'password-undated', { days: counted(timings.technicalPasswordLife.amount, inDays) }),
    };
  const days = daysApart(now, expiresAt);
  const finding =
    expiresAt <= now ? 'password-past' : days <= timings.firstReminder.amount ? 'password-soon' : 'password-valid';
  const parameters = { date: dated(expiresAt), days: counted(days, inDays) };
  return { step: say('password-expiry', finding, parameters), expiresAt };
}
