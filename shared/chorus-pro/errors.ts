import type { Refusal } from './outcome.ts';

interface KnownRefusal {
  operation: string;
  code: number;
  /** The message code that the libelle carries; absent where none was seen. */
  message?: string;
  meaning: { fr: string; en: string };
  mark: string;
}

/**
 * The refusals whose meaning is known. Codes are per operation, never global: 20001 is "no right" in one and "too large" in
 * another. Marks as in the fact file. What is not here is told as it came.
 */
export const knownRefusals: readonly KnownRefusal[] = [
  {
    operation: 'factures/v1/consulter/fournisseur',
    code: 20000,
    message: 'GDP_MSG_11.008',
    meaning: { fr: 'cette facture n’existe pas', en: 'this invoice does not exist' },
    mark: 'V-3P',
  },
  {
    operation: 'factures/v1/deposer/flux',
    code: 20001,
    message: 'GDP_MSG_11.022',
    meaning: { fr: 'le fichier est trop volumineux', en: 'the file is too large' },
    mark: 'V-3P OMN, citing annex V5.00',
  },
  {
    operation: 'transverses/v1/consulterCRDetaille',
    code: 20001,
    message: 'POQ_MSG_01.003',
    meaning: { fr: 'ce flux n’est pas (encore) connu', en: 'this deposit is not known (yet)' },
    mark: 'V-3P',
  },
  {
    operation: 'transverses/v1/ajouter/fichier',
    code: 20003,
    meaning: { fr: 'la pièce jointe dépasse 10 Mo', en: 'the attachment is over 10 MB' },
    mark: 'V-3P',
  },
  {
    operation: 'factures/v1/completer',
    code: 20002,
    message: 'GDP_MSG_11.033',
    meaning: { fr: 'la facture n’est pas suspendue', en: 'the invoice is not suspended' },
    mark: 'V-3P',
  },
];

const everywhere: readonly { message: string; meaning: { fr: string; en: string } }[] = [
  {
    message: 'GDP_MSG_11.005',
    meaning: {
      fr: 'le compte technique n’a pas l’habilitation : vérifiez le raccordement et l’espace « Factures émises »',
      en: 'the technical account lacks the right: check the raccordement and the space "Factures émises"',
    },
  },
  {
    message: 'GDP_MSG_11.001',
    meaning: { fr: 'l’état de la facture ne permet pas cette action', en: 'the invoice’s status does not allow this' },
  },
];

/** A refusal as a person may read it: the known meaning, or what Chorus Pro said. */
export function meaningOfRefusal({ operation, code, message }: Refusal): { fr: string; en: string } {
  const known = knownRefusals.find(
    (refusal) => refusal.operation === operation && refusal.code === code && message.includes(refusal.message ?? ''),
  );
  return (
    known?.meaning ??
    everywhere.find((refusal) => message.includes(refusal.message))?.meaning ?? { fr: message, en: message }
  );
}
