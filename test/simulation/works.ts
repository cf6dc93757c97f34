import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { PROJECT_MANAGERS } from '../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../support/commands.ts';
import type { Chance } from './chance.ts';
import type { Drop } from './schedule.ts';
import type { World } from './world.ts';

/** Works contracts in a schedule: what is dropped, and what the project manager and the works owner do. */

const contract = '2026-GO-012';

/** A monthly draft of 1,200 €, as an e-invoice of the ERP's own. */
export function worksBodyOf({ number, other }: Drop): string {
  const projectManager = { siret: PROJECT_MANAGERS.answers };
  const file = cii({ number, frame: 'A4', invoicee: projectManager.siret, market: contract });
  const running = { cumulative: '1000.00', amount: '1000.00' };
  const works = { document: 'A4', projectManager, statement: { number: 1, workDone: running } };
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

/** The project manager answers a draft or gives it another status; the works owner gives one to the answer. */
export function liveOnWorks({ model, schedule }: World, chance: Chance): void {
  const numbers = new Set(schedule.drops.filter(({ works }) => works).map(({ number }) => number));
  const drafts = model.accepted().filter(({ number }) => numbers.has(number));
  const answers = model.othersDocuments();
  if (drafts.length === 0) return;
  const deed = chance.number(chance.next('works deed'));
  if (deed < 0.4) model.answerDraft(chance.pick(chance.next('answered'), drafts).id);
  else if (deed < 0.8 && answers.length > 0)
    model.setStatus(
      chance.pick(chance.next('works answer'), answers).id,
      chance.pick(chance.next('works answer status'), anyStatusOfAnswer),
    );
  else
    model.setStatus(
      chance.pick(chance.next('works draft'), drafts).id,
      chance.pick(chance.next('works draft status'), anyStatus),
    );
}
