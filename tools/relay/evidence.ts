/** `npx relay evidence`: all that the relay can show of an invoice in one file, and whether such a file is whole. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { evidenceOf, type Evidence } from '../../shared/evidence/evidence.ts';
import { faults as faultTexts, verifyEvidence, type Fault, type Verified } from '../../shared/evidence/verify.ts';
import { type Language, spokenMoment } from '../../shared/invoice/spoken.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { aboutAws, command, common, Failure, option, textOption, WrongUsage } from '../command-line/command.ts';
import { invoiceNamed, noSuchInvoice } from './find-invoice.ts';
import { documentsBucket, documentsIn } from './read-documents.ts';
import { ledgerTable } from './read-ledger.ts';
import { anEmptyOne, awsFor, chosenStage, knownConnection, optionalConnection } from './targets.ts';

const wasChanged = { code: 5, about: 'the file was changed' } as const;

const noSeal = {
  fr: 'n’est pas un sceau : 64 chiffres ou lettres, de 0 à 9 et de a à f',
  en: 'is no seal: 64 digits from 0 to f',
} as const;

export const evidence = command({
  about: `Puts everything that the relay can show of an invoice into one ZIP: the command, the papers, what was sent to Chorus Pro
and answered, each status with its date and motive, and a page in French to read first. Or checks such a file, offline:
one changed byte is found.`,
  takes: {
    connection: optionalConnection(),
    number: option('number', z.string().min(1).optional(), 'the invoice’s number, or its subject', anEmptyOne),
    out: textOption('FILE', 'where to write it; by default preuve-<number>.zip in this folder'),
    verify: textOption('FILE', 'checks this file, and writes none'),
    seal: option(
      'SEAL',
      z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      'with --verify: the seal that was noted when the file was made',
      noSeal,
    ),
    language: common.language,
    stage: common.stage,
    bucket: textOption('B', 'the document store, if it is not the stage’s own'),
    local: common.local,
    json: common.json,
  },
  positionals: ['connection', 'number'],
  notes: `It prints the seal of the file. Note it elsewhere: whoever can write a whole new file can give it a new seal, but not
this one. docs/evidence.md says what such a file proves, and what it does not.
An original that is no longer there is named in the file, and does not stop it. It does not replace a file that is there
already.
${aboutAws}`,
  exitCodes: { 0: 'written, or whole', [noSuchInvoice.code]: noSuchInvoice.about, [wasChanged.code]: wasChanged.about },
  run: async ({ verify: file, seal, ...asked }) => {
    if (file === undefined) return make(asked);
    const archive = await readFile(file).catch((cause: unknown) => {
      throw new Failure({ fr: `${file} ne se lit pas`, en: `${file} cannot be read` }, { cause });
    });
    const verified = verifyEvidence(archive, seal);
    const { faults, manifest } = verified;
    if (asked.json) console.log(JSON.stringify({ file, seal: manifest?.seal, subject: manifest?.subject, faults }));
    else console.log(spokenVerified(verified, asked.language));
    return faults.length === 0 ? 0 : wasChanged.code;
  },
});

interface Asked {
  connection?: string | undefined;
  number?: string | undefined;
  out?: string | undefined;
  stage?: string | undefined;
  bucket?: string | undefined;
  language: Language;
  local: boolean;
  json: boolean;
}

async function make({ connection, number, out, language, local, json, ...asked }: Asked): Promise<number> {
  if (connection === undefined || number === undefined)
    throw new WrongUsage({
      fr: 'il manque la connexion et le numéro de la facture, ou --verify',
      en: 'the connection and the number of the invoice are missing, or --verify',
    });
  knownConnection(connection);
  const { endpoints, now, dynamodb, s3 } = await awsFor({ local });
  const [client, objects] = [dynamodb(), s3()];
  const stage = chosenStage(asked.stage, connection);
  const table = endpoints?.table ?? (await ledgerTable(client, stage));
  const bucket = asked.bucket ?? endpoints?.bucket ?? (await documentsBucket(objects, stage));
  const record = await invoiceNamed(client, { table, connection, number, language });
  const memory = new DynamoDbMemory({ client, table, now });
  const made = await evidenceOf(record, { documents: documentsIn(objects, bucket), memory, now });
  client.destroy();
  objects.destroy();
  const file = out ?? made.name;
  if (existsSync(file)) throw new Failure({ fr: `${file} existe déjà.`, en: `${file} is there already.` });
  await writeFile(file, made.bytes);
  const { seal, entries, missing } = made.manifest;
  console.log(json ? JSON.stringify({ file, seal, entries, missing }, undefined, 2) : spokenMade(made, file, language));
  return 0;
}

const whyMissing = {
  gone: { fr: 'n’est plus dans l’espace de documents', en: 'is no longer in the document store' },
  altered: { fr: 'n’a plus les octets que le registre a notés', en: 'no longer has the bytes that the ledger noted' },
  'too-large': { fr: 'est trop volumineux', en: 'is too large' },
} as const;

function spokenMade({ manifest: { entries, missing, seal } }: Evidence, file: string, language: Language): string {
  const lines = {
    fr: [
      `${file} : ${entries.length} fichiers et leur manifeste.`,
      ...missing.map(({ path, why }) => `Manque : ${path}, qui ${whyMissing[why].fr}.`),
      `Sceau : ${seal}`,
      'Notez ce sceau ailleurs : il montrera que ce fichier est resté le même.',
    ],
    en: [
      `${file}: ${entries.length} files and their manifest.`,
      ...missing.map(({ path, why }) => `Missing: ${path}, which ${whyMissing[why].en}.`),
      `Seal: ${seal}`,
      'Note this seal elsewhere: it will show that this file is still the same.',
    ],
  };
  return lines[language].join('\n');
}

const spokenFault = ({ code, path }: Fault, language: Language): string =>
  [...(path === undefined ? [] : [path]), faultTexts[code][language]].join(language === 'fr' ? ' : ' : ': ');

function spokenVerified({ faults, manifest }: Verified, language: Language): string {
  if (faults.length > 0) return faults.map((fault) => spokenFault(fault, language)).join('\n');
  const { subject = '', madeAt = '', seal = '', entries = [] } = manifest ?? {};
  const made = spokenMoment(madeAt, language);
  return {
    fr: `${subject}, établi le ${made} (heure de Paris) : ${entries.length} fichiers, tous intacts.\nSceau : ${seal}`,
    en: `${subject}, made on ${made} (Paris time): ${entries.length} files, all whole.\nSeal: ${seal}`,
  }[language];
}
