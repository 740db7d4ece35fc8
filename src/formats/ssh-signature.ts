import type { PublicKey, SignatureHash, VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { concatBytes } from './bytes.ts';
import {
  decodeSshPublicKey,
  formatSshPublicKey,
  isSameSshKey,
  type SshKeyMaterial,
  type SshKeyType,
  type SshPublicKey,
  sshKeyFingerprint,
} from './ssh-key.ts';
import { SshReader, sshString, sshUint32 } from './ssh-wire.ts';
import { encodeUtf8, quoteForeign } from './text.ts';

/** A signature of `ssh-keygen -Y sign` (OpenSSH's PROTOCOL.sshsig), parsed and not yet verified. */
export type SshSignature = {
  /** The whole signature: what is kept and sent on. */
  readonly blob: Uint8Array;
  /** The key that the signature itself names: a claim, until it is compared with a roster. */
  readonly publicKey: SshPublicKey;
  readonly namespace: string;
  readonly hashAlgorithm: 'sha256' | 'sha512';
  /** Hash of the signature algorithm; of RSA the one that the signature names. */
  readonly signatureHash: SignatureHash;
  /** As VerifierCrypto takes it: 64 bytes, r and s side by side, or as long as the modulus. */
  readonly rawSignature: Uint8Array;
  /** What a hardware key adds. */
  readonly hardware?: { readonly flags: number; readonly counter: number };
};

/** What a verified signature says. `userVerified` (PIN, fingerprint) is known of hardware keys only. */
export type SshVerification = {
  readonly keyFingerprint: string;
  readonly keyType: SshKeyType;
  readonly userVerified?: boolean;
};

const MAGIC = encodeUtf8('SSHSIG');
const MAX_BLOB_BYTES = 8192;
const HEADER = '-----BEGIN SSH SIGNATURE-----';
const FOOTER = '-----END SSH SIGNATURE-----';
const LINE_LENGTH = 70;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * The signature in armor (PROTOCOL.sshsig, "Armored format"). Line ends may be CRLF and lines of
 * any width, because the armor is not signed and not kept. Throws 'malformed-signature'.
 */
export function parseSshSignature(armored: string): SshSignature {
  if (armored.length > 3 * MAX_BLOB_BYTES) malformed('the SSH signature is too long');
  const lines = armored.trimEnd().split(/\r?\n/);
  if (lines.length < 3 || lines[0] !== HEADER || lines.at(-1) !== FOOTER) {
    malformed(`the SSH signature does not stand between "${HEADER}" and "${FOOTER}"`);
  }
  const base64 = lines.slice(1, -1).join('');
  return decodeSshSignature(decodeBase64(base64, 'the SSH signature', 'malformed-signature'));
}

/** The armor of a signature, as ssh-keygen writes it, with a final newline. */
export function formatSshSignature(signature: Pick<SshSignature, 'blob'>): string {
  const base64 = encodeBase64(signature.blob);
  const lines = base64.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return `${[HEADER, ...lines, FOOTER].join('\n')}\n`;
}

/**
 * The signature of a binary blob. Throws 'malformed-signature' when a byte is missing, superfluous
 * or not canonical, and for algorithms that may not sign here (SHA-1 among them).
 */
export function decodeSshSignature(blob: Uint8Array): SshSignature {
  if (blob.length > MAX_BLOB_BYTES) malformed(`the SSH signature is over ${MAX_BLOB_BYTES} bytes`);
  const reader: SshReader = new SshReader(blob, 'the SSH signature');
  const magic = String.fromCharCode(...reader.take(MAGIC.length, 'magic'));
  if (magic !== 'SSHSIG') reader.fail('does not begin with SSHSIG');
  const version = reader.uint32('version');
  if (version !== 1) reader.fail(`has version ${version}, expected 1`);
  const publicKey = decodeSshPublicKey(reader.string('public key'));
  const namespace = reader.ascii('namespace');
  if (namespace === '') reader.fail('has an empty namespace');
  if (reader.string('reserved field').length > 0)
    reader.fail('has a reserved field that is not empty');
  const hashAlgorithm = reader.ascii('hash algorithm');
  if (hashAlgorithm !== 'sha256' && hashAlgorithm !== 'sha512') {
    reader.fail(`hashes with ${quoteForeign(hashAlgorithm)}, expected "sha256" or "sha512"`);
  }
  const inner = new SshReader(reader.string('signature'), 'the inner signature');
  reader.end();
  const signed = innerSignature(publicKey, inner);
  inner.end();
  return { blob: Uint8Array.from(blob), publicKey, namespace, hashAlgorithm, ...signed };
}

/**
 * Verifies that `expected.key` signed `message` for exactly `expected.namespace`, and of a hardware
 * key also that a person touched it. Throws 'signature-invalid' that says which of these fails.
 */
export async function verifySshSignature(
  crypto: VerifierCrypto,
  message: Uint8Array,
  signature: SshSignature,
  expected: { readonly namespace: string; readonly key: SshPublicKey },
): Promise<SshVerification> {
  const { publicKey, namespace } = signature;
  if (namespace !== expected.namespace) {
    invalid(
      `the signature is for namespace ${quoteForeign(namespace)}, expected "${expected.namespace}"`,
    );
  }
  const keyFingerprint = await sshKeyFingerprint(expected.key, crypto);
  if (!isSameSshKey(publicKey, expected.key)) {
    const found = await sshKeyFingerprint(publicKey, crypto);
    invalid(`the signature is by key ${found}, expected ${keyFingerprint}`);
  }
  const { hardware } = signature;
  if (hardware !== undefined && (hardware.flags & USER_PRESENT) === 0) {
    invalid(`the hardware key ${keyFingerprint} signed without anyone touching it`);
  }
  const signed = await hardwareMessage(
    crypto,
    signature,
    await signedMessage(crypto, signature, message),
  );
  const key = verificationKey(expected.key.material, signature.signatureHash);
  if (!(await crypto.verify(key, signed, signature.rawSignature))) {
    invalid(`the signature by key ${keyFingerprint} does not fit these bytes`);
  }
  return {
    keyFingerprint,
    keyType: expected.key.keyType,
    ...(hardware && { userVerified: (hardware.flags & USER_VERIFIED) !== 0 }),
  };
}

/**
 * A line of the `allowed_signers` file of `ssh-keygen -Y verify -I PRINCIPAL`, with its newline.
 * Throws 'malformed-document' for a principal or namespace that such a line would read as a
 * pattern, a list or an option, and when there is no namespace.
 */
export function formatAllowedSigner(
  principal: string,
  namespaces: readonly string[],
  key: SshPublicKey,
): string {
  for (const word of [principal, ...namespaces]) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._@+/-]{0,199}$/.test(word)) {
      throw new CountersignError(
        'malformed-document',
        `${quoteForeign(word)} cannot stand in an allowed_signers file`,
      );
    }
  }
  if (namespaces.length === 0) {
    throw new CountersignError('malformed-document', 'an allowed signer needs a namespace');
  }
  return `${principal} namespaces="${namespaces.join(',')}" ${formatSshPublicKey(key)}\n`;
}

