import { CountersignError } from '../../core/errors.ts';
import { decodeBase64, encodeHex } from '../../formats/base64.ts';
import type { JsonObject, JsonValue } from '../../formats/canonical.ts';
import { readNpmPublishBody } from '../../formats/npm-publish-body.ts';
import type { Receipt, UploadClaim } from '../../gateway/gateway.ts';
import type { Exchange } from '../exchange.ts';
import type { HttpLimits } from '../limits.ts';
import { readRequestBody } from '../request-body.ts';
import type { ReadClaim, Uploads } from '../uploads.ts';

/**
 * Takes the body of `PUT /<name>` or of `POST /-/stage/package/<name>`. Throws 'forbidden' for an
 * edit of a package's metadata, which comes by the same PUT without a tarball.
 */
export async function receivePublish(
  exchange: Exchange,
  name: string,
  deps: { readonly uploads: Uploads; readonly limits: HttpLimits },
): Promise<Receipt> {
  const type = exchange.request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new CountersignError('malformed-upload', 'expected the content-type application/json', {
      hint: 'publish with npm, pnpm, yarn or bun',
    });
  }
  const read: ReadClaim = async (sink) => {
    const body = await readNpmPublishBody(readRequestBody(exchange, deps.limits), () => sink);
    if (body.name !== name) {
      throw new CountersignError(
        'malformed-upload',
        `the path names ${name}, the body another package`,
      );
    }
    if (body.kind === 'metadata-edit') throw editRefused();
    const claim = claimOf(body.tarballName, body.manifest, Object.keys(body.distTags));
    if (body.sigstore === null) return claim;
    return { ...claim, attestations: [{ form: 'sigstore', text: body.sigstore }] };
  };
  return deps.uploads.receive(exchange.call, read);
}

function claimOf(file: string, manifest: JsonObject, distTags: readonly string[]): UploadClaim {
  if (distTags.length > 1) {
    throw new CountersignError(
      'malformed-upload',
      `expected one dist-tag, found ${distTags.length}`,
      { hint: 'publish with one --tag' },
    );
  }
  const dist = manifest['dist'];
  return {
    ecosystem: 'npm',
    file,
    request: manifest,
    distTag: distTags[0] ?? null,
    sha256: null,
    sha512: sha512Of(textAt(dist, 'integrity')),
    sha1: textAt(dist, 'shasum'),
    md5: null,
  };
}

function textAt(value: JsonValue | undefined, key: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const text = (value as JsonObject)[key];
  return typeof text === 'string' ? text : null;
}

// Subresource Integrity may hold several digests, by white space
function sha512Of(integrity: string | null): string | null {
  const found = integrity?.split(/\s+/).find((one) => one.startsWith('sha512-'));
  if (found === undefined) return null;
  return encodeHex(
    decodeBase64(found.slice(7), "the version's dist.integrity", 'malformed-upload'),
  );
}

/** Deprecation and owners: edits that come by `PUT /<name>` without a tarball. */
function editRefused(): CountersignError {
  return new CountersignError(
    'forbidden',
    'package metadata (deprecate, undeprecate, owner) is not edited through the gateway',
    {
      hint: 'take a release back with "countersign rollback RELEASE"; other changes are a "countersign proposal"',
    },
  );
}
