import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { worksFacts } from '../chorus-pro/works-search.ts';
import { letterheadsOf } from '../connection/apply-settings.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { failureOf, type Say, type StepReport } from './report.ts';
import { checkSpace } from './space-steps.ts';
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
    if (structureId !== undefined)
      steps.push(await checkSpace(check, worksSpace(check.settings), { structureId, subject }));
  }
  return [...steps, ...letterheadSteps(check)];
}

/** What the file of a works document must say of its supplier. A VAT number may also come with each command. */
const needed = ['legalName', 'address', 'vatNumber'] as const;

/** Of the companies and agencies that are one structure, each has its own. */
function letterheadSteps({ settings, say }: Pick<WorksCheck, 'settings' | 'say'>): StepReport[] {
  return structuresOf(settings).map(({ siret, subject }) => {
    const given = letterheadsOf(settings, siret);
    const missing = needed.filter((setting) => given.some((one) => one[setting] === undefined)).join(', ');
    return missing === ''
      ? say('works-letterhead', 'works-letterhead-set', {}, subject)
      : say('works-letterhead', 'works-letterhead-missing', { missing }, subject);
  });
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

/** To follow its documents, an account need only read; to answer them, it must be allowed to change them. */
const worksSpace = ({ works }: ConnectionSettings) =>
  ({
    step: 'works-space',
    space: worksFacts.worksSpace.value,
    findings: {
      change: 'works-space-open',
      read: works?.answers === 'inferred' ? 'works-space-read-only' : 'works-space-read',
      none: 'works-space-missing',
    },
  }) as const;
