import * as z from 'zod';
import type { Deadline } from '../aws/deadline.ts';
import { readMoment } from './dates.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';
import { findStructure } from './structures.ts';

/** What Chorus Pro tells of a company's own structures and of the technical account that sends for them. */

/** A technical account's password dies after so many days. [V-AIFE page "creation of a technical account", V-3P INV] */
export const technicalPasswordDays = 424;

export const passwordEnd = (set: Date): Date => new Date(set.getTime() + technicalPasswordDays * 86_400_000);

const readOwn: Operation<{
  informationGenerales?: { dateExpirationMotPasseCompteTech?: string | null | undefined } | null | undefined;
}> = {
  path: 'structures/v1/consulter',
  effect: 'none',
  answer: z.looseObject({
    informationGenerales: z.looseObject({ dateExpirationMotPasseCompteTech: z.string().nullish() }).nullish(),
  }),
};

/** When the technical account's password expires; undefined when Chorus Pro gives no date. [V-AIFE Swagger "Structures"] */
export async function passwordExpiry(
  call: Call,
  structureId: number,
  deadline: Deadline,
): Promise<Outcome<Date | undefined>> {
  const outcome = await call(readOwn, { idStructureCPP: structureId }, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const { dateExpirationMotPasseCompteTech: expiry } = outcome.value.informationGenerales ?? {};
  return { kind: 'accepted', value: expiry ? readMoment(expiry) : undefined };
}

export type Standing = 'unknown' | 'inactive' | 'active';

/** Whether the directory knows a SIRET. It is asked for its row alone: nobody may read another company's page. [V-AIFE] */
export async function standingOf(call: Call, siret: string, deadline: Deadline): Promise<Outcome<Standing>> {
  const structure = { identifiantStructure: siret, typeIdentifiantStructure: 'SIRET' };
  const parametres = { pageResultatDemandee: 1, nbResultatsParPage: 10 };
  const found = await call(findStructure, { structure, parametres }, deadline);
  if (found.kind !== 'accepted') return found;
  const match = found.value.listeStructures?.find(({ identifiantStructure }) => identifiantStructure === siret);
  if (!match) return { kind: 'accepted', value: 'unknown' };
  return { kind: 'accepted', value: match.statut === 'INACTIVE' ? 'inactive' : 'active' };
}
