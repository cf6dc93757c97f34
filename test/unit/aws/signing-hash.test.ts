import { Sha256 } from '@smithy/core/checksum';
import { expect, it } from 'vitest';
import { SigningHash } from '../../../shared/aws/signing-hash.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const key = bytes('the key of a day');

it.each([
  ['without a key', undefined],
  ['with a key in words', 'AWS4secret'],
  ['with a key in bytes', key],
  ['with a part of more bytes', new Uint8Array(bytes('xx the key xx').buffer, 3, 7)],
  ['with a buffer', bytes('the key').buffer],
])('gives what the SDK’s own hash gives, %s, also the second time', async (_, secret) => {
  for (const text of ['first', 'second é']) {
    const [ours, theirs] = [new SigningHash(secret), new Sha256(secret)];
    for (const hash of [ours, theirs]) {
      hash.update(bytes('forgotten'));
      hash.reset();
      hash.update(bytes(text));
      hash.update(bytes(' and more'));
    }
    expect(Buffer.from(await ours.digest()).toString('hex')).toBe(Buffer.from(await theirs.digest()).toString('hex'));
  }
});
