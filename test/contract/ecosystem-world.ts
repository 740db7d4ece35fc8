/** What the ecosystem contract is run against: worlds, artifacts, and a server that answers. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { ManifestArtifact } from '../../src/core/manifest.ts';
import type { Sha256, Sha512 } from '../../src/core/names.ts';
import type {
  ArtifactDescription,
  ByteSource,
  Ecosystem,
  SecretText,
} from '../../src/ecosystem/ecosystem.ts';
import { encodeCanonical } from '../../src/formats/canonical.ts';
import { freePort } from '../servers/free-port.ts';
import type { SamplePackage } from './sample-packages.ts';

/** One ecosystem with a registry of its own to write to. */
export interface EcosystemWorld {
  readonly ecosystem: Ecosystem;
  readonly url: string;
  readonly readUrl: string | null;
  /** A name in normal form that the registry takes and does not know yet. */
  readonly package: string;
  readonly credential: string;
  /** Whether the registry says when versions appeared. */
  readonly tellsTimes: boolean;
  /** A file of each kind that the ecosystem has; another `seed` is other bytes, same name. */
  build(version: string, seed: string): Promise<readonly SamplePackage[]>;
  /** Changes one byte of what the registry serves as this file. */
  alter(file: string, version: string): Promise<void>;
  stop(): Promise<void>;
}

/** An artifact with everything that publishing it takes. */
export interface PublishableArtifact {
  readonly artifact: ManifestArtifact;
  readonly bytes: ByteSource;
  readonly description: ArtifactDescription;
}

/** A secret text for tests. */
export function secretText(text: string): SecretText {
  return { reveal: () => text };
}

/** Bytes in chunks of odd size, so that nothing relies on where they are cut. */
export function byteSource(bytes: Uint8Array): ByteSource {
  return async function* () {
    for (let at = 0; at < bytes.length; at += 1_001) yield bytes.subarray(at, at + 1_001);
  };
}

/** What sealing makes of an uploaded file. */
export async function publishable(
  ecosystem: Ecosystem,
  { file, bytes }: SamplePackage,
): Promise<PublishableArtifact> {
  const source = byteSource(bytes);
  const description = await ecosystem.describe(file, source);
  const hex = (algorithm: string, data: Uint8Array) =>
    createHash(algorithm).update(data).digest('hex');
  return {
    bytes: source,
    description,
    artifact: {
      ecosystem: ecosystem.name,
      package: description.package,
      version: description.version,
      kind: description.kind,
      file: ecosystem.fileNameOf(description, file),
      sizeBytes: bytes.length,
      sha256: hex('sha256', bytes) as Sha256,
      sha512: hex('sha512', bytes) as Sha512,
      metadata: hex('sha256', encodeCanonical(description.metadata)) as Sha256,
    },
  };
}

/** A loopback server that answers everything alike and remembers what it was sent. */
export async function startAnswering(
  answer: (request: { method: string; url: string }) => {
    status: number;
    headers?: Record<string, string>;
    body?: string;
  },
): Promise<{ url: string; seen: { url: string; authorization: string }[]; stop(): Promise<void> }> {
  const seen: { url: string; authorization: string }[] = [];
  const server: Server = createServer((request, response) => {
    const [method, url] = [request.method ?? '', request.url ?? ''];
    seen.push({ url: `${method} ${url}`, authorization: request.headers.authorization ?? '' });
    request.resume();
    request.once('end', () => {
      const { status, headers, body } = answer({ method, url });
      response.writeHead(status, headers);
      response.end(body ?? '');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, seen, stop };
}
