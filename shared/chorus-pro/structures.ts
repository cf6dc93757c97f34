import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import { readMoment } from './dates.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { allPages, fullPaging, pagedSchema, type Page } from './search.ts';
import { paymentMeans } from './submission.ts';

/** What Chorus Pro says about companies, public bodies and means of payment. Not cached: see directory.ts. */

/** What the directory says a public body demands of an invoice. */
export const recipientSchema = z.object({
  siret: z.string(),
  structureId: z.int(),
  active: z.boolean(),
  serviceRequired: z.boolean(),
  commitmentRequired: z.boolean(),
  /** One of the two is enough. */
  serviceOrCommitmentRequired: z.boolean(),
  /** A works owner that takes no plain invoices. */
  worksOnly: z.boolean(),
  /** It never reports the payment: its invoices end one step earlier. */
  paymentNotReported: z.boolean(),
});

export type Recipient = z.infer<typeof recipientSchema>;

export const recipientServiceSchema = z.object({
  serviceId: z.int(),
  code: z.string(),
  active: z.boolean(),
  /** This service demands a commitment number even where the body as a whole does not. */
  commitmentRequired: z.boolean(),
});

export type RecipientService = z.infer<typeof recipientServiceSchema>;

const flag = z.boolean().nullish();

const foundSchema = z.looseObject({
  listeStructures: z
    .array(z.looseObject({ idStructureCPP: z.int(), identifiantStructure: z.string(), statut: z.string().nullish() }))
    .nullish(),
});
const demandsSchema = z.looseObject({
  parametres: z
    .looseObject({
      codeServiceDoitEtreRenseigne: flag,
      numeroEJDoitEtreRenseigne: flag,
      gestionNumeroEJOuCodeService: flag,
      estMoaUniquement: flag,
      statutMiseEnPaiementNestPasRemonte: flag,
    })
    .nullish(),
});
const serviceSchema = z.looseObject({ idService: z.int(), codeService: z.string().nullish(), estActif: flag });
const servicesSchema = pagedSchema.extend({ listeServices: z.array(serviceSchema).nullish() });
const serviceDemandsSchema = z.looseObject({ parametres: z.looseObject({ numeroEngagement: flag }).nullish() });
const ownSchema = z.looseObject({
  listeStructures: z.array(z.looseObject({ idStructureCPP: z.int(), identifiant: z.string() })).nullish(),
});
const passwordSchema = z.looseObject({
  informationGenerales: z.looseObject({ dateExpirationMotPasseCompteTech: z.string().nullish() }).nullish(),
});
const modesSchema = z.looseObject({
  listeModePaiement: z.array(z.looseObject({ modePaiement: z.string() })).nullish(),
});

export type StructureStanding = 'unknown' | 'inactive' | 'active';

