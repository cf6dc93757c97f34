/** `npx relay connection remove` and `restore`: the way out of a deployment and the way back in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { frenchDate } from '../../shared/invoice/amounts.ts';
import { deploymentFrom, projectContext, projectRoot } from '../../infra/deployment.ts';
import { connectionStackName, erpPolicy, physicalName } from '../../infra/names.ts';
import { aboutAws, command, common, flag, inEnglish, type Language, type Said } from '../command-line/command.ts';
import { restoreSecret, scheduleDeletion, secretState } from './connection-secret.ts';
import { ledgerTable } from './read-ledger.ts';
import { awsFor, chosenStage, connectionArgument, queueUrlOf } from './targets.ts';
import { isUnderWay, spokenAccepted, spokenUnderWay, underWay, type Places, type UnderWay } from './under-way.ts';

/** Which connection of which stage, and what a person does next. */
interface Report {
  connection: string;
  stage: string;
  next: Said[];
}

export interface Removed {
  /** `refused`: something is under way, and nothing was done. */
  result: 'removed' | 'was removed before' | 'had no secret' | 'refused';
  /** ISO date until which `restore` brings the credentials back, if they were removed now. */
  restorableUntil?: string | undefined;
  underWay: UnderWay;
}

/** @param yes remove it although something is under way */
export async function removeConnection(
  connection: string,
  { secretsManager, yes, ...places }: Places & { secretsManager: SecretsManagerClient; yes: boolean },
): Promise<Removed> {
  const left = await underWay(connection, places);
  if (isUnderWay(left) && !yes) return { result: 'refused', underWay: left };
  const state = await secretState(secretsManager, connection);
  if (state !== 'there')
    return { result: state === 'leaving' ? 'was removed before' : 'had no secret', underWay: left };
  const until = await scheduleDeletion(secretsManager, connection);
  return { result: 'removed', restorableUntil: until?.toISOString().slice(0, 10), underWay: left };
}

export interface Restored {
  result: 'restored' | 'was there' | 'has no secret';
}

export async function restoreConnection(connection: string, secretsManager: SecretsManagerClient): Promise<Restored> {
  const state = await secretState(secretsManager, connection);
  if (state === 'leaving') await restoreSecret(secretsManager, connection);
  return { result: ({ leaving: 'restored', there: 'was there', absent: 'has no secret' } as const)[state] };
}

const fileOf = (connection: string): string => `connections/${connection}.json`;
const isNamed = (connection: string, stage: string): boolean =>
  deploymentFrom({ ...projectContext(), stage }).connections.includes(connection);
const policyOf = (connection: string, stage: string): string => physicalName(stage, erpPolicy(connection));

/** The command itself is the same in every language. */
const deploy = (stage: string): Said => inEnglish(`npx cdk deploy --all -c stage=${stage}`);

const afterRemoval = (connection: string, stage: string): Said[] => [
  {
    fr: `détachez la politique ${policyOf(connection, stage)} de l’identité de l’ERP : CloudFormation ne peut pas la supprimer avant`,
    en: `detach the policy ${policyOf(connection, stage)} from the ERP’s identity: CloudFormation cannot delete it before`,
  },
  ...(isNamed(connection, stage)
    ? [
        inEnglish(`npx cdk destroy ${connectionStackName(stage, connection)} -c stage=${stage}`),
        {
          fr: `retirez « ${connection} » de la liste des connexions (connections) dans cdk.json ; laissez ${fileOf(connection)}, utilisé par « npx relay status » et « npx relay connection restore »`,
          en: `take "${connection}" out of "connections" in cdk.json; leave ${fileOf(connection)}, which status and restore use`,
        },
      ]
    : []),
  deploy(stage),
];

const afterRestoring = (connection: string, stage: string, { result }: Restored): Said[] => [
  ...(existsSync(join(projectRoot, fileOf(connection)))
    ? []
    : [{ fr: `écrivez de nouveau ${fileOf(connection)}`, en: `write ${fileOf(connection)} again` }]),
  ...(isNamed(connection, stage)
    ? []
    : [
        {
          fr: `ajoutez « ${connection} » à la liste des connexions (connections) dans cdk.json`,
          en: `add "${connection}" to "connections" in cdk.json`,
        },
      ]),
  deploy(stage),
  ...(result === 'has no secret' ? [inEnglish(`npx relay credentials ${connection}`)] : []),
  {
    fr: `npx relay check ${connection} : les identifiants peuvent avoir expiré entre-temps`,
    en: `npx relay check ${connection}: the credentials may have expired meanwhile`,
  },
  {
    fr: `attachez la politique ${policyOf(connection, stage)} à l’identité de l’ERP`,
    en: `attach the policy ${policyOf(connection, stage)} to the ERP’s identity`,
  },
];

const toDoNext: Said = { fr: 'Il reste à faire :', en: 'Next:' };
const steps = (next: readonly Said[], language: Language): string[] => [
  toDoNext[language],
  ...next.map((step, i) => `${i + 1}. ${step[language]}`),
];

