/** Files of a release fetched by digest into a temporary folder, counted while they stream. */
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../client/client.ts';
import type { Sha256 } from '../core/names.ts';
import type { FetchedArtifact } from './review.ts';

/** A file that the gateway gives by its digest, of as many bytes as its documents say. */
interface NamedFile {
  readonly sha256: Sha256;
  readonly sizeBytes: number;
}

/**
 * Fetches `artifacts` and runs `work` with what came, in their order; the folder is gone afterwards.
 * What is longer than the documents say is cut off one byte later, so that the comparison fails and
 * the disk stays free.
 */
export async function withArtifacts<T>(
  client: Client,
  reference: string,
  artifacts: readonly NamedFile[],
  work: (fetched: readonly FetchedArtifact[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-review-'));
  try {
    const fetched: FetchedArtifact[] = [];
    for (const [place, artifact] of artifacts.entries()) {
      // Numbered: the file name comes from a stranger.
      const location = join(folder, `artifact-${place}`);
      fetched.push(await fetchOne(client.artifact(reference, artifact.sha256), location, artifact));
    }
    return await work(fetched);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchOne(
  bytes: AsyncIterable<Uint8Array>,
  location: string,
  artifact: NamedFile,
): Promise<FetchedArtifact> {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let sizeBytes = 0;
  const file = await open(location, 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.length;
      if (sizeBytes > artifact.sizeBytes) break;
      sha256.update(chunk);
      sha512.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { location, sizeBytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}
