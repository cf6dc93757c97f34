/** The validator's side: what waits for a main contractor or lead, and its answers [V-AIFE SWF]. */
import * as z from 'zod';
import { STATUSES, type Status } from './enumerations.ts';
import { current, planned, replanned, type Change } from './lifecycle.ts';
import { operation, type Call } from './operation.ts';
import { done, refused, type Outcome } from './replies.ts';
import { id, identifierKind, langue, optionalId, page, paging, sorted, text } from './schemas.ts';
import { scenarioOf, statusAt, type Invoice } from './state.ts';
import { isoDateTime, isoDay } from './time.ts';
import { isWithin, period } from './works-views.ts';
import { VALIDATION_SPACE } from './world.ts';

/** Those of AIFE's 45 columns that a row has here. */
const SORT_COLUMNS = [
  ...['IdFacture', 'IdFournisseur', 'IdentifiantFournisseur', 'DesignationFournisseur', 'IdDestinataire'],
  ...['IdentifiantDestinataire', 'DesignationDestinataire', 'CodeServiceExecutant', 'IdValideur'],
  ...['IdentifiantValideur', 'DesignationValideur', 'TypeFacture', 'NumeroFacture', 'DateFacture', 'DateDepot'],
  ...['MontantHT', 'MontantTTC', 'MontantAPayer', 'Devise', 'Statut', 'NumeroMarche', 'NumeroEngagement'],
];

/** Two were seen for works documents [V-3P]; the labels, and which frame has which, are made up. */
const REFUSAL_REASONS = [
  ['AUTRE', 'Autre motif'],
  ['MAUVAIS_VALIDEUR', 'Mauvais valideur'],
  ['MONTANT_ERRONE', 'Montant erroné'],
] as const;
const VALIDATED_FRAMES = ['A9_FACTURE_SOUSTRAITANT', 'A12_FACTURE_COTRAITANT'] as const;

const WAITING: Status = 'A_VALIDER_1';

/** The Swagger calls the amounts integers; here they are euros, as everywhere else [INF]. Dates are date-times. */
const row = (invoice: Invoice, { status }: Change) => ({
  idFacture: invoice.id,
  typeDemandePaiement: 'FACTURE',
  idFournisseur: invoice.supplier.id,
  identifiantFournisseur: invoice.supplier.siret,
  typeIdentifiantFournisseur: 'SIRET',
  designationFournisseur: invoice.supplier.name,
  idDestinataire: invoice.recipient.id,
  typeIdentifiantDestinataire: 'SIRET',
  identifiantDestinataire: invoice.recipient.siret,
  designationDestinataire: invoice.recipient.name,
  codeServiceExecutant: invoice.serviceCode,
  idValideur: invoice.validator?.id ?? null,
  typeIdentifiantValideur: 'SIRET',
  identifiantValideur: invoice.validator?.siret ?? null,
  designationValideur: invoice.validator?.name ?? null,
  typeFacture: invoice.type,
  numeroFacture: invoice.number,
  dateFacture: isoDateTime(Date.parse(invoice.date)),
  dateDepot: isoDateTime(invoice.acceptedAt),
  montantHT: invoice.amounts.net,
  montantTTC: invoice.amounts.gross,
  montantAPayer: invoice.amounts.due,
  devise: invoice.currency,
  statut: status,
  numeroMarche: invoice.market,
  numeroEngagement: invoice.commitment,
});

/** The account's structures that have the validator's space. */
const validatorsOf = ({ account, state }: Call): number[] =>
  state.world.structures.flatMap(({ id, spaces }) =>
    account.structures.includes(id) && spaces.some(({ name, open }) => open && name === VALIDATION_SPACE) ? [id] : [],
  );

