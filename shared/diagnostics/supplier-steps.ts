import type { StructureStanding } from '../chorus-pro/structures.ts';
import type { FindingCode } from './findings.ts';
import { servicesOf, structuresOf, type OwnService, type OwnStructure } from './plan.ts';
import type { Checked } from './report.ts';
import { unhopedFor, type Walk } from './walk.ts';

/** Of a structure that is not among those for which the account may send. */
const absent: Readonly<Record<StructureStanding, FindingCode>> = {
  unknown: 'supplier-unknown',
  inactive: 'supplier-inactive',
  active: 'supplier-detached',
};

export interface SupplierSteps {
  steps: Checked[];
  /** Chorus Pro's ids of the structures that the account may send for, by SIRET. */
  attached: Readonly<Record<string, number>>;
}

export async function checkSuppliers(walk: Walk): Promise<SupplierSteps> {
  const { settings, chorusPro, say } = walk;
  const structures = structuresOf(settings);
  const own = await chorusPro.suppliers();
  if (own.kind !== 'accepted') {
    const { finding, parameters } = unhopedFor(own);
    return { steps: structures.map(({ subject }) => say('supplier', finding, parameters, subject)), attached: {} };
  }
  const steps: Checked[] = [];
  for (const structure of structures) {
    const isAttached = own.value[structure.siret] !== undefined;
    steps.push(
      isAttached ? say('supplier', 'supplier-attached', {}, structure.subject) : await whyAbsent(structure, walk),
    );
  }
  for (const service of servicesOf(settings)) {
    const structureId = own.value[service.siret];
    if (structureId !== undefined) steps.push(await checkService(service, structureId, walk));
  }
  return { steps, attached: own.value };
}

async function whyAbsent({ siret, subject }: OwnStructure, { chorusPro, say }: Walk): Promise<Checked> {
  const standing = await chorusPro.structureStanding(siret);
  if (standing.kind === 'accepted') return say('supplier', absent[standing.value], {}, subject);
  const { finding, parameters } = unhopedFor(standing);
  return say('supplier', finding, parameters, subject);
}

async function checkService(
  { code, subject }: OwnService,
  structureId: number,
  { chorusPro, say }: Walk,
): Promise<Checked> {
  const found = await chorusPro.findService(structureId, code);
  if (found.kind !== 'accepted') {
    const { finding, parameters } = unhopedFor(found);
    return say('supplier-service', finding, parameters, subject);
  }
  if (!found.value) return say('supplier-service', 'service-unknown', {}, subject);
  return say('supplier-service', found.value.active ? 'service-active' : 'service-inactive', {}, subject);
}
