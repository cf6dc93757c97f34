import type * as z from 'zod';
import type { Fact, Mark } from '../facts/fact.ts';
import { limits } from '../invoice/fields.ts';
import { attachedSchema } from './attached-structures.ts';
import { fluxStates, fluxSyntaxes, depositSchema, reportSchema } from './flux.ts';
import { doneSchema, fileSchema, standingSchema } from './invoice-actions.ts';
import { accountsSchema, exemptionsSchema, modesSchema, ratesSchema, syntaxesSchema, typesSchema } from './lists.ts';
import { healthCheck, operations, type OperationPath } from './operations.ts';
import { orderDetailSchema, ordersSchema } from './orders.ts';
import { returnSchema } from './outcome.ts';
import { requests } from './requests.ts';
import { historySchema, searchSchema } from './search.ts';
import { statuses } from './statuses.ts';
import {
  demandsSchema,
  foundSchema,
  ownSchema,
  passwordSchema,
  serviceDemandsSchema,
  servicesSchema,
  spacesSchema,
} from './structures.ts';
import { submittedSchema, uploadedSchema } from './submission.ts';
import { worksAnswers } from './works-answers.ts';
import { detailsSchema } from './works-file.ts';
import { paymentRequestsSchema, worksDocumentsSchema } from './works-search.ts';
import { waitingListSchema } from './validation-requests.ts';
import { answeredSchema, refusalReasonsSchema, validationStandingSchema } from './validations.ts';

/**
 * What the code uses of Chorus Pro's contract, for `npx relay contract`: the same schemas by which calls are made and
 * responses are read. A test makes every call and finds its schemas here.
 */

/** What we read of a response, beside `codeRetour` and `libelle`. A path may be read in several ways. */
const responses: Readonly<Record<OperationPath, readonly z.ZodType[]>> = {
  'factures/v1/deposer/pdf': [uploadedSchema],
  'factures/v1/soumettre': [submittedSchema],
  'factures/v1/deposer/flux': [depositSchema],
  'factures/v1/rechercher/fournisseur': [searchSchema],
  'factures/v1/rechercher/demandePaiement': [paymentRequestsSchema],
  'factures/v1/consulter/fournisseur': [standingSchema, detailsSchema],
  'factures/v1/consulter/historique': [historySchema],
  'factures/v1/telecharger/groupe': [fileSchema],
  'factures/v1/completer': [doneSchema],
  'factures/v1/recycler': [doneSchema],
  'factures/v1/traiterRejet': [doneSchema],
  'factures/v1/corriger/valideur/facture': [doneSchema],
  'factures/v1/rechercher/aTraiter/valideur': [waitingListSchema],
  'factures/v1/rechercher/valideur': [waitingListSchema],
  'factures/v1/consulter/valideur': [validationStandingSchema],
  'factures/v1/traiter/factureAValider': [answeredSchema],
  'transverses/v1/ajouter/fichier': [uploadedSchema],
  'transverses/v1/consulterCRDetaille': [reportSchema],
  'transverses/v1/recuperer/coordbanc/valides': [accountsSchema],
  'transverses/v1/recuperer/modereglements': [modesSchema],
  'transverses/v1/recuperer/motifs/exonerationtva': [exemptionsSchema],
  'transverses/v1/recuperer/motifs/refus/Facture/AValider': [refusalReasonsSchema],
  'transverses/v1/recuperer/structures/actives/fournisseur': [ownSchema],
  'transverses/v1/recuperer/structures/actives/facturetravaux': [ownSchema],
  'transverses/v1/recuperer/syntaxeflux': [syntaxesSchema],
  'transverses/v1/recuperer/tauxtva': [ratesSchema],
  'transverses/v1/recuperer/typespj': [typesSchema],
  'structures/v1/rechercher': [foundSchema],
  'structures/v1/consulter': [demandsSchema, passwordSchema],
  'structures/v1/rechercher/services': [servicesSchema],
  'structures/v1/rechercher/espaces': [spacesSchema],
  'structures/v1/consulter/service': [serviceDemandsSchema],
  'engagementsJuridiques/v1/rechercher': [ordersSchema],
  'engagementsJuridiques/v1/consulterDetail': [orderDetailSchema],
  'utilisateurs/v1/monCompte/recuperer/rattachements': [attachedSchema],
  [worksAnswers.worksComplete.value]: [doneSchema],
  [worksAnswers.worksRecycle.value]: [doneSchema],
  [worksAnswers.worksSignFinal.value]: [doneSchema],
  'facturesTravaux/v1/rechercher': [worksDocumentsSchema],
};

/** The fields whose values are statuses of an invoice. */
const statusFields = [
  { operation: 'factures/v1/soumettre', field: 'statutFacture' },
  { operation: 'factures/v1/consulter/fournisseur', field: 'facture.statutFacture' },
  { operation: 'factures/v1/consulter/valideur', field: 'facture.statutFacture' },
  { operation: 'factures/v1/consulter/historique', field: 'historiquesDesStatuts.histoStatut[].histoStatutCode' },
  { operation: 'factures/v1/rechercher/fournisseur', field: 'listeFactures[].statut' },
  { operation: 'factures/v1/rechercher/demandePaiement', field: 'listeDemandePaiement[].etatCourant' },
] as const satisfies readonly { operation: OperationPath; field: string }[];

