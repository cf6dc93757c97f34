/** Names that the template, the functions and CloudWatch must share. */

const application = 'chorus-relay';

/** Two stages live side by side in one account. */
export const stackName = (stage: string): string => `${application}-${stage}`;
export const dataStackName = (stage: string): string => `${application}-${stage}-data`;
/** A connection's own, small stack. No connection is called "data". */
export const connectionStackName = (stage: string, connection: string): string => `${stackName(stage)}-${connection}`;
export const physicalName = (stage: string, name: string): string => `${application}-${stage}-${name}`;

/**
 * What more than one stack names: a connection's stack knows the relay's by these names alone, so that either is
 * deployed without the other. The names of a connection's own queues begin differently, so that none is another's.
 */
export const stageNames = {
  invoices: 'invoices',
  erpInbox: 'erp-inbox',
  events: 'invoice-events',
  operations: 'operations',
} as const;
export const ownInbox = (connection: string): string => `erp-inbox-${connection}`;
export const ownDeadLetters = (connection: string): string => `erp-dead-letters-${connection}`;
export const erpPolicy = (connection: string): string => `Erp-${connection}`;

export const ledgerKey = 'pk';
/** Epoch seconds after which DynamoDB deletes an item. Only the functions' own notes have it, never a record. */
export const ledgerExpiry = 'expiresAt';
/**
 * Sparse indexes, by connection: records that are due, followed ones by their next look-up, and those still open. The
 * last one has every record, by the connection and the place where people look for it.
 */
export const ledgerIndexes = [
  { name: 'due', partitionKey: 'connection', sortKey: 'dueAt' },
  { name: 'watch', partitionKey: 'connection', sortKey: 'watchAt' },
  { name: 'open', partitionKey: 'connection', sortKey: 'openSince' },
  { name: 'list', partitionKey: 'list', sortKey: 'listedAt' },
] as const;

/** The document store's folders: uploaded by the ERP, sent, received on the queue, fetched for the ERP. */
export const folders = {
  incoming: 'incoming/',
  documents: 'documents/',
  received: 'received/',
  fetched: 'fetched/',
} as const;

/** A folder, or a connection's own part of it. */
export type Folder = (typeof folders)[keyof typeof folders] | `${'incoming' | 'fetched'}/${string}/`;

/** Where the originals lie that prove an invoice. */
export const originals = [folders.documents, folders.received] as const;

/** What people give at the desk, in each connection's part. */
export const deskFiles = 'incoming/*/desk/' satisfies Folder;
/** All that the desk reaches. */
export const deskFolders = [deskFiles, ...originals] as const;

/**
 * Metrics in CloudWatch's embedded format. Powertools gives each the dimension `service`, which tells the stages of one
 * account apart; some also have the dimension `connection`. An alarm sees a metric only if it names all its dimensions.
 */
export const metricsNamespace = 'ChorusRelay';
export const metricsService = (stage: string): string => stackName(stage);
