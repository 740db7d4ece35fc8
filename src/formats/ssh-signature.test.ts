import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../host/node-crypto.ts';
import { concatBytes } from './bytes.ts';
import { parseSshPublicKey, type SshPublicKey, sshKeyFingerprint } from './ssh-key.ts';
import {
  decodeSshSignature,
  formatAllowedSigner,
  formatSshSignature,
  parseSshSignature,
  verifySshSignature,
} from './ssh-signature.ts';

const NAMESPACE = 'approval@countersign';
const message = new TextEncoder().encode('DSSEv1 28 application/vnd.in-toto+json 2 {}');
const malformed = expect.objectContaining({ code: 'malformed-signature' });
const invalid = expect.objectContaining({ code: 'signature-invalid' });

const folder = mkdtempSync(join(tmpdir(), 'countersign-ssh-signature-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const kinds = [
  ['ssh-ed25519', 'ed25519', '256'],
  ['ecdsa-sha2-nistp256', 'ecdsa', '256'],
  ['ecdsa-sha2-nistp384', 'ecdsa', '384'],
  ['ecdsa-sha2-nistp521', 'ecdsa', '521'],
  ['ssh-rsa', 'rsa', '3072'],
] as const;
const keys = new Map<string, SshPublicKey>();
const keyOf = (name: string): SshPublicKey => {
  const key = keys.get(name);
  if (key === undefined) throw new Error(`no key ${name}`);
  return key;
};

function keygenSign(name: string, namespace = NAMESPACE, hash = 'sha512'): string {
  const args = ['-Y', 'sign', '-f', at(name), '-n', namespace, '-O', `hashalg=${hash}`];
  return execFileSync('ssh-keygen', args, { input: message, encoding: 'utf8', stdio: 'pipe' });
}

function keygenVerify(armored: string, key: SshPublicKey, input = message) {
  writeFileSync(at('allowed'), formatAllowedSigner('alice', [NAMESPACE], key));
  writeFileSync(at('armored'), armored);
  const args = [
    '-Y',
    'verify',
    '-f',
    at('allowed'),
    '-I',
    'alice',
    '-n',
    NAMESPACE,
    '-s',
    at('armored'),
  ];
  return spawnSync('ssh-keygen', args, { input, encoding: 'utf8' });
}

beforeAll(() => {
  for (const [type, algorithm, bits] of kinds) {
    const args = ['-q', '-t', algorithm, '-b', bits, '-N', '', '-C', '', '-f', at(type)];
    execFileSync('ssh-keygen', args);
    keys.set(type, parseSshPublicKey(readFileSync(at(`${type}.pub`), 'utf8')));
  }
});

describe.each(kinds)('a signature of ssh-keygen with %s', (type) => {
  test.each(['sha256', 'sha512'])('over %s verifies', async (hash) => {
    const signature = parseSshSignature(keygenSign(type, NAMESPACE, hash));
    expect(signature.hashAlgorithm).toBe(hash);
    const key = keyOf(type);
    expect(
      await verifySshSignature(nodeCrypto, message, signature, { namespace: NAMESPACE, key }),
    ).toEqual({ keyFingerprint: await sshKeyFingerprint(key, nodeCrypto), keyType: type });
  });

  test('is printed in the armor that ssh-keygen wrote and reads', () => {
    const armored = keygenSign(type);
    const signature = parseSshSignature(armored);
    expect(formatSshSignature(signature)).toBe(armored);
    expect(keygenVerify(formatSshSignature(signature), keyOf(type)).status).toBe(0);
    expect(keygenVerify(armored, keyOf(type), message.slice(1)).status).not.toBe(0);
  });

  test('is void for another message, namespace or key', async () => {
    const signature = parseSshSignature(keygenSign(type));
    const key = keyOf(type);
    const other = keyOf(type === 'ssh-ed25519' ? 'ecdsa-sha2-nistp256' : 'ssh-ed25519');
    const verify = (bytes: Uint8Array, namespace: string, expectedKey: SshPublicKey) =>
      verifySshSignature(nodeCrypto, bytes, signature, { namespace, key: expectedKey });
    await expect(verify(message.slice(1), NAMESPACE, key)).rejects.toThrow(
      /does not fit these bytes$/,
    );
    await expect(verify(message, 'reject@countersign', key)).rejects.toThrow(
      /^the signature is for namespace "approval@countersign", expected "reject@countersign"$/,
    );
    await expect(verify(message, 'approval@countersig', key)).rejects.toThrow(invalid);
    const [found, expected] = await Promise.all(
      [key, other].map((one) => sshKeyFingerprint(one, nodeCrypto)),
    );
    await expect(verify(message, NAMESPACE, other)).rejects.toThrow(
      `the signature is by key ${found}, expected ${expected}`,
    );
  });

  test('cut at any length is malformed', () => {
    const { blob } = parseSshSignature(keygenSign(type));
    for (let length = 0; length < blob.length; length += 1) {
      expect(() => decodeSshSignature(blob.subarray(0, length))).toThrow(malformed);
    }
    expect(() => decodeSshSignature(concatBytes(blob, Uint8Array.of(0)))).toThrow(malformed);
  });

  test('with any bit flipped never verifies', async () => {
    const { blob } = parseSshSignature(keygenSign(type));
    const key = keyOf(type);
    await fc.assert(
      fc.asyncProperty(fc.nat(blob.length * 8 - 1), async (bit) => {
        const flipped = Uint8Array.from(blob);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const attempt = async () =>
          verifySshSignature(nodeCrypto, message, decodeSshSignature(flipped), {
            namespace: NAMESPACE,
            key,
          });
        await expect(attempt()).rejects.toThrow(
          expect.objectContaining({
            code: expect.stringMatching(/^(malformed-signature|signature-invalid)$/),
          }),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('an allowed_signers line', () => {
  test.each(['*', 'a,b', '!alice', 'alice bob', 'a"b', '-x', '', 'alice\nbob', '#alice'])(
    'refuses the principal %j',
    (principal) => {
      expect(() => formatAllowedSigner(principal, [NAMESPACE], keyOf('ssh-ed25519'))).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    },
  );

  test('refuses namespaces that are patterns, and none at all', () => {
    for (const namespaces of [['*'], ['a,b'], ['a"'], []]) {
      expect(() => formatAllowedSigner('alice', namespaces, keyOf('ssh-ed25519'))).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    }
  });

  test('holds a signature to its namespaces when ssh-keygen reads it', () => {
    const armored = keygenSign('ssh-ed25519', 'reject@countersign');
    expect(keygenVerify(armored, keyOf('ssh-ed25519')).status).not.toBe(0);
  });
});