type InnerSignature = Pick<SshSignature, 'signatureHash' | 'rawSignature' | 'hardware'>;

function innerSignature(key: SshPublicKey, reader: SshReader): InnerSignature {
  const algorithm = reader.ascii('algorithm');
  const { keyType, material } = key;
  if (material.kind === 'rsa') {
    const signatureHash = rsaHash(algorithm, reader);
    const rawSignature = reader.string('signature');
    if (rawSignature.length !== material.modulus.length) {
      reader.fail(`has ${rawSignature.length} bytes, expected ${material.modulus.length}`);
    }
    return { signatureHash, rawSignature };
  }
  if (algorithm !== keyType) {
    reader.fail(`is of algorithm ${quoteForeign(algorithm)}, its key of ${keyType}`);
  }
  const signed =
    material.kind === 'ed25519' ? ed25519Signature(reader) : ecdsaSignature(material, reader);
  if (material.application === undefined) return signed;
  return {
    ...signed,
    hardware: { flags: reader.byte('flags'), counter: reader.uint32('counter') },
  };
}

function rsaHash(algorithm: string, reader: SshReader): SignatureHash {
  if (algorithm === 'rsa-sha2-256') return 'sha256';
  if (algorithm === 'rsa-sha2-512') return 'sha512';
  return reader.fail(
    `is of algorithm ${quoteForeign(algorithm)}, expected "rsa-sha2-256" or "rsa-sha2-512"`,
  );
}

