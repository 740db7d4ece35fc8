import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../host/node-crypto.ts';
import { encodeBase64 } from './base64.ts';
import { concatBytes } from './bytes.ts';
import {
  decodeSshPublicKey,
  formatSshPublicKey,
  isHardwareKey,
  isSameSshKey,
  parseSshPublicKey,
  sshKeyFingerprint,
} from './ssh-key.ts';
import { sshMpint, sshString } from './ssh-wire.ts';

const malformed = expect.objectContaining({ code: 'malformed-signature' });
const folder = mkdtempSync(join(tmpdir(), 'countersign-ssh-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fromUrl = (text: string | undefined) => Uint8Array.from(Buffer.from(text ?? '', 'base64url'));
const keygen = (...args: string[]) => execFileSync('ssh-keygen', args, { encoding: 'utf8' });

const ed25519Blob = (point: Uint8Array) => concatBytes(sshString('ssh-ed25519'), sshString(point));
const freshPoint = () => {
  const jwk: JsonWebKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return fromUrl(jwk.x);
};
const lineOf = (type: string, blob: Uint8Array) => `${type} ${encodeBase64(blob)}`;

const kinds = [
  ['ssh-ed25519', 'ed25519', '256'],
  ['ecdsa-sha2-nistp256', 'ecdsa', '256'],
  ['ecdsa-sha2-nistp384', 'ecdsa', '384'],
  ['ecdsa-sha2-nistp521', 'ecdsa', '521'],
  ['ssh-rsa', 'rsa', '3072'],
] as const;

beforeAll(() => {
  for (const [type, algorithm, bits] of kinds) {
    keygen(
      '-q',
      '-t',
      algorithm,
      '-b',
      bits,
      '-N',
      '',
      '-C',
      'alice at home',
      '-f',
      join(folder, type),
    );
  }
});

describe('keys of ssh-keygen', () => {
  test.each(kinds)('%s is read, printed and named as ssh-keygen does', async (type) => {
    const line = readFileSync(join(folder, `${type}.pub`), 'utf8');
    const key = parseSshPublicKey(line);
    expect(key.keyType).toBe(type);
    expect(`${formatSshPublicKey(key)} alice at home\n`).toBe(line);
    const listed = keygen('-l', '-f', join(folder, `${type}.pub`));
    expect(listed.split(' ')[1]).toBe(await sshKeyFingerprint(key, nodeCrypto));
    expect(isHardwareKey(key)).toBe(false);
  });

  test('cut at any length are refused', () => {
    for (const [type] of kinds) {
      const { blob } = parseSshPublicKey(readFileSync(join(folder, `${type}.pub`), 'utf8'));
      for (let length = 0; length < blob.length; length += 1) {
        expect(() => decodeSshPublicKey(blob.subarray(0, length))).toThrow(malformed);
      }
      expect(() => decodeSshPublicKey(concatBytes(blob, Uint8Array.of(0)))).toThrow(malformed);
    }
  });

  test('a private key is not taken, and the error does not repeat it', () => {
    const secret = readFileSync(join(folder, 'ssh-ed25519'), 'utf8');
    expect(() => parseSshPublicKey(secret)).toThrow(
      /^this is a private key, expected the line of a public key$/,
    );
  });

  test('a certificate is not taken', () => {
    keygen(
      '-q',
      '-s',
      join(folder, 'ssh-ed25519'),
      '-I',
      'alice',
      join(folder, 'ecdsa-sha2-nistp256.pub'),
    );
    const line = readFileSync(join(folder, 'ecdsa-sha2-nistp256-cert.pub'), 'utf8');
    expect(() => parseSshPublicKey(line)).toThrow(
      expect.objectContaining({
        code: 'malformed-signature',
        hint: 'give the plain public key, not a certificate',
      }),
    );
  });

  test('an RSA key of 2048 bits is too small', () => {
    keygen('-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', join(folder, 'small'));
    expect(() => parseSshPublicKey(readFileSync(join(folder, 'small.pub'), 'utf8'))).toThrow(
      /^the RSA key has 2048 bits, expected 3072 to 8192$/,
    );
  });
});

describe('a key line', () => {
  const blob = ed25519Blob(freshPoint());
  const line = lineOf('ssh-ed25519', blob);

  test('is the same key whatever its comment and spacing', () => {
    for (const spelling of [line, `  ${line}\n`, `${line} bob`, line.replace(' ', ' \t  ')]) {
      expect(isSameSshKey(parseSshPublicKey(spelling), parseSshPublicKey(line))).toBe(true);
      expect(formatSshPublicKey(parseSshPublicKey(spelling))).toBe(line);
    }
    expect(
      isSameSshKey(
        parseSshPublicKey(line),
        parseSshPublicKey(lineOf('ssh-ed25519', ed25519Blob(freshPoint()))),
      ),
    ).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['a type alone', 'ssh-ed25519'],
    ['options before the type', `restrict ${line}`],
    ['two lines', `${line}\n${line}`],
    ['unpadded base64', `${line.slice(0, -1)}`],
    ['another type in front', line.replace('ssh-ed25519', 'ssh-rsa')],
    ['a type of DSA', lineOf('ssh-dss', sshString('ssh-dss'))],
    ['a long comment', `${line} ${'x'.repeat(17_000)}`],
  ])('with %s is refused', (_name, text) => {
    expect(() => parseSshPublicKey(text)).toThrow(malformed);
  });
});

describe('key material that proves nothing is refused', () => {
  test.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  ])('the point %s is of small order', (hex) => {
    const point = Uint8Array.from(Buffer.from(hex, 'hex'));
    expect(() => decodeSshPublicKey(ed25519Blob(point))).toThrow(/of small order/);
  });

  test.each([
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ])('the point %s has a second spelling', (hex) => {
    const point = Uint8Array.from(Buffer.from(hex, 'hex'));
    expect(() => decodeSshPublicKey(ed25519Blob(point))).toThrow(/not spelled canonically/);
  });

  const modulus = (bits: number) => {
    const bytes = new Uint8Array(bits / 8).fill(0xff);
    return bytes;
  };
  const rsa = (exponent: Uint8Array, n: Uint8Array) =>
    concatBytes(sshString('ssh-rsa'), sshMpint(exponent), sshMpint(n));
  const f4 = Uint8Array.of(1, 0, 1);

  test('RSA sizes are counted in bits', () => {
    expect(decodeSshPublicKey(rsa(f4, modulus(3072))).keyType).toBe('ssh-rsa');
    const short = modulus(3072);
    short[0] = 0x7f;
    expect(() => decodeSshPublicKey(rsa(f4, short))).toThrow(/has 3071 bits/);
    expect(() => decodeSshPublicKey(rsa(f4, modulus(8200)))).toThrow(/has 8200 bits/);
  });

  test.each([
    ['an exponent of 1', rsa(Uint8Array.of(1), modulus(3072))],
    ['an exponent of 3', rsa(Uint8Array.of(3), modulus(3072))],
    ['an even exponent', rsa(Uint8Array.of(1, 0, 2), modulus(3072))],
    ['a huge exponent', rsa(modulus(64), modulus(3072))],
    ['an even modulus', rsa(f4, modulus(3072).fill(0xfe, 383))],
    [
      'a padded modulus',
      concatBytes(
        sshString('ssh-rsa'),
        sshMpint(f4),
        sshString(concatBytes(new Uint8Array(2), modulus(3072))),
      ),
    ],
  ])('RSA with %s', (_name, blob) => {
    expect(() => decodeSshPublicKey(blob)).toThrow(malformed);
  });

  test('a curve other than the type says, and a compressed point', () => {
    const blob = (curve: string, point: Uint8Array) =>
      concatBytes(sshString('ecdsa-sha2-nistp256'), sshString(curve), sshString(point));
    const point = Uint8Array.from({ length: 65 }, () => 4);
    expect(decodeSshPublicKey(blob('nistp256', point)).keyType).toBe('ecdsa-sha2-nistp256');
    expect(() => decodeSshPublicKey(blob('nistp384', point))).toThrow(
      /names the curve "nistp384", expected "nistp256"$/,
    );
    expect(() => decodeSshPublicKey(blob('nistp256', point.slice(0, 33).fill(2)))).toThrow(
      malformed,
    );
  });
});

describe('hardware keys', () => {
  const blob = (application: string) =>
    concatBytes(
      sshString('sk-ssh-ed25519@openssh.com'),
      sshString(freshPoint()),
      sshString(application),
    );

  test('are recognised', () => {
    const key = decodeSshPublicKey(blob('ssh:work'));
    expect(isHardwareKey(key)).toBe(true);
    expect(key.material).toMatchObject({ kind: 'ed25519', application: 'ssh:work' });
  });

  test('of another application are refused', () => {
    expect(() => decodeSshPublicKey(blob('https://example.com'))).toThrow(
      /is for the application "https:\/\/example\.com", expected one that starts with "ssh:"$/,
    );
  });
});
