import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import type { Observed } from './invariants.ts';
import { isAccount } from './works.ts';

/** What must hold of works contracts, besides what holds of every invoice. */

/** Who must act next at each status that the schedules give to our drafts. */
const actorsOnDraft: Readonly<Record<string, string>> = {
  DEPOSEE: 'chorus-pro',
  A_ASSOCIER_MOE: 'project-manager',
  MISE_A_DISPOSITION_MOE: 'project-manager',
  PRISE_EN_COMPTE_MOE: 'project-manager',
  ASSOCIEE: 'works-owner',
  TRANSMISE_MOA: 'works-owner',
  A_COMPLETER: 'main-contractor',
  ERREUR_FOURNISSEUR_SUR_MOA: 'main-contractor',
  EN_ATTENTE_RECYCLAGE_FOURNISSEUR: 'main-contractor',
  REFUSEE_MOE: 'main-contractor',
  MISE_EN_PAIEMENT: 'nobody',
  MISE_A_DISPOSITION: 'recipient',
  SERVICE_FAIT: 'recipient',
  MANDATEE: 'recipient',
  COMPLETEE: 'recipient',
  SUSPENDUE: 'main-contractor',
  A_RECYCLER: 'main-contractor',
  REJETEE: 'main-contractor',
};

/** The same for the documents that answer them. */
const actorsOnAnswer: Readonly<Record<string, string>> = {
  DEPOSEE: 'chorus-pro',
  TRANSMISE_MOA: 'works-owner',
  MISE_A_DISPOSITION_MOA: 'works-owner',
  PRISE_EN_COMPTE_MOA: 'works-owner',
  ASSOCIEE: 'works-owner',
  REFUSEE_MOA: 'project-manager',
  A_ASSOCIER_FOURNISSEUR: 'main-contractor',
};

/** The works owner deposits the general statement; the project manager, the others. Whoever did must correct it. */
const actorsOnAccount = { ...actorsOnAnswer, REFUSEE_MOA: 'works-owner' };

/** An event that is published again is told once: consumers drop it by its id. */
const told = ({ worksTold }: Observed): WorksDocumentEvent[] => [
  ...new Map(worksTold.map((event) => [event.id, event])).values(),
];

/** After each event: it is about another party's document, says who acts next, and says nothing that was said. */
export function worksWronglyTold(observed: Observed): string[] {
  const own = new Set(observed.schedule.drops.map(({ number }) => number));
  const last = new Map<number, WorksDocumentEvent['data']['status']>();
  return told(observed).flatMap(({ id, data: { document, status, next } }) => {
    const before = last.get(document.chorusProId);
    last.set(document.chorusProId, status);
    const isSame = before?.code === status.code && (before.at ?? status.at) === (status.at ?? before.at);
    return [
      ...(own.has(document.number) ? [`event ${id} tells of our own document as another party’s`] : []),
      ...(isSame ? [`event ${id} tells ${status.code} a second time`] : []),
      ...wrongActor(id, status.code, next, isAccount(document.number) ? actorsOnAccount : actorsOnAnswer),
    ];
  });
}

const wrongActor = (
  id: string,
  code: string,
  next: { actor: string } | undefined,
  actors: Readonly<Record<string, string>>,
): string[] =>
  next?.actor === actors[code] ? [] : [`event ${id} says that ${next?.actor ?? 'no one'} acts next at ${code}`];

/** Each event about a draft of our own that tells a status says who acts next. */
export function nextActorUntold({ schedule, published }: Observed): string[] {
  const drafts = new Set(schedule.drops.filter(({ works }) => works).map(({ number }) => number));
  return published.flatMap(({ id, data: { number = '', status, next } }) =>
    status && drafts.has(number) ? wrongActor(id, status.code, next, actorsOnDraft) : [],
  );
}

/** The documents that the relay did not send itself: those of others, and the general statements that were signed. */
function documentsTold({ model, schedule }: Observed): { id: number; number: string; status: string }[] {
  const own = new Set(schedule.drops.map(({ number }) => number));
  const signed = model.accepted().filter(({ number }) => !own.has(number));
  return [
    ...model.othersDocuments(),
    ...signed.map(({ id, number }) => ({ id, number, status: model.invoice(id)?.status ?? '' })),
  ];
}

/** The documents of others of which the ERP was not told where they stand. */
export function worksUntold(observed: Observed): string[] {
  const last = new Map(told(observed).map(({ data }) => [data.document.chorusProId, data.status.code]));
  return documentsTold(observed)
    .filter(({ id, status }) => last.get(id) !== status)
    .map(({ number, status }) => `the ERP was not told that ${number} is ${status}`);
}

/** The ERP signs whatever it is asked to sign, so no general statement may be left without its signature. */
export const unsigned = ({ model }: Observed): string[] =>
  model
    .othersDocuments()
    .filter(({ status }) => status === 'A_ASSOCIER_FOURNISSEUR')
    .map(({ number }) => `${number} was never signed`);

/** For the figures of a campaign. */
export const worksFigures = (observed: Observed): Record<string, number> => ({
  'works documents sent': observed.model
    .accepted()
    .filter(({ number }) => observed.schedule.drops.some((drop) => drop.works && drop.number === number)).length,
  'documents of others told': told(observed).length,
});
