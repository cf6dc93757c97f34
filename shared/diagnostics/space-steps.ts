import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { isSameName } from '../chorus-pro/list-rules.ts';
import { validationFacts } from '../chorus-pro/validations.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { FindingCode } from './findings.ts';
import { failureOf, type Say, type StepReport } from './report.ts';
import { structuresOf, type StepName } from './steps.ts';

/** Whether the account has the space of the portal in which a feature acts, on a structure of the connection. */

interface SpaceCheck {
  chorusPro: Pick<ChorusPro, 'spacesOf'>;
  say: Say;
}

interface Space {
  step: StepName;
  /** As the portal names it. */
  space: string;
  /** What is found, by what the account may do there. */
  findings: Readonly<Record<'change' | 'read' | 'none', FindingCode>>;
}

export async function checkSpace(
  { chorusPro, say }: SpaceCheck,
  { step, space, findings }: Space,
  { structureId, subject }: { structureId: number; subject: string },
): Promise<StepReport> {
  const spaces = await chorusPro.spacesOf(structureId);
  if (spaces.kind !== 'accepted') {
    const { finding, parameters } = failureOf(spaces);
    return say(step, finding, parameters, subject);
  }
  const named = spaces.value.filter(({ name }) => isSameName(name, space));
  const known = spaces.value.map(({ name }) => name).join(', ') || '–';
  const right = named.some(({ mayChange }) => mayChange) ? 'change' : named.length > 0 ? 'read' : 'none';
  return say(step, findings[right], { space, known }, subject);
}

const validationSpace: Space = {
  step: 'validation-space',
  space: validationFacts.validationSpace.value,
  findings: { change: 'validation-space-open', read: 'validation-space-read', none: 'validation-space-missing' },
};

/**
 * The space in which a company validates what subcontractors ask of it.
 * @param attached Chorus Pro’s ids of the structures that the account may send for, by SIRET
 */
export async function validationSteps(
  check: SpaceCheck & { settings: ConnectionSettings },
  attached: Readonly<Record<string, number>>,
): Promise<StepReport[]> {
  const steps: StepReport[] = [];
  for (const { siret, subject } of structuresOf(check.settings)) {
    const structureId = attached[siret];
    if (structureId !== undefined) steps.push(await checkSpace(check, validationSpace, { structureId, subject }));
  }
  return steps;
}
