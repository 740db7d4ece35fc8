import { createHash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { ByteSource } from '../ecosystem/ecosystem.ts';

/** Digests of bytes, in lower-case hexadecimal. */
export interface ByteDigests {
  readonly sizeBytes: number;
  readonly sha1: string;
  readonly sha256: string;
  readonly sha512: string;
}

/**
 * Reads the bytes once, before anything is sent, and shows that they are the ones of the manifest.
 * Throws `recompute-differs` where they are not.
 */
export async function digestsOfArtifact(
  artifact: ManifestArtifact,
  bytes: ByteSource,
): Promise<ByteDigests> {
  const digests = await digestsOf(bytes(), artifact.sizeBytes);
  if (digests === undefined) refuse(artifact, 'size', `more than ${artifact.sizeBytes}`);
  if (digests.sha512 !== artifact.sha512) refuse(artifact, 'sha512', digests.sha512);
  return assertIsArtifact(artifact, digests);
}

/**
 * The same bytes again for the wire. They are hashed on the way, and the last chunk is kept back
 * until the digest is known to be right: a file that changed meanwhile never arrives whole.
 */
export async function* checkedBytes(
  artifact: ManifestArtifact,
  bytes: ByteSource,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of bytes()) {
    if (held !== undefined) yield held;
    hash.update(chunk);
    sizeBytes += chunk.length;
    held = chunk;
  }
  assertIsArtifact(artifact, { sizeBytes, sha256: hash.digest('hex') });
  if (held !== undefined) yield held;
}

function assertIsArtifact<T extends Pick<ByteDigests, 'sizeBytes' | 'sha256'>>(
  artifact: ManifestArtifact,
  found: T,
): T {
  if (found.sizeBytes !== artifact.sizeBytes) refuse(artifact, 'size', String(found.sizeBytes));
  if (found.sha256 !== artifact.sha256) refuse(artifact, 'sha256', found.sha256);
  return found;
}

function refuse(
  artifact: ManifestArtifact,
  field: 'size' | 'sha256' | 'sha512',
  found: string,
): never {
  const expected = field === 'size' ? artifact.sizeBytes : artifact[field];
  throw new CountersignError(
    'recompute-differs',
    `${artifact.file}: expected ${field} ${expected} as in the manifest, found ${found}`,
    { hint: 'the stored file changed; restore it before publishing' },
  );
}

/** The digests of a stream; undefined when it is longer than `maxBytes`. */
export async function digestsOf(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<ByteDigests | undefined> {
  const [sha1, sha256, sha512] = [createHash('sha1'), createHash('sha256'), createHash('sha512')];
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) return undefined;
    for (const hash of [sha1, sha256, sha512]) hash.update(chunk);
  }
  return {
    sizeBytes,
    sha1: sha1.digest('hex'),
    sha256: sha256.digest('hex'),
    sha512: sha512.digest('hex'),
  };
}
