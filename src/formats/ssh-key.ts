import type { EcdsaCurve, Hasher } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { equalBytes } from './bytes.ts';
import { SshReader } from './ssh-wire.ts';
import { quoteForeign } from './text.ts';

/** The kinds of SSH key that may sign here. `sk-` kinds live in a hardware key (FIDO). */
export type SshKeyType =
  | 'ssh-ed25519'
  | 'sk-ssh-ed25519@openssh.com'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'
  | 'sk-ecdsa-sha2-nistp256@openssh.com'
  | 'ssh-rsa';

/** The numbers of a key. `application` is there for hardware keys and starts with `ssh:`. */
export type SshKeyMaterial =
  | { readonly kind: 'ed25519'; readonly raw: Uint8Array; readonly application?: string }
  | {
      readonly kind: 'ecdsa';
      readonly curve: EcdsaCurve;
      readonly point: Uint8Array;
      readonly application?: string;
    }
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array };

/**
 * An SSH public key. Its identity is `blob`, the bytes inside the base64 of a key line: never the
 * line, whose comment and spacing anyone may change.
 */
export type SshPublicKey = {
  readonly keyType: SshKeyType;
  readonly blob: Uint8Array;
  readonly material: SshKeyMaterial;
};

/** Bits that the modulus of an RSA key must have at least and at most. */
const RSA_BITS = { least: 3072, most: 8192 } as const;

const MAX_LINE_LENGTH = 16_384;
const CURVES = {
  nistp256: { curve: 'P-256', pointBytes: 65 },
  nistp384: { curve: 'P-384', pointBytes: 97 },
  nistp521: { curve: 'P-521', pointBytes: 133 },
} as const;

/**
 * The key of one line as in `id_ed25519.pub`: type, base64, and a comment that is dropped.
 * Throws 'malformed-signature' for anything else: options before the type, several lines, a
 * private key, a certificate, a type or size that may not sign here.
 */
export function parseSshPublicKey(line: string): SshPublicKey {
  if (line.includes('PRIVATE KEY-----')) {
    malformed('this is a private key, expected the line of a public key', {
      hint: 'give the file that ends in .pub, and keep the private key to yourself',
    });
  }
  const text = line.trim();
  if (text.length > MAX_LINE_LENGTH || /[\r\n\0]/.test(text)) {
    malformed(`an SSH public key is one line of at most ${MAX_LINE_LENGTH} characters`);
  }
  const [type = '', base64] = text.split(/[ \t]+/, 2);
  if (base64 === undefined) {
    malformed('an SSH public key needs a type and a base64 part', {
      hint: 'a key line looks like: ssh-ed25519 AAAA... comment',
    });
  }
  const key = decodeSshPublicKey(decodeBase64(base64, 'the SSH key', 'malformed-signature'));
  if (key.keyType !== type) {
    malformed(`the key line says ${quoteForeign(type)}, the key in it is ${key.keyType}`);
  }
  return key;
}

/**
 * The key of a public key blob (RFC 4253 section 6.6, RFC 5656, RFC 8709, OpenSSH's PROTOCOL.u2f).
 * Throws 'malformed-signature' when a byte is missing, superfluous or not canonical, and for keys
 * that may not sign here.
 */
export function decodeSshPublicKey(blob: Uint8Array): SshPublicKey {
  const reader = new SshReader(blob, 'the SSH key');
  const keyType = supportedType(reader.ascii('type'));
  const material = materialOf(keyType, reader);
  reader.end();
  return { keyType, blob: Uint8Array.from(blob), material };
}

/** The key line without a comment and without a line end: type, space, base64. */
export function formatSshPublicKey(key: SshPublicKey): string {
  return `${key.keyType} ${encodeBase64(key.blob)}`;
}

/** The fingerprint as ssh-keygen prints it: `SHA256:` and unpadded base64. */
export async function sshKeyFingerprint(key: SshPublicKey, crypto: Hasher): Promise<string> {
  return `SHA256:${encodeBase64(await crypto.sha256(key.blob)).replace(/=+$/, '')}`;
}

/** Whether both are the same key. */
export function isSameSshKey(left: SshPublicKey, right: SshPublicKey): boolean {
  return equalBytes(left.blob, right.blob);
}

/** Whether the key lives in a hardware key, whose signatures prove a person's presence. */
export function isHardwareKey(key: SshPublicKey): boolean {
  return key.keyType.startsWith('sk-');
}