/** The values that the code knows, of each field of a response whose values it tells apart. */
const knownValues: readonly { operation: OperationPath; field: string; values: readonly string[] }[] = [
  ...statusFields.map((at) => ({ ...at, values: Object.keys(statuses) })),
  {
    operation: 'transverses/v1/consulterCRDetaille',
    field: 'etatCourantDepotFlux',
    values: Object.keys(fluxStates),
  },
  { operation: 'structures/v1/rechercher', field: 'listeStructures[].statut', values: ['ACTIVE', 'INACTIVE'] },
  { operation: 'structures/v1/rechercher/espaces', field: 'listeEspace[].etatCourant', values: ['ACTIVE', 'SUPPRIME'] },
  {
    operation: 'structures/v1/rechercher/espaces',
    field: 'listeEspace[].typeHabilitation',
    values: ['CONSULTATION_UNIQUEMENT', 'MODIFICATION'],
  },
  {
    operation: 'structures/v1/consulter',
    field: 'informationGenerales.structurePriveePublique',
    values: ['PRIVEE', 'PUBLIQUE'],
  },
];

/** Where we know better than a Swagger of AIFE's. The field is as `npx relay contract` names it. */
interface Deviation extends Fact<string> {
  operation: OperationPath;
  side: 'request' | 'response';
  field: string;
  /** Only this value of the field; absent: whatever differs in it. */
  detail?: string;
}

export const deviations: readonly Deviation[] = [
  {
    operation: 'factures/v1/soumettre',
    side: 'request',
    field: 'pieceJointePrincipale',
    value: 'an array of one, where the Swagger has an object',
    mark: 'V-3P',
    source: 'every client that is known to work sends an array',
  },
  ...['codeRetour', 'libelle'].map((field): Deviation => ({
    operation: 'factures/v1/deposer/pdf',
    side: 'response',
    field,
    value: 'it comes, though the Swagger does not have it',
    mark: 'V-3P',
    source: 'PAS: live responses have it',
  })),
  ...statusFields.map((at): Deviation => ({
    ...at,
    side: 'response',
    detail: 'ABSENCE_VALIDATION_MOE_DELAI_REGLEMENTAIRE',
    value: 'a status that the Swagger does not have',
    mark: 'V-3P',
    source: 'a third party’s client knows it',
  })),
];

/** The calls by which an invoice is sent, in their order, by route: whoever asks Chorus Pro's support names them. */
export const sendingCalls = {
  pdf: ['factures/v1/deposer/pdf', 'transverses/v1/ajouter/fichier', 'factures/v1/soumettre'],
  flux: ['factures/v1/deposer/flux', 'transverses/v1/consulterCRDetaille'],
} as const satisfies Readonly<Record<string, readonly OperationPath[]>>;

/** What one operation sends and reads. */
export interface Exchange {
  path: OperationPath;
  request: z.ZodType;
  responses: readonly z.ZodType[];
  /** By the place of the field in the response: `listeFactures[].statut`. */
  known: Readonly<Record<string, readonly string[]>>;
}

export const exchanges: readonly Exchange[] = Object.keys(operations)
  .filter((path): path is OperationPath => path in operations)
  .map((path) => ({
    path,
    request: requests[path],
    responses: [returnSchema, ...responses[path]],
    known: Object.fromEntries(
      knownValues.filter(({ operation }) => operation === path).map(({ field, values }) => [field, values]),
    ),
  }));

/** Something that is not verified in AIFE's own material, and that a Swagger settles if it has it. */
export interface OpenMark {
  /** A path, a value, or the name of a limit. */
  name: string;
  mark: Mark;
  path: string;
  /** A field's value or length. Without it, the path alone is open. */
  field?: { side: 'request' | 'response'; place: string; is: string | number };
}

type Place = Pick<OpenMark, 'path'> & Pick<NonNullable<OpenMark['field']>, 'side' | 'place'>;

const syntax: Place = { path: 'factures/v1/deposer/flux', side: 'request', place: 'syntaxeFlux' };
const state: Place = { path: 'transverses/v1/consulterCRDetaille', side: 'response', place: 'etatCourantDepotFlux' };
const sent = (place: string): Place => ({ path: 'factures/v1/soumettre', side: 'request', place });

const open = (
  name: string,
  mark: Mark,
  { path, ...at }: Place,
  is: NonNullable<OpenMark['field']>['is'] = name,
): OpenMark => ({ name, mark, path, field: { ...at, is } });

const lengths = {
  commitment: sent('references.numeroBonCommande'),
  contract: sent('references.numeroMarche'),
  comment: sent('commentaire'),
} as const satisfies Partial<Record<keyof typeof limits, Place>>;

const marked: readonly OpenMark[] = [
  ...Object.entries(operations).map(([path, { mark }]) => ({ name: path, mark, path })),
  { name: healthCheck, mark: 'INF', path: healthCheck },
  ...Object.values(fluxSyntaxes).map(({ value, mark }) => open(value, mark, syntax)),
  ...Object.entries(fluxStates).map(([value, { mark }]) => open(value, mark, state)),
  ...(['commitment', 'contract', 'comment'] as const).map((name) =>
    open(name, limits[name].mark, lengths[name], limits[name].value),
  ),
];

export const openMarks = marked.filter(({ mark }) => mark !== 'V-AIFE');
