import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeKeyStore } from './key-store.ts';

function encrypted(passphrase?: string): Buffer {
  const protection = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der', ...protection },
  });
  return privateKey;
}

test('a key that the runtime has encrypted is one, and only as a whole file', () => {
  const key = encrypted('a password');
  expect(describeKeyStore(key)).toBe('an encrypted private key in PKCS#8');
  for (const other of [key.subarray(0, -1), Buffer.concat([key, Buffer.of(0)]), encrypted()]) {
    expect(describeKeyStore(other)).toBeNull();
  }
});

test('a store of Java is read entry by entry, however its counts and lengths lie', () => {
  const head = (count: number) => Buffer.from(`feedfeed00000002${hex(count)}`, 'hex');
  const entry = (tag: number, size = 2) =>
    Buffer.from(`${hex(tag)}000161${'00'.repeat(8)}0005582e353039${hex(size)}3000`, 'hex');
  const store = (count: number, ...entries: Buffer[]) =>
    describeKeyStore(Buffer.concat([head(count), ...entries]));
  expect(store(3, entry(2), entry(2), entry(1))).toContain('JKS');
  expect(store(2, entry(2), entry(2), entry(1))).toBeNull();
  expect(store(2 ** 32 - 1, entry(2), entry(2))).toBeNull();
  expect(store(2, entry(2, 2 ** 32 - 1), entry(1))).toBeNull();
  expect(store(2, entry(7), entry(1))).toBeNull();
});

test('what is too short for a head is none', () => {
  for (const begin of ['', '30', '3080', '3084ffffff', 'feedfeed', 'cececece0000', '03d9a29a']) {
    expect(describeKeyStore(Buffer.from(begin, 'hex'))).toBeNull();
  }
});

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
