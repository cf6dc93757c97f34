/** What of a connection is not at its end: whoever takes it out should know, since nothing will follow it any more. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Said } from '../../shared/invoice/spoken.ts';
import type { RecordView } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { Failure } from '../command-line/command.ts';
import { redriveConnection } from './dead-letter-queue.ts';
import { readLedger, unreadableSaid } from './read-ledger.ts';

export interface Places {
  dynamodb: DynamoDBClient;
  /** The ledger. */
  table: string;
  sqs: SQSClient;
  s3: S3Client;
  /** URLs. */
  invoices: string;
  deadLetters: string;
}

export interface UnderWay {
  /** Invoices that have not ended, by the relay's state. */
  openInvoices: Record<string, number>;
  /** Commands about invoices that may not have been carried out yet. */
  commands: number;
  /** Events that the ERP has not been told. */
  events: number;
  /** The connection's messages among the dead letters. */
  deadLetters: number;
  /** Messages on the queue, of all connections: SQS does not say whose they are. */
  onQueue: number;
}

export async function underWay(connection: string, places: Places): Promise<UnderWay> {
  const { dynamodb, table, sqs, invoices } = places;
  const openInvoices: Record<string, number> = {};
  let commands = 0;
  let events = 0;
  for await (const { records, unreadable } of readLedger(dynamodb, { table, connection })) {
    if (unreadable.length > 0) throw new Failure(unreadableSaid(unreadable));
    for (const record of records) {
      const { state, outbox, pendingCommand }: RecordView = record;
      if (!states[state].final) openInvoices[state] = (openInvoices[state] ?? 0) + 1;
      if (pendingCommand) commands += 1;
      events += outbox.length;
    }
  }
  const { messages } = await redriveConnection({ ...places, connection, dryRun: true });
  return { openInvoices, commands, events, deadLetters: messages.length, onQueue: await messagesOn(sqs, invoices) };
}

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** All that are on a queue, taken or not: about, as SQS counts. */
export async function messagesOn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] }));
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

/** Whether something would be left undone, or refused: a message on the queue may be this connection's. */
export const isUnderWay = ({ openInvoices, commands, events, deadLetters, onQueue }: UnderWay): boolean =>
  Object.keys(openInvoices).length + commands + events + deadLetters + onQueue > 0;

const some = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const someFrench = (count: number, one: string, several: string): string => `${count} ${count > 1 ? several : one}`;

/** Their messages are refused meanwhile: an ERP that then takes another number would bill twice. */
export function spokenAccepted({ openInvoices: { accepted = 0 } }: UnderWay): Said[] {
  if (accepted === 0) return [];
  const french =
    accepted > 1 ? 'factures contrôlées seront tout de même envoyées' : 'facture contrôlée sera tout de même envoyée';
  return [
    {
      fr: `${accepted} ${french} si la connexion revient : prévenez les utilisateurs de l’ERP, et n’émettez pas la même créance sous un autre numéro.`,
      en: `${some(accepted, 'accepted invoice')} will still be sent if the connection returns: tell the ERP’s users, do not issue ${accepted === 1 ? 'it' : 'them'} under another number.`,
    },
  ];
}

/** What becomes of the messages on the queue if it is disconnected now. */
export function spokenOnQueue({ onQueue }: UnderWay): Said[] {
  if (onQueue === 0) return [];
  const toDo: Said = {
    fr: 'L’ERP doit cesser d’envoyer ; attendez ensuite que la file soit vide. Si Chorus Pro est fermé, attendez sa réouverture.',
    en: 'Let the ERP stop sending, then wait until the queue is empty; while Chorus Pro is closed, until it is open again.',
  };
  const refused: Said =
    onQueue === 1
      ? {
          fr: '1 message attend dans la file ; s’il est de cette connexion, il sera refusé.',
          en: '1 message waits on the queue; if it is of this connection, it will be refused.',
        }
      : {
          fr: `${onQueue} messages attendent dans la file ; ceux de cette connexion seront refusés.`,
          en: `${onQueue} messages wait on the queue; those of this connection will be refused.`,
        };
  return [refused, toDo];
}

export function spokenUnderWay({ openInvoices, commands, events, deadLetters, onQueue }: UnderWay): Said {
  const open = Object.values(openInvoices).reduce((sum, count) => sum + count, 0);
  const byState = (nameOf: (state: string, fr: string) => string): string => {
    const all = Object.entries(states).flatMap(([state, { fr }]) => {
      const count = openInvoices[state];
      return count === undefined ? [] : [`${count} ${nameOf(state, fr)}`];
    });
    return all.length > 0 ? ` (${all.join(', ')})` : '';
  };
  const english = [
    `${some(open, 'invoice')} that ${open === 1 ? 'has' : 'have'} not ended${byState((state) => state)}`,
    some(commands, 'command'),
    `${some(events, 'event')} that the ERP has not been told`,
    some(deadLetters, 'dead letter'),
  ];
  const french = [
    `${someFrench(open, 'facture non terminée', 'factures non terminées')}${byState((_, fr) => `« ${fr} »`)}`,
    someFrench(commands, 'commande', 'commandes'),
    someFrench(events, 'événement non transmis à l’ERP', 'événements non transmis à l’ERP'),
    someFrench(deadLetters, 'message en erreur', 'messages en erreur'),
  ];
  return {
    fr: `En cours : ${french.join(', ')}. Dans la file : ${someFrench(onQueue, 'message', 'messages')}, toutes connexions confondues.`,
    en: `Under way: ${english.join(', ')}. On the queue: ${some(onQueue, 'message')}, of all connections.`,
  };
}
