/** Files of 32 secret bytes: the wrapping key and the publisher's deposit key. */
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { readPrivateFile } from '../host/secret.ts';
import { KEY_BYTES } from './envelope.ts';

/**
 * Writes 32 random bytes to a new file with mode 0600; durable when it returns. Throws
 * `state-conflict` when the file exists: a key that is overwritten takes every secret with it.
 */
export async function createKeyFile(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw new CountersignError(
      exists ? 'state-conflict' : 'config-invalid',
      `${path}: expected a new key file, found ${exists ? 'one that exists' : 'no way to write it'}`,
      { cause },
    );
  });
  const key = randomBytes(KEY_BYTES);
  try {
    // The process's umask can only take permissions away; make them exact.
    await file.chmod(0o600);
    await file.writeFile(key);
    await file.sync();
  } finally {
    key.fill(0);
    await file.close();
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * The 32 bytes of a key file, which the caller zeroes after use. Throws `config-invalid` when it is
 * not there or others may read or write it (the hint has the chmod), `vault-sealed` when it has
 * another length.
 */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  const bytes = await readPrivateFile(path, 4096);
  if (bytes.length !== KEY_BYTES) {
    const found = bytes.length;
    bytes.fill(0);
    throw new CountersignError(
      'vault-sealed',
      `${path}: expected a key of ${KEY_BYTES} bytes, found ${found}`,
      { hint: 'restore the file from its backup; it cannot be made again' },
    );
  }
  return bytes;
}
