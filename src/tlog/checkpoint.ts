import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { encodeBase64 } from '../formats/base64.ts';
import { decodeHash, parseDecimal } from './encoding.ts';
import { type NoteSigner, parseNote, signNote, verifyNote } from './note.ts';
import type { VerifierKey } from './note-key.ts';

/** A tree head (C2SP tlog-checkpoint). `origin` names the log; `root` has 32 bytes. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque lines after the root; none in ours. */
  readonly extensions: readonly string[];
}

/** Who vouched for a checkpoint besides the log, and when (Unix time). */
export interface Cosignature {
  readonly name: string;
  readonly timeSeconds: number;
}

/** A checkpoint whose signatures held. `note` is the text that was opened. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly cosignatures: readonly Cosignature[];
  readonly note: string;
}

const BODY = 'malformed-document';

/**
 * Reads a checkpoint's note text. Throws `malformed-document` for anything but origin, decimal
 * size, base64 root and non-empty extension lines, each ended by a newline; what it accepts,
 * `formatCheckpoint` writes again to the letter.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw malformed('expected a checkpoint to end in a newline');
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined) {
    throw malformed(`expected at least 3 lines of checkpoint, found ${lines.length}`);
  }
  if (origin === '') throw malformed('expected a checkpoint to name its origin');
  if (extensions.includes('')) throw malformed('expected no empty line in a checkpoint');
  return {
    origin,
    size: parseDecimal(size, 'the tree size of a checkpoint', BODY),
    root: decodeHash(root, 'the root of a checkpoint', BODY),
    extensions,
  };
}

/** The text that `parseCheckpoint` reads. Throws `malformed-document` when it would not. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  const text = [origin, size, encodeBase64(root), ...extensions, ''].join('\n');
  const again = parseCheckpoint(text);
  // A newline inside the origin or an extension would move what stands in which line.
  if (again.origin !== origin || again.size !== size) {
    throw malformed('expected checkpoint lines without newlines');
  }
  return text;
}

/** Signs a checkpoint with the log's key, whose name must be the origin. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  requireOrigin(checkpoint, signer.key);
  return signNote(formatCheckpoint(checkpoint), [signer]);
}

/**
 * Opens a signed checkpoint in five steps: read the note, verify every signature of a known key,
 * ask for the log's own, read the text, compare its origin with the log key's name. Cosignatures
 * of `witnesses` are returned, none is required here: how many are needed is the policy's
 * question. Throws `malformed-signature`, `malformed-document`, `limit-exceeded` or
 * `signature-invalid`; `usage` when the log's key is a witness's or the reverse.
 */
export async function openCheckpoint(
  crypto: VerifierCrypto,
  text: string,
  logKey: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): Promise<OpenedCheckpoint> {
  requireRoles(logKey, witnesses);
  const note = parseNote(text);
  const signatures = await verifyNote(crypto, note, [logKey, ...witnesses]);
  if (!signatures.some(({ key }) => key === logKey)) {
    throw new CountersignError(
      'signature-invalid',
      `expected a checkpoint signed by the log ${logKey.name}, found only signatures of witnesses`,
    );
  }
  const checkpoint = parseCheckpoint(note.text);
  requireOrigin(checkpoint, logKey);
  const cosignatures = signatures.flatMap(({ key, timeSeconds }) =>
    timeSeconds === undefined ? [] : [{ name: key.name, timeSeconds }],
  );
  return { ...checkpoint, cosignatures, note: text };
}

function requireRoles(logKey: VerifierKey, witnesses: readonly VerifierKey[]): void {
  if (logKey.algorithm !== 'ed25519') {
    throw new CountersignError('usage', `expected a log key, found the witness ${logKey.name}`);
  }
  const wrong = witnesses.find((witness) => witness.algorithm !== 'cosignature-v1');
  if (wrong !== undefined) {
    throw new CountersignError('usage', `expected a witness key, found ${wrong.name}`);
  }
}

function requireOrigin(checkpoint: Checkpoint, logKey: VerifierKey): void {
  if (checkpoint.origin === logKey.name) return;
  throw new CountersignError(
    'signature-invalid',
    `expected a checkpoint of the log ${logKey.name}, found one of another origin`,
  );
}

function malformed(message: string): CountersignError {
  return new CountersignError(BODY, message);
}
