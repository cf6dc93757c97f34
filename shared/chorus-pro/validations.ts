import * as z from 'zod';
import { sendToTry, type Fact } from '../facts/fact.ts';
import type { ListedCode } from './lists.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { allPages, fullPaging, type Page, type Period } from './search.ts';
import { requestOf, said, waitingListSchema, type Round, type ValidationRequest } from './validation-requests.ts';

/** The validator's side: what subcontractors and co-contractors ask of the connection's companies, and the answers. */

/** Facts about it. */
export const validationFacts = {
  validatorTypes: {
    value: { 1: 'VALIDEUR_1', 2: 'VALIDEUR_2' },
    mark: 'INF',
    source:
      'SWF has the field typeValideur and none of its values; the statuses A_VALIDER_1 and A_VALIDER_2 tell the first validator from the second. The setting `validations.validatorTypes` overrides it',
    toTry: {
      order: 31,
      what: 'which typeValideur traiter/factureAValider takes from a main contractor, and from a lead',
      command: sendToTry('validation-accept.json'),
    },
  },
  answerActions: {
    value: { accept: 'VALIDATION', refuse: 'REFUS' },
    mark: 'V-3P',
    source: 'GO; SWF has the field action and none of its values',
    toTry: {
      order: 32,
      what: 'whether traiter/factureAValider takes VALIDATION and REFUS as its action',
      command: sendToTry('validation-accept.json'),
    },
  },
  refusalReason: {
    value:
      'motifRefus is a codeMotif of recuperer/motifs/refus/Facture/AValider for the request’s cadre de facturation',
    mark: 'INF',
    source: 'SWF has the field, GO the list; no source says that they match',
    toTry: {
      order: 33,
      what: 'the reasons of the list, and whether motifRefus takes the code, or the label',
      command: sendToTry('validation-refuse.json'),
    },
  },
  searchAfterTheEnd: {
    value:
      'rechercher/valideur shows a document after its validation has ended, and those of all companies of the account',
    mark: 'INF',
    source: 'SWF has the status and the validator among filters that may be left out; no source says what it shows',
    toTry: {
      order: 54,
      what: 'whether rechercher/valideur, with a period of deposit alone, shows a request that was accepted',
      command:
        'after a day without a reading: aws lambda invoke --function-name chorus-relay-qualification-take-turns --cli-binary-format raw-in-base64-out --payload \'{"connection":"<name>","what":"validations"}\' poll.json',
    },
  },
  validationSpace: {
    value: 'Factures à valider',
    mark: 'INF',
    source: 'SWS has the operation and no names; the portal’s menu has this one',
    toTry: {
      order: 55,
      what: 'the name of the validator’s space in structures/rechercher/espaces, and whether answers need MODIFICATION',
      command: 'npx relay check <name>',
    },
  },
  endOfValidation: {
    value:
      'once answered or tacit, a request moves on at once: then only dateValidation1 or 2 tells that it was accepted',
    mark: 'INF',
    source:
      'SWF has the dates and the status ABSENCE_VALIDATION_1_HORS_DELAI; no source says how long the status lasts',
    toTry: {
      order: 34,
      what: 'what consulter/valideur shows of a request that was accepted, and of one after its fifteenth day',
      command: 'npx relay validations <name> (on the days around the fifteenth)',
    },
  },
} as const satisfies Record<string, Fact<unknown>>;

const framed = { codeCadreFacturation: said, codeValideur1: said, dateValidation1: said };
export const validationStandingSchema = z.looseObject({
  facture: z.looseObject({
    statutFacture: z.string().min(1),
    cadreDeFacturation: z.looseObject({ ...framed, codeValideur2: said, dateValidation2: said }).nullish(),
  }),
});
export const refusalReasonsSchema = z.looseObject({
  listeMotifRefusFactureAValider: z.array(z.looseObject({ codeMotif: z.string(), libelleMotif: said })).nullish(),
});
export const answeredSchema = z.looseObject({});

/** Where a request stands. `moved-on`: past its validation, and nothing says by whose answer. */
export type Progress = 'waiting' | 'accepted' | 'refused' | 'tacit' | 'withdrawn' | 'moved-on';

export interface ValidationStanding {
  progress: Progress;
  /** The status as Chorus Pro spells it. */
  status: string;
  /** The frame (cadre de facturation) as Chorus Pro spells it: the reasons for a refusal depend on it. */
  frame?: string | undefined;
}

/** By the status, which names the round; any other status comes after the validation. */
const progressAt = (round: Round): Readonly<Record<string, Progress>> => ({
  [`A_VALIDER_${round}`]: 'waiting',
  [`VALIDEE_${round}`]: 'accepted',
  [`REFUSEE_${round}`]: 'refused',
  [`ABSENCE_VALIDATION_${round}_HORS_DELAI`]: 'tacit',
  // Another validator must be named, or nothing is asked any more.
  [round === 1 ? 'ERREUR_FOURNISSEUR_SUR_VALIDEUR' : 'ERREUR_COTRAITANT_SUR_VALIDEUR']: 'withdrawn',
  ABANDONNEE: 'withdrawn',
  SUPPRIMEE: 'withdrawn',
});

