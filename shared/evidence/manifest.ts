import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Entry } from './archive.ts';
import { canonical } from './canonical.ts';

/**
 * The manifest of an evidence file: each entry's hash includes the one before, and the first includes the head. So the
 * last one, the seal, stands for everything.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const headSchema = z.strictObject({
  format: z.literal('chorus-relay evidence'),
  version: z.literal(1),
  /** The record's. */
  subject: z.string(),
  madeAt: z.iso.datetime(),
  /** What should be here, and is not. */
  missing: z.array(
    z.strictObject({
      /** Where it would be in this file, and where it was in the document store. */
      path: z.string(),
      key: z.string(),
      /**
       * `gone`: deleted, perhaps when its time was over. `altered`: its bytes are not those that the record names.
       * `too-large`: for where the file was made.
       */
      why: z.enum(['gone', 'altered', 'too-large']),
    }),
  ),
});

export const manifestSchema = z.strictObject({
  ...headSchema.shape,
  entries: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: hash, chain: hash })).min(1),
  seal: hash,
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Head = Pick<Manifest, 'subject' | 'madeAt' | 'missing'>;
export type Missing = Manifest['missing'][number];

export const manifestPath = 'manifeste.json';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

type Link = Pick<Manifest['entries'][number], 'path' | 'bytes' | 'sha256'>;

/** SHA-256 of a line with the hash before, the path, the length in bytes, and the SHA-256 of the entry. */
const nextIn = (before: string, { path, bytes, sha256: digest }: Link): string =>
  sha256(canonical([before, path, bytes, digest]));

/** @param links what the entries are; the manifest itself is none of them */
export function chained({ subject, madeAt, missing }: Head, links: readonly Link[]): Manifest {
  const head = { format: 'chorus-relay evidence', version: 1, subject, madeAt, missing } as const;
  let chain = sha256(canonical(head));
  const entries = links.map(({ path, bytes, sha256: digest }) => {
    chain = nextIn(chain, { path, bytes, sha256: digest });
    return { path, bytes, sha256: digest, chain };
  });
  return { ...head, entries, seal: chain };
}

export const linkOf = ({ path, bytes }: Entry): Link => ({ path, bytes: bytes.length, sha256: sha256(bytes) });
