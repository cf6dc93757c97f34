import { meaningOf } from '../chorus-pro/statuses.ts';
import { commandNames, isInvoiceCommandType } from '../invoice/invoice-commands.ts';
import type { Said } from '../invoice/spoken.ts';
import { callNames, type CallEntry, type CommandEntry, type LifeEntry } from '../ledger/life.ts';

/** What an entry of an invoice's life says to a person. */
export function saidOf(entry: LifeEntry): Said {
  if ('command' in entry) return ofCommand(entry);
  if ('call' in entry) return ofCall(entry);
  if ('status' in entry) return ofStatus(entry);
  if ('doubt' in entry)
    return {
      fr: `Doute : on ignore si Chorus Pro a la facture (${entry.doubt})`,
      en: `Doubt: nobody knows whether Chorus Pro has the invoice (${entry.doubt})`,
    };
  if ('resolved' in entry) return resolutions[entry.resolved];
  if ('deposit' in entry)
    return { fr: `Fichier déposé, numéro de flux ${entry.deposit}`, en: `File deposited, number ${entry.deposit}` };
  return { fr: `Compte rendu du flux : ${entry.report}`, en: `Report on the file: ${entry.report}` };
}

const resolutions = {
  found: { fr: 'Doute levé : la facture est dans Chorus Pro', en: 'Doubt resolved: Chorus Pro has the invoice' },
  absent: {
    fr: 'Doute levé : la facture n’est pas dans Chorus Pro',
    en: 'Doubt resolved: Chorus Pro does not have the invoice',
  },
} as const;

const submissions: Readonly<Record<string, Said>> = {
  'invoice.submit': { fr: 'déposer la facture', en: 'submit the invoice' },
  'works.submit': { fr: 'déposer la pièce de travaux', en: 'submit the works document' },
};

const ends = {
  asked: { fr: 'Demande', en: 'Asked' },
  done: { fr: 'Demande exécutée', en: 'Carried out' },
  refused: { fr: 'Demande refusée', en: 'Refused' },
  uncertain: { fr: 'Tentative sans réponse certaine', en: 'An attempt without a certain reply' },
} as const;

function ofCommand({ command, by, end }: CommandEntry): Said {
  const what = ends[end ?? 'asked'];
  const name = isInvoiceCommandType(command) ? commandNames[command] : submissions[command];
  const sender = by === undefined ? { fr: '', en: '' } : { fr: ` (expéditeur : ${by})`, en: ` (sender: ${by})` };
  return {
    fr: `${what.fr} : ${name?.fr ?? command}${sender.fr}`,
    en: `${what.en}: ${name?.en ?? command}${sender.en}`,
  };
}

const isCallName = (name: string): name is keyof typeof callNames => Object.hasOwn(callNames, name);

function ofCall({ call, http, code, noReply }: CallEntry): Said {
  const name = isCallName(call) ? callNames[call] : { fr: call, en: call };
  if (noReply === 'sent') return { fr: `Appel sans réponse : ${name.fr}`, en: `Call without a reply: ${name.en}` };
  if (noReply === 'not-sent')
    return { fr: `Appel non parti, faute de connexion : ${name.fr}`, en: `Call not sent, no connection: ${name.en}` };
  const returned =
    code === undefined ? { fr: '', en: '' } : { fr: `, code retour ${code}`, en: `, return code ${code}` };
  return {
    fr: `Appel : ${name.fr} ; réponse HTTP ${http ?? ''}${returned.fr}`,
    en: `Call: ${name.en}; reply HTTP ${http ?? ''}${returned.en}`,
  };
}

function ofStatus({ status, motive }: Extract<LifeEntry, { status: string }>): Said {
  const { fr, en } = meaningOf(status);
  const why = motive === undefined ? { fr: '', en: '' } : { fr: ` Motif : ${motive}`, en: ` Reason given: ${motive}` };
  return { fr: `État ${status} : ${fr}.${why.fr}`, en: `Status ${status}: ${en}.${why.en}` };
}
