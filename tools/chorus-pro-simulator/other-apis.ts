/** Transverses and Utilisateurs. No Swagger is public; names are from a third-party client [V-3P]. */
import * as z from 'zod';
import { extensionOf, store } from './documents.ts';
import {
  ATTACHMENT_OWNERS,
  ATTACHMENT_TYPES,
  EXEMPTION_REASONS,
  EXTENSIONS,
  PAYMENT_MODES,
  VAT_RATES,
} from './enumerations.ts';
import { constant, operation, type Operation } from './operation.ts';
import { LIMITS } from './options.ts';
import { done, refused } from './replies.ts';
import { base64, decodedSize, id, langue, optionalId, page, paging } from './schemas.ts';

const upload = z
  .strictObject({
    idUtilisateurCourant: optionalId,
    pieceJointeFichier: base64,
    pieceJointeNom: z
      .string()
      .max(50)
      .regex(/[^.]\.[A-Za-z0-9]+$/, 'extension attendue'),
    pieceJointeTypeMime: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'type MIME attendu'),
    pieceJointeExtension: z.string(),
  })
  .refine(({ pieceJointeExtension: given }) => EXTENSIONS.has(given.toUpperCase()), 'extension non admise')
  .refine(({ pieceJointeNom, pieceJointeExtension: given }) => extensionOf(pieceJointeNom) === given.toUpperCase(), {
    error: "pieceJointeNom n'a pas l'extension pieceJointeExtension",
  });

const healthCheck: Operation = {
  ...constant('/cpro/transverses/v1/health-check', z.unknown(), {}),
  method: 'GET',
  needsAccount: false,
};

export const OTHER_APIS = [
  healthCheck,
  operation({
    path: '/cpro/transverses/v1/ajouter/fichier',
    schema: upload,
    changes: true,
    run(call, { pieceJointeFichier, pieceJointeNom }) {
      if (decodedSize(pieceJointeFichier) > LIMITS.file) return refused('attachmentTooLarge', pieceJointeNom);
      const document = store(call, { name: pieceJointeNom, base64: pieceJointeFichier, draft: false });
      return done({ pieceJointeId: document.id });
    },
  }),
  operation({
    path: '/cpro/transverses/v1/recuperer/structures/actives/fournisseur',
    schema: z.strictObject({ idUtilisateurCourant: optionalId }),
    run({ state, account }) {
      const own = state.world.structures.filter(({ id: one, active }) => active && account.structures.includes(one));
      return done({
        listeStructures: own.map(({ id: idStructureCPP, siret, name }) => ({
          designationStructure: name,
          idStructureCPP,
          identifiant: siret,
        })),
      });
    },
  }),
  constant('/cpro/transverses/v1/recuperer/modereglements', z.strictObject({}), {
    listeModePaiement: PAYMENT_MODES.map((modePaiement) => ({ modePaiement })),
  }),
  constant('/cpro/transverses/v1/recuperer/motifs/exonerationtva', z.strictObject({ codeLangue: langue }), {
    listeMotifsExonerationTva: [...EXEMPTION_REASONS].map(([codeMotifExonerationTva, libelleMotifExonerationTva]) => ({
      codeMotifExonerationTva,
      libelleMotifExonerationTva,
    })),
  }),
  constant('/cpro/transverses/v1/recuperer/tauxtva', z.strictObject({ codeLangue: langue }), {
    listeTauxTva: [...VAT_RATES].map(([codeTauxTva, valeurTauxTva]) => ({
      codeTauxTva,
      libelleTauxTva: `${valeurTauxTva} %`,
      valeurTauxTva,
    })),
  }),
  operation({
    path: '/cpro/transverses/v1/recuperer/typespj',
    schema: z.strictObject({ codeLangue: langue, typeObjet: z.enum(ATTACHMENT_OWNERS) }),
    run: (_call, { typeObjet }) =>
      done({
        listeTypePieceJointe: [...(typeObjet === 'FACTURE' ? ATTACHMENT_TYPES : [])].map(
          ([codeTypePieceJointe, libelleTypePieceJointe], index) => ({
            idTypePieceJointe: index + 1,
            codeTypePieceJointe,
            libelleTypePieceJointe,
            typeObjet,
          }),
        ),
      }),
  }),
  operation({
    path: '/cpro/transverses/v1/recuperer/coordbanc/valides',
    schema: z.strictObject({ idStructure: id }),
    run({ state, account }, { idStructure }) {
      if (!account.structures.includes(idStructure)) return refused('notEntitled');
      const listeCoordonneeBancaire = (state.index.byId.get(idStructure)?.bankDetails ?? []).map(
        ({ id: idCoordonneeBancaire, name: nomCoordonneeBancaire }) => ({
          idCoordonneeBancaire,
          nomCoordonneeBancaire,
        }),
      );
      return done({ listeCoordonneeBancaire });
    },
  }),
  operation({
    path: '/cpro/utilisateurs/v1/monCompte/recuperer/rattachements',
    schema: z.strictObject({ parametresRecherche: paging().optional() }),
    run({ state, account }, { parametresRecherche }) {
      const own = account.structures.flatMap((one) => state.index.byId.get(one) ?? []);
      const { rows, parametresRetour } = page(own, parametresRecherche);
      const listeStructureRattachement = rows.map((one) => ({
        idStructure: one.id,
        identifiantStructure: one.siret,
        designationStructure: one.name,
        typeIdentifiantStructure: 'SIRET',
        roleUtilisateur: 'UTILISATEUR',
        statutRattachementStructure: 'VALIDEE',
        statutUtilisateur: 'VALIDE',
        listeServicesRattache: one.services.map(({ id: idService, code: codeService, name, active: estActif }) => ({
          ...{ idService, codeService, libelleService: name, estActif },
          statutRattachementService: 'VALIDE',
        })),
      }));
      return done({ listeStructureRattachement, parametresRetour });
    },
  }),
];
