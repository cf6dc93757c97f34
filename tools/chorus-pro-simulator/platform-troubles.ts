/** What can go wrong in Chorus Pro itself, until it is undone; `troubles.ts` has what can be wrong with an account. */
import type { FaultPlan } from './faults.ts';
import type { ChorusPro } from './model.ts';

interface Platform {
  model: Pick<ChorusPro, 'options' | 'world'>;
  faults: FaultPlan;
}

const deposits = ['/cpro/factures/v1/soumettre', '/cpro/factures/v1/deposer/flux'] as const;

/** The paths that no source confirms. */
const answers = [
  '/cpro/facturesTravaux/v1/completer',
  '/cpro/facturesTravaux/v1/recycler',
  '/cpro/facturesTravaux/v1/soumettre',
] as const;

/** Each returns what undoes it. */
export const PLATFORM_TROUBLES = {
  'platform-closed': ({ faults }) => faults.add({ kind: 'maintenance', path: '/cpro/*' }),
  'answer-lost': ({ faults }) => {
    const undo = deposits.map((path) => faults.add({ kind: 'reset-after', path, count: 1 }));
    return () => undo.forEach((one) => one());
  },
  'deposits-lost': ({ faults }) => {
    const undo = deposits.map((path) => faults.add({ kind: 'reset-before', path }));
    return () => undo.forEach((one) => one());
  },
  'files-fail': ({ model: { options } }) => {
    const before = options.fluxOutcome;
    options.fluxOutcome = () => 'IN_INCIDENTE';
    return () => {
      options.fluxOutcome = before;
    };
  },
  'status-unknown': ({ model: { world } }) => {
    world.shownStatus = () => 'ETAT_NOUVEAU_DU_SIMULATEUR';
    return () => {
      world.shownStatus = undefined;
    };
  },
  'works-path-wrong': ({ faults }) => {
    const undo = answers.map((path) => faults.add({ kind: 'not-found', path }));
    return () => undo.forEach((one) => one());
  },
  'works-list-closed': ({ model: { options } }) => {
    options.qualification = true;
    return () => {
      options.qualification = false;
    };
  },
} as const satisfies Record<string, (platform: Platform) => () => void>;
