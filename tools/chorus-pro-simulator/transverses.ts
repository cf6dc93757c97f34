import * as z from 'zod';
import { done, refused } from './replies.ts';
import { EXTENSIONS, ATTACHMENT_TYPES, FLUX_SYNTAX_LIST, PAYMENT_MODE_LIST, VAT_RATES } from './enumerations.ts';
import { extensionOf, store } from './documents.ts';
import { constant, operation, type Operation } from './operation.ts';
import { LIMITS } from './options.ts';
import { base64, decodedSize, id, langue, optionalId, text } from './schemas.ts';

// No Swagger of "Transverses" is public: names from a third-party client [V-3P].

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
  ...constant('transverses/health-check', z.unknown(), {}),
  method: 'GET',
  needsAccount: false,
};

const caller = z.strictObject({ idUtilisateurCourant: optionalId });
const inLangue = z.strictObject({ codeLangue: langue });

export const TRANSVERSES = [
  healthCheck,
  operation({
    path: 'transverses/ajouter/fichier',
    schema: upload,
    changes: true,
    run(call, { pieceJointeFichier, pieceJointeNom }) {
      if (decodedSize(pieceJointeFichier) > LIMITS.file) return refused('attachmentTooLarge', pieceJointeNom);
      const document = store(call, { name: pieceJointeNom, base64: pieceJointeFichier, draft: false });
      return done({ pieceJointeId: document.id });
    },
  }),
  operation({
    path: 'transverses/recuperer/structures/actives/fournisseur',
    schema: caller,
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
  operation({
    path: 'transverses/recuperer/coordbanc/valides',
    schema: z.strictObject({ idStructure: id }),
    run({ state, account }, { idStructure }) {
      if (!account.structures.includes(idStructure)) return refused('notEntitled');
      const details = state.index.byId.get(idStructure)?.bankDetails ?? [];
      return done({
        listeCoordonneeBancaire: details.map((one) => ({
          idCoordonneeBancaire: one.id,
          nomCoordonneeBancaire: one.name,
        })),
      });
    },
  }),
  operation({
    path: 'transverses/recuperer/typespj',
    schema: z.strictObject({ codeLangue: langue, typeObjet: text() }),
    run: (_call, { typeObjet }) =>
      done({ listeTypePieceJointe: ATTACHMENT_TYPES.filter((type) => !typeObjet || type.typeObjet === typeObjet) }),
  }),
  constant('transverses/recuperer/tauxtva', inLangue, { listeTauxTva: VAT_RATES }),
  constant('transverses/recuperer/modereglements', z.strictObject({}), { listeModePaiement: PAYMENT_MODE_LIST }),
  constant('transverses/recuperer/syntaxeflux', z.strictObject({ formatFlux: text() }), {
    listeSyntaxeFlux: FLUX_SYNTAX_LIST,
  }),
];
