import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { Sha256, Sha512 } from '../core/names.ts';
import { readNpmPublishBody } from '../formats/npm-publish-body.ts';
import { npmUploadBody } from './npm-upload-body.ts';

const content = Buffer.from('not really a tarball');
const hex = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
const digests = {
  sizeBytes: content.length,
  sha1: hex('sha1'),
  sha256: hex('sha256') as Sha256,
  sha512: hex('sha512') as Sha512,
};
const artifact: ManifestArtifact = {
  ecosystem: 'npm',
  package: '@aitbc/explorer-web',
  version: '1.2.3',
  kind: 'tarball',
  file: 'aitbc-explorer-web-1.2.3.tgz',
  sizeBytes: digests.sizeBytes,
  sha256: digests.sha256,
  sha512: digests.sha512,
  metadata: digests.sha256,
};

async function read(provenance: string | null) {
  const body = npmUploadBody({
    ...{ artifact, digests, provenance },
    registry: new URL('http://127.0.0.1:4873/'),
    bytes: async function* () {
      yield content;
    },
    metadata: { name: artifact.package, version: artifact.version },
    tag: 'latest',
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.bytes) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe(body.sizeBytes);
  return readNpmPublishBody(
    (async function* () {
      yield bytes;
    })(),
    () => ({ write: () => undefined }),
  );
}

describe('the body of an npm upload', () => {
  test('carries the tarball alone', async () => {
    expect(await read(null)).toMatchObject({ kind: 'publish', version: '1.2.3', sigstore: null });
  });

  test('carries provenance as npm sends it, unchanged', async () => {
    const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
    const bundle = `{ "mediaType": "${mediaType}", "x": "\u00e9\u{1f600}\\"" }`.replace('\\"', '');
    expect(await read(bundle)).toMatchObject({ kind: 'publish', sigstore: bundle });
  });
});
