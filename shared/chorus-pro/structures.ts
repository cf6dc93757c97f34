import * as z from 'zod';
import type { Recipient, RecipientService } from './directory/recipient.ts';
import type { Deadline } from '../aws/deadline.ts';
import type { Outcome } from './outcome.ts';
import { allPages, pagedSchema, pageSize, type Page } from './paging.ts';
import type { Call, Operation } from './session.ts';

/** The API "Structures": what the directory says of a public body. */

const flag = z.boolean().nullish();

export const findStructure: Operation<{
  listeStructures?:
    { idStructureCPP: number; identifiantStructure: string; statut?: string | null | undefined }[] | null | undefined;
}> = {
  path: 'structures/v1/rechercher',
  effect: 'none',
  answer: z.looseObject({
    listeStructures: z
      .array(z.looseObject({ idStructureCPP: z.int(), identifiantStructure: z.string(), statut: z.string().nullish() }))
      .nullish(),
  }),
};

const parametersSchema = z.looseObject({
  codeServiceDoitEtreRenseigne: flag,
  numeroEJDoitEtreRenseigne: flag,
  gestionNumeroEJOuCodeService: flag,
  estMoaUniquement: flag,
  statutMiseEnPaiementNestPasRemonte: flag,
});

const readStructure: Operation<{ parametres?: z.infer<typeof parametersSchema> | null | undefined }> = {
  path: 'structures/v1/consulter',
  effect: 'none',
  answer: z.looseObject({ parametres: parametersSchema.nullish() }),
};

const serviceSchema = z.looseObject({ idService: z.int(), codeService: z.string().nullish(), estActif: flag });

const listServices: Operation<{
  listeServices?: z.infer<typeof serviceSchema>[] | null | undefined;
  parametresRetour?: { pages: number } | null | undefined;
}> = {
  path: 'structures/v1/rechercher/services',
  effect: 'none',
  answer: pagedSchema.extend({ listeServices: z.array(serviceSchema).nullish() }),
};

const readService: Operation<{ parametres?: { numeroEngagement?: boolean | null | undefined } | null | undefined }> = {
  path: 'structures/v1/consulter/service',
  effect: 'none',
  answer: z.looseObject({ parametres: z.looseObject({ numeroEngagement: flag }).nullish() }),
};

/** For public bodies' dealings among themselves: never a service to address. */
const reservedService = 'FACTURES_PUBLIQUES';

/** Looks a public body up by SIRET, with its requirements; `undefined` when Chorus Pro does not know it. */
export async function findRecipient(
  call: Call,
  siret: string,
  deadline: Deadline,
): Promise<Outcome<Recipient | undefined>> {
  const structure = { identifiantStructure: siret, typeIdentifiantStructure: 'SIRET' };
  const parametres = { pageResultatDemandee: 1, nbResultatsParPage: 10 };
  const found = await call(findStructure, { structure, parametres }, deadline);
  if (found.kind !== 'accepted') return found;
  const match = found.value.listeStructures?.find(({ identifiantStructure }) => identifiantStructure === siret);
  if (!match) return { kind: 'accepted', value: undefined };
  const read = await call(readStructure, { idStructureCPP: match.idStructureCPP }, deadline);
  if (read.kind !== 'accepted') return read;
  const rules = read.value.parametres;
  const recipient: Recipient = {
    siret,
    structureId: match.idStructureCPP,
    active: match.statut !== 'INACTIVE',
    serviceRequired: rules?.codeServiceDoitEtreRenseigne ?? false,
    commitmentRequired: rules?.numeroEJDoitEtreRenseigne ?? false,
    serviceOrCommitmentRequired: rules?.gestionNumeroEJOuCodeService ?? false,
    worksOnly: rules?.estMoaUniquement ?? false,
    paymentNotReported: rules?.statutMiseEnPaiementNestPasRemonte ?? false,
  };
  return { kind: 'accepted', value: recipient };
}

/** Looks a service of a public body up by its code, over all pages. */
export async function findService(
  call: Call,
  { structureId, code }: { structureId: number; code: string },
  deadline: Deadline,
): Promise<Outcome<RecipientService | undefined>> {
  const services = await allPages((page) => servicesPage(call, structureId, page, deadline));
  if (services.kind !== 'accepted') return services;
  const match = services.value.find((service) => service.codeService === code && code !== reservedService);
  if (!match) return { kind: 'accepted', value: undefined };
  const read = await call(readService, { idStructure: structureId, idService: match.idService }, deadline);
  if (read.kind !== 'accepted') return read;
  const service: RecipientService = {
    serviceId: match.idService,
    code,
    active: match.estActif ?? true,
    commitmentRequired: read.value.parametres?.numeroEngagement ?? false,
  };
  return { kind: 'accepted', value: service };
}

async function servicesPage(
  call: Call,
  idStructure: number,
  page: number,
  deadline: Deadline,
): Promise<Outcome<Page<z.infer<typeof serviceSchema>>>> {
  const parametresRechercherServicesStructure = { pageResultatDemandee: page, nbResultatsParPage: pageSize };
  const outcome = await call(listServices, { idStructure, parametresRechercherServicesStructure }, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const { listeServices, parametresRetour } = outcome.value;
  return { kind: 'accepted', value: { items: listeServices ?? [], pages: parametresRetour?.pages ?? 1 } };
}
