import { type Fact, sendToTry } from '../facts/fact.ts';
import type { InvoiceCommandOf } from '../invoice/invoice-commands.ts';
import { attachmentOf, doneSchema, type Uploaded } from './invoice-actions.ts';
import type { BoundCall } from './operations.ts';
import type { Outcome } from './outcome.ts';

/**
 * Answers to a works document: the only calls by paths that no source confirms. They are made only with the setting
 * `works.answers`: `inferred`. If a path turns out to be another, it is corrected here.
 */
export const worksAnswers = {
  worksComplete: {
    value: 'facturesTravaux/v1/completer',
    mark: 'INF',
    source:
      'the path by certificate was factures/travaux/completer (CS17), and works have the prefix facturesTravaux/v1 (PAS); by id (AIFE’s change log 4.10), otherwise as factures/v1/completer',
    toTry: {
      order: 49,
      what: 'whether facturesTravaux/v1/completer exists, and takes this body; which status follows',
      command: sendToTry('works-complete.json'),
    },
  },
  worksRecycle: {
    value: 'facturesTravaux/v1/recycler',
    mark: 'INF',
    source:
      'the path by certificate was factures/travaux/recycler; the body is that of AIFE’s page on it, flat, unlike factures/v1/recycler',
    toTry: {
      order: 50,
      what: 'whether facturesTravaux/v1/recycler exists, and takes this body; which status follows',
      command: sendToTry('works-recycle.json'),
    },
  },
  worksSignFinal: {
    value: 'facturesTravaux/v1/soumettre',
    mark: 'INF',
    source:
      'the path by certificate was factures/travaux/soumettre; the fields are those of factures/v1/soumettre, and idPiecePrecedente that of AIFE’s page on demander/recyclage',
    toTry: {
      order: 51,
      what: 'whether facturesTravaux/v1/soumettre takes an A8 with the id of the general statement, and what else it demands',
      command: sendToTry('works-sign-final.json'),
    },
  },
} as const satisfies Record<string, Fact<string>>;

const { worksComplete, worksRecycle, worksSignFinal } = worksAnswers;

export const worksAnswersOf = (call: BoundCall) => ({
  completeWorks: (
    chorusProId: number,
    { comment, attachments }: { comment: string | undefined; attachments: readonly Uploaded[] },
  ): Promise<Outcome<object>> => {
    const body = {
      idFactureTravaux: chorusProId,
      pieceJointeComplementaire: attachments.map(attachmentOf),
      commentaire: comment,
    };
    return call(worksComplete.value, body, doneSchema);
  },

  recycleWorks: (
    chorusProId: number,
    { recipient, commitment }: Pick<InvoiceCommandOf<'works.recycle'>, 'recipient' | 'commitment'>,
  ): Promise<Outcome<object>> => {
    const body = {
      idFactureTravaux: chorusProId,
      identifiantDestinataire: recipient?.siret,
      codeServiceExecutant: recipient?.service,
      numeroBonCommande: commitment,
    };
    return call(worksRecycle.value, body, doneSchema);
  },

  /**
   * Deposits the general final statement (A8): the signed copy of the general statement that it follows.
   * @param accountId Chorus Pro’s id of the general statement
   */
  signFinal: (
    accountId: number,
    { number, issueDate, pdfId }: { number: string; issueDate: string; pdfId: number },
  ): Promise<Outcome<object>> => {
    const body = {
      modeDepot: 'DEPOT_PDF_API' as const,
      numeroFactureSaisi: number,
      dateFacture: issueDate,
      cadreDeFacturation: { codeCadreFacturation: 'A8_DECOMPTE_GENERAL_DEFINITIF_FOURNISSEUR' as const },
      idPiecePrecedente: accountId,
      pieceJointePrincipale: [{ pieceJointePrincipaleDesignation: number, pieceJointePrincipaleId: pdfId }],
    };
    return call(worksSignFinal.value, body, doneSchema);
  },
});
