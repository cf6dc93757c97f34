/** Switches what can go wrong on, by one word, and all of it off again. */
import type { FaultPlan } from './faults.ts';
import type { ChorusPro } from './model.ts';
import { PLATFORM_TROUBLES } from './platform-troubles.ts';
import { makeTrouble, TROUBLES, type TroubleName } from './troubles.ts';

type PlatformTroubleName = keyof typeof PLATFORM_TROUBLES;
export type TroubleWord = TroubleName | PlatformTroubleName;

/** For the person who practises: what is wrong from then on. */
export const TROUBLE_WORDS: Readonly<Record<TroubleWord, { fr: string; en: string }>> = {
  'platform-closed': { fr: 'Chorus Pro est fermé pour maintenance', en: 'Chorus Pro is closed for maintenance' },
  'answer-lost': {
    fr: 'un dépôt aboutit, mais sa réponse se perd : un doute, que la lecture suivante lève',
    en: 'one deposit takes effect but its answer is lost: a doubt, which a later look resolves',
  },
  'deposits-lost': {
    fr: 'aucun dépôt n’arrive, et aucun n’a de réponse : des doutes qui durent',
    en: 'no deposit arrives, and none is answered: doubts that last',
  },
  'files-fail': {
    fr: 'tout dépôt de fichier (une facture électronique) finit en incident : après 18 jours, le relais abandonne',
    en: 'every deposited file ends in an incident (an e-invoice): after 18 days the relay gives it up',
  },
  'status-unknown': {
    fr: 'tout changement d’état donne un état que le relais ne connaît pas',
    en: 'every change of status gives a status that the relay does not know',
  },
  'works-path-wrong': {
    fr: 'les adresses supposées des réponses aux pièces de travaux n’existent pas',
    en: 'the inferred paths of answers to works documents do not exist',
  },
  'works-list-closed': {
    fr: 'la liste des demandes de paiement ne répond pas, comme en qualification',
    en: 'the list of payment requests does not work, as in qualification',
  },
  'works-api-not-subscribed': {
    fr: 'l’application n’a pas souscrit à l’API FacturesTravaux',
    en: 'the application has not selected the API FacturesTravaux',
  },
  'works-space-closed': {
    fr: 'l’espace « Factures de travaux » d’une agence est fermé',
    en: 'an agency’s space "Factures de travaux" is closed',
  },
  'works-space-read-only': {
    fr: 'l’espace « Factures de travaux » d’une agence est en consultation seule',
    en: 'an agency’s space "Factures de travaux" may only be read',
  },
  'validation-space-closed': {
    fr: 'l’espace « Factures à valider » d’une agence est fermé : ses demandes ne peuvent pas être lues',
    en: 'an agency’s space "Factures à valider" is closed: its requests cannot be read',
  },
  'validation-space-read-only': {
    fr: 'l’espace « Factures à valider » d’une agence est en consultation seule',
    en: 'an agency’s space "Factures à valider" may only be read',
  },
  'application-deleted': {
    fr: 'PISTE ne connaît plus l’application',
    en: 'PISTE no longer knows the application',
  },
  'secret-renewed': {
    fr: 'le secret client PISTE a été remplacé',
    en: 'the PISTE client secret was replaced',
  },
  'password-renewed': {
    fr: 'le mot de passe du compte technique a été remplacé : l’ancien est refusé',
    en: 'the technical account’s password was replaced: the old one is refused',
  },
  'password-expired': {
    fr: 'le mot de passe du compte technique a expiré',
    en: 'the technical account’s password has expired',
  },
  'api-not-subscribed': {
    fr: 'l’application n’a pas souscrit à l’API Factures',
    en: 'the application has not selected the API Factures',
  },
  'no-raccordement': {
    fr: 'aucun raccordement n’est déclaré pour l’application',
    en: 'no raccordement is declared for the application',
  },
  'structure-unknown': {
    fr: 'le SIRET d’une agence n’est pas dans l’annuaire',
    en: 'an agency’s SIRET is not in the directory',
  },
  'structure-inactive': { fr: 'une agence est inactive', en: 'an agency is inactive' },
  'structure-detached': {
    fr: 'le compte technique n’est pas rattaché à une agence',
    en: 'the technical account is not attached to an agency',
  },
  'service-inactive': { fr: 'le service d’une agence est fermé', en: 'an agency’s service is closed' },
};

const isOfAccount = (word: TroubleWord): word is TroubleName => Object.hasOwn(TROUBLES, word);
export const isTroubleWord = (word: string): word is TroubleWord => Object.hasOwn(TROUBLE_WORDS, word);

interface Switched {
  model: Pick<ChorusPro, 'clock' | 'options' | 'world'>;
  faults: FaultPlan;
}

export class TroubleSwitch {
  readonly #switched: Switched;
  readonly #undo = new Map<TroubleWord, () => void>();

  constructor(switched: Switched) {
    this.#switched = switched;
  }

  get on(): TroubleWord[] {
    return [...this.#undo.keys()];
  }

  /** One that is on already stays as it is. */
  begin(word: TroubleWord): void {
    if (this.#undo.has(word)) return;
    const { model } = this.#switched;
    const undo = isOfAccount(word)
      ? makeTrouble(model.world, word, model.clock.now())
      : PLATFORM_TROUBLES[word](this.#switched);
    this.#undo.set(word, undo);
  }

  /** The last one first. */
  endAll(): void {
    for (const undo of [...this.#undo.values()].reverse()) undo();
    this.#undo.clear();
  }
}
