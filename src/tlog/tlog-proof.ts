import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { decodeHash, parseDecimal } from './encoding.ts';
import { hashLeaf } from './leaf.ts';
import { NOTE_MAX_LENGTH } from './note.ts';
import type { VerifierKey } from './note-key.ts';
import { verifyInclusion } from './proof.ts';

/**
 * What proves offline that an entry is in a log (C2SP tlog-proof). `checkpoint` is the signed
 * note as it is. `extra` is signed by nobody: never decide anything by it.
 */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
}

/** What a proof that verified shows: the entry is number `index` of the checkpoint's tree. */
export interface ProvenEntry {
  readonly index: number;
  readonly checkpoint: OpenedCheckpoint;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const CODE = 'malformed-document';

/** A tree of 2^53 entries is 53 levels high. */
const HASHES_MAX = 53;

/** Room for the checkpoint, the hashes and some extra data. */
const PROOF_MAX_LENGTH = 2 * NOTE_MAX_LENGTH;

/**
 * Reads a `.tlog-proof`. Throws `limit-exceeded` above 2,000,000 characters and
 * `malformed-document` for anything that the format does not allow; the checkpoint is not looked
 * at. What it accepts, `formatTlogProof` writes again to the letter.
 */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > PROOF_MAX_LENGTH) {
    throw new CountersignError(
      'limit-exceeded',
      `expected a proof of at most ${PROOF_MAX_LENGTH} characters, found ${text.length}`,
    );
  }
  const blank = text.indexOf('\n\n');
  if (blank < 0) throw malformed('expected a blank line before the checkpoint of a proof');
  const [header, ...lines] = text.slice(0, blank).split('\n');
  if (header !== HEADER) throw malformed(`expected a proof that starts with ${HEADER}`);
  const checkpoint = text.slice(blank + 2);
  if (checkpoint === '') throw malformed('expected a checkpoint in a proof, found none');

  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const indexLine = lines.shift();
  if (!indexLine?.startsWith('index ')) throw malformed('expected an index line in a proof');
  if (lines.length > HASHES_MAX) {
    throw malformed(`expected at most ${HASHES_MAX} hashes in a proof, found ${lines.length}`);
  }
  return {
    index: parseDecimal(indexLine.slice('index '.length), 'the index of a proof', CODE),
    hashes: lines.map((line, place) => decodeHash(line, `hash ${place} of a proof`, CODE)),
    checkpoint,
    ...(extraLine === undefined ? {} : { extra: parseExtra(extraLine) }),
  };
}

/**
 * The text that `parseTlogProof` reads. Throws `malformed-document` when it would not, as for
 * `extra` without bytes (leave it out then) or a checkpoint that is empty.
 */
export function formatTlogProof(proof: TlogProof): string {
  const text = [
    HEADER,
    ...(proof.extra === undefined ? [] : [`extra ${encodeBase64(proof.extra)}`]),
    `index ${proof.index}`,
    ...proof.hashes.map(encodeBase64),
    '',
    proof.checkpoint,
  ].join('\n');
  parseTlogProof(text);
  return text;
}

/**
 * Verifies in four steps that `entry` (the exact bytes that were logged) is in the log of
 * `logKey`: read the proof, open its checkpoint, hash the entry, follow the path to the root.
 * Throws what `parseTlogProof` and `openCheckpoint` throw, and `proof-invalid` when the path
 * leads elsewhere.
 */
export async function verifyTlogProof(
  crypto: VerifierCrypto,
  text: string,
  entry: Uint8Array,
  logKey: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): Promise<ProvenEntry> {
  const proof = parseTlogProof(text);
  const checkpoint = await openCheckpoint(crypto, proof.checkpoint, logKey, witnesses);
  await verifyInclusion(crypto, {
    index: proof.index,
    size: checkpoint.size,
    leafHash: await hashLeaf(crypto, entry),
    root: checkpoint.root,
    proof: proof.hashes,
  });
  return { index: proof.index, checkpoint };
}

function parseExtra(line: string): Uint8Array {
  const extra = decodeBase64(line.slice('extra '.length), 'the extra data of a proof', CODE);
  if (extra.length === 0) throw malformed('expected extra data after extra, found none');
  return extra;
}

function malformed(message: string): CountersignError {
  return new CountersignError(CODE, message);
}
