import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCountersignError } from '../core/errors.ts';
import { Secret } from '../host/secret.ts';
import {
  type CredentialIdentity,
  formatStoredSecret,
  originOf,
  parseStoredSecret,
} from './credential.ts';
import { createKeyWrapper } from './key-wrapper.ts';
import { createVault } from './vault.ts';

const identity: CredentialIdentity = {
  name: 'npm-private',
  origin: 'https://registry.example.com',
  kind: 'npm',
  purpose: 'publish',
  version: 1,
  createdAt: '2026-01-31T12:00:00.000Z',
  expiresAt: '2026-04-30T12:00:00.000Z',
};
const expected = { name: identity.name, origin: identity.origin };
const text = ['a', 'secret', 'for', 'tests'].join('-');

function newVault(key = randomBytes(32)) {
  return createVault({ wrapper: createKeyWrapper(key) });
}

/** The code of what `action` throws; fails the test when it throws anything else or nothing. */
async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (isCountersignError(error)) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('vault', () => {
  test('opens what it sealed, also after a round through text and a restart', async () => {
    const key = randomBytes(32);
    const stored = await newVault(key).seal(identity, new Secret(text));
    const read = parseStoredSecret(formatStoredSecret(stored));
    expect(read).toEqual(stored);
    expect((await newVault(key).open(read, expected)).reveal()).toBe(text);
  });

  test('opens any text that it sealed', async () => {
    const vault = newVault();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (any) => {
        const stored = await vault.seal(identity, new Secret(any));
        expect((await vault.open(stored, expected)).reveal()).toBe(any);
      }),
    );
  });

  test('the stored form holds neither the secret nor two equal ciphertexts', async () => {
    const vault = newVault();
    const first = await vault.seal(identity, new Secret(text));
    const second = await vault.seal(identity, new Secret(text));
    expect(formatStoredSecret(first)).not.toContain(text);
    expect(formatStoredSecret(first)).not.toContain(Buffer.from(text).toString('base64'));
    for (const field of ['wrapNonce', 'wrappedDek', 'nonce', 'ciphertext'] as const) {
      expect(first[field]).not.toBe(second[field]);
    }
  });

  test('a stored secret with any one byte of its text changed never opens', async () => {
    const vault = newVault();
    const bytes = Buffer.from(formatStoredSecret(await vault.seal(identity, new Secret(text))));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ mask;
          const code = await codeOf(async () =>
            vault.open(parseStoredSecret(changed.toString('latin1')), expected),
          );
          expect(['vault-tampered', 'vault-sealed']).toContain(code);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('every byte of the binary fields is authenticated', async () => {
    const vault = newVault();
    const stored = await vault.seal(identity, new Secret(text));
    for (const field of ['wrapNonce', 'wrappedDek', 'nonce', 'ciphertext'] as const) {
      const bytes = Buffer.from(stored[field], 'base64');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const other = { ...stored, [field]: changed.toString('base64') };
        expect(await codeOf(() => vault.open(other, expected))).toBe('vault-tampered');
      }
      const short = { ...stored, [field]: bytes.subarray(0, 3).toString('base64') };
      expect(await codeOf(() => vault.open(short, expected))).toBe('vault-tampered');
    }
  });

  const changes: readonly [string, Partial<CredentialIdentity>][] = [
    ['origin', { origin: 'https://attacker.example.com' }],
    ['name', { name: 'npm-public' }],
    ['kind', { kind: 'pypi' }],
    ['purpose', { purpose: 'probe' }],
    ['version', { version: 2 }],
    ['creation date', { createdAt: '2026-01-30T12:00:00.000Z' }],
    ['expiry', { expiresAt: null }],
  ];
  test.each(changes)('a secret that was moved to another %s does not open', async (_, change) => {
    const vault = newVault();
    const stored = await vault.seal(identity, new Secret(text));
    const moved = { ...stored, identity: { ...identity, ...change } };
    const asked = { name: moved.identity.name, origin: moved.identity.origin };
    expect(await codeOf(() => vault.open(moved, asked))).toBe('vault-tampered');
    expect(await codeOf(() => vault.rewrap(moved, asked, createKeyWrapper(randomBytes(32))))).toBe(
      'vault-tampered',
    );
  });

  test('a secret that is asked for on behalf of another upstream does not open', async () => {
    const vault = newVault();
    const stored = await vault.seal(identity, new Secret(text));
    for (const other of [
      { ...expected, origin: 'https://registry.example.com:8443' },
      { ...expected, origin: 'http://registry.example.com' },
      { ...expected, name: 'npm-public' },
    ]) {
      expect(await codeOf(() => vault.open(stored, other))).toBe('vault-tampered');
    }
  });

  test('data keys and ciphertexts of two versions cannot be mixed', async () => {
    const vault = newVault();
    const one = await vault.seal(identity, new Secret(text));
    const two = await vault.seal({ ...identity, version: 2 }, new Secret(text));
    const mixed = { ...one, wrapNonce: two.wrapNonce, wrappedDek: two.wrappedDek };
    expect(await codeOf(() => vault.open(mixed, expected))).toBe('vault-tampered');
  });

  test('another wrapping key is called sealed, also where its id was forged', async () => {
    const stored = await newVault().seal(identity, new Secret(text));
    const other = newVault();
    expect(await codeOf(() => other.open(stored, expected))).toBe('vault-sealed');
    expect(await codeOf(() => other.open({ ...stored, kekId: other.keyId }, expected))).toBe(
      'vault-tampered',
    );
  });

  test('rewrapping moves a secret to another key and leaves its ciphertext alone', async () => {
    const before = newVault();
    const nextKey = randomBytes(32);
    const stored = await before.seal(identity, new Secret(text));
    const moved = await before.rewrap(stored, expected, createKeyWrapper(nextKey));
    expect(moved.ciphertext).toBe(stored.ciphertext);
    expect((await newVault(nextKey).open(moved, expected)).reveal()).toBe(text);
    expect(await codeOf(() => before.open(moved, expected))).toBe('vault-sealed');
  });

  test('a closed vault neither seals nor opens', async () => {
    const vault = newVault();
    const stored = await vault.seal(identity, new Secret(text));
    vault.close();
    expect(await codeOf(() => vault.open(stored, expected))).toBe('vault-sealed');
    expect(await codeOf(() => vault.seal(identity, new Secret(text)))).toBe('vault-sealed');
  });

  test('refuses identities that make no sense, empty and oversized secrets, and bad keys', async () => {
    const vault = newVault();
    const seal = (change: Partial<CredentialIdentity>, secret = text) =>
      codeOf(() => vault.seal({ ...identity, ...change }, new Secret(secret)));
    expect(await seal({ origin: 'https://registry.example.com/' })).toBe('malformed-name');
    expect(await seal({ origin: 'https://u@registry.example.com' })).toBe('malformed-name');
    expect(await seal({ origin: 'file:///etc' })).toBe('malformed-name');
    expect(await seal({ name: '../x' })).toBe('malformed-name');
    expect(await seal({ kind: 'NPM' })).toBe('malformed-name');
    expect(await seal({ expiresAt: identity.createdAt })).toBe('malformed-name');
    expect(await seal({ version: 0 })).toBe('malformed-document');
    expect(await seal({}, '')).toBe('limit-exceeded');
    expect(await seal({}, 'x'.repeat(16 * 1024 + 1))).toBe('limit-exceeded');
    expect(await seal({}, '\ud800')).toBe('malformed-document');
    expect(await codeOf(async () => createKeyWrapper(randomBytes(16)))).toBe('vault-sealed');
    expect(await codeOf(async () => createKeyWrapper(new Uint8Array(32)))).toBe('vault-sealed');
  });

  test('the origin of an address leaves out path and default port', () => {
    expect(originOf('https://registry.example.com:443/npm/')).toBe('https://registry.example.com');
    expect(originOf('http://127.0.0.1:4873/')).toBe('http://127.0.0.1:4873');
  });
});