/** What the lists show is what was true `searchLagMs` ago. */
function listed(
  { state, now }: Call,
  validators: readonly number[],
  wanted: (invoice: Invoice, at: Change) => boolean,
) {
  const view = now - state.options.searchLagMs;
  return [...state.invoices.values()].flatMap((invoice) => {
    if (!validators.includes(invoice.validator?.id ?? 0)) return [];
    const change = current(invoice.timeline, view);
    return change && wanted(invoice, change) ? [row(invoice, change)] : [];
  });
}

const waitingSchema = z.strictObject({
  idUtilisateurCourant: optionalId,
  idStructure: optionalId,
  typeIdentifiantStructure: identifierKind.optional(),
  identifiantStructure: text(18),
  pagination: paging(SORT_COLUMNS).optional(),
});

function waiting(
  call: Call,
  { idStructure, identifiantStructure, pagination }: z.output<typeof waitingSchema>,
): Outcome {
  const { state } = call;
  const asked = idStructure ?? (identifiantStructure && state.index.bySiret.get(identifiantStructure)?.id);
  const own = validatorsOf(call);
  if (asked !== undefined && !own.includes(Number(asked))) return refused('notEntitled');
  const validators = asked === undefined ? own : [Number(asked)];
  const found = sorted(
    listed(call, validators, (_invoice, { status }) => status === WAITING),
    pagination,
  );
  const { rows: listeFactures, parametresRetour } = page(found, pagination);
  return done({ parametresRetour, listeFactures });
}

/** This search does not sort by the validator. */
const SEARCH_COLUMNS = SORT_COLUMNS.filter((column) => !column.endsWith('Valideur'));

/** Only these of AIFE's filters are simulated; the others are refused, not ignored. */
const searchSchema = z.strictObject({
  idUtilisateurCourant: optionalId,
  numeroFacture: text(),
  idFournisseur: optionalId,
  idStructureValideur: optionalId,
  statutCourant: z.array(z.enum(STATUSES)).default([]),
  periodeDateDepotDu: period,
  periodeDateDepotAu: period,
  pagination: paging(SEARCH_COLUMNS).optional(),
});

function search(call: Call, { pagination, ...filters }: z.output<typeof searchSchema>): Outcome {
  const { numeroFacture, idFournisseur, idStructureValideur, statutCourant } = filters;
  const { periodeDateDepotDu, periodeDateDepotAu } = filters;
  const own = validatorsOf(call).filter((one) => idStructureValideur === undefined || one === idStructureValideur);
  const wanted = (invoice: Invoice, { status }: Change) =>
    (numeroFacture === undefined || invoice.number === numeroFacture) &&
    (idFournisseur === undefined || invoice.supplier.id === idFournisseur) &&
    isWithin(invoice.acceptedAt, periodeDateDepotDu, periodeDateDepotAu) &&
    (statutCourant.length === 0 || statutCourant.includes(status));
  const { rows: listeFactures, parametresRetour } = page(sorted(listed(call, own, wanted), pagination), pagination);
  return done({ parametresRetour, listeFactures });
}

/** The invoice, if one of the account's structures is its validator. */
function toValidate({ state, account }: Call, invoiceId: number): Invoice | Outcome {
  const invoice = state.invoices.get(invoiceId);
  if (!invoice) return refused('invoiceUnknown');
  return account.structures.includes(invoice.validator?.id ?? 0) ? invoice : refused('notEntitled');
}

function consult(call: Call, invoiceId: number): Outcome {
  const invoice = toValidate(call, invoiceId);
  if ('kind' in invoice) return invoice;
  const validated = invoice.timeline.find(({ status, at }) => status === 'VALIDEE_1' && at <= call.now);
  return done({
    facture: {
      identifiantFactureCPP: invoice.id,
      numeroFacture: invoice.number,
      statutFacture: statusAt(invoice, call.now),
      modeDepot: invoice.mode,
      destinataire: { codeDestinataire: invoice.recipient.siret, codeServiceExecutant: invoice.serviceCode },
      fournisseur: { idFournisseur: invoice.supplier.id, codeFournisseur: invoice.supplier.siret },
      cadreDeFacturation: {
        codeCadreFacturation: invoice.frame,
        idValideur1: invoice.validator?.id ?? null,
        codeValideur1: invoice.validator?.siret ?? null,
        dateValidation1: validated ? isoDateTime(validated.at) : null,
      },
      references: { dateDepot: isoDay(invoice.acceptedAt), numeroMarche: invoice.market },
    },
  });
}

