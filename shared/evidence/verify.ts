import type { Said } from '../invoice/spoken.ts';
import { unzipped, zipped, type Entry } from './archive.ts';
import { canonical } from './canonical.ts';
import { chained, linkOf, manifestPath, manifestSchema, type Manifest } from './manifest.ts';

/** Checks an evidence file, with nothing but the file. */

/** What may be wrong with it. */
export const faults = {
  'not-a-zip': {
    fr: 'ce n’est pas un fichier ZIP du relais, ou il est endommagé',
    en: 'no ZIP of the relay, or damaged',
  },
  'no-manifest': { fr: 'le manifeste manque ou ne se lit pas', en: 'the manifest is missing or cannot be read' },
  manifest: { fr: 'le manifeste a été modifié', en: 'the manifest was changed' },
  missing: { fr: 'fichier absent', en: 'file missing' },
  changed: { fr: 'fichier modifié', en: 'file changed' },
  added: { fr: 'fichier ajouté', en: 'file added' },
  order: { fr: 'l’ordre des fichiers a été modifié', en: 'the order of the files was changed' },
  frame: {
    fr: 'le contenu est intact, mais l’enveloppe ZIP a été modifiée',
    en: 'the content is whole, but the frame of the ZIP was changed',
  },
  seal: { fr: 'ce n’est pas le fichier qui porte ce sceau', en: 'not the file with this seal' },
} as const satisfies Record<string, Said>;

export interface Fault {
  code: keyof typeof faults;
  /** Of which file in it. */
  path?: string;
}

export interface Verified {
  faults: Fault[];
  manifest?: Manifest;
}

/** @param seal as it was noted when the file was made: without it, a file that was made anew as a whole passes */
export function verifyEvidence(archive: Uint8Array, seal?: string): Verified {
  const entries = unzipped(archive);
  if (!entries) return { faults: [{ code: 'not-a-zip' }] };
  const written = entries.find(({ path }) => path === manifestPath);
  const manifest = written && manifestIn(written);
  if (!manifest) return { faults: [{ code: 'no-manifest', path: manifestPath }] };
  const found = [
    ...faultsOfManifest(manifest, written),
    ...faultsOfEntries(manifest, entries),
    ...(seal === undefined || seal === manifest.seal ? [] : [{ code: 'seal' } as const]),
  ];
  const isSame = found.length > 0 || Buffer.compare(zipped(entries), archive) === 0;
  return { faults: isSame ? found : [{ code: 'frame' }], manifest };
}

function manifestIn({ bytes }: Entry): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A manifest is made of its head and its entries alone: made again, it must be the same to the byte. */
function faultsOfManifest(manifest: Manifest, { bytes }: Entry): Fault[] {
  const made = canonical(chained(manifest, manifest.entries));
  return Buffer.compare(Buffer.from(made), bytes) === 0 ? [] : [{ code: 'manifest', path: manifestPath }];
}

function faultsOfEntries({ entries: named }: Manifest, entries: readonly Entry[]): Fault[] {
  const found = new Map(entries.map((entry) => [entry.path, entry]));
  const wrong = named.flatMap(({ path, bytes, sha256 }): Fault[] => {
    const entry = found.get(path);
    if (!entry) return [{ code: 'missing', path }];
    const link = linkOf(entry);
    return link.bytes === bytes && link.sha256 === sha256 ? [] : [{ code: 'changed', path }];
  });
  const known = [...named.map(({ path }) => path), manifestPath];
  const added = entries.filter(({ path }) => !known.includes(path)).map(({ path }): Fault => ({ code: 'added', path }));
  if (wrong.length + added.length > 0) return [...wrong, ...added];
  return entries.every(({ path }, i) => path === known[i]) ? [] : [{ code: 'order' }];
}
