import type { Chance } from './chance.ts';
import { pauseMs } from './schedule.ts';
import { liveOnWorks } from './works.ts';
import type { World } from './world.ts';

/** In an order that no real recipient follows: a status may be skipped, come back, or come after an end. */
const anyStatus = [
  'MISE_A_DISPOSITION',
  'SERVICE_FAIT',
  'SUSPENDUE',
  'COMPLETEE',
  'MANDATEE',
  'MISE_EN_PAIEMENT',
  'A_RECYCLER',
  'REJETEE',
] as const;

/** Where the ERP answers, only the answers lead to the statuses that follow from them. */
const asksTheSupplier = ['SUSPENDUE', 'A_RECYCLER', 'SUSPENDUE', 'A_RECYCLER', 'REJETEE', 'SERVICE_FAIT'] as const;

/** The validator that an invoice names may say that it is the wrong one. */
const asksForAnother = [
  ...asksTheSupplier,
  'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
  'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
] as const;

/** A recipient gives one of its invoices another status. */
export function liveOn(world: World, chance: Chance, now: number): void {
  const { model, schedule } = world;
  if (schedule.works && chance.number(chance.next('life of works?')) < 0.7) {
    liveOnWorks(world, chance, now);
    return;
  }
  const accepted = model.accepted().filter(({ number }) => schedule.drops.some((drop) => drop.number === number));
  if (accepted.length === 0) return;
  const { id, number } = chance.pick(chance.next('life of'), accepted);
  const isValidated = schedule.drops.some((drop) => drop.number === number && drop.validated);
  const asking = isValidated ? asksForAnother : asksTheSupplier;
  const status = chance.pick(chance.next('life status'), schedule.commands ? asking : anyStatus);
  if (schedule.commands && now - (model.invoice(id)?.since ?? now) < pauseMs) return;
  model.setStatus(id, status, 'motif du destinataire');
}
