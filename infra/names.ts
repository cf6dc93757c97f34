/** Names that the template, the functions and CloudWatch must share. */

const application = 'chorus-relay';

/** Two stages live side by side in one account. */
export const stackName = (stage: string): string => `${application}-${stage}`;
export const dataStackName = (stage: string): string => `${application}-${stage}-data`;
export const physicalName = (stage: string, name: string): string => `${application}-${stage}-${name}`;

export const ledgerKey = 'pk';
/** Epoch seconds after which DynamoDB deletes an item. Only the functions' own notes have it, never a record. */
export const ledgerExpiry = 'expiresAt';
/** Sparse indexes, by connection: records that are due, followed ones by their next look-up, and those still open. */
export const ledgerIndexes = [
  { name: 'due', partitionKey: 'connection', sortKey: 'dueAt' },
  { name: 'watch', partitionKey: 'connection', sortKey: 'watchAt' },
  { name: 'open', partitionKey: 'connection', sortKey: 'openSince' },
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

/**
 * Metrics in CloudWatch's embedded format. Powertools gives each the dimension `service`, which tells the stages of one
 * account apart; some also have the dimension `connection`. An alarm sees a metric only if it names all its dimensions.
 */
export const metricsNamespace = 'ChorusRelay';
export const metricsService = (stage: string): string => stackName(stage);
