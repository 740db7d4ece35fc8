/** Files that a person names on the command line. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, open, readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { type Trust, trust as trustReader } from '../core/genesis.ts';
import type { FileInHand } from '../evidence/verify.ts';
import { decodeUtf8 } from '../formats/text.ts';

/** The text of a file. Throws `not-found`, `limit-exceeded`, `malformed-document` (not UTF-8). */
export async function readTextFile(path: string, what: string, maxBytes: number): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CountersignError('not-found', `${what} ${path} cannot be read`, { cause });
  });
  if (!found.isFile()) throw new CountersignError('not-found', `${what} ${path} is no file`);
  if (found.size > maxBytes) {
    throw new CountersignError(
      'limit-exceeded',
      `expected ${what} of at most ${maxBytes} bytes, found ${found.size}`,
    );
  }
  return decodeUtf8(await readFile(path), what);
}

/**
 * Replaces the file at `path`. Throws `usage`, since a person named it; `what` is how the message calls it.
 */
export async function replaceFile(
  path: string,
  text: string,
  what: string = `the file ${path}`,
): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw cannotWrite(what, cause);
  });
}

/** Adds to the end of the file at `path`, which need not be there. Throws as `replaceFile`. */
export async function extendFile(path: string, text: string): Promise<void> {
  await appendFile(path, text).catch((cause: unknown) => {
    throw cannotWrite(`the file ${path}`, cause);
  });
}

function cannotWrite(what: string, cause: unknown): CountersignError {
  return new CountersignError('usage', `${what} cannot be written`, {
    hint: 'name a file in a folder that exists and is yours',
    cause,
  });
}

const TRUST_MAX_BYTES = 64 * 1024;

/** Reads a trust file, in whatever spelling of JSON. Throws as `readTextFile`. */
export async function readTrustFile(path: string): Promise<Trust> {
  const text = await readTextFile(path, 'the trust file', TRUST_MAX_BYTES);
  return trustReader(parseJson(text, 'the trust file'), 'trust');
}

/** JSON in whatever spelling. Throws `malformed-document` naming `what`. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CountersignError('malformed-document', `${what} is not JSON`, { cause });
  }
}

/** Digests of a file, read once as a stream. Throws `not-found`. */
export async function hashFile(cwd: string, path: string): Promise<FileInHand> {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let sizeBytes = 0;
  try {
    for await (const chunk of createReadStream(resolve(cwd, path))) {
      const bytes = chunk as Uint8Array;
      sizeBytes += bytes.length;
      sha256.update(bytes);
      sha512.update(bytes);
    }
  } catch (cause) {
    throw new CountersignError('not-found', `the file ${path} cannot be read`, { cause });
  }
  return { path, sizeBytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}

/**
 * Writes a new file that nobody had before: an existing one is never replaced. `secret` makes it
 * the owner's alone. Throws `state-conflict` when it exists, `not-found` where it cannot be.
 */
export async function writeNewFile(
  path: string,
  content: string | Uint8Array,
  options: { readonly secret?: boolean } = {},
): Promise<void> {
  const file = await open(path, 'wx', options.secret === true ? 0o600 : 0o644).catch(
    (cause: unknown) => {
      const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
      throw new CountersignError(
        exists ? 'state-conflict' : 'not-found',
        exists ? `${path} exists already, and is not replaced` : `${path} cannot be written`,
        {
          hint: exists ? 'name another file, or move this one away' : 'check folder and rights',
          cause,
        },
      );
    },
  );
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