function standingOf(
  { statutFacture: status, cadreDeFacturation }: z.infer<typeof validationStandingSchema>['facture'],
  { round, validator }: Asked,
): ValidationStanding {
  const { codeCadreFacturation: frame, codeValideur1, codeValideur2 } = cadreDeFacturation ?? {};
  const { dateValidation1, dateValidation2 } = cadreDeFacturation ?? {};
  const [named, validated] = round === 1 ? [codeValideur1, dateValidation1] : [codeValideur2, dateValidation2];
  const progress = progressAt(round)[status] ?? (validated ? 'accepted' : 'moved-on');
  const isOthers = progress === 'waiting' && named !== undefined && named !== validator.siret;
  return { progress: isOthers ? 'withdrawn' : progress, status, frame };
}

type Asked = Pick<ValidationRequest, 'chorusProId' | 'round' | 'validator'>;

/** A request to one of a document’s validators, and where it stood when it was found. */
export interface FoundRequest {
  request: ValidationRequest;
  /** Absent if Chorus Pro does not show the document itself. */
  progress?: Progress;
}

export interface GivenAnswer {
  decision: 'accept' | 'refuse';
  /** With a refusal: a code of Chorus Pro's list. */
  reason?: string | undefined;
  comment?: string | undefined;
  /** The connection's own words for typeValideur. */
  validatorTypes?: Readonly<Record<'first' | 'second', string>> | undefined;
}

type List = z.infer<typeof waitingListSchema>;

const pageOf = ({ listeFactures, parametresRetour }: List, siret?: string): Page<ValidationRequest> => ({
  items: (listeFactures ?? []).map((row) => requestOf(row, siret)),
  pages: parametresRetour?.pages ?? 1,
});

const byId = { triColonne: 'IdFacture', triSens: 'Ascendant' } as const;
const paginationOf = (page: number) => ({
  ...{ pageResultatDemandee: page, nbResultatsParPage: fullPaging.size },
  ...byId,
});

export const validationsOf = (call: BoundCall) => ({
  /** Everything that waits for this company's validation, all pages. */
  requestsFor: (siret: string): Promise<Outcome<ValidationRequest[]>> =>
    allPages(async (page) => {
      const body = {
        ...({ typeIdentifiantStructure: 'SIRET', identifiantStructure: siret } as const),
        pagination: paginationOf(page),
      };
      const outcome = await call('factures/v1/rechercher/aTraiter/valideur', body, waitingListSchema);
      return mapAccepted(outcome, (list) => pageOf(list, siret));
    }),

  /** Documents deposited in the period for the validation of any company of the account, wherever they stand now. */
  documentsToValidate: ({ from, to }: Period): Promise<Outcome<ValidationRequest[]>> =>
    allPages(async (page) => {
      const period = { periodeDateDepotDu: from.toISOString(), periodeDateDepotAu: to.toISOString() };
      const body = { ...period, pagination: paginationOf(page) };
      const outcome = await call('factures/v1/rechercher/valideur', body, waitingListSchema);
      return mapAccepted(outcome, (list) => pageOf(list));
    }),

  /** The requests of such a document, one for each validator that it names. The list has only one of them. */
  async requestsOf(listed: ValidationRequest): Promise<Outcome<FoundRequest[]>> {
    const body = { identifiantFactureCPP: listed.chorusProId, codeLangue: 'fr' } as const;
    const outcome = await call('factures/v1/consulter/valideur', body, validationStandingSchema);
    if (outcome.kind === 'refused') return { kind: 'accepted', value: [{ request: listed }] };
    return mapAccepted(outcome, ({ facture }) => {
      const { codeValideur1, codeValideur2 } = facture.cadreDeFacturation ?? {};
      const named = ([codeValideur1, codeValideur2] as const).flatMap((siret, index) =>
        siret === undefined ? [] : [{ ...listed, round: index === 0 ? 1 : 2, validator: { siret } } as const],
      );
      return (named.length > 0 ? named : [listed]).map((request) => ({
        request,
        progress: standingOf(facture, request).progress,
      }));
    });
  },

  /** Where a request stands, from the document itself and not from a list. */
  async validationStanding(asked: Asked): Promise<Outcome<ValidationStanding>> {
    const body = { identifiantFactureCPP: asked.chorusProId, codeLangue: 'fr' } as const;
    const outcome = await call('factures/v1/consulter/valideur', body, validationStandingSchema);
    return mapAccepted(outcome, ({ facture }) => standingOf(facture, asked));
  },

  /** The reasons for which a request in this frame may be refused. */
  async refusalReasons(frame: string): Promise<Outcome<ListedCode[]>> {
    const body = { codeCadreFacturationAValider: frame };
    const outcome = await call('transverses/v1/recuperer/motifs/refus/Facture/AValider', body, refusalReasonsSchema);
    return mapAccepted(outcome, ({ listeMotifRefusFactureAValider }) =>
      (listeMotifRefusFactureAValider ?? []).map(({ codeMotif, libelleMotif }) => ({
        code: codeMotif,
        label: libelleMotif ?? '',
      })),
    );
  },

  answerValidation: (
    { chorusProId, round, validator }: Asked,
    { decision, reason, comment, validatorTypes }: GivenAnswer,
  ): Promise<Outcome<object>> => {
    const own = validatorTypes?.[round === 1 ? 'first' : 'second'];
    const body = {
      idFacture: chorusProId,
      action: validationFacts.answerActions.value[decision],
      typeValideur: own ?? validationFacts.validatorTypes.value[round],
      idValideur: validator.structureId,
      motifRefus: reason,
      complementInfo: comment,
    };
    return call('factures/v1/traiter/factureAValider', body, answeredSchema);
  },
});