export const structuresOf = (call: BoundCall) => ({
  /** A public body with its requirements; undefined if Chorus Pro does not know the SIRET. */
  async findRecipient(siret: string): Promise<Outcome<Recipient | undefined>> {
    const found = await findStructure(call, siret);
    if (found.kind !== 'accepted' || !found.value) return mapAccepted(found, () => undefined);
    const { idStructureCPP: structureId, statut } = found.value;
    const read = await call('structures/v1/consulter', { idStructureCPP: structureId }, demandsSchema);
    return mapAccepted(read, ({ parametres: demands }) => ({
      siret,
      structureId,
      active: statut !== 'INACTIVE',
      serviceRequired: demands?.codeServiceDoitEtreRenseigne ?? false,
      commitmentRequired: demands?.numeroEJDoitEtreRenseigne ?? false,
      serviceOrCommitmentRequired: demands?.gestionNumeroEJOuCodeService ?? false,
      worksOnly: demands?.estMoaUniquement ?? false,
      paymentNotReported: demands?.statutMiseEnPaiementNestPasRemonte ?? false,
    }));
  },

  /** A service of a structure by its code, searched on all pages; undefined if there is none. */
  async findService(structureId: number, code: string): Promise<Outcome<RecipientService | undefined>> {
    const services = await allPages((page) => servicesPage(call, structureId, page));
    if (services.kind !== 'accepted') return services;
    const reserved = code === chorusProFacts.reservedService.value;
    const match = reserved ? undefined : services.value.find(({ codeService }) => codeService === code);
    if (!match) return { kind: 'accepted', value: undefined };
    const { idService: serviceId, estActif } = match;
    const body = { idStructure: structureId, idService: serviceId };
    const read = await call('structures/v1/consulter/service', body, serviceDemandsSchema);
    return mapAccepted(read, ({ parametres }) => ({
      serviceId,
      code,
      active: estActif ?? true,
      commitmentRequired: parametres?.numeroEngagement ?? false,
    }));
  },

  /** Chorus Pro's ids of the structures for which the technical account may send, by SIRET. */
  async suppliers(): Promise<Outcome<Record<string, number>>> {
    const outcome = await call('transverses/v1/recuperer/structures/actives/fournisseur', {}, ownSchema);
    return mapAccepted(outcome, ({ listeStructures }) =>
      Object.fromEntries(
        (listeStructures ?? []).map(({ identifiant, idStructureCPP }) => [identifiant, idStructureCPP]),
      ),
    );
  },

  /** Whether Chorus Pro knows a SIRET. Only the search is used: we may not read another company's page. [V-AIFE SWS] */
  async structureStanding(siret: string): Promise<Outcome<StructureStanding>> {
    return mapAccepted(await findStructure(call, siret), (match) => {
      if (!match) return 'unknown';
      return match.statut === 'INACTIVE' ? 'inactive' : 'active';
    });
  },

  /**
   * When the technical account's password expires; undefined if Chorus Pro gives no date. [V-AIFE SWS]
   * @param structureId any structure of the connection
   */
  async passwordExpiry(structureId: number): Promise<Outcome<Date | undefined>> {
    const outcome = await call('structures/v1/consulter', { idStructureCPP: structureId }, passwordSchema);
    return mapAccepted(outcome, ({ informationGenerales }) =>
      readMoment(informationGenerales?.dateExpirationMotPasseCompteTech ?? ''),
    );
  },

  /** Which of these means of payment are not in Chorus Pro's list. [V-3P GO] */
  async meansNotTaken(means: readonly (keyof typeof paymentMeans)[]): Promise<Outcome<(keyof typeof paymentMeans)[]>> {
    const outcome = await call('transverses/v1/recuperer/modereglements', {}, modesSchema);
    return mapAccepted(outcome, ({ listeModePaiement }) => {
      const taken = new Set(listeModePaiement?.map(({ modePaiement }) => modePaiement));
      return means.filter((one) => !taken.has(paymentMeans[one]));
    });
  },
});

export type Structures = ReturnType<typeof structuresOf>;

/** When a password that was set at this instant expires, by the general rule. */
export const passwordEnd = (set: Date): Date => new Date(set.getTime() + timings.technicalPasswordLife.ms);

type Found = NonNullable<NonNullable<z.infer<typeof foundSchema>['listeStructures']>[number]>;

async function findStructure(call: BoundCall, siret: string): Promise<Outcome<Found | undefined>> {
  const structure = { identifiantStructure: siret, typeIdentifiantStructure: 'SIRET' };
  const parametres = { pageResultatDemandee: 1, nbResultatsParPage: 10 };
  const outcome = await call('structures/v1/rechercher', { structure, parametres }, foundSchema);
  return mapAccepted(outcome, ({ listeStructures }) =>
    listeStructures?.find(({ identifiantStructure }) => identifiantStructure === siret),
  );
}

async function servicesPage(
  call: BoundCall,
  idStructure: number,
  page: number,
): Promise<Outcome<Page<z.infer<typeof serviceSchema>>>> {
  const parametresRechercherServicesStructure = { pageResultatDemandee: page, nbResultatsParPage: fullPaging.size };
  const body = { idStructure, parametresRechercherServicesStructure };
  const outcome = await call('structures/v1/rechercher/services', body, servicesSchema);
  return mapAccepted(outcome, ({ listeServices, parametresRetour }) => ({
    items: listeServices ?? [],
    pages: parametresRetour?.pages ?? 1,
  }));
}