function supportedType(type: string): SshKeyType {
  switch (type) {
    case 'ssh-ed25519':
    case 'sk-ssh-ed25519@openssh.com':
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
    case 'ssh-rsa':
      return type;
    default:
      return malformed(`SSH keys of type ${quoteForeign(type)} may not sign here`, {
        hint: type.includes('-cert-')
          ? 'give the plain public key, not a certificate'
          : 'make one with: ssh-keygen -t ed25519 (or -t ed25519-sk with a hardware key)',
      });
  }
}

function materialOf(keyType: SshKeyType, reader: SshReader): SshKeyMaterial {
  switch (keyType) {
    case 'ssh-ed25519':
      return { kind: 'ed25519', raw: ed25519Point(reader) };
    case 'sk-ssh-ed25519@openssh.com':
      return { kind: 'ed25519', raw: ed25519Point(reader), application: application(reader) };
    case 'ecdsa-sha2-nistp256':
      return ecdsaPoint(reader, 'nistp256');
    case 'ecdsa-sha2-nistp384':
      return ecdsaPoint(reader, 'nistp384');
    case 'ecdsa-sha2-nistp521':
      return ecdsaPoint(reader, 'nistp521');
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return { ...ecdsaPoint(reader, 'nistp256'), application: application(reader) };
    case 'ssh-rsa':
      return rsaNumbers(reader);
  }
}

// y of the points of order 1, 2, 4 and 8. One signature of such a key fits every message, so
// that whoever enrols it could let anyone approve in their name. Checked here because libraries
// differ: OpenSSL 3.0 verifies such signatures, 3.5 does not.
const ED25519_PRIME = 2n ** 255n - 19n;
const ED25519_ORDER_EIGHT = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const ED25519_SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  ED25519_PRIME - 1n,
  ED25519_ORDER_EIGHT,
  ED25519_PRIME - ED25519_ORDER_EIGHT,
]);

function ed25519Point(reader: SshReader): Uint8Array {
  const raw = reader.string('point');
  if (raw.length !== 32) reader.fail(`has a point of ${raw.length} bytes, expected 32`);
  const y = raw.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) % 2n ** 255n;
  if (y >= ED25519_PRIME) reader.fail('has a point that is not spelled canonically');
  if (ED25519_SMALL_ORDER.has(y)) reader.fail('has a point of small order, which proves nothing');
  return raw;
}

function ecdsaPoint(
  reader: SshReader,
  name: keyof typeof CURVES,
): SshKeyMaterial & { readonly kind: 'ecdsa' } {
  const { curve, pointBytes } = CURVES[name];
  const found = reader.ascii('curve');
  if (found !== name) reader.fail(`names the curve ${quoteForeign(found)}, expected "${name}"`);
  const point = reader.string('point');
  if (point.length !== pointBytes || point[0] !== 4) {
    reader.fail(`does not have an uncompressed point of ${pointBytes} bytes`);
  }
  return { kind: 'ecdsa', curve, point };
}

function rsaNumbers(reader: SshReader): SshKeyMaterial {
  const exponent = reader.positive('exponent');
  const modulus = reader.positive('modulus');
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < RSA_BITS.least || bits > RSA_BITS.most) {
    malformed(`the RSA key has ${bits} bits, expected ${RSA_BITS.least} to ${RSA_BITS.most}`, {
      hint: 'make a new key with: ssh-keygen -t ed25519',
    });
  }
  const isOdd = (number: Uint8Array) => (number.at(-1) ?? 0) % 2 === 1;
  const size = exponent.reduce((sum, byte) => sum * 256 + byte, 0);
  if (exponent.length > 4 || size < 65_537 || !isOdd(exponent) || !isOdd(modulus)) {
    reader.fail('has an exponent or modulus that no sound RSA key has');
  }
  return { kind: 'rsa', modulus, exponent };
}

function application(reader: SshReader): string {
  const text = reader.ascii('application');
  // another application's hardware key could have been made to sign by a web page
  if (!text.startsWith('ssh:')) {
    reader.fail(
      `is for the application ${quoteForeign(text)}, expected one that starts with "ssh:"`,
    );
  }
  return text;
}

function malformed(message: string, options: { hint?: string } = {}): never {
  throw new CountersignError('malformed-signature', message, options);
}
