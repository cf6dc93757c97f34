/** An e-invoice that an ERP drops into its folder, without a command: S3 tells of it, and this is the command meant. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { limits } from '../invoice/fields.ts';
import { reason, type Reason } from '../invoice/reasons.ts';
import { droppedEInvoices } from './document-store.ts';

/** What S3 tells by EventBridge, as far as it matters here. [AWS: EventBridge event message structure] */
const toldSchema = z.looseObject({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.looseObject({ object: z.looseObject({ key: z.string(), 'version-id': z.string().min(1) }) }),
});

const folder = new RegExp(`^incoming/([^/]+)/${droppedEInvoices}(.*[^/])$`, 's');

export type Dropped =
  | {
      kind: 'e-invoice';
      /** The command `invoice.submit` that an ERP would have sent. */
      body: string;
      /** The same for the same bytes under the same key, however many times S3 tells of them. */
      messageId: string;
      /** The bytes that S3 tells of: the key may be written again before they are read. */
      version: string;
    }
  /** An object elsewhere, for whose key the rule has no finer pattern, or a folder. */
  | { kind: 'nothing' };

/** @returns undefined if the message is not from S3 */
export function readDropped(body: string): Dropped | undefined {
  const told = toldSchema.safeParse(parsed(body)).data;
  if (!told) return undefined;
  const { key, 'version-id': version } = told.detail.object;
  const [, connection, path] = folder.exec(key) ?? [];
  if (connection === undefined || path === undefined) return { kind: 'nothing' };
  const name = path.split('/').at(-1) ?? path;
  // A blank name would be no name at all, and its file could not be told.
  const document = { name: name.trim() === '' ? key : name, key };
  const hash = createHash('sha256').update(`${key}\n${version}`).digest('hex');
  return {
    kind: 'e-invoice',
    body: JSON.stringify({ type: 'invoice.submit', version: 1, connection, document }),
    messageId: `dropped-${hash.slice(0, 32)}`,
    version,
  };
}

/** The same reasons for whoever has put a file there: there is no command with fields to correct. */
export function inWordsOfFolder(reasons: readonly Reason[], key: string): Reason[] {
  const others = reasons.filter(({ path }) => !path.startsWith('document.'));
  const value = folder.exec(key)?.[2] ?? key;
  const maximum = limits.documentName.value;
  return reasons.length === others.length
    ? others
    : [reason('dropped-name', 'document', { value, maximum }), ...others];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