function ed25519Signature(reader: SshReader): InnerSignature {
  const rawSignature = reader.string('signature');
  if (rawSignature.length !== 64) {
    reader.fail(`has ${rawSignature.length} bytes, expected 64`);
  }
  return { signatureHash: 'sha512', rawSignature };
}

const ECDSA = {
  'P-256': { width: 32, hash: 'sha256' },
  'P-384': { width: 48, hash: 'sha384' },
  'P-521': { width: 66, hash: 'sha512' },
} as const;

function ecdsaSignature(
  material: SshKeyMaterial & { readonly kind: 'ecdsa' },
  reader: SshReader,
): InnerSignature {
  const { width, hash } = ECDSA[material.curve];
  const numbers = new SshReader(reader.string('signature'), 'the ECDSA signature');
  const rawSignature = new Uint8Array(2 * width);
  for (const [field, end] of [
    ['r', width],
    ['s', 2 * width],
  ] as const) {
    const number = numbers.positive(field);
    if (number.length > width) numbers.fail(`has a ${field} that is wider than its curve`);
    rawSignature.set(number, end - number.length);
  }
  numbers.end();
  return { signatureHash: hash, rawSignature };
}

/** What every key signs (PROTOCOL.sshsig, "Signed Data, of which the signature goes into the blob"). */
async function signedMessage(
  crypto: VerifierCrypto,
  signature: SshSignature,
  message: Uint8Array,
): Promise<Uint8Array> {
  const { namespace, hashAlgorithm } = signature;
  return concatBytes(
    MAGIC,
    sshString(namespace),
    sshString(''),
    sshString(hashAlgorithm),
    sshString(await crypto[hashAlgorithm](message)),
  );
}

/** What a hardware key signs in its place (PROTOCOL.u2f, "SSH U2F Signatures"). */
async function hardwareMessage(
  crypto: VerifierCrypto,
  signature: SshSignature,
  signed: Uint8Array,
): Promise<Uint8Array> {
  const { hardware, publicKey } = signature;
  if (hardware === undefined || publicKey.material.kind === 'rsa') return signed;
  return concatBytes(
    await crypto.sha256(encodeUtf8(publicKey.material.application ?? '')),
    Uint8Array.of(hardware.flags),
    sshUint32(hardware.counter),
    await crypto.sha256(signed),
  );
}

function verificationKey(material: SshKeyMaterial, hash: SignatureHash): PublicKey {
  switch (material.kind) {
    case 'ed25519':
      return { kind: 'ed25519', raw: material.raw };
    case 'ecdsa':
      return { kind: 'ecdsa', curve: material.curve, hash, point: material.point };
    case 'rsa':
      return { kind: 'rsa', hash, modulus: material.modulus, exponent: material.exponent };
  }
}

function malformed(message: string): never {
  throw new CountersignError('malformed-signature', message);
}

function invalid(message: string): never {
  throw new CountersignError('signature-invalid', message, {
    hint: 'sign the exact bytes again with the key that the roster has, for this purpose',
  });
}
