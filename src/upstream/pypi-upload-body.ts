import { CountersignError } from '../core/errors.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { ByteSource } from '../ecosystem/ecosystem.ts';
import { checkedBytes } from './artifact-bytes.ts';
import type { SendBody } from './registry-http.ts';

/** A field of the form; a name may stand more than once. */
export type FormField = readonly [name: string, value: string];

/** Field names of core metadata and of the upload itself: nothing that needs quoting. */
const FIELD_NAME = /^:?[a-z0-9_]+$/;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+!-]*$/;

/**
 * The body of an upload as the legacy API takes it (multipart/form-data, RFC 7578), streamed: the
 * fields first, the file last, as twine and others send it. Throws `malformed-name` for a file
 * name, `internal` for a field name that would need quoting.
 */
export function pypiUploadBody(
  artifact: ManifestArtifact,
  bytes: ByteSource,
  fields: readonly FormField[],
): SendBody {
  if (!FILE_NAME.test(artifact.file)) {
    throw new CountersignError(
      'malformed-name',
      `${artifact.file} is not the name of a Python file`,
    );
  }
  // stands neither in the file nor in fields made from it: it would have to hold its own digest
  const boundary = `countersign-${artifact.sha256}`;
  const part = (disposition: string, headers: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${headers}\r\n`;
  const before = Buffer.from(
    fields
      .map(([name, value]) => `${part(`name="${checkedName(name)}"`, '')}${value}\r\n`)
      .concat(
        part(
          `name="content"; filename="${artifact.file}"`,
          'Content-Type: application/octet-stream\r\n',
        ),
      )
      .join(''),
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: before.length + artifact.sizeBytes + after.length,
    bytes: (async function* () {
      yield before;
      yield* checkedBytes(artifact, bytes);
      yield after;
    })(),
  };
}

function checkedName(name: string): string {
  if (FIELD_NAME.test(name)) return name;
  throw new CountersignError('internal', 'the form of a Python upload has a field without a name');
}
