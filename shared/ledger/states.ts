import type { State } from './record.ts';

/**
 * The states of an invoice in the relay; Chorus Pro's own status is a separate field of the record. docs/ledger.md
 * shows this table as a drawing, and a test compares the two.
 */
export const states = {
  accepted: { final: false, en: 'checked, waiting to be sent', fr: 'contrôlée, en attente d’envoi' },
  sending: { final: false, en: 'being sent by the holder of the lease', fr: 'en cours d’envoi' },
  'in-doubt': {
    final: false,
    en: 'sent without a reply, to be checked',
    fr: 'envoyée sans réponse, en cours de vérification',
  },
  deposited: { final: false, en: 'file deposited, waiting for its report', fr: 'fichier déposé, compte rendu attendu' },
  followed: { final: false, en: 'in Chorus Pro, its statuses are followed', fr: 'dans Chorus Pro, suivie' },
  settled: { final: true, en: 'paid', fr: 'mise en paiement' },
  rejected: { final: true, en: 'rejected in Chorus Pro', fr: 'rejetée dans Chorus Pro' },
  refused: { final: true, en: 'refused before it became an invoice in Chorus Pro', fr: 'non déposée dans Chorus Pro' },
  withheld: {
    final: true,
    en: 'not sent to Chorus Pro, as the settings require',
    fr: 'non transmise selon les réglages',
  },
} as const satisfies Record<State, { final: boolean; en: string; fr: string }>;

export type Origin = State | 'absent';

export interface Transition {
  from: readonly Origin[];
  /** `same`: the transition changes the record but not its state. */
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

/** All transitions. Each is also the condition of its write: the store refuses a transition from any other state. */
export const transitions = {
  claim: {
    from: ['absent', 'accepted', 'refused', 'withheld', 'rejected'],
    to: 'sending',
    brings: ['lease', 'nextStepAt'],
    because: 'a lease is taken before the first call; a number is free again if no invoice was created',
  },
  refuse: {
    from: ['absent', 'accepted', 'sending', 'in-doubt', 'refused', 'withheld', 'rejected'],
    to: 'refused',
    brings: ['reasons'],
    because: 'the invoice breaks a rule, or Chorus Pro refused it',
  },
  withhold: {
    from: ['absent', 'refused', 'withheld', 'rejected'],
    to: 'withheld',
    brings: ['reasons'],
    because: 'the settings exclude it from Chorus Pro',
  },
  release: {
    from: ['sending'],
    to: 'accepted',
    brings: ['nextStepAt'],
    because: 'nothing reached Chorus Pro: the message is retried',
  },
  doubt: {
    from: ['sending', 'deposited'],
    to: 'in-doubt',
    brings: ['doubt', 'nextStepAt'],
    because: 'Chorus Pro may have the invoice, perhaps from an earlier file, or from one that met with an incident',
  },
  'look-again': {
    from: ['in-doubt'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'it was looked for and not found; the next look is set',
  },
  retry: {
    from: ['in-doubt'],
    to: 'same',
    brings: ['doubt', 'nextStepAt'],
    because: 'the relay had given up; the ERP sent it again, or the operator asks: it is looked for at once',
  },
  resend: {
    from: ['in-doubt'],
    to: 'accepted',
    brings: ['nextStepAt'],
    because: 'Chorus Pro does not have it after the settling window',
  },
  deposit: {
    from: ['sending'],
    to: 'deposited',
    brings: ['depositId', 'depositedAt', 'nextStepAt'],
    because: 'the file has a deposit number, and its report comes later',
  },
  remind: {
    from: ['accepted'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'its message never came back: it is queued again once a day',
  },
  'await-report': {
    from: ['deposited'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'the report on the file is not final yet',
  },
  follow: {
    from: ['sending', 'in-doubt', 'deposited'],
    to: 'followed',
    brings: ['chorusProId', 'status', 'submittedAt', 'nextStepAt'],
    because: 'Chorus Pro gave it an identifier, in its reply or in a later search',
  },
  watch: {
    from: ['followed'],
    to: 'same',
    brings: ['nextStepAt'],
    because: 'it was looked up individually, or reported late; the time of the next check is set',
  },
  advance: {
    from: ['followed', 'settled', 'rejected'],
    to: 'same',
    brings: ['status'],
    because: 'it has a new status that does not end it, or a step of the recipient’s books after the payment',
  },
  reopen: {
    from: ['settled', 'rejected'],
    to: 'followed',
    brings: ['status', 'nextStepAt'],
    because: 'it had ended and moved again: it waits for somebody, and is watched again',
  },
  settle: {
    from: ['sending', 'in-doubt', 'deposited', 'followed', 'rejected', 'settled'],
    to: 'settled',
    brings: ['chorusProId', 'status', 'submittedAt'],
    because: 'the payment was issued, perhaps before the relay saw the invoice in Chorus Pro',
  },
  reject: {
    from: ['sending', 'in-doubt', 'deposited', 'followed', 'settled', 'rejected'],
    to: 'rejected',
    brings: [],
    because: 'it ended without payment, perhaps before the relay saw the invoice in Chorus Pro',
  },
  repeat: {
    from: ['accepted', 'in-doubt', 'deposited', ...inChorusPro],
    to: 'same',
    brings: [],
    because: 'the same invoice came again: nothing is sent, and the ERP is told where it stands',
  },
  'note-release': {
    from: ['in-doubt', 'deposited', 'followed', 'settled'],
    to: 'same',
    brings: [],
    because: 'a later invoice, which is about to be sent, releases what is kept back of this one',
  },
  'note-successor': {
    from: ['accepted', 'in-doubt', 'deposited', ...inChorusPro],
    to: 'same',
    brings: [],
    because: 'a later works document, which is about to be sent, answers or replaces this one',
  },
  'note-reminder': {
    from: ['followed', 'settled'],
    to: 'same',
    brings: [],
    because: 'the ERP was reminded of a retention',
  },
  'note-acceptance': {
    from: ['followed', 'settled'],
    to: 'same',
    brings: [],
    because: 'a person has said when the works were accepted: a retention is counted from then',
  },
  'start-command': {
    from: inChorusPro,
    to: 'same',
    brings: [],
    because: 'the ERP sent a command: this is written before Chorus Pro is called',
  },
  'end-command': {
    from: inChorusPro,
    to: 'same',
    brings: [],
    because: 'the command was carried out, or certainly was not, or was turned away',
  },
  dismiss: {
    from: ['in-doubt', 'followed', 'rejected', 'refused'],
    to: 'same',
    brings: [],
    because: 'a person has said that no action is needed',
  },
  publish: { from: everywhere, to: 'same', brings: [], because: 'the events in the outbox were published' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;
