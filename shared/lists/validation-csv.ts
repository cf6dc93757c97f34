/** The list of requests to validate as a file for a spreadsheet. */
import type { Language } from '../invoice/spoken.ts';
import { type Field, spreadsheet, yes } from './spreadsheet.ts';
import type { EndedRequest, Waiting, WaitingRequest } from './validation-rows.ts';
import { listed, outcomes } from './validation-words.ts';

type Listed = WaitingRequest | EndedRequest;

const isOver = (row: Listed): row is EndedRequest => 'endedOn' in row;

const waiting = (row: Listed): WaitingRequest | undefined => (isOver(row) ? undefined : row);
const over = (row: Listed): EndedRequest | undefined => (isOver(row) ? row : undefined);

const resultOf = (row: Listed, language: Language): string => (isOver(row) ? outcomes[row.outcome][language] : '');

export const validationFields: readonly Field<Listed>[] = [
  ['à risque', 'at risk', (row, language) => (waiting(row)?.atRisk ? yes[language] : '')],
  ['connexion', 'connection', ({ connection }) => connection],
  ['document', 'document', ({ number }) => number],
  ['SIRET du demandeur', 'asker’s SIRET', ({ subcontractor }) => subcontractor.siret],
  ['demandeur', 'from', ({ subcontractor }) => subcontractor.name],
  ['SIRET du valideur', 'validator’s SIRET', ({ validator }) => validator.siret],
  ['SIRET du destinataire', 'recipient’s SIRET', ({ recipient }) => recipient.siret],
  ['destinataire', 'recipient', ({ recipient }) => recipient.name],
  ['marché', 'contract', ({ contract }) => contract],
  ['net à payer', 'amount due', ({ due }) => due, 'amount'],
  ['devise', 'currency', ({ currency }) => currency],
  ['déposée le', 'deposited', ({ deposited }) => deposited, 'day'],
  ['dernier jour pour répondre', 'last day to answer', (row) => waiting(row)?.until, 'day'],
  ['jours restants', 'days left', (row) => waiting(row)?.daysLeft.toString(), 'count'],
  ['motifs de refus possibles', 'reasons for a refusal', (row) => listed(waiting(row)?.refusalReasons ?? [])],
  [
    'dernière réponse non transmise',
    'last answer not given',
    ({ refusedAnswer }, language) => refusedAnswer?.why.map((one) => one[language]).join(' '),
  ],
  ['suite donnée', 'result', (row, language) => resultOf(row, language)],
  ['suite donnée le', 'result on', (row) => over(row)?.endedOn, 'day'],
];

export const validationsCsv = (found: readonly Waiting[], language: Language): string =>
  spreadsheet(
    validationFields,
    found.flatMap(({ requests, ended }) => [...requests, ...ended]),
    language,
  );
