import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { unzipped, zipped, type Entry } from '../../../shared/evidence/archive.ts';
import { canonical } from '../../../shared/evidence/canonical.ts';
import type { Evidence } from '../../../shared/evidence/evidence.ts';
import { chained, linkOf, manifestPath } from '../../../shared/evidence/manifest.ts';
import { verifyEvidence } from '../../../shared/evidence/verify.ts';
import { completed, evidenceIn } from './made.ts';

let made: Evidence;
let entries: Entry[];
beforeAll(async () => {
  made = await evidenceIn(await completed());
  entries = unzipped(made.bytes) ?? [];
});

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const codes = (archive: Uint8Array, seal?: string) => verifyEvidence(archive, seal).faults.map(({ code }) => code);
const withManifest = (manifest: object): Uint8Array =>
  zipped(
    entries.map((entry) =>
      entry.path === manifestPath ? { ...entry, bytes: Buffer.from(canonical(manifest)) } : entry,
    ),
  );

describe('an evidence file', () => {
  it('that nobody changed is whole', () => {
    expect(entries.length).toBeGreaterThan(7);
    expect(verifyEvidence(made.bytes, made.manifest.seal)).toEqual({ faults: [], manifest: made.manifest });
  });

  it('is the same, byte for byte, if it is made again', () => {
    expect(Buffer.compare(zipped(entries), made.bytes)).toBe(0);
  });

  it('shows a change of any byte of any file in it', () => {
    for (const [i, entry] of entries.entries())
      for (const at of [0, Math.floor(entry.bytes.length / 2), entry.bytes.length - 1]) {
        const changed = entries.map((one, k) => (k === i ? { ...one, bytes: flipped(one.bytes, at) } : one));
        const { faults } = verifyEvidence(zipped(changed));
        expect(
          faults.map(({ path }) => path),
          `${entry.path} ${at}`,
        ).toContain(entry.path);
      }
  });

  it('shows a change of any byte of the ZIP', () => {
    const missed = Array.from(made.bytes.keys()).filter((at) => codes(flipped(made.bytes, at)).length === 0);
    expect(missed).toEqual([]);
  }, 120_000);

  it('shows that it was cut off, or that something follows', () => {
    expect(codes(made.bytes.subarray(0, -1))).not.toEqual([]);
    expect(codes(Buffer.concat([made.bytes, Buffer.from('x')]))).not.toEqual([]);
    expect(codes(new Uint8Array())).toEqual(['not-a-zip']);
  });

  it('shows that a file was added', () => {
    const { faults } = verifyEvidence(zipped([{ path: 'x.txt', bytes: Buffer.from('x') }, ...entries]));
    expect(faults).toEqual([{ code: 'added', path: 'x.txt' }]);
  });

  it('shows that a file was taken out', () => {
    for (const { path } of entries) {
      const [fault] = verifyEvidence(zipped(entries.filter((entry) => entry.path !== path))).faults;
      expect(fault).toEqual({ code: path === manifestPath ? 'no-manifest' : 'missing', path });
    }
  });

  it('shows that files changed places', () => {
    expect(codes(zipped([...entries].reverse()))).toEqual(['order']);
  });

  it('shows that its manifest was edited', () => {
    const { manifest } = made;
    const [first, second, ...others] = manifest.entries;
    const edited = [
      { ...manifest, madeAt: '2020-01-01T00:00:00.000Z' },
      { ...manifest, subject: 'another' },
      { ...manifest, missing: [{ path: 'x', key: 'x', why: 'gone' }] },
      { ...manifest, entries: [second, first, ...others] },
      { ...manifest, entries: manifest.entries.slice(1) },
      { ...manifest, seal: '0'.repeat(64) },
      { ...manifest, more: 1 },
    ];
    for (const one of edited) expect(codes(withManifest(one)), JSON.stringify(one).slice(0, 80)).not.toEqual([]);
    const spaced = Buffer.concat([Buffer.from(' '), Buffer.from(canonical(manifest))]);
    const withSpace = entries.map((entry) => (entry.path === manifestPath ? { ...entry, bytes: spaced } : entry));
    expect(codes(zipped(withSpace))).toEqual(['manifest']);
  });

  it('shows that it was compressed anew', () => {
    const files = Object.fromEntries(entries.map(({ path, bytes }) => [path, bytes]));
    expect(codes(zipSync(files, { level: 6 }))).not.toEqual([]);
    expect(codes(zipSync(files, { level: 0, comment: 'x' }))).toEqual(['frame']);
  });

  it('that was made anew as a whole shows it only to whoever has noted the seal', () => {
    const others = entries
      .filter(({ path }) => path !== manifestPath)
      .map((entry) => (entry.path === 'commande.json' ? { ...entry, bytes: Buffer.from('{}') } : entry));
    const forged = chained(made.manifest, others.map(linkOf));
    const archive = zipped([...others, { path: manifestPath, bytes: Buffer.from(canonical(forged)) }]);
    expect(codes(archive)).toEqual([]);
    expect(codes(archive, made.manifest.seal)).toEqual(['seal']);
  });
});
