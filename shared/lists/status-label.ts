/** How a row of the list is headed: its number, its recipient, its status. */
import { isKnownStatus, meaningOf } from '../chorus-pro/statuses.ts';
import { commandNames, isInvoiceCommandType } from '../invoice/invoice-commands.ts';
import type { Language } from '../invoice/spoken.ts';
import { states } from '../ledger/states.ts';
import type { StatusRow } from './status-row.ts';

const texts = {
  en: { unread: 'no number read', creditNote: ' (credit note)', request: (type: string) => `Request refused: ${type}` },
  fr: { unread: 'numéro non lu', creditNote: ' (avoir)', request: (type: string) => `Demande refusée : ${type}` },
} as const;

/** The first words of what the status means, without the explanation that follows them. */
export function labelOf(
  { status, state, request }: Pick<StatusRow, 'status' | 'state' | 'request'>,
  language: Language,
): string {
  if (request !== undefined)
    return texts[language].request(isInvoiceCommandType(request) ? commandNames[request][language] : request);
  if (status !== undefined && !isKnownStatus(status)) return status;
  const [label = ''] = (status === undefined ? states[state] : meaningOf(status))[language].split(/ : |: |, /);
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

export function shownNumber({ about, type, number, file }: StatusRow, language: Language): string {
  if (about === 'message') return number ?? file ?? texts[language].unread;
  return `${number ?? ''}${type === 'credit-note' ? texts[language].creditNote : ''}`;
}

export const shownRecipient = ({ recipient, recipientName }: StatusRow): string | undefined =>
  recipientName === undefined ? recipient : `${recipientName} (${recipient ?? ''})`;
