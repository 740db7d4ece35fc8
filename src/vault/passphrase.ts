/** A wrapping key from a passphrase: Argon2id, RFC 9106. */
import { type Argon2Parameters, argon2, randomBytes } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { integer, literal, object, type Read, text } from '../core/shape.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import type { Secret } from '../host/secret.ts';
import { KEY_BYTES } from './envelope.ts';
import { keyIdOf } from './key-wrapper.ts';

const MEMORY_KIB = 64 * 1024;
const PASSES = 3;
const SALT_BYTES = 16;
const MIN_CHARACTERS = 12;

/**
 * What is stored beside the vault to derive the key again; nothing in it is secret. The bounds keep
 * a changed file from exhausting memory. `keyId` tells a wrong passphrase at once.
 */
export const passphraseKey = object({
  schema: literal('countersign/vault-passphrase/v1'),
  algorithm: literal('argon2id'),
  memoryKib: integer(MEMORY_KIB, 1024 * 1024),
  passes: integer(PASSES, 16),
  parallelism: integer(1, 8),
  salt: text,
  keyId: text,
});
export type PassphraseKey = Read<typeof passphraseKey>;

/**
 * New parameters (64 MiB, 3 passes, fresh salt) and the key for them, which the caller zeroes.
 * Throws `usage` for a passphrase of fewer than 12 characters.
 */
export async function createPassphraseKey(
  passphrase: Secret,
): Promise<{ readonly parameters: PassphraseKey; readonly key: Uint8Array }> {
  const length = [...passphrase.reveal()].length;
  if (length < MIN_CHARACTERS) {
    throw new CountersignError(
      'usage',
      `expected a passphrase of at least ${MIN_CHARACTERS} characters, found ${length}`,
      { hint: 'take five or six random words' },
    );
  }
  const cost = { memoryKib: MEMORY_KIB, passes: PASSES, parallelism: 1 };
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(passphrase, salt, cost);
  const parameters: PassphraseKey = {
    schema: 'countersign/vault-passphrase/v1',
    algorithm: 'argon2id',
    ...cost,
    salt: encodeBase64(salt),
    keyId: keyIdOf(key),
  };
  return { parameters, key };
}

/**
 * The key of `parameters`, which the caller zeroes. Throws `vault-sealed` when the passphrase is
 * not the one (or salt or cost were changed), `malformed-document` for other parameters.
 */
export async function openPassphraseKey(
  parameters: unknown,
  passphrase: Secret,
): Promise<Uint8Array> {
  const read = passphraseKey(parameters, 'passphrase parameters');
  const salt = decodeBase64(read.salt, 'salt', 'malformed-document');
  if (salt.length !== SALT_BYTES) {
    throw new CountersignError(
      'malformed-document',
      `passphrase parameters: expected a salt of ${SALT_BYTES} bytes, found ${salt.length}`,
    );
  }
  const key = await derive(passphrase, salt, read);
  if (keyIdOf(key) === read.keyId) return key;
  key.fill(0);
  throw new CountersignError(
    'vault-sealed',
    'expected the passphrase that the vault was made with, found another',
    { hint: 'give the one that countersign init was given; nothing else opens this vault' },
  );
}

function derive(
  passphrase: Secret,
  salt: Uint8Array,
  cost: Pick<PassphraseKey, 'memoryKib' | 'passes' | 'parallelism'>,
): Promise<Uint8Array> {
  // One spelling: keyboards compose accents differently.
  const message = Buffer.from(passphrase.reveal().normalize('NFC'), 'utf8');
  const parameters: Argon2Parameters = {
    message,
    nonce: salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: KEY_BYTES,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => {
      message.fill(0);
      if (error === null) resolve(key);
      else {
        reject(
          new CountersignError('vault-sealed', 'expected Argon2id in this Node, found an error', {
            cause: error,
          }),
        );
      }
    });
  });
}
