import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { PROJECT_MANAGERS } from '../../tools/chorus-pro-simulator/index.ts';
import { exampleConnections, exampleConnectionsWith } from '../support/example-connection.ts';
import { submitCommand } from '../support/commands.ts';
import type { Chance } from './chance.ts';
import { pauseMs, type Drop, type Schedule } from './schedule.ts';
import type { World } from './world.ts';

/** Works contracts in a schedule: what is dropped, and what the project manager and the works owner do. */

export const connectionsOf = ({ works: environment, commands }: Schedule) =>
  environment === undefined
    ? exampleConnections
    : exampleConnectionsWith({ environment, works: commands ? { answers: 'inferred' } : {} });

/** The number of the general statement that answers a final draft, after the project manager's draft of it. */
export const accountOf = (finalDraft: string): string => `${finalDraft}PDGDG`;
export const isAccount = (number: string): boolean => number.endsWith(accountOf(''));
/** The number under which the ERP signs it. */
export const signedNumberOf = (finalDraft: string): string => `${finalDraft}-SIGNED`;

/** A draft of 1,200 €, as an e-invoice of the ERP's own. */
export function worksBodyOf({ number, other, final }: Drop): string {
  // A contract has many monthly drafts, and one final draft.
  const contract = final ? `2026-GO-${number}` : '2026-GO-012';
  const frame = final ? 'A7' : 'A4';
  const projectManager = { siret: PROJECT_MANAGERS.answers };
  const file = cii({ number, frame, invoicee: projectManager.siret, market: contract });
  const running = { cumulative: '1000.00', amount: '1000.00' };
  const works = { document: frame, projectManager, statement: { number: 1, workDone: running } };
  const document = { name: `${number}.xml`, format: 'cii', content: Buffer.from(file).toString('base64') };
  const invoice = { number, contract, ...(other ? { comment: 'autre contenu' } : {}) };
  return JSON.stringify(submitCommand({ invoice, command: { type: 'works.submit', works, document } }));
}

/** In any order, as those of an invoice. */
const anyStatus = [
  'A_ASSOCIER_MOE',
  'MISE_A_DISPOSITION_MOE',
  'PRISE_EN_COMPTE_MOE',
  'TRANSMISE_MOA',
  'A_COMPLETER',
  'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
  'REFUSEE_MOE',
  'MISE_EN_PAIEMENT',
] as const;

/** Of a document that answers a draft. Its payment would be the draft's too: the tests of the poll play that. */
const anyStatusOfAnswer = [
  'TRANSMISE_MOA',
  'MISE_A_DISPOSITION_MOA',
  'PRISE_EN_COMPTE_MOA',
  'ASSOCIEE',
  'REFUSEE_MOA',
] as const;

/** Where the ERP answers, only its answers lead to the statuses that follow from them. */
const asksTheContractor = [
  'PRISE_EN_COMPTE_MOE',
  'A_COMPLETER',
  'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
  'A_COMPLETER',
  'ERREUR_FOURNISSEUR_SUR_MOA',
  'REFUSEE_MOE',
] as const;

/** The project manager answers a draft or gives it another status; the works owner gives one to the answer. */
export function liveOnWorks({ model, schedule }: World, chance: Chance, now: number): void {
  const numbers = new Set(schedule.drops.filter(({ works }) => works).map(({ number }) => number));
  const drafts = model.accepted().filter(({ number }) => numbers.has(number));
  const answers = model.othersDocuments();
  if (drafts.length === 0) return;
  const deed = chance.number(chance.next('works deed'));
  if (deed < 0.4) model.answerDraft(chance.pick(chance.next('answered'), drafts).id);
  else if (deed < 0.8 && answers.length > 0) {
    const answer = chance.pick(chance.next('works answer'), answers);
    const status = chance.pick(chance.next('works answer status'), anyStatusOfAnswer);
    if (!schedule.commands) model.setStatus(answer.id, status);
    else if (!model.answerDraft(answer.id)) liveOnAnswer(model, answer, status);
  } else {
    const { id } = chance.pick(chance.next('works draft'), drafts);
    const statuses = schedule.commands ? asksTheContractor : anyStatus;
    if (schedule.commands && now - (model.invoice(id)?.since ?? now) < pauseMs) return;
    model.setStatus(id, chance.pick(chance.next('works draft status'), statuses));
  }
}

/** A general statement waits for its signature, once; only that changes it. */
function liveOnAnswer(
  model: World['model'],
  { id, number, status: before }: ReturnType<World['model']['othersDocuments']>[number],
  status: (typeof anyStatusOfAnswer)[number],
): void {
  if (!isAccount(number)) model.setStatus(id, status);
  else if (before === 'DEPOSEE') model.setStatus(id, 'A_ASSOCIER_FOURNISSEUR');
  else if (before === 'ASSOCIEE') model.setStatus(id, status);
}
