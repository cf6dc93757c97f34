import type { InvoiceCommandType } from '../invoice/invoice-commands.ts';

/**
 * What a status of Chorus Pro means for us. `none`: not submitted yet, so it does not prove that the invoice exists.
 */
type StatusEffect = 'none' | 'open' | 'settled' | 'rejected';

export interface StatusMeaning {
  effect: StatusEffect;
  /** Who must act next. */
  actor: 'supplier' | 'recipient' | 'validator' | 'project-manager' | 'works-owner' | 'chorus-pro' | 'none';
  /** How urgent the event is. */
  severity: 'success' | 'info' | 'action' | 'failure';
  /** What the supplier can do about it: of an invoice, and of a works document. */
  command?: InvoiceCommandType;
  worksCommand?: InvoiceCommandType;
  fr: string;
  en: string;
}

export function row(
  effect: StatusEffect,
  actor: StatusMeaning['actor'],
  fr: string,
  en: string,
  more: Partial<Pick<StatusMeaning, 'command' | 'worksCommand' | 'severity'>> = {},
): StatusMeaning {
  const ends = { settled: 'success', rejected: 'failure' } as const;
  const open = actor === 'supplier' ? 'action' : 'info';
  const severity = effect === 'settled' || effect === 'rejected' ? ends[effect] : open;
  return { effect, actor, severity, fr, en, ...more };
}

/** The commands of an invoice are none for a works document, and the other way round. */
export const recycle = { command: 'invoice.recycle', worksCommand: 'works.recycle' } as const;
export const complete = { command: 'invoice.complete', worksCommand: 'works.complete' } as const;
export const acknowledge = {
  command: 'invoice.acknowledge-rejection',
  worksCommand: 'invoice.acknowledge-rejection',
} as const;
export const worksRecycle = { worksCommand: 'works.recycle' } as const;
export const worksComplete = { worksCommand: 'works.complete' } as const;
export const correctValidator = { command: 'invoice.correct-validator' } as const;
