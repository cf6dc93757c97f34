/** `npx relay restore verify` and `apply`: what docs/runbooks/restore.md does with a restored ledger. */
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { aboutAws, command, common, flag, option, textOption, WrongUsage } from '../command-line/command.ts';
import { progressOn, textTable } from '../command-line/terminal.ts';
import { ledgerTable, unreadableSaid } from './read-ledger.ts';
import { applyRestored, verifyRestored, type Applied, type Verified } from './restored-table.ts';
import { awsFor, chosenStage } from './targets.ts';

const verifiedTexts = {
  fr: {
    heads: {
      ...{ invoice: 'facture', missing: 'absent de l’espace', received: 'reçue le', command: 'commande' },
      ...{ connection: 'connexion', type: 'type', table: 'la table' },
    },
    knowsNumber: (sirets: string) => `connaît ce numéro (${sirets})`,
    counts: (records: number, commands: number) => `Factures : ${records}. Commandes dans l’espace : ${commands}.`,
    whole: 'Chaque facture a ses documents.',
    unknown: (count: number) => `Commandes dont la table ne connaît pas le message : ${count}.`,
    why: [
      'Elles sont arrivées après l’instant dont la table donne l’état, ou ont été renvoyées depuis les messages en erreur :',
      'un message renvoyé arrive sous un autre identifiant, et sa première commande reste dans la liste. Si la table',
      '« connaît ce numéro », la facture y est déjà, par un autre message.',
    ],
    known: 'La table connaît toutes les commandes.',
  },
  en: {
    heads: {
      ...{ invoice: 'invoice', missing: 'not in the store', received: 'received', command: 'command' },
      ...{ connection: 'connection', type: 'type', table: 'the table' },
    },
    knowsNumber: (sirets: string) => `knows this number (${sirets})`,
    counts: (records: number, commands: number) => `${records} records, ${commands} commands in the store.`,
    whole: 'Every record has its documents.',
    unknown: (count: number) =>
      `${count} ${count === 1 ? 'command' : 'commands'} whose message the table does not know.`,
    why: [
      'They came after the moment of the table, or were sent back from the dead letters: a message that is sent back comes',
      'under another id, and its first command stays in the list. Where the table "knows this number", the invoice is there',
      'already, by another message.',
    ],
    known: 'Every command is known to the table.',
  },
} as const satisfies Record<Language, object>;

export function spokenVerified(verified: Verified, language: Language): string {
  const { records, commands, unreadable, missingDocuments, unknownCommands } = verified;
  const { heads, counts, whole, unknown, why, known, knowsNumber } = verifiedTexts[language];
  const missing = textTable(
    [
      { head: heads.invoice, of: ({ subject }: Verified['missingDocuments'][number]) => subject, atMost: Infinity },
      { head: heads.missing, of: ({ key }) => key, atMost: Infinity },
    ],
    missingDocuments,
  );
  const later = textTable(
    [
      { head: heads.received, of: ({ receivedAt }: Verified['unknownCommands'][number]) => receivedAt },
      { head: heads.connection, of: ({ connection }) => connection },
      { head: heads.type, of: ({ type }) => type },
      { head: heads.invoice, of: ({ number }) => number },
      {
        head: heads.table,
        of: ({ numberKnownOf: of }) => (of.length === 0 ? undefined : knowsNumber(of.join(', '))),
      },
      { head: heads.command, of: ({ key }) => key, atMost: Infinity },
    ],
    unknownCommands,
  );
  return [
    counts(records, commands),
    ...(unreadable.length > 0 ? [unreadableSaid(unreadable)[language]] : []),
    ...(missingDocuments.length > 0 ? ['', ...missing] : [whole]),
    ...(unknownCommands.length > 0 ? ['', unknown(unknownCommands.length), ...why, '', ...later] : [known]),
  ].join('\n');
}

const spokenProgress = (read: number, language: Language): string =>
  ({ fr: `éléments lus : ${read}`, en: `${read} read` })[language];

export const verify = command({
  about: `Compares a restored ledger with the document store: is every document of every invoice there, and which commands came
in after the moment to which the table was restored? It only reads. docs/runbooks/restore.md says what to do next.`,
  takes: {
    table: textOption('T', 'the restored table'),
    bucket: textOption('B', 'the document store'),
    language: common.language,
    local: flag('the relay of "npx relay local": its table and bucket, unless others are named'),
    json: common.json,
  },
  notes: aboutAws,
  exitCodes: { 0: 'the table is whole', 1: 'something is missing or cannot be read' },
  run: async ({ json, language, local, ...asked }) => {
    const { endpoints, dynamodb, s3 } = await awsFor({ local });
    const { table = endpoints?.table, bucket = endpoints?.bucket } = asked;
    if (table === undefined || bucket === undefined) {
      const missing = table === undefined ? '--table' : '--bucket';
      throw new WrongUsage({ fr: `il manque ${missing}`, en: `${missing} is missing` });
    }
    const progress = progressOn(process.stderr);
    const onRead = (read: number) => progress.update(spokenProgress(read, language));
    const verified = await verifyRestored({ dynamodb: dynamodb(), s3: s3(), table, bucket }, onRead);
    progress.clear();
    console.log(json ? JSON.stringify(verified, undefined, 2) : spokenVerified(verified, language));
    return verified.missingDocuments.length + verified.unreadable.length === 0 ? 0 : 1;
  },
});

const appliedTexts = {
  fr: ({ put, left }: Applied, dryRun: boolean) =>
    `Éléments ${dryRun ? 'à copier' : 'copiés'} dans le registre : ${put} ; laissés tels quels : ${left}.`,
  en: ({ put, left }: Applied, dryRun: boolean) =>
    `${put} ${dryRun ? 'would be put back' : 'put back'}, ${left} left as they are in the ledger.`,
} as const;
const unreadableThere = {
  fr: 'illisible dans la table restaurée :',
  en: 'cannot be read in the restored table:',
} as const satisfies Said;

const spokenApplied = (applied: Applied, dryRun: boolean, language: Language): string =>
  [
    appliedTexts[language](applied, dryRun),
    ...applied.unreadable.map((pk) => `${unreadableThere[language]} ${pk}`),
  ].join('\n');

export const apply = command({
  about: `Copies items of a restored table into the ledger: each item that is missing there, or cannot be read there. An item
that can be read is left as it is, unless the restored one is of a later version. docs/runbooks/restore.md says when.`,
  takes: {
    table: option('T', z.string(), 'the restored table'),
    'dry-run': flag('count, and write nothing'),
    language: common.language,
    stage: common.stage,
    local: flag('the ledger of "npx relay local"'),
    json: flag('the counts as JSON'),
  },
  notes: aboutAws,
  exitCodes: { 0: 'done', 1: 'the restored table has items that cannot be read' },
  run: async ({ table: restored, language, stage, local, json, 'dry-run': dryRun }) => {
    const { endpoints, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const ledger = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage)));
    if (restored === ledger)
      throw new WrongUsage({ fr: `${restored} est le registre lui-même`, en: `${restored} is the ledger itself` });
    const progress = progressOn(process.stderr);
    const onRead = (read: number) => progress.update(spokenProgress(read, language));
    const applied = await applyRestored(client, { restored, ledger, dryRun }, onRead);
    progress.clear();
    client.destroy();
    console.log(json ? JSON.stringify(applied, undefined, 2) : spokenApplied(applied, dryRun, language));
    return applied.unreadable.length === 0 ? 0 : 1;
  },
});
