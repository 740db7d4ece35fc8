import { CountersignError } from '../core/errors.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { ByteSource } from '../ecosystem/ecosystem.ts';
import type { JsonValue } from '../formats/canonical.ts';
import { type ByteDigests, checkedBytes } from './artifact-bytes.ts';
import { isObject } from './npm-packument.ts';
import type { SendBody } from './registry-http.ts';

/**
 * The body of `PUT /<name>`: the publish document with the tarball in base64, streamed, so that
 * its size in memory does not depend on the tarball. Exactly one version and one tarball.
 * `metadata` is the manifest that was derived from the tarball. Throws `metadata-disagrees` when
 * it is of another package or version.
 */
export function npmUploadBody(publish: {
  readonly registry: URL;
  readonly artifact: ManifestArtifact;
  readonly digests: ByteDigests;
  readonly bytes: ByteSource;
  readonly metadata: JsonValue;
  readonly tag: string;
  /** A Sigstore bundle that goes along as a second attachment, or null. */
  readonly provenance: string | null;
}): SendBody {
  const { artifact, digests } = publish;
  const before = Buffer.from(headOf(publish));
  const after = Buffer.from(`","length":${digests.sizeBytes}}${provenanceOf(publish)}}}`);
  return {
    contentType: 'application/json',
    sizeBytes: before.length + 4 * Math.ceil(digests.sizeBytes / 3) + after.length,
    bytes: (async function* () {
      yield before;
      yield* base64Of(checkedBytes(artifact, publish.bytes));
      yield after;
    })(),
  };
}

function headOf(publish: Parameters<typeof npmUploadBody>[0]): string {
  const { artifact, digests, metadata, tag } = publish;
  const { package: name, version } = artifact;
  if (!isObject(metadata) || metadata['name'] !== name || metadata['version'] !== version) {
    throw new CountersignError(
      'metadata-disagrees',
      `${artifact.file}: the derived manifest is not that of ${name} ${version}`,
    );
  }
  // as npm writes it, scope included; registries make their own name of it
  const attachment = `${name}-${version}.tgz`;
  const dist = {
    integrity: `sha512-${Buffer.from(digests.sha512, 'hex').toString('base64')}`,
    shasum: digests.sha1,
    tarball: new URL(`${name}/-/${attachment}`, publish.registry).href,
  };
  const document = {
    _id: name,
    name,
    ...(typeof metadata['description'] === 'string' && { description: metadata['description'] }),
    'dist-tags': { [tag]: version },
    versions: { [version]: { ...metadata, _id: `${name}@${version}`, dist } },
    access: accessOf(metadata),
  };
  const open = JSON.stringify(document).slice(0, -1);
  const key = JSON.stringify(attachment);
  return `${open},"_attachments":{${key}:{"content_type":"application/octet-stream","data":"`;
}

/** As libnpmpublish writes it: the bundle as a string, its length in UTF-16 units. */
function provenanceOf({ artifact, provenance }: Parameters<typeof npmUploadBody>[0]): string {
  if (provenance === null) return '';
  const bundle: unknown = JSON.parse(provenance);
  const mediaType = isObject(bundle) ? bundle['mediaType'] : undefined;
  const key = JSON.stringify(`${artifact.package}-${artifact.version}.sigstore`);
  const attachment = { content_type: mediaType, data: provenance, length: provenance.length };
  return `,${key}:${JSON.stringify(attachment)}`;
}

/** What package.json asks for; null leaves it to the registry. */
function accessOf(metadata: Record<string, unknown>): 'public' | 'restricted' | null {
  const config = metadata['publishConfig'];
  const access = isObject(config) ? config['access'] : undefined;
  return access === 'public' || access === 'restricted' ? access : null;
}

/** Base64 of a stream, in whole groups of three bytes, so that no padding stands inside. */
async function* base64Of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const joined = Buffer.concat([rest, chunk]);
    const whole = joined.length - (joined.length % 3);
    rest = joined.subarray(whole);
    if (whole > 0) yield Buffer.from(joined.toString('base64', 0, whole), 'latin1');
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}
