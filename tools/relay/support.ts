/** `npx relay support`: writes what Chorus Pro's support needs to know about an invoice, ready to paste. */
import * as z from 'zod';
import { type Language, type Said, spokenDay } from '../../shared/invoice/spoken.ts';
import { sendingCalls } from '../../shared/chorus-pro/contract.ts';
import type { RecordView, State } from '../../shared/ledger/record.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { aboutAws, command, common, option } from '../command-line/command.ts';
import { printable } from '../command-line/terminal.ts';
import { invoiceNamed, noSuchInvoice } from './find-invoice.ts';
import { ledgerTable } from './read-ledger.ts';
import { anEmptyOne, awsFor, chosenStage, connectionArgument, knownConnection } from './targets.ts';

/** What is asked, by where the invoice stands for us. */
const questions: Readonly<Record<State, Said>> = {
  accepted: {
    fr: 'Cette facture n’a pas encore pu être envoyée. Un de nos appels est-il arrivé chez vous ?',
    en: 'This invoice could not be sent yet. Did any of our calls arrive?',
  },
  sending: {
    fr: 'L’envoi de cette facture est en cours. Un de nos appels est-il arrivé chez vous ?',
    en: 'This invoice is being sent. Did any of our calls arrive?',
  },
  'in-doubt': {
    fr: 'Nos appels sont restés sans réponse certaine. Avez-vous cette facture ? Si oui, sous quel identifiant ? Sinon, qu’est-il advenu de ces appels ?',
    en: 'Our calls got no certain reply. Do you have this invoice? If so, under which identifier? If not, what became of these calls?',
  },
  deposited: {
    fr: 'Le fichier est déposé, et son compte rendu n’est pas définitif. Où en est ce flux ?',
    en: 'The file is deposited, and its report is not final. What is the state of this flux?',
  },
  followed: {
    fr: 'L’état ci-dessous est le dernier que nous ayons reçu. Est-il exact, et qui doit agir maintenant ?',
    en: 'The status below is the last that we received. Is it right, and who must act now?',
  },
  settled: {
    fr: 'Vous nous avez annoncé la mise en paiement de cette facture. Est-ce exact ?',
    en: 'You reported that the payment of this invoice was issued. Is that right?',
  },
  rejected: {
    fr: 'Cette facture a été rejetée. Pour quel motif exactement, et que devons-nous corriger ?',
    en: 'This invoice was rejected. For which reason exactly, and what must we correct?',
  },
  refused: {
    fr: 'Cette facture n’a pas été acceptée. Pour quel motif exactement, et que devons-nous corriger ?',
    en: 'This invoice was not accepted. For which reason exactly, and what must we correct?',
  },
  withheld: {
    fr: 'Nous n’avons pas envoyé cette facture. L’avez-vous reçue par un autre canal ?',
    en: 'We did not send this invoice. Did you get it by another way?',
  },
};

type Row = readonly [label: Said, value: string | number | undefined];

/** A code of Chorus Pro's; what our own rules say is not its support's concern. */
const refusalsIn = ({ reasons = [], doubt }: RecordView, language: Language): string =>
  [...reasons, ...(doubt?.refusal ?? [])]
    .filter(({ code }) => code === 'refused-by-chorus-pro')
    .map((reason) => reason[language])
    .join(' ; ');

/** The transport's errors have names (ECONNRESET, TimeoutError): then there was no reply at all. */
const replyOf = (why: string): Said =>
  /^[A-Z][A-Za-z_]+(: [A-Z][A-Za-z_]+)*$/.test(why)
    ? { fr: `aucune réponse (${why})`, en: `no reply (${why})` }
    : { fr: why, en: why };

