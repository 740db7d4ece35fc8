/** A secret that cannot be printed by accident, and where one is read from. */
import { open } from 'node:fs/promises';
import { inspect } from 'node:util';
import { CountersignError } from '../core/errors.ts';
import type { SecretText } from '../ecosystem/ecosystem.ts';

const HIDDEN = '[secret]';

/** The passphrase of a vault that has one instead of a key file. */
export const VAULT_PASSPHRASE_VARIABLE = 'COUNTERSIGN_VAULT_PASSPHRASE';

/** Longest secret text that is read from a file: 16 KiB. */
const SECRET_MAX_BYTES = 16 * 1024;

/**
 * A text whose string, JSON, template and inspect forms are `[secret]`. The text sits in a private
 * field, so that neither spreading nor cloning takes it along.
 */
export class Secret implements SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself; called only where it goes on the wire or into a cipher. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/**
 * The first line of a file that nobody but its owner may read. One line end after it is dropped,
 * because editors write one. Throws `config-invalid` when the file is not there, open to others,
 * empty, longer than SECRET_MAX_BYTES or of several lines.
 */
export async function readSecretFile(path: string): Promise<Secret> {
  const bytes = await readPrivateFile(path, SECRET_MAX_BYTES);
  const text = bytes.toString('utf8').replace(/\r?\n$/, '');
  bytes.fill(0);
  return parseSecret(text, path);
}

/**
 * The value of an environment variable. Throws `config-invalid` when it is absent, empty or holds
 * a line end.
 */
export function readSecretVariable(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Secret {
  return parseSecret(environment[name] ?? '', `environment variable ${name}`);
}

/**
 * A secret of one line; `where` names its place in errors. Throws `config-invalid` when it is empty
 * or holds control characters.
 */
export function parseSecret(text: string, where: string): Secret {
  if (text === '' || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new CountersignError(
      'config-invalid',
      `${where}: expected one line with a secret, found ${text === '' ? 'nothing' : 'control characters or several lines'}`,
    );
  }
  return new Secret(text);
}

/**
 * Bytes of a file that only its owner may read or write, at most `maxBytes`. The opened file is
 * looked at, not the path, so that it cannot be exchanged in between. Throws `config-invalid`.
 */
export async function readPrivateFile(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    const absent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CountersignError(
      'config-invalid',
      `${path}: expected a readable file, found ${absent ? 'none' : 'one that cannot be opened'}`,
      { cause },
    );
  });
  try {
    const status = await file.stat();
    if (!status.isFile()) refuseFile(path, 'expected a regular file, found something else');
    if ((status.mode & 0o077) !== 0) {
      refuseFile(
        path,
        `expected mode 0600, found ${(status.mode & 0o777).toString(8).padStart(4, '0')}: others may open it`,
        `run chmod 600 ${path}, and replace the secret if others had access`,
      );
    }
    const owner = process.getuid?.();
    if (owner !== undefined && status.uid !== owner && status.uid !== 0) {
      refuseFile(path, `expected owner ${owner} or root, found owner ${status.uid}`);
    }
    if (status.size > maxBytes) {
      refuseFile(path, `expected at most ${maxBytes} bytes, found ${status.size}`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function refuseFile(path: string, problem: string, hint?: string): never {
  throw new CountersignError(
    'config-invalid',
    `${path}: ${problem}`,
    hint === undefined ? {} : { hint },
  );
}
