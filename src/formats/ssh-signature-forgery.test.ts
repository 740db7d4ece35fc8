import { spawnSync } from 'node:child_process';
import {
  createHash,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../host/node-crypto.ts';
import { encodeBase64 } from './base64.ts';
import { concatBytes } from './bytes.ts';
import { decodeSshPublicKey } from './ssh-key.ts';
import {
  decodeSshSignature,
  formatAllowedSigner,
  formatSshSignature,
  parseSshSignature,
  verifySshSignature,
} from './ssh-signature.ts';
import { sshMpint, sshString, sshUint32 } from './ssh-wire.ts';

// signatures made here with node:crypto, so that each of their fields can be wrong

const NAMESPACE = 'approval@countersign';
const message = new TextEncoder().encode('DSSEv1 28 application/vnd.in-toto+json 2 {}');
const malformed = expect.objectContaining({ code: 'malformed-signature' });
const invalid = expect.objectContaining({ code: 'signature-invalid' });

const folder = mkdtempSync(join(tmpdir(), 'countersign-ssh-forgery-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A signature put together field by field, so that each field can be wrong. */
function forge(parts: {
  publicKey: Uint8Array;
  inner: Uint8Array;
  magic?: string;
  version?: number;
  namespace?: string;
  reserved?: string;
  hash?: string;
}): Uint8Array {
  const { publicKey, inner, magic = 'SSHSIG', version = 1, namespace = NAMESPACE } = parts;
  return concatBytes(
    new TextEncoder().encode(magic),
    sshUint32(version),
    sshString(publicKey),
    sshString(namespace),
    sshString(parts.reserved ?? ''),
    sshString(parts.hash ?? 'sha512'),
    sshString(inner),
  );
}

const digest = (hash: string, data: Uint8Array) =>
  new Uint8Array(createHash(hash).update(data).digest());
const toSign = (namespace = NAMESPACE, hash = 'sha512', bytes = message) =>
  concatBytes(
    new TextEncoder().encode('SSHSIG'),
    sshString(namespace),
    sshString(''),
    sshString(hash),
    sshString(digest(hash, bytes)),
  );
const fromUrl = (text: string | undefined) => Uint8Array.from(Buffer.from(text ?? '', 'base64url'));
const ecdsaBlob = (p1363: Uint8Array) => {
  const width = p1363.length / 2;
  return concatBytes(sshMpint(p1363.subarray(0, width)), sshMpint(p1363.subarray(width)));
};

describe('the parser refuses', () => {
  const pair = generateKeyPairSync('ed25519');
  const jwk: JsonWebKey = pair.publicKey.export({ format: 'jwk' });
  const publicKey = concatBytes(sshString('ssh-ed25519'), sshString(fromUrl(jwk.x)));
  const innerOf = (algorithm: string, raw: Uint8Array) =>
    concatBytes(sshString(algorithm), sshString(raw));
  const inner = innerOf('ssh-ed25519', new Uint8Array(sign(null, toSign(), pair.privateKey)));
  const fine = forge({ publicKey, inner });

  test('nothing of a signature that is put together rightly', async () => {
    const key = decodeSshPublicKey(publicKey);
    const verified = verifySshSignature(nodeCrypto, message, decodeSshSignature(fine), {
      namespace: NAMESPACE,
      key,
    });
    await expect(verified).resolves.toMatchObject({ keyType: 'ssh-ed25519' });
  });

  test.each([
    ['another magic', { magic: 'SSHSIK' }, /does not begin with SSHSIG/],
    ['another version', { version: 2 }, /has version 2, expected 1/],
    ['an empty namespace', { namespace: '' }, /empty namespace/],
    ['a namespace with an escape', { namespace: '\u001b[2J' }, /namespace that is not/],
    ['a reserved field', { reserved: 'x' }, /reserved field that is not empty/],
    ['SHA-1', { hash: 'sha1' }, /hashes with "sha1", expected "sha256" or "sha512"/],
    ['a method name as hash', { hash: 'verify' }, /hashes with "verify"/],
    [
      'an inner algorithm of another key',
      { inner: innerOf('ssh-rsa', new Uint8Array(64)) },
      /is of algorithm "ssh-rsa"/,
    ],
    [
      'a short inner signature',
      { inner: innerOf('ssh-ed25519', new Uint8Array(63)) },
      /has 63 bytes, expected 64/,
    ],
    [
      'bytes after the inner signature',
      { inner: concatBytes(inner, Uint8Array.of(1, 0, 0, 0, 1)) },
      /5 bytes after its end/,
    ],
  ])('%s', (_name, change, expected) => {
    const blob = forge({ publicKey, inner, ...change });
    expect(() => decodeSshSignature(blob)).toThrow(malformed);
    expect(() => decodeSshSignature(blob)).toThrow(expected);
  });

  test('a blob that is too large, before it looks into it', () => {
    expect(() => decodeSshSignature(new Uint8Array(9000))).toThrow(/over 8192 bytes/);
    expect(() => parseSshSignature('x'.repeat(30_000))).toThrow(/too long/);
  });

  test('a namespace that only differs in its length field or ending', async () => {
    const key = decodeSshPublicKey(publicKey);
    for (const namespace of [`${NAMESPACE} `, `${NAMESPACE}x`, 'Approval@countersign', 'file']) {
      const signature = decodeSshSignature(forge({ publicKey, inner, namespace }));
      await expect(
        verifySshSignature(nodeCrypto, message, signature, { namespace: NAMESPACE, key }),
      ).rejects.toThrow(invalid);
    }
  });

  describe('armor', () => {
    const armored = formatSshSignature({ blob: fine });
    const base64 = encodeBase64(fine);

    test('with other line ends and widths is read as the same signature', () => {
      const wide = armored.replaceAll('\n', '\r\n');
      const oneLine = `-----BEGIN SSH SIGNATURE-----\n${base64}\n-----END SSH SIGNATURE-----`;
      for (const spelling of [wide, oneLine, `${armored}\n`]) {
        expect(parseSshSignature(spelling).blob).toEqual(fine);
      }
    });

    test.each([
      ['nothing', ''],
      ['no header', armored.slice(1)],
      ['no footer', armored.slice(0, -30)],
      ['text before', `hello\n${armored}`],
      ['text after', `${armored}hello\n`],
      ['two signatures', armored + armored],
      ['white space inside', armored.replace('U1NI', 'U1 NI')],
      ['a blank line', armored.replace('\n', '\n\n ')],
      ['no base64', '-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n'],
      ['PGP armor', armored.replaceAll('SSH', 'PGP')],
    ])('with %s is refused', (_name, text) => {
      expect(() => parseSshSignature(text)).toThrow(malformed);
    });
  });
});

describe('RSA', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const jwk: JsonWebKey = pair.publicKey.export({ format: 'jwk' });
  const publicKey = concatBytes(
    sshString('ssh-rsa'),
    sshMpint(fromUrl(jwk.e)),
    sshMpint(fromUrl(jwk.n)),
  );
  const key = decodeSshPublicKey(publicKey);
  const signWith = (algorithm: string, hash: string) =>
    forge({
      publicKey,
      inner: concatBytes(
        sshString(algorithm),
        sshString(new Uint8Array(sign(hash, toSign(), pair.privateKey))),
      ),
    });
  const verify = (blob: Uint8Array) =>
    verifySshSignature(nodeCrypto, message, decodeSshSignature(blob), {
      namespace: NAMESPACE,
      key,
    });

  test('verifies with SHA-256 and SHA-512', async () => {
    await expect(verify(signWith('rsa-sha2-256', 'sha256'))).resolves.toMatchObject({
      keyType: 'ssh-rsa',
    });
    await expect(verify(signWith('rsa-sha2-512', 'sha512'))).resolves.toMatchObject({
      keyType: 'ssh-rsa',
    });
  });

  test('does not verify when the named hash is not the one that was used', async () => {
    await expect(verify(signWith('rsa-sha2-256', 'sha512'))).rejects.toThrow(invalid);
  });

  test('is refused with SHA-1', () => {
    expect(() => decodeSshSignature(signWith('ssh-rsa', 'sha1'))).toThrow(
      /is of algorithm "ssh-rsa", expected "rsa-sha2-256" or "rsa-sha2-512"$/,
    );
  });
});

describe('hardware keys', () => {
  type Hardware = { publicKey: Uint8Array; privateKey: KeyObject; algorithm: string };

  function softwareToken(kind: 'ed25519' | 'ecdsa', application = 'ssh:'): Hardware {
    const pair =
      kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk: JsonWebKey = pair.publicKey.export({ format: 'jwk' });
    const algorithm =
      kind === 'ed25519' ? 'sk-ssh-ed25519@openssh.com' : 'sk-ecdsa-sha2-nistp256@openssh.com';
    const point =
      kind === 'ed25519'
        ? [sshString(fromUrl(jwk.x))]
        : [
            sshString('nistp256'),
            sshString(concatBytes(Uint8Array.of(4), fromUrl(jwk.x), fromUrl(jwk.y))),
          ];
    const publicKey = concatBytes(sshString(algorithm), ...point, sshString(application));
    return { publicKey, privateKey: pair.privateKey, algorithm };
  }

  /** PROTOCOL.u2f: hash of the application, flags, counter, hash of the message. */
  function touch(token: Hardware, flags: number, counter = 7, claimedFlags = flags): Uint8Array {
    const signed = concatBytes(
      digest('sha256', new TextEncoder().encode('ssh:')),
      Uint8Array.of(flags),
      sshUint32(counter),
      digest('sha256', toSign()),
    );
    const raw =
      token.algorithm === 'sk-ssh-ed25519@openssh.com'
        ? new Uint8Array(sign(null, signed, token.privateKey))
        : ecdsaBlob(
            new Uint8Array(
              sign('sha256', signed, { key: token.privateKey, dsaEncoding: 'ieee-p1363' }),
            ),
          );
    const inner = concatBytes(
      sshString(token.algorithm),
      sshString(raw),
      Uint8Array.of(claimedFlags),
      sshUint32(counter),
    );
    return forge({ publicKey: token.publicKey, inner });
  }

  const verify = (token: Hardware, blob: Uint8Array) =>
    verifySshSignature(nodeCrypto, message, decodeSshSignature(blob), {
      namespace: NAMESPACE,
      key: decodeSshPublicKey(token.publicKey),
    });

  describe.each(['ed25519', 'ecdsa'] as const)('of %s', (kind) => {
    const token = softwareToken(kind);

    test('verify when touched, and say whether the person was verified', async () => {
      await expect(verify(token, touch(token, 0x01))).resolves.toMatchObject({
        keyType: token.algorithm,
        userVerified: false,
      });
      await expect(verify(token, touch(token, 0x05))).resolves.toMatchObject({
        userVerified: true,
      });
    });

    test('verify for ssh-keygen as well, so that this test signs as hardware does', () => {
      const key = decodeSshPublicKey(token.publicKey);
      const [allowed, armored] = [join(folder, 'allowed'), join(folder, 'armored')];
      writeFileSync(allowed, formatAllowedSigner('alice', [NAMESPACE], key));
      writeFileSync(armored, formatSshSignature({ blob: touch(token, 0x01) }));
      const args = ['-Y', 'verify', '-f', allowed, '-I', 'alice', '-n', NAMESPACE, '-s', armored];
      expect(spawnSync('ssh-keygen', args, { input: message })).toMatchObject({ status: 0 });
    });

    test('are void when nobody touched them', async () => {
      await expect(verify(token, touch(token, 0x00))).rejects.toThrow(
        /without anyone touching it$/,
      );
      await expect(verify(token, touch(token, 0x04))).rejects.toThrow(invalid);
    });

    test('are void when flags are claimed that were not signed', async () => {
      await expect(verify(token, touch(token, 0x00, 7, 0x01))).rejects.toThrow(/does not fit/);
      await expect(verify(token, touch(token, 0x01, 7, 0x05))).rejects.toThrow(/does not fit/);
    });

    test('with any bit flipped or byte missing never verify', async () => {
      const blob = touch(token, 0x01);
      for (let length = 0; length < blob.length; length += 1) {
        expect(() => decodeSshSignature(blob.subarray(0, length))).toThrow(malformed);
      }
      for (let bit = 0; bit < blob.length * 8; bit += 3) {
        const flipped = Uint8Array.from(blob);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const attempt = async () => verify(token, flipped);
        await expect(attempt()).rejects.toThrow(
          expect.objectContaining({ name: 'CountersignError' }),
        );
      }
    });
  });

  test('made for another application do not verify as ours', async () => {
    const token = softwareToken('ed25519', 'ssh:other');
    await expect(verify(token, touch(token, 0x01))).rejects.toThrow(/does not fit/);
  });

  test('of ECDSA with a WebAuthn-style signature are refused', () => {
    const token = softwareToken('ecdsa');
    const algorithm = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';
    expect(() => decodeSshSignature(touch({ ...token, algorithm }, 0x01))).toThrow(malformed);
  });
});