/** Chosen field by field: no file's name, amount, person, or words of the recipient's are among them. */
function rowsOf(record: RecordView, language: Language): readonly Row[] {
  const { environment, supplier, recipient, number, issueDate, type, route, attempts, doubt, status } = record;
  const files = [record.depositId, ...(doubt?.deposits ?? [])].filter((id) => id !== undefined);
  const kinds = {
    fr: { invoice: 'facture', 'credit-note': 'avoir' },
    en: { invoice: 'invoice', 'credit-note': 'credit note' },
  };
  return [
    [{ fr: 'Environnement', en: 'Environment' }, environment],
    [{ fr: 'SIRET du fournisseur', en: 'SIRET of the supplier' }, supplier],
    [{ fr: 'SIRET du destinataire', en: 'SIRET of the recipient' }, recipient],
    [{ fr: 'Numéro', en: 'Number' }, number],
    [{ fr: 'Nature', en: 'Kind' }, type && kinds[language][type]],
    [{ fr: 'Date d’émission', en: 'Issue date' }, issueDate && spokenDay(issueDate, language)],
    [{ fr: 'Identifiant Chorus Pro', en: 'Chorus Pro’s identifier' }, record.chorusProId],
    [{ fr: 'Numéro de flux', en: 'Number of the flux' }, [...new Set(files)].join(', ') || undefined],
    [{ fr: 'Déposée le', en: 'Deposited' }, record.depositedAt],
    [{ fr: 'Soumise le', en: 'Submitted' }, record.submittedAt],
    [{ fr: 'Appels de l’API', en: 'Calls of the API' }, route && sendingCalls[route].join(', ')],
    [{ fr: 'Envois', en: 'Attempts' }, attempts],
    [{ fr: 'Prise en charge le', en: 'Taken in hand' }, record.createdAt],
    [
      { fr: 'Premier envoi sans réponse certaine', en: 'First attempt without a certain reply' },
      doubt && (doubt.began ?? doubt.since),
    ],
    [{ fr: 'Dernier envoi sans réponse certaine', en: 'Last attempt without a certain reply' }, doubt?.since],
    [{ fr: 'Dernière réponse', en: 'Last reply' }, doubt && replyOf(doubt.why)[language]],
    [{ fr: 'Pièces téléversées (id)', en: 'Uploaded files (id)' }, record.uploads?.ids.join(', ')],
    [{ fr: 'Refus', en: 'Refusal' }, refusalsIn(record, language) || undefined],
    [{ fr: 'État Chorus Pro', en: 'Chorus Pro’s status' }, status?.code],
    [{ fr: 'État depuis le', en: 'Status since' }, status?.at],
    [{ fr: 'État lu le', en: 'Status read' }, status?.observedAt],
    ...record.documents.map(({ sha256 }, i): Row => [
      { fr: `Pièce ${i + 1}, SHA-256`, en: `File ${i + 1}, SHA-256` },
      sha256,
    ]),
  ];
}

/** The request, ready to paste. */
export function supportRequest(record: RecordView, language: Language): string {
  const number = record.number ?? '';
  const rows = rowsOf(record, language).flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [[label[language], printable(String(value))] as const],
  );
  const colon = language === 'fr' ? ' :' : ':';
  const head = {
    fr: [
      `Objet : facture ${number}, appels de l’API`,
      '',
      'Bonjour,',
      '',
      'Notre logiciel appelle l’API de Chorus Pro par PISTE.',
    ],
    en: [
      `Subject: invoice ${number}, calls of the API`,
      '',
      'Hello,',
      '',
      'Our software calls the API of Chorus Pro by PISTE.',
    ],
  }[language];
  const tail = {
    fr: ['Les instants sont en temps universel (UTC).', '', 'Merci de votre aide.'],
    en: ['Instants are in UTC.', '', 'Thank you for your help.'],
  }[language];
  const question = wrapped(questions[record.state][language], 100);
  return [
    ...head.map(printable),
    ...question,
    '',
    ...rows.map(([label, value]) => `${label}${colon} ${value}`),
    '',
    ...tail,
  ].join('\n');
}

export const support = command({
  about: `Writes the request that Chorus Pro's support needs about an invoice, ready to paste: identifiers, dates, calls, codes and
the SHA-256 of its documents, as the ledger knows them. It sends nothing.`,
  takes: {
    connection: connectionArgument(),
    number: option('number', z.string().min(1), 'the invoice’s number, or its subject', anEmptyOne),
    language: common.language,
    stage: common.stage,
    local: common.local,
  },
  positionals: ['connection', 'number'],
  notes: `No secret, name, amount or word of the recipient is in it. Read it before you paste it into the portal's form. For
single calls, search the log by the invoice’s subject (docs/logs.md).
${aboutAws}`,
  exitCodes: { 0: 'the request is written', [noSuchInvoice.code]: noSuchInvoice.about },
  run: async ({ connection, number, language, stage, local }) => {
    knownConnection(connection);
    const { endpoints, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const record = await invoiceNamed(client, { table, connection, number, language });
    client.destroy();
    console.log(supportRequest(record, language));
    return 0;
  },
});
