import type { State } from './record.ts';

/**
 * Where an invoice stands, in the relay's own words (Chorus Pro's statuses are beside it in the record).
 * docs/ledger.md draws this table; a test holds the drawing against it.
 */
export const states = {
  accepted: { final: false, en: 'checked, waiting to be sent', fr: 'contrôlée, en attente d’envoi' },
  sending: { final: false, en: 'being sent by the holder of the lease', fr: 'en cours d’envoi' },
  'in-doubt': { final: false, en: 'sent, and no answer came back', fr: 'envoyée, sans réponse : à vérifier' },
  deposited: { final: false, en: 'file deposited, report awaited', fr: 'fichier déposé, compte rendu attendu' },
  followed: { final: false, en: 'in Chorus Pro, its statuses are followed', fr: 'dans Chorus Pro, suivie' },
  settled: { final: true, en: 'paid', fr: 'mise en paiement' },
  rejected: { final: true, en: 'rejected after Chorus Pro had taken it', fr: 'rejetée dans Chorus Pro' },
  refused: { final: true, en: 'refused before it became an invoice there', fr: 'refusée avant dépôt' },
  withheld: { final: true, en: 'not for Chorus Pro by the settings', fr: 'non transmise selon les réglages' },
} as const satisfies Record<State, { final: boolean; en: string; fr: string }>;

export type Origin = State | 'absent';

export interface Transition {
  from: readonly Origin[];
  /** `same` records something without moving. */
  to: State | 'same';
  /** The fields that the move must bring; what else the new state holds was there before. */
  brings: readonly string[];
  because: string;
}

const everywhere = [
  'accepted',
  'sending',
  'in-doubt',
  'deposited',
  'followed',
  'settled',
  'rejected',
  'refused',
  'withheld',
] as const;

const inChorusPro = ['followed', 'settled', 'rejected'] as const;

/** The only moves there are. Each is also the condition of its write: the store refuses a move from any other state. */
export const transitions = {
  claim: {
    from: ['absent', 'accepted', 'refused', 'withheld', 'rejected'],
    to: 'sending',
    brings: ['lease', 'nextStepAt'],
    because: 'a lease is taken before the first call; a number is free again where no invoice came into being',
  },
  refuse: {
    from: ['absent', 'accepted', 'sending', 'in-doubt', 'refused', 'withheld', 'rejected'],
    to: 'refused',
    brings: ['reasons'],
    because: 'a rule is broken, or Chorus Pro said no',
  },
  withhold: {
    from: ['absent', 'refused', 'withheld', 'rejected'],
    to: 'withheld',
    brings: ['reasons'],
    because: 'the settings keep it back',
  },
  release: {
    from: ['sending'],
    to: 'accepted',
    brings: ['nextStepAt'],
    because: 'nothing reached Chorus Pro: the message comes again',
  },
  doubt: {
    from: ['sending', 'deposited'],
    to: 'in-doubt',
    brings: ['doubt', 'nextStepAt'],
    because: 'something may have reached Chorus Pro, perhaps an earlier file than the one that was rejected',
  },
  'look-again': {
    from: ['in-doubt'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'it was looked for and not found; the next look is set',
  },
  resend: {
    from: ['in-doubt', 'deposited'],
    to: 'accepted',
    brings: ['nextStepAt'],
    because: 'looked for after the settling window, not there; or the deposited file was lost by an incident',
  },
  deposit: {
    from: ['sending'],
    to: 'deposited',
    brings: ['depositId', 'depositedAt', 'nextStepAt'],
    because: 'the file has a deposit number, its report comes later',
  },
  remind: {
    from: ['accepted'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'its message never came back: it is queued again, once a day',
  },
  'await-report': {
    from: ['deposited'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'the report on the file is still to come',
  },
  follow: {
    from: ['sending', 'in-doubt', 'deposited'],
    to: 'followed',
    brings: ['chorusProId', 'status', 'submittedAt', 'nextStepAt'],
    because: 'Chorus Pro gave it an identifier, or was found to have given it one',
  },
  watch: {
    from: ['followed'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'it was looked up by itself, or told to be late; the next look is set',
  },
  advance: {
    from: ['followed', 'settled', 'rejected'],
    to: 'same',
    brings: ['status'],
    because: 'a status that is not an end',
  },
  settle: {
    from: ['sending', 'in-doubt', 'deposited', 'followed', 'rejected', 'settled'],
    to: 'settled',
    brings: ['chorusProId', 'status', 'submittedAt'],
    because: 'the payment was issued, perhaps before anybody looked',
  },
  reject: {
    from: ['sending', 'in-doubt', 'deposited', 'followed', 'settled', 'rejected'],
    to: 'rejected',
    brings: [],
    because: 'it ended without payment, perhaps before anybody looked',
  },
  'start-command': {
    from: inChorusPro,
    to: 'same',
    brings: [],
    because: 'the ERP wants something done: written before Chorus Pro is asked',
  },
  'end-command': {
    from: inChorusPro,
    to: 'same',
    brings: [],
    because: 'what the ERP wanted is done, or certainly not',
  },
  publish: { from: everywhere, to: 'same', brings: [], because: 'the events of the outbox have left' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;
