/** The buttons that send a command, and what each asks for. */
import type { ListedCode } from '../../../shared/chorus-pro/lists.ts';
import type { Said } from '../../../shared/invoice/spoken.ts';
import { type Decision, mostFileBytes, type RecordCommand } from '../actions/asked.ts';

export interface Input {
  name: string;
  label: Said;
  is: 'text' | 'lines' | 'day' | 'file' | 'files' | 'choice';
  required?: boolean;
  hint?: Said;
  /** Of a choice. */
  options?: readonly ListedCode[];
}

export interface Form {
  /** What the button says. */
  send: Said;
  /** What one should know before: what cannot be taken back, for one. */
  note?: Said;
  inputs: readonly Input[];
}

const comment = {
  ...{ name: 'comment', is: 'lines' },
  label: { fr: 'Message au destinataire', en: 'Message to the recipient' },
} as const satisfies Input;

const recipient = [
  { name: 'siret', is: 'text', label: { fr: 'SIRET du bon destinataire', en: 'SIRET of the right recipient' } },
  {
    ...{ name: 'service', is: 'text', label: { fr: 'Code du service', en: 'Service code' } },
    hint: { fr: 'sans SIRET : un service du même destinataire', en: 'without a SIRET: one of the same recipient' },
  },
  { name: 'commitment', is: 'text', label: { fr: 'Numéro d’engagement', en: 'Commitment number' } },
] as const satisfies readonly Input[];

export const megabytes = mostFileBytes / 1_000_000;
/** API Gateway and Lambda take no more in one request, and a file grows by a third on its way. */
const fileHint = {
  fr: `${megabytes} Mo au plus, tous fichiers compris ; au-delà, passez par votre logiciel ou par le portail Chorus Pro`,
  en: `at most ${megabytes} MB, all files together; send more by your software or on the Chorus Pro portal`,
} as const satisfies Said;

const completing = {
  send: { fr: 'Envoyer au destinataire', en: 'Send to the recipient' },
  inputs: [
    {
      name: 'files',
      is: 'files',
      label: { fr: 'Pièces demandées', en: 'Documents that are asked for' },
      hint: fileHint,
    },
    comment,
  ],
} as const satisfies Form;

export const forms: Readonly<Record<RecordCommand, Form>> = {
  'invoice.complete': completing,
  'works.complete': completing,
  'invoice.recycle': {
    send: { fr: 'Renvoyer la facture', en: 'Send the invoice again' },
    note: {
      fr: 'N’indiquez que ce qui change : le reste de la facture et son numéro restent les mêmes.',
      en: 'Give only what changes: the rest of the invoice and its number stay the same.',
    },
    inputs: [
      ...recipient,
      { name: 'contract', is: 'text', label: { fr: 'Numéro de marché', en: 'Contract number' } },
      comment,
    ],
  },
  'works.recycle': {
    send: { fr: 'Renvoyer la pièce', en: 'Send the document again' },
    note: { fr: 'N’indiquez que ce qui change.', en: 'Give only what changes.' },
    inputs: recipient,
  },
  'invoice.acknowledge-rejection': {
    send: { fr: 'Prendre acte du rejet', en: 'Acknowledge the rejection' },
    note: {
      fr: 'Le numéro de cette facture ne pourra plus servir. La facture corrigée part de votre logiciel, sous un nouveau numéro.',
      en: 'This invoice’s number cannot be used again. Your software sends the corrected invoice, with a new number.',
    },
    inputs: [],
  },
  'invoice.correct-validator': {
    send: { fr: 'Changer de valideur', en: 'Change the validator' },
    inputs: [
      {
        name: 'siret',
        is: 'text',
        required: true,
        label: { fr: 'SIRET du bon valideur', en: 'SIRET of the right validator' },
      },
    ],
  },
  'invoice.status': { send: { fr: 'Relire l’état maintenant', en: 'Read the status now' }, inputs: [] },
  'works.sign-final': {
    send: { fr: 'Envoyer le décompte signé', en: 'Send the signed statement' },
    inputs: [
      {
        name: 'account',
        is: 'text',
        required: true,
        label: { fr: 'Numéro du décompte général', en: 'Number of the general statement' },
      },
      {
        name: 'number',
        is: 'text',
        required: true,
        label: { fr: 'Numéro du décompte signé (nouveau)', en: 'Number of the signed statement (new)' },
      },
      {
        name: 'issueDate',
        is: 'day',
        required: true,
        label: { fr: 'Date de la signature', en: 'Day of the signature' },
      },
      {
        name: 'files',
        is: 'file',
        required: true,
        label: { fr: 'Exemplaire signé, en PDF', en: 'Signed copy, a PDF' },
        hint: fileHint,
      },
    ],
  },
};

export const hasForm = (type: string): type is RecordCommand => Object.hasOwn(forms, type);

const once: Said = { fr: 'Votre réponse sera définitive.', en: 'Your answer will be final.' };
const toAsker: Input = { ...comment, label: { fr: 'Message au demandeur', en: 'Message to whoever asks' } };

const reasonFrom = (options: readonly ListedCode[]): Input =>
  options.length > 0
    ? { name: 'reason', is: 'choice', required: true, label: { fr: 'Motif du refus', en: 'Reason' }, options }
    : {
        ...{ name: 'reason', is: 'text', required: true },
        label: { fr: 'Motif du refus : code de la liste de Chorus Pro', en: 'Reason: a code of Chorus Pro’s list' },
      };

const opens: Readonly<Record<Decision, Said>> = {
  'validation.accept': { fr: 'Valider', en: 'Accept' },
  'validation.refuse': { fr: 'Refuser', en: 'Refuse' },
};

const answering = (type: Decision, inputs: readonly Input[]): Form & { type: Decision; opens: Said } => {
  const { fr, en } = opens[type];
  return { type, opens: opens[type], note: once, send: { fr: `${fr} la demande`, en: `${en} the request` }, inputs };
};

/** The two answers to a request to validate. @param reasons those that Chorus Pro offers, once they were read */
export const answersWith = (reasons: readonly ListedCode[]): ReturnType<typeof answering>[] => [
  answering('validation.accept', [toAsker]),
  answering('validation.refuse', [reasonFrom(reasons), toAsker]),
];
