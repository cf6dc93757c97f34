import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { isSameName } from '../chorus-pro/list-rules.ts';
import { worksFacts } from '../chorus-pro/works-search.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { FindingCode } from './findings.ts';
import { failureOf, type Say, type StepReport } from './report.ts';
import { structuresOf, type OwnStructure } from './steps.ts';

/** What a connection with works contracts needs besides: the right to act in them, and the space in which it acts. */
interface WorksCheck {
  settings: ConnectionSettings;
  chorusPro: Pick<ChorusPro, 'worksSuppliers' | 'spacesOf'>;
  say: Say;
}

/** @param attached Chorus Pro’s ids of the structures that the account may send for, by SIRET */
export async function worksSteps(check: WorksCheck, attached: Readonly<Record<string, number>>): Promise<StepReport[]> {
  const structures = structuresOf(check.settings).filter(({ siret }) => attached[siret] !== undefined);
  const steps = await checkRights(check, structures);
  for (const { siret, subject } of structures) {
    const structureId = attached[siret];
    if (structureId !== undefined) steps.push(await checkSpace(check, structureId, subject));
  }
  return steps;
}

async function checkRights({ chorusPro, say }: WorksCheck, structures: readonly OwnStructure[]): Promise<StepReport[]> {
  const own = await chorusPro.worksSuppliers();
  if (own.kind === 'accepted')
    return structures.map(({ siret, subject }) =>
      say('works-right', own.value[siret] === undefined ? 'works-detached' : 'works-attached', {}, subject),
    );
  const { finding, parameters } = failureOf(own);
  return structures.map(({ subject }) => say('works-right', finding, parameters, subject));
}

async function checkSpace(
  { settings, chorusPro, say }: WorksCheck,
  structureId: number,
  subject: string,
): Promise<StepReport> {
  const spaces = await chorusPro.spacesOf(structureId);
  if (spaces.kind !== 'accepted') {
    const { finding, parameters } = failureOf(spaces);
    return say('works-space', finding, parameters, subject);
  }
  const { value: space } = worksFacts.worksSpace;
  const named = spaces.value.filter(({ name }) => isSameName(name, space));
  const known = spaces.value.map(({ name }) => name).join(', ') || '–';
  return say('works-space', findingOf(named, settings.works?.answers === 'inferred'), { space, known }, subject);
}

/** To follow its documents, an account need only read; to answer them, it must be allowed to change them. */
function findingOf(named: readonly { mayChange: boolean }[], answers: boolean): FindingCode {
  if (named.length === 0) return 'works-space-missing';
  if (named.some(({ mayChange }) => mayChange)) return 'works-space-open';
  return answers ? 'works-space-read-only' : 'works-space-read';
}