/** A program reads the steps as well, in one language. */
const written = ({ next, ...report }: Report): string =>
  JSON.stringify({ ...report, next: next.map(({ en }) => en) }, undefined, 2);

function spokenRemoval({ connection, stage, next, ...removed }: Report & Removed, language: Language): string {
  const { result, restorableUntil: until } = removed;
  const secret = secretNameOf(connection);
  const said: Readonly<Record<Removed['result'], Said>> = {
    removed: {
      fr: `La suppression du secret ${secret} est programmée${until ? ` pour le ${frenchDate(until)}` : ''}. Jusque-là, « npx relay connection restore ${connection} » le restaure.`,
      en: `The secret ${secret} is scheduled for deletion${until ? ` on ${until}` : ''}. Until then "npx relay connection restore ${connection}" brings it back.`,
    },
    'was removed before': {
      fr: `La suppression du secret ${secret} était déjà programmée.`,
      en: `The secret ${secret} was scheduled for deletion before.`,
    },
    'had no secret': { fr: `Il n’y a pas de secret ${secret}.`, en: `There is no secret ${secret}.` },
    refused: {
      fr: `La connexion ${connection} (${stage}) n’a pas été retirée : plus rien ne suivrait ce qui est en cours. Attendez que ce soit terminé, ou ajoutez --yes.`,
      en: `${connection} (${stage}) was not taken out: nothing would follow what is under way. Wait until it has ended, or say --yes.`,
    },
  };
  const { underWay: left } = removed;
  return [
    spokenUnderWay(left)[language],
    ...spokenAccepted(left).map((accepted) => accepted[language]),
    said[result][language],
    ...(result === 'refused' ? [] : steps(next, language)),
  ].join('\n');
}

const stillUnderWay = { code: 4, about: 'something is under way: nothing was done' } as const;

export const remove = command({
  about: `Takes a connection out: counts what is under way, and schedules the deletion of its secret. No call is made with its
credentials any more; messages wait until the deployment without it answers them. First read docs/runbooks/connections.md.`,
  takes: {
    connection: connectionArgument(),
    yes: flag('although something is under way: nothing will follow it any more'),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: {
    0: 'taken out',
    [stillUnderWay.code]: stillUnderWay.about,
  },
  run: async ({ connection, yes, language, stage: askedStage, local, json }) => {
    const stage = chosenStage(askedStage, connection);
    const { endpoints, dynamodb, s3, sqs, secretsManager } = await awsFor({ local });
    const clients = { dynamodb: dynamodb(), s3: s3(), sqs: sqs(), secretsManager: secretsManager() };
    const removed = await removeConnection(connection, {
      ...clients,
      table: endpoints?.table ?? (await ledgerTable(clients.dynamodb, stage)),
      invoices: await queueUrlOf(clients.sqs, stage, 'invoices'),
      deadLetters: await queueUrlOf(clients.sqs, stage, 'invoices-dead-letters'),
      yes,
    });
    const isRefused = removed.result === 'refused';
    const report = { connection, stage, ...removed, next: isRefused ? [] : afterRemoval(connection, stage) };
    console.log(json ? written(report) : spokenRemoval(report, language));
    return isRefused ? stillUnderWay.code : 0;
  },
});

const secretGone = { code: 4, about: 'its secret is gone: enter the credentials again after the deployment' } as const;

function spokenRestoring({ connection, next, result }: Report & Restored, language: Language): string {
  const secret = secretNameOf(connection);
  const said: Readonly<Record<Restored['result'], Said>> = {
    restored: {
      fr: `Le secret ${secret} est restauré, avec les identifiants qu’il contenait.`,
      en: `The secret ${secret} is back, with the credentials that it had.`,
    },
    'was there': {
      fr: `La suppression du secret ${secret} n’était pas programmée.`,
      en: `The secret ${secret} was not scheduled for deletion.`,
    },
    'has no secret': {
      fr: `Il n’y a pas de secret ${secret} : les trente jours sont passés, ou il n’a jamais existé.`,
      en: `There is no secret ${secret}: its thirty days are over, or it never had one.`,
    },
  };
  return [said[result][language], ...steps(next, language)].join('\n');
}

export const restore = command({
  about: `Brings a connection back that was taken out: restores its secret, which can be restored for thirty days, and says
what is left to do. docs/runbooks/connections.md says what happens to its invoices.`,
  takes: {
    connection: connectionArgument(),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: {
    0: 'its secret is there',
    [secretGone.code]: secretGone.about,
  },
  run: async ({ connection, language, stage: askedStage, local, json }) => {
    const stage = chosenStage(askedStage, connection);
    const { secretsManager } = await awsFor({ local });
    const restored = await restoreConnection(connection, secretsManager());
    const report = { connection, stage, ...restored, next: afterRestoring(connection, stage, restored) };
    console.log(json ? written(report) : spokenRestoring(report, language));
    return restored.result === 'has no secret' ? secretGone.code : 0;
  },
});