/** Neither Swagger nor client has the values of typeValideur; those of `action` are GO's [V-3P]. */
const answerSchema = z.strictObject({
  idFacture: id,
  action: z.enum(['VALIDATION', 'REFUS']),
  typeValideur: z.string().min(1),
  idValideur: optionalId,
  motifRefus: text(),
  complementInfo: text(2000),
});

function answer(call: Call, { idFacture, action, ...given }: z.output<typeof answerSchema>): Outcome {
  const { state, now } = call;
  const invoice = toValidate(call, idFacture);
  if ('kind' in invoice) return invoice;
  const { typeValideur, idValideur, motifRefus } = given;
  const status = statusAt(invoice, now);
  const before = state.answers.get(idFacture) ?? [];
  const isAgain = before.length > 0 && state.options.answersTwice === 'taken';
  if (status !== WAITING && !isAgain) return refused('stateForbids', status);
  if (typeValideur !== state.options.validatorTypes[0]) return refused('validatorType', typeValideur);
  if (idValideur !== undefined && idValideur !== invoice.validator?.id) return refused('notEntitled');
  if (action === 'REFUS' && !REFUSAL_REASONS.some(([code]) => code === motifRefus))
    return refused('refusalReason', motifRefus ?? 'absent');
  state.answers.set(idFacture, [...before, action]);
  const next =
    action === 'REFUS'
      ? [{ at: now, status: 'REFUSEE_1' as const, comment: given.complementInfo ?? null, byAgent: true }]
      : [
          { at: now, status: 'VALIDEE_1' as const, comment: given.complementInfo ?? null, byAgent: true },
          ...planned(now + state.options.validatedForMs, scenarioOf(state, invoice)),
        ];
  invoice.timeline = replanned(invoice.timeline, now, next);
  return done({
    idFacture,
    numeroFacture: invoice.number,
    dateTraitement: isoDateTime(now),
    statutFacture: statusAt(invoice, now),
  });
}

export const VALIDATORS = [
  operation({ path: '/cpro/factures/v1/rechercher/aTraiter/valideur', schema: waitingSchema, run: waiting }),
  operation({ path: '/cpro/factures/v1/rechercher/valideur', schema: searchSchema, run: search }),
  operation({
    path: '/cpro/factures/v1/consulter/valideur',
    schema: z.strictObject({ idUtilisateurCourant: optionalId, identifiantFactureCPP: id, codeLangue: langue }),
    run: (call, { identifiantFactureCPP }) => consult(call, identifiantFactureCPP),
  }),
  operation({
    path: '/cpro/factures/v1/traiter/factureAValider',
    schema: answerSchema,
    changes: true,
    run: answer,
  }),
  operation({
    path: '/cpro/factures/v1/recuperer/statutsFactureVisibles/valideur',
    schema: z.strictObject({ idUtilisateurCourant: optionalId }),
    run: () =>
      done({
        listeStatutFacture: STATUSES.filter((status) => /_[12](_|$)/.test(status)).map((codeStatutFacture) => ({
          codeStatutFacture,
        })),
      }),
  }),
  operation({
    path: '/cpro/transverses/v1/recuperer/motifs/refus/Facture/AValider',
    schema: z.strictObject({ codeCadreFacturationAValider: z.enum(VALIDATED_FRAMES) }),
    run: () =>
      done({
        listeMotifRefusFactureAValider: REFUSAL_REASONS.map(([codeMotif, libelleMotif], i) => ({
          idMotif: i + 1,
          codeMotif,
          libelleMotif,
        })),
      }),
  }),
];
