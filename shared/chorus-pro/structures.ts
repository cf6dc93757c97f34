import * as z from 'zod';
import { timings } from '../facts/timings.ts';
import { readMoment } from './dates.ts';
import { chorusProFacts } from './facts.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { allPages, fullPaging, pagedSchema, type Page } from './search.ts';

/** What Chorus Pro says about companies and public bodies. Not cached: see directory.ts. */

/** What the directory says of a structure, and what it demands of an invoice if it is a public body. */
export const recipientSchema = z.object({
  siret: z.string(),
  name: z.string().optional(),
  /** Of its head office. */
  address: z.object({ lines: z.array(z.string()), postcode: z.string(), city: z.string() }).optional(),
  structureId: z.int(),
  active: z.boolean(),
  /** A company receives no invoices through Chorus Pro; it may be a validator. */
  publicBody: z.boolean(),
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

const noDemands = {
  serviceRequired: false,
  commitmentRequired: false,
  serviceOrCommitmentRequired: false,
  worksOnly: false,
  paymentNotReported: false,
} as const satisfies Partial<Recipient>;

const flag = z.boolean().nullish();

export const foundSchema = z.looseObject({
  listeStructures: z
    .array(
      z.looseObject({
        idStructureCPP: z.int(),
        identifiantStructure: z.string(),
        designationStructure: z.string().nullish(),
        statut: z.string().nullish(),
      }),
    )
    .nullish(),
});
const line = z.string().nullish();
const addressSchema = z.looseObject({
  ...{ adresse: line, complementAdresse1: line, complementAdresse2: line, codePostal: line, ville: line },
});
export const demandsSchema = z.looseObject({
  adressePostaleDuSiege: addressSchema.nullish(),
  informationGenerales: z.looseObject({ structurePriveePublique: z.string().nullish() }).nullish(),
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
export const servicesSchema = pagedSchema.extend({ listeServices: z.array(serviceSchema).nullish() });
export const serviceDemandsSchema = z.looseObject({ parametres: z.looseObject({ numeroEngagement: flag }).nullish() });
export const ownSchema = z.looseObject({
  listeStructures: z.array(z.looseObject({ idStructureCPP: z.int(), identifiant: z.string() })).nullish(),
});
export const spacesSchema = pagedSchema.extend({
  listeEspace: z
    .array(
      z.looseObject({
        libelleEspace: z.string().nullish(),
        etatCourant: z.string().nullish(),
        typeHabilitation: z.string().nullish(),
      }),
    )
    .nullish(),
});
export const passwordSchema = z.looseObject({
  informationGenerales: z.looseObject({ dateExpirationMotPasseCompteTech: z.string().nullish() }).nullish(),
});

/** Without its postcode and its city, an address is none. */
function addressOf(given: z.infer<typeof addressSchema> | null | undefined): Pick<Recipient, 'address'> {
  const { adresse, complementAdresse1, complementAdresse2, codePostal, ville } = given ?? {};
  if (!codePostal || !ville) return {};
  const lines = [adresse, complementAdresse1, complementAdresse2]
    .map((one) => one?.trim() ?? '')
    .filter((line) => line !== '');
  return { address: { lines, postcode: codePostal, city: ville } };
}

export type StructureStanding = 'unknown' | 'inactive' | 'active';

export const structuresOf = (call: BoundCall) => ({
  /**
   * A public body with its requirements, or a company without any; undefined if Chorus Pro does not know the SIRET. We
   * may not read another company's page [V-AIFE SWS]: then only the search tells that it is one.
   */
  async findRecipient(siret: string): Promise<Outcome<Recipient | undefined>> {
    const found = await findStructure(call, siret);
    if (found.kind !== 'accepted' || !found.value) return mapAccepted(found, () => undefined);
    const { idStructureCPP: structureId, designationStructure, statut } = found.value;
    const name = designationStructure ? { name: designationStructure } : {};
    const known = { siret, ...name, structureId, active: statut !== 'INACTIVE' };
    const read = await call('structures/v1/consulter', { idStructureCPP: structureId }, demandsSchema);
    if (read.kind === 'refused') {
      const company = await findStructure(call, siret, { typeStructure: 'PRIVEE' });
      if (company.kind !== 'accepted') return company;
      if (company.value) return { kind: 'accepted', value: { ...known, ...noDemands, publicBody: false } };
    }
    return mapAccepted(read, ({ adressePostaleDuSiege, informationGenerales, parametres: demands }) => ({
      ...known,
      ...addressOf(adressePostaleDuSiege),
      publicBody: informationGenerales?.structurePriveePublique !== 'PRIVEE',
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
    return mapAccepted(outcome, ({ listeStructures }) => idsBySiret(listeStructures));
  },

  /** The same for works contracts. [V-3P GO] */
  async worksSuppliers(): Promise<Outcome<Record<string, number>>> {
    const outcome = await call('transverses/v1/recuperer/structures/actives/facturetravaux', {}, ownSchema);
    return mapAccepted(outcome, ({ listeStructures }) => idsBySiret(listeStructures));
  },

  /** The spaces that are open on a structure, each with whether the account may change anything there. [V-AIFE SWS] */
  async spacesOf(structureId: number): Promise<Outcome<Space[]>> {
    const spaces = await allPages((page) => spacesPage(call, structureId, page));
    return mapAccepted(spaces, (all) =>
      all.flatMap(({ libelleEspace: name, etatCourant, typeHabilitation }) =>
        name && etatCourant !== 'SUPPRIME' ? [{ name, mayChange: typeHabilitation === 'MODIFICATION' }] : [],
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
});

export type Structures = ReturnType<typeof structuresOf>;

/** When a password that was set at this instant expires, by the general rule. */
export const passwordEnd = (set: Date): Date => new Date(set.getTime() + timings.technicalPasswordLife.ms);

export interface Space {
  /** As Chorus Pro writes it: "Factures de travaux". */
  name: string;
  mayChange: boolean;
}

const idsBySiret = (structures: z.infer<typeof ownSchema>['listeStructures']): Record<string, number> =>
  Object.fromEntries((structures ?? []).map(({ identifiant, idStructureCPP }) => [identifiant, idStructureCPP]));

type Found = NonNullable<NonNullable<z.infer<typeof foundSchema>['listeStructures']>[number]>;

async function findStructure(
  call: BoundCall,
  siret: string,
  more: { typeStructure?: 'PRIVEE' } = {},
): Promise<Outcome<Found | undefined>> {
  const structure = { identifiantStructure: siret, typeIdentifiantStructure: 'SIRET', ...more } as const;
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

async function spacesPage(
  call: BoundCall,
  idStructure: number,
  page: number,
): Promise<Outcome<Page<NonNullable<z.infer<typeof spacesSchema>['listeEspace']>[number]>>> {
  const parametresRechercherEspaces = { pageResultatDemandee: page, nbResultatsParPage: fullPaging.size };
  const body = { structure: { idStructure }, parametresRechercherEspaces };
  const outcome = await call('structures/v1/rechercher/espaces', body, spacesSchema);
  return mapAccepted(outcome, ({ listeEspace, parametresRetour }) => ({
    items: listeEspace ?? [],
    pages: parametresRetour?.pages ?? 1,
  }));
}
