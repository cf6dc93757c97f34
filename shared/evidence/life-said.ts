import { meaningOf } from '../chorus-pro/statuses.ts';
import { fluxStates, isFluxState } from '../chorus-pro/flux.ts';
import { commandNames, isInvoiceCommandType } from '../invoice/invoice-commands.ts';
import type { Said } from '../invoice/spoken.ts';
import { callNames, type CallEntry, type CommandEntry, type LifeEntry } from '../ledger/life.ts';

/** What an entry of an invoice's life says to a person, without codes: for whoever checks them there is `detailOf`. */
export function saidOf(entry: LifeEntry, asker: Said = software): Said {
  if ('command' in entry) return ofCommand(entry, asker);
  if ('call' in entry) return ofCall(entry);
  if ('status' in entry) return ofStatus(entry);
  if ('doubt' in entry) return doubt;
  if ('resolved' in entry) return resolutions[entry.resolved];
  if ('deposit' in entry)
    return { fr: `Fichier déposé, numéro de flux ${entry.deposit}`, en: `File deposited, number ${entry.deposit}` };
  return ofReport(entry.report);
}

/** What Chorus Pro and AWS call it: codes, and ids of senders. */
export function detailOf(entry: LifeEntry): Said | undefined {
  if ('command' in entry) return entry.by === undefined ? undefined : both('expéditeur', 'sender', entry.by);
  if ('call' in entry) return ofReply(entry);
  if ('status' in entry) return { fr: entry.status, en: entry.status };
  if ('doubt' in entry) return { fr: entry.doubt, en: entry.doubt };
  return 'report' in entry ? { fr: entry.report, en: entry.report } : undefined;
}

const both = (fr: string, en: string, value: string): Said => ({ fr: `${fr} ${value}`, en: `${en} ${value}` });

/** Who asks, unless somebody at the desk did. */
const software: Said = { fr: 'Le logiciel de gestion', en: 'The ERP' };

const doubt: Said = {
  fr: 'Doute : on ignore si Chorus Pro a la facture',
  en: 'Doubt: nobody knows whether Chorus Pro has the invoice',
};
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
  done: { fr: 'Demande exécutée', en: 'Carried out' },
  refused: { fr: 'Demande non exécutée', en: 'Not carried out' },
  uncertain: { fr: 'Tentative sans réponse certaine', en: 'An attempt without a certain reply' },
} as const;

function ofCommand({ command, end, key }: CommandEntry, asker: Said): Said {
  const { fr, en } = (isInvoiceCommandType(command) ? commandNames[command] : submissions[command]) ?? {
    fr: command,
    en: command,
  };
  const asked = { fr: `${asker.fr} a demandé : ${fr}`, en: `${asker.en} asked: ${en}` };
  if (end === undefined) return asked;
  const ended = ends[end];
  // It ended before it began: one entry says both.
  if (key !== undefined) return { fr: `${asked.fr}. ${ended.fr}`, en: `${asked.en}. ${ended.en}` };
  return { fr: `${ended.fr} : ${fr}`, en: `${ended.en}: ${en}` };
}

const isCallName = (name: string): name is keyof typeof callNames => Object.hasOwn(callNames, name);

function ofCall({ call, http = 200, code = 0, noReply }: CallEntry): Said {
  const name = isCallName(call) ? callNames[call] : { fr: call, en: call };
  if (noReply === 'sent') return { fr: `Sans réponse de Chorus Pro : ${name.fr}`, en: `No reply: ${name.en}` };
  if (noReply === 'not-sent')
    return { fr: `Non parti, faute de connexion : ${name.fr}`, en: `Not sent, no connection: ${name.en}` };
  return http < 400 && code === 0
    ? { fr: `Accepté par Chorus Pro : ${name.fr}`, en: `Accepted by Chorus Pro: ${name.en}` }
    : { fr: `Non accepté par Chorus Pro : ${name.fr}`, en: `Not accepted by Chorus Pro: ${name.en}` };
}

function ofReply({ http, code }: CallEntry): Said | undefined {
  if (http === undefined) return undefined;
  const returned = code === undefined ? { fr: '', en: '' } : both(', code retour', ', return code', String(code));
  return { fr: `HTTP ${http}${returned.fr}`, en: `HTTP ${http}${returned.en}` };
}

function ofStatus({ status, motive }: Extract<LifeEntry, { status: string }>): Said {
  const { fr, en } = meaningOf(status);
  const why =
    motive === undefined ? { fr: '', en: '' } : { fr: `. Motif : ${motive}`, en: `. Reason given: ${motive}` };
  return { fr: `${fr}${why.fr}`, en: `${en}${why.en}` };
}

const reports: Readonly<Record<(typeof fluxStates)[keyof typeof fluxStates]['meaning'], Said>> = {
  pending: { fr: 'fichier en cours de traitement', en: 'the file is being processed' },
  integrated: { fr: 'fichier intégré', en: 'the file was taken' },
  partial: { fr: 'fichier intégré en partie', en: 'a part of the file was taken' },
  rejected: { fr: 'fichier rejeté', en: 'the file was rejected' },
  incident: { fr: 'incident dans Chorus Pro', en: 'an incident at Chorus Pro' },
};

function ofReport(report: string): Said {
  const said = isFluxState(report) ? reports[fluxStates[report].meaning] : { fr: report, en: report };
  return { fr: `Compte rendu de Chorus Pro : ${said.fr}`, en: `Chorus Pro’s report: ${said.en}` };
}
