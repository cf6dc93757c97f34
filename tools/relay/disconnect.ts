/** `npx relay disconnect`: nothing is sent or read for a connection any more. */
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { frenchDate } from '../../shared/invoice/amounts.ts';
import { DynamoDbMemory } from '../../shared/ledger/dynamodb-memory.ts';
import { connectionStackName, erpPolicy, physicalName } from '../../infra/names.ts';
import { aboutAws, command, common, flag, inEnglish } from '../command-line/command.ts';
import { hinted } from '../command-line/local-hints.ts';
import { disconnectConnection, type Disconnected } from './change-connection.ts';
import { changer } from './connect.ts';
import type { Owner } from './connection-secret.ts';
import { isInTemplate, spokenNext, writtenNext } from './next-steps.ts';
import { ledgerTable } from './read-ledger.ts';
import { awsFor, chosenStage, connectionArgument, queueUrlOf } from './targets.ts';
import { isUnderWay, spokenAccepted, spokenOnQueue, spokenUnderWay } from './under-way.ts';

type Report = Owner & Disconnected & { next: Said[] };

/** What is left of it in the template: it does no harm, and can go with any deployment that comes. */
function leftInTemplate(owner: Owner): Said[] {
  if (!isInTemplate(owner)) return [];
  const { stage, connection } = owner;
  const policy = physicalName(stage, erpPolicy(connection));
  return [
    {
      fr: `détachez la politique ${policy} de l’identité de l’ERP : CloudFormation ne peut pas la supprimer avant`,
      en: `detach the policy ${policy} from the ERP’s identity: CloudFormation cannot delete it before`,
    },
    inEnglish(`npx cdk destroy ${connectionStackName(stage, connection)} -c stage=${stage}`),
    {
      fr: `retirez « ${connection} » de la liste des connexions (connections) dans cdk.json ; laissez connections/${connection}.json, utilisé par « npx relay status » et « npx relay connect »`,
      en: `take "${connection}" out of "connections" in cdk.json; leave connections/${connection}.json, which status and connect use`,
    },
  ];
}

const isDone = (result: Disconnected['result']): boolean => result !== 'refused' && result !== 'counted';

const written = ({ next, ...report }: Report): string =>
  JSON.stringify({ ...report, next: writtenNext(next) }, undefined, 2);

function secretSaid({ stage, connection, restorableUntil: until }: Report): Said {
  const secret = secretNameOf(stage, connection);
  return until === undefined
    ? {
        fr: `Il n’y a pas de secret ${secret}, ou sa suppression était déjà programmée.`,
        en: `There is no secret ${secret}, or it was scheduled for deletion before.`,
      }
    : {
        fr: `La suppression du secret ${secret} est programmée pour le ${frenchDate(until)}. Jusque-là, « npx relay connect ${connection} » le restaure.`,
        en: `The secret ${secret} is scheduled for deletion on ${until}. Until then "npx relay connect ${connection}" brings it back.`,
      };
}

function spoken(report: Report, language: Language): string {
  const { stage, connection, result, underWay: left, next } = report;
  const said: Readonly<Record<Disconnected['result'], Said>> = {
    disconnected: {
      fr: `La connexion ${connection} (${stage}) est déconnectée : en une minute, plus rien n’est envoyé ni lu pour elle.`,
      en: `${connection} (${stage}) is disconnected: within a minute, nothing is sent or read for it any more.`,
    },
    'was disconnected before': {
      fr: `La connexion ${connection} (${stage}) était déjà déconnectée.`,
      en: `${connection} (${stage}) was disconnected before.`,
    },
    refused: {
      fr: `La connexion ${connection} (${stage}) n’a pas été déconnectée : plus rien ne suivrait ce qui est en cours, et ce qui attend dans la file serait refusé. Attendez que tout soit terminé, ou ajoutez --yes.`,
      en: `${connection} (${stage}) was not disconnected: nothing would follow what is under way, and what waits on the queue would be refused. Wait until all has ended, or say --yes.`,
    },
    counted: { fr: 'Rien n’a été fait : simple décompte.', en: 'Nothing was done: it was only counted.' },
  };
  return [
    spokenUnderWay(left)[language],
    ...[...spokenAccepted(left), ...spokenOnQueue(left)].map((sentence) => sentence[language]),
    said[result][language],
    ...(isDone(result) ? [secretSaid(report)[language], ...spokenNext(next, language)] : []),
  ].join('\n');
}

const stillUnderWay = { code: 4, about: 'something is under way: nothing was done' } as const;

export const disconnect = command({
  about: `Disconnects a connection, without a deployment: counts what is under way, then nothing is sent or read for it any more,
and its secret is scheduled for deletion. Its invoices stay in the ledger; its messages are refused, and the ERP is told
so. First read docs/runbooks/connections.md.`,
  takes: {
    connection: connectionArgument(),
    yes: flag('although something is under way: nothing will follow it any more'),
    'dry-run': flag('only count what is under way'),
    by: changer(),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection'],
  notes: aboutAws,
  exitCodes: {
    0: 'disconnected; with --dry-run: nothing is under way',
    [stillUnderWay.code]: stillUnderWay.about,
  },
  run: async ({ connection, yes, 'dry-run': dryRun, by, language, stage: askedStage, local, json }) => {
    const stage = chosenStage(askedStage, connection);
    const { endpoints, now, dynamodb, s3, sqs, secretsManager } = await awsFor({ local });
    const clients = { dynamodb: dynamodb(), s3: s3(), sqs: sqs(), secretsManager: secretsManager() };
    const table = endpoints?.table ?? (await ledgerTable(clients.dynamodb, stage));
    const owner = { stage, connection };
    const disconnected = await disconnectConnection({
      ...{ ...clients, owner, table, by, now, yes, dryRun },
      connections: new DynamoDbMemory({ client: clients.dynamodb, table }),
      invoices: await queueUrlOf(clients.sqs, stage, 'invoices'),
      deadLetters: await queueUrlOf(clients.sqs, stage, 'invoices-dead-letters'),
    });
    const { result, underWay: left } = disconnected;
    const report = { ...owner, ...disconnected, next: isDone(result) ? leftInTemplate(owner) : [] };
    console.log(json ? written(report) : hinted(spoken(report, language), local));
    return !isDone(result) && isUnderWay(left) ? stillUnderWay.code : 0;
  },
});
